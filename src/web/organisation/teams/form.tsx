import { Checkbox, Input, Radio } from 'antd'
import type { ReactNode } from 'react'
import { type TeamKind, teamKinds } from '#modules/organisation/words.ts'
import { listPersons, listUnits } from '../../api/operations.ts'
import type { Problems } from '../../ui/office/editing.ts'
import { Field } from '../../ui/office/field.tsx'
import { RemoteSelect } from '../../ui/office/remote-select.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { placeOf } from '../choose.tsx'
import { useOrganisationWords } from '../words/index.ts'
import type { TeamField, TeamFields } from './fields.ts'

export function useTeamLabels(): Record<TeamField, string> {
  const { teams: t } = useOrganisationWords()
  const { name, kind, unit, leader, base, whole, statedHeads, statedMinors } = t
  return { name, kind, unit, leader, base, whole, statedHeads, statedMinors }
}

/** A value of the form, as the conflict dialog shows it. */
export function useShowTeamField(): (field: string, value: unknown) => ReactNode {
  const { w } = useWords()
  const { teams: t } = useOrganisationWords()
  return (field, value) => {
    if (field === 'whole') return value ? t.yes : t.no
    if (!value) return <span className="soft">{w.common.none}</span>
    const text = typeof value === 'object' && 'name' in value ? value.name : value
    return <Given>{String(text)}</Given>
  }
}

interface Props {
  fields: TeamFields
  problems: Problems<TeamFields>
  set: (change: Partial<TeamFields>) => void
  /** Whether it is made now: its kind and its first leader are said. */
  making?: boolean
}

/** The fields of a team or class, new or known. */
export function TeamForm({ fields, problems, set, making = false }: Props) {
  const { say } = useWords()
  const { teams: t, units: u } = useOrganisationWords()
  const labels = useTeamLabels()
  const text = (field: 'name' | 'base' | 'statedHeads' | 'statedMinors', hint?: string) => (
    <Field
      optional={field !== 'name'}
      label={labels[field]}
      name={`team-${field}`}
      hint={hint}
      wrong={problems[field]}
    >
      <Input
        id={`team-${field}`}
        value={fields[field]}
        maxLength={field === 'name' ? 100 : field === 'base' ? 60 : 6}
        autoComplete="off"
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Field>
  )
  return (
    <div className="fields">
      {making && (
        <fieldset className="plain field wide">
          <legend className="label">{labels.kind}</legend>
          <Radio.Group
            name="team-kind"
            value={fields.kind}
            onChange={(event) => set({ kind: event.target.value })}
          >
            {(Object.keys(teamKinds) as TeamKind[]).map((kind) => (
              <Radio key={kind} value={kind}>
                {say(teamKinds[kind])}
              </Radio>
            ))}
          </Radio.Group>
        </fieldset>
      )}
      {text('name')}
      <Field optional label={labels.unit} name="team-unit" hint={t.unitHint} wrong={problems.unit}>
        <RemoteSelect
          id="team-unit"
          find={listUnits}
          detail={({ parent }) => parent?.name}
          placeholder={u.chooseUnit}
          value={fields.unit}
          onChange={(unit) => set({ unit })}
        />
      </Field>
      {making && (
        <Field optional label={labels.leader} name="team-leader" hint={t.leaderHint} wrong={problems.leader}>
          <RemoteSelect
            id="team-leader"
            find={listPersons}
            detail={placeOf}
            placeholder={u.choosePerson}
            value={fields.leader}
            onChange={(leader) => set({ leader })}
          />
        </Field>
      )}
      {text('statedHeads', t.statedHeadsHint)}
      {fields.kind === 'class' && text('statedMinors', t.statedMinorsHint)}
      {text('base', t.baseHint)}
      <div className="field wide">
        <Checkbox checked={fields.whole} onChange={({ target }) => set({ whole: target.checked })}>
          {labels.whole}
        </Checkbox>
        <p className="hint">{t.wholeHint}</p>
      </div>
    </div>
  )
}
