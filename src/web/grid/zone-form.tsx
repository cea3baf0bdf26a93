import { Checkbox, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { type ZoneKind, zoneKinds } from '#modules/grid/words.ts'
import { listZones } from '../api/operations.ts'
import type { Problems } from '../ui/office/editing.ts'
import { Field } from '../ui/office/field.tsx'
import { RemoteSelect } from '../ui/office/remote-select.tsx'
import { Given } from '../ui/plain/given.tsx'
import { BoundaryField } from './boundary-field.tsx'
import { useGridWords } from './words.ts'
import type { ZoneField, ZoneFields } from './zone-fields.ts'

export function useZoneLabels(): Record<ZoneField, string> {
  const { r } = useGridWords()
  const { name, kind, code, parent, minors, outline, centre } = r
  return { name, kind, code, parent, minorsSuitable: minors, boundary: outline, centre }
}

/** A value of the form, as the conflict dialog shows it. */
export function useShowZoneField(): (field: string, value: unknown) => ReactNode {
  const { r, w, say } = useGridWords()
  return (field, value) => {
    if (field === 'minorsSuitable') return value ? r.yes : r.no
    if (!value) return <span className="soft">{w.common.none}</span>
    if (field === 'kind') return say(zoneKinds[value as ZoneKind])
    if (field === 'boundary') return r.cornersCount(String(value).split('\n').filter(Boolean).length)
    const text = typeof value === 'object' && 'name' in value ? value.name : value
    return <Given>{String(text)}</Given>
  }
}

interface Props {
  fields: ZoneFields
  problems: Problems<ZoneFields>
  districtCode: string | null
  set: (change: Partial<ZoneFields>) => void
}

/** The fields of a zone, new or known. */
export function ZoneForm({ fields, problems, districtCode, set }: Props) {
  const { r, say } = useGridWords()
  const labels = useZoneLabels()
  const kinds = (Object.keys(zoneKinds) as ZoneKind[]).map((value) => ({
    value,
    label: say(zoneKinds[value]),
  }))
  const text = (field: 'name' | 'code' | 'centre', hint?: string) => (
    <Field
      optional={field !== 'name'}
      label={labels[field]}
      name={`zone-${field}`}
      hint={hint}
      wrong={problems[field]}
    >
      <Input
        id={`zone-${field}`}
        value={fields[field]}
        maxLength={field === 'name' ? 100 : 40}
        autoComplete="off"
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Field>
  )
  return (
    <div className="fields">
      {text('name')}
      <Field label={labels.kind} name="zone-kind" wrong={problems.kind}>
        <Select
          id="zone-kind"
          showSearch={{ optionFilterProp: 'label' }}
          options={kinds}
          placeholder={r.chooseKind}
          value={fields.kind}
          onChange={(kind: ZoneKind) => set({ kind })}
        />
      </Field>
      <Field optional label={labels.parent} name="zone-parent" hint={r.parentHint} wrong={problems.parent}>
        <RemoteSelect
          id="zone-parent"
          find={listZones}
          detail={({ parent }) => parent?.name}
          placeholder={r.chooseZone}
          value={fields.parent}
          onChange={(parent) => set({ parent })}
        />
      </Field>
      {text('code', r.codeHint)}
      <div className="field wide">
        <Checkbox
          checked={fields.minorsSuitable}
          onChange={({ target }) => set({ minorsSuitable: target.checked })}
        >
          {labels.minorsSuitable}
        </Checkbox>
        <p className="hint">{r.minorsHint}</p>
      </div>
      <BoundaryField
        text={fields.boundary}
        wrong={problems.boundary}
        districtCode={districtCode}
        onChange={(boundary) => set({ boundary })}
      />
      {fields.boundary.trim() === '' && text('centre', r.centreHint)}
    </div>
  )
}
