import { Button, Input, InputNumber } from 'antd'
import { useWords } from '../../words/index.ts'
import { inputOf, type TemplateFields } from './fields.ts'

interface Props {
  skills: TemplateFields['skills']
  wrong: string | undefined
  onChange: (skills: TemplateFields['skills']) => void
}

/** Skills that a shift needs, each with the number of people who must have it. */
export function SkillsField({ skills, wrong, onChange }: Props) {
  const { shifts: s, common } = useWords().w
  const change = (at: number, change: Partial<Props['skills'][number]>) =>
    onChange(skills.map((each, index) => (index === at ? { ...each, ...change } : each)))
  return (
    <fieldset className="field wide plain" id={inputOf('skills')} tabIndex={-1}>
      <legend className="label">
        {s.skills}
        <small>{common.optional}</small>
      </legend>
      {skills.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone
        <div className="row" key={at}>
          <Input
            aria-label={s.skill}
            placeholder={s.skill}
            value={each.skill}
            maxLength={40}
            onChange={(event) => change(at, { skill: event.target.value })}
          />
          <InputNumber
            aria-label={s.skillHeads}
            placeholder={s.skillHeads}
            min={1}
            max={10_000}
            precision={0}
            controls={false}
            value={each.min}
            onChange={(min) => change(at, { min })}
          />
          <Button onClick={() => onChange(skills.filter((_, index) => index !== at))}>
            <span aria-hidden="true">✕</span>
            <span className="hear">{s.removeSkill}</span>
          </Button>
        </div>
      ))}
      <Button type="link" onClick={() => onChange([...skills, { skill: '', min: 1 }])}>
        + {s.addSkill}
      </Button>
      {wrong && <p className="wrong">{wrong}</p>}
    </fieldset>
  )
}
