import { Checkbox, Input, InputNumber } from 'antd'
import type { ReactNode } from 'react'
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
import type { Scheme } from '../../api/operations.ts'
import { Choice } from '../../ui/office/choice.tsx'
import type { Problems } from '../../ui/office/editing.ts'
import { Field } from '../../ui/office/field.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { optionsOf } from '../options.ts'
import { useSchemeWords } from '../words/index.ts'
import {
  type DueKey,
  dueText,
  type StandardField,
  type StandardFields,
  type Threshold,
  thresholdsText,
} from './standard-fields.ts'
import { Thresholds } from './thresholds.tsx'

export function useStandardLabels(): Record<StandardField, string> {
  const { r } = useSchemeWords()
  const { code, text, pointClass, indicator, weight, observations, answer } = r
  return {
    ...{ code, text, pointClass, indicator, weight, observations, answer },
    ...{ thresholds: r.thresholds, mayNotApply: r.mayNotApply, photo: r.photo },
    ...{ dueClass: r.due, severity: r.severity },
  }
}

/** A value of the form, as the conflict dialog shows it. */
export function useShowStandardField(scheme: Scheme): (field: string, value: unknown) => ReactNode {
  const { r, say } = useSchemeWords()
  const names = new Map(scheme.indicators.map(({ code, name }) => [code, name]))
  return (field, value) => {
    if (field === 'dueClass') return dueText(value as string | null, r)
    if (field === 'mayNotApply') return value ? r.yes : r.no
    if (value === null || value === '') return <span className="soft">{r.none}</span>
    if (field === 'pointClass') return say(standardClasses[value as StandardClass])
    if (field === 'answer') return say(answerKinds[value as AnswerKind])
    if (field === 'photo') return say(photoRules[value as PhotoRule])
    if (field === 'severity') return say(severities[value as Severity])
    if (field === 'thresholds') return thresholdsText(value as Threshold[], r)
    if (field === 'indicator') return <Given>{`${value} ${names.get(String(value)) ?? ''}`}</Given>
    return <Given>{String(value)}</Given>
  }
}

interface Props {
  scheme: Scheme
  fields: StandardFields
  problems: Problems<StandardFields>
  set: (change: Partial<StandardFields>) => void
}

/** The fields of a standard, new or known. */
export function StandardForm(props: Props) {
  return (
    <>
      <What {...props} />
      <Answering {...props} />
      <Failing {...props} />
    </>
  )
}

function What({ scheme, fields, problems, set }: Props) {
  const { r, say } = useSchemeWords()
  const indicators = scheme.indicators.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))
  return (
    <>
      <Field label={r.code} name="standard-code" wrong={problems.code}>
        <Input
          id="standard-code"
          maxLength={40}
          value={fields.code}
          onChange={({ target }) => set({ code: target.value })}
        />
      </Field>
      <Field label={r.text} name="standard-text" wrong={problems.text}>
        <Input.TextArea
          id="standard-text"
          rows={3}
          maxLength={1000}
          value={fields.text}
          onChange={({ target }) => set({ text: target.value })}
        />
      </Field>
      <Field label={r.pointClass} name="standard-class">
        <Choice
          id="standard-class"
          label={r.pointClass}
          all={say(standardClasses.common)}
          options={optionsOf(standardClasses, say)}
          value={fields.pointClass}
          onChange={(chosen) => set({ pointClass: (chosen ?? 'common') as StandardClass })}
        />
      </Field>
      {indicators.length > 0 && (
        <Field label={r.indicator} name="standard-indicator" optional wrong={problems.indicator}>
          <Choice
            given
            id="standard-indicator"
            label={r.indicator}
            all={r.noIndicator}
            options={indicators}
            value={fields.indicator}
            onChange={(indicator) => set({ indicator })}
          />
        </Field>
      )}
    </>
  )
}

function Answering({ fields, problems, set }: Props) {
  const { r, say } = useSchemeWords()
  return (
    <>
      <Field label={r.weight} name="standard-weight" wrong={problems.weight}>
        <InputNumber
          id="standard-weight"
          min={0.01}
          max={10_000}
          controls={false}
          value={fields.weight}
          onChange={(weight) => set({ weight })}
        />
      </Field>
      <Field
        label={r.observations}
        name="standard-observations"
        hint={r.observationsHint}
        wrong={problems.observations}
      >
        <InputNumber
          id="standard-observations"
          min={1}
          max={100}
          precision={0}
          controls={false}
          value={fields.observations}
          onChange={(observations) => set({ observations })}
        />
      </Field>
      <Field label={r.answer} name="standard-answer">
        <Choice
          id="standard-answer"
          label={r.answer}
          all={say(answerKinds.met)}
          options={optionsOf(answerKinds, say)}
          value={fields.answer}
          onChange={(answer) => set({ answer: (answer ?? 'met') as AnswerKind })}
        />
      </Field>
      {fields.answer === 'count' && (
        <Thresholds
          thresholds={fields.thresholds}
          wrong={problems.thresholds}
          onChange={(thresholds) => set({ thresholds })}
        />
      )}
      <Checkbox checked={fields.mayNotApply} onChange={({ target }) => set({ mayNotApply: target.checked })}>
        {r.mayNotApply}
      </Checkbox>
    </>
  )
}

function Failing({ fields, set }: Props) {
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
          value={fields.photo}
          onChange={(photo) => set({ photo: (photo ?? 'on_failure') as PhotoRule })}
        />
      </Field>
      <Field label={r.due} name="standard-due" hint={r.dueHint} optional>
        <Choice
          id="standard-due"
          label={r.due}
          all={r.noDue}
          options={dues}
          value={fields.dueClass}
          onChange={(dueClass) => set({ dueClass })}
        />
      </Field>
      <Field label={r.severity} name="standard-severity">
        <Choice
          id="standard-severity"
          label={r.severity}
          all={say(severities.ordinary)}
          options={optionsOf(severities, say)}
          value={fields.severity}
          onChange={(severity) => set({ severity: (severity ?? 'ordinary') as Severity })}
        />
      </Field>
    </>
  )
}
