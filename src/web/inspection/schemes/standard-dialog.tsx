import { Checkbox, Input, InputNumber } from 'antd'
import { useState } from 'react'
import {
  type AnswerKind,
  answerKinds,
  type PhotoRule,
  photoRules,
  type Severity,
  type StandardClass,
  severities,
  standardClasses,
} from '#modules/inspection/words.ts'
import {
  changeStandard,
  createStandard,
  listStandards,
  readScheme,
  type Scheme,
  type Standard,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { Field } from '../../ui/office/field.tsx'
import { optionsOf } from '../options.ts'
import { useSchemeWords } from '../words/index.ts'
import { type DueKey, firstThresholds, type Threshold, thresholdsFit } from './standard-fields.ts'
import { Thresholds } from './thresholds.tsx'

/** What the form holds: a standard, whose numbers may be empty while they are typed. */
interface Draft {
  code: string
  pointClass: StandardClass
  indicator: string | null
  text: string
  weight: number | null
  observations: number | null
  answer: AnswerKind
  thresholds: readonly Threshold[]
  mayNotApply: boolean
  photo: PhotoRule
  dueClass: string | null
  severity: Severity
}

const newDraft: Draft = {
  ...{ code: '', pointClass: 'common', indicator: null, text: '', weight: 1, observations: 1, answer: 'met' },
  ...{ thresholds: firstThresholds, mayNotApply: false, photo: 'on_failure', dueClass: 'workdays:7' },
  severity: 'ordinary',
}

const draftOf = ({ thresholds, ...standard }: Standard): Draft => ({
  ...standard,
  thresholds: thresholds ?? firstThresholds,
})

/** What is sent; absent while something is missing. */
function bodyOf(draft: Draft) {
  const { code, pointClass, indicator, text, weight, observations, answer, thresholds } = draft
  const { mayNotApply, photo, dueClass, severity } = draft
  const whole = code.trim() !== '' && text.trim() !== '' && weight !== null && observations !== null
  if (!whole || (answer === 'count' && !thresholdsFit(thresholds))) return undefined
  return {
    ...{ code: code.trim(), text: text.trim(), pointClass, indicator, weight, observations, answer },
    ...{ mayNotApply, photo, dueClass, severity },
    thresholds: answer === 'count' ? [...thresholds] : null,
  }
}

/** Writes a standard into a draft, or changes one there. */
export function StandardDialog({
  scheme,
  standard,
  close,
}: {
  scheme: Scheme
  standard?: Standard
  close: () => void
}) {
  const { r } = useSchemeWords()
  const [draft, setDraft] = useState(standard ? draftOf(standard) : newDraft)
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const body = bodyOf(draft)
  return (
    <ActDialog
      title={standard ? r.editStandard : r.addStandard}
      confirm={standard ? r.save : r.addStandard}
      first="standard-code"
      ready={body !== undefined}
      close={close}
      act={async () => {
        if (standard) {
          const { id: standardId, version } = standard
          await ask(changeStandard, { params: { standardId }, body: body! }, { version })
        } else await ask(createStandard, { params: { schemeId: scheme.id }, body: body! })
        await readAgain(listStandards, readScheme)
        return { text: standard ? r.saved : r.standardAdded }
      }}
    >
      <What scheme={scheme} draft={draft} set={set} />
      <Answering draft={draft} set={set} />
      <Failing draft={draft} set={set} />
    </ActDialog>
  )
}

interface PartProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
}

function What({ scheme, draft, set }: PartProps & { scheme: Scheme }) {
  const { r, say } = useSchemeWords()
  const indicators = scheme.indicators.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))
  return (
    <>
      <Field label={r.code} name="standard-code">
        <Input
          id="standard-code"
          maxLength={40}
          value={draft.code}
          onChange={({ target }) => set({ code: target.value })}
        />
      </Field>
      <Field label={r.text} name="standard-text">
        <Input.TextArea
          id="standard-text"
          rows={3}
          maxLength={1000}
          value={draft.text}
          onChange={({ target }) => set({ text: target.value })}
        />
      </Field>
      <Field label={r.pointClass} name="standard-class">
        <Choice
          id="standard-class"
          label={r.pointClass}
          all={say(standardClasses.common)}
          options={optionsOf(standardClasses, say)}
          value={draft.pointClass}
          onChange={(chosen) => set({ pointClass: (chosen ?? 'common') as StandardClass })}
        />
      </Field>
      {indicators.length > 0 && (
        <Field label={r.indicator} name="standard-indicator" optional>
          <Choice
            given
            id="standard-indicator"
            label={r.indicator}
            all={r.noIndicator}
            options={indicators}
            value={draft.indicator}
            onChange={(indicator) => set({ indicator })}
          />
        </Field>
      )}
    </>
  )
}

function Answering({ draft, set }: PartProps) {
  const { r, w, say } = useSchemeWords()
  return (
    <>
      <Field label={r.weight} name="standard-weight">
        <InputNumber
          id="standard-weight"
          min={0.01}
          max={10_000}
          controls={false}
          value={draft.weight}
          onChange={(weight) => set({ weight })}
        />
      </Field>
      <Field label={r.observations} name="standard-observations" hint={r.observationsHint}>
        <InputNumber
          id="standard-observations"
          min={1}
          max={100}
          precision={0}
          controls={false}
          value={draft.observations}
          onChange={(observations) => set({ observations })}
        />
      </Field>
      <Field label={r.answer} name="standard-answer">
        <Choice
          id="standard-answer"
          label={r.answer}
          all={say(answerKinds.met)}
          options={optionsOf(answerKinds, say)}
          value={draft.answer}
          onChange={(answer) => set({ answer: (answer ?? 'met') as AnswerKind })}
        />
      </Field>
      {draft.answer === 'count' && (
        <Thresholds
          thresholds={draft.thresholds}
          wrong={thresholdsFit(draft.thresholds) ? undefined : w.field.invalid}
          onChange={(thresholds) => set({ thresholds })}
        />
      )}
      <Checkbox checked={draft.mayNotApply} onChange={({ target }) => set({ mayNotApply: target.checked })}>
        {r.mayNotApply}
      </Checkbox>
    </>
  )
}

function Failing({ draft, set }: PartProps) {
  const { r, say } = useSchemeWords()
  const dues = (Object.keys(r.dues) as DueKey[]).map((value) => ({ value, label: r.dues[value] }))
  return (
    <>
      <Field label={r.photo} name="standard-photo">
        <Choice
          id="standard-photo"
          label={r.photo}
          all={say(photoRules.on_failure)}
          options={optionsOf(photoRules, say)}
          value={draft.photo}
          onChange={(photo) => set({ photo: (photo ?? 'on_failure') as PhotoRule })}
        />
      </Field>
      <Field label={r.due} name="standard-due" hint={r.dueHint} optional>
        <Choice
          id="standard-due"
          label={r.due}
          all={r.noDue}
          options={dues}
          value={draft.dueClass}
          onChange={(dueClass) => set({ dueClass })}
        />
      </Field>
      <Field label={r.severity} name="standard-severity">
        <Choice
          id="standard-severity"
          label={r.severity}
          all={say(severities.ordinary)}
          options={optionsOf(severities, say)}
          value={draft.severity}
          onChange={(severity) => set({ severity: (severity ?? 'ordinary') as Severity })}
        />
      </Field>
    </>
  )
}
