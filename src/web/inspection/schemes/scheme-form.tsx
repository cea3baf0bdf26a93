import { Input, InputNumber } from 'antd'
import { type SchemeMethod, schemeMethods } from '#modules/inspection/words.ts'
import { Choice } from '../../ui/office/choice.tsx'
import type { Problems } from '../../ui/office/editing.ts'
import { Field } from '../../ui/office/field.tsx'
import { optionsOf } from '../options.ts'
import { useSchemeWords } from '../words/index.ts'
import type { SchemeFields } from './scheme-fields.ts'

interface Props {
  fields: SchemeFields
  problems: Problems<SchemeFields>
  set: (change: Partial<SchemeFields>) => void
}

/** What a scheme is called, and what it says of scoring. */
export function SchemeForm({ fields, problems, set }: Props) {
  const { r, say } = useSchemeWords()
  return (
    <>
      <Field label={r.name} name="scheme-name" wrong={problems.name}>
        <Input
          id="scheme-name"
          maxLength={100}
          value={fields.name}
          onChange={({ target }) => set({ name: target.value })}
        />
      </Field>
      <Field label={r.method} name="scheme-method">
        <Choice
          id="scheme-method"
          label={r.method}
          all={r.method}
          options={optionsOf(schemeMethods, say)}
          value={fields.method}
          onChange={(method) => set({ method: (method ?? 'balanced') as SchemeMethod })}
        />
      </Field>
      <Field label={r.scale} name="scheme-scale" wrong={problems.scale}>
        <InputNumber
          id="scheme-scale"
          min={1}
          max={10_000}
          precision={0}
          controls={false}
          value={fields.scale}
          onChange={(scale) => set({ scale })}
        />
      </Field>
      <Field
        optional
        label={r.indicators}
        name="scheme-indicators"
        hint={r.indicatorsHint}
        wrong={problems.indicators}
      >
        <Input.TextArea
          id="scheme-indicators"
          rows={5}
          value={fields.indicators}
          onChange={({ target }) => set({ indicators: target.value })}
        />
      </Field>
    </>
  )
}
