import { Input } from 'antd'
import type { ReactNode } from 'react'
import { type PointClass, pointClasses } from '#modules/inspection/words.ts'
import { listUnits, listZones } from '../../api/operations.ts'
import { Choice } from '../../ui/office/choice.tsx'
import type { Problems } from '../../ui/office/editing.ts'
import { Field } from '../../ui/office/field.tsx'
import { RemoteSelect } from '../../ui/office/remote-select.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { optionsOf } from '../options.ts'
import { usePointWords } from '../words/index.ts'
import { PlaceField } from './place-field.tsx'
import type { PointField, PointFields } from './point-fields.ts'

export function usePointLabels(): Record<PointField, string> {
  const { r } = usePointWords()
  const { code, name, pointClass, zone, unit, placeField } = r
  return { code, name, pointClass, zone, unit, place: placeField }
}

/** A value of the form, as the conflict dialog shows it. */
export function useShowPointField(): (field: string, value: unknown) => ReactNode {
  const { r, say } = usePointWords()
  return (field, value) => {
    if (!value) return <span className="soft">{r.none}</span>
    if (field === 'pointClass') return say(pointClasses[value as PointClass])
    const text = typeof value === 'object' && 'name' in value ? value.name : value
    return <Given>{String(text)}</Given>
  }
}

interface Props {
  fields: PointFields
  problems: Problems<PointFields>
  set: (change: Partial<PointFields>) => void
}

/** The fields of a point, new or known. */
export function PointForm({ fields, problems, set }: Props) {
  const { r, say } = usePointWords()
  const labels = usePointLabels()
  const text = (field: 'code' | 'name', length: number) => (
    <Field label={labels[field]} name={`point-${field}`} wrong={problems[field]}>
      <Input
        id={`point-${field}`}
        value={fields[field]}
        maxLength={length}
        autoComplete="off"
        onChange={({ target }) => set({ [field]: target.value })}
      />
    </Field>
  )
  return (
    <div className="fields">
      {text('name', 100)}
      {text('code', 40)}
      <Field label={labels.pointClass} name="point-pointClass" wrong={problems.pointClass}>
        <Choice
          id="point-pointClass"
          label={labels.pointClass}
          all={r.chooseClass}
          options={optionsOf(pointClasses, say)}
          value={fields.pointClass}
          onChange={(pointClass) => set({ pointClass: pointClass as PointClass | null })}
        />
      </Field>
      <Field label={labels.zone} name="point-zone" wrong={problems.zone}>
        <RemoteSelect
          id="point-zone"
          find={listZones}
          detail={({ parent }) => parent?.name}
          placeholder={r.chooseZone}
          value={fields.zone}
          onChange={(zone) => set({ zone })}
        />
      </Field>
      <Field optional label={labels.unit} name="point-unit" hint={r.unitHint} wrong={problems.unit}>
        <RemoteSelect
          id="point-unit"
          find={listUnits}
          placeholder={r.chooseUnit}
          value={fields.unit}
          onChange={(unit) => set({ unit })}
        />
      </Field>
      <PlaceField
        text={fields.place}
        wrong={problems.place}
        zoneId={fields.zone?.id}
        onChange={(place) => set({ place })}
      />
    </div>
  )
}
