import { Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { type UnitKind, unitKinds } from '#modules/organisation/words.ts'
import { listPersons, listUnits } from '../../api/operations.ts'
import { useDistricts } from '../../grid/districts.ts'
import type { Problems } from '../../ui/office/editing.ts'
import { Field } from '../../ui/office/field.tsx'
import { givenNames } from '../../ui/office/given-select.tsx'
import { cross } from '../../ui/office/icons.tsx'
import { RemoteSelect } from '../../ui/office/remote-select.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { placeOf } from '../choose.tsx'
import { useOrganisationWords } from '../words/index.ts'
import type { UnitField, UnitFields } from './fields.ts'

export function useUnitLabels(): Record<UnitField, string> {
  const { units: u } = useOrganisationWords()
  const { name, kind, parent, system, honourTitle, staffCount, liaison, leader } = u
  return { name, kind, parent, districtCode: u.district, system, honourTitle, staffCount, liaison, leader }
}

/** A value of the form, as the conflict dialog shows it. */
export function useShowUnitField(): (field: string, value: unknown) => ReactNode {
  const { w, say } = useWords()
  const districts = useDistricts()
  return (field, value) => {
    if (!value) return <span className="soft">{w.common.none}</span>
    if (field === 'kind') return say(unitKinds[value as UnitKind])
    if (field === 'districtCode') return <Given>{districts.nameOf(String(value)) ?? ''}</Given>
    const text = typeof value === 'object' && 'name' in value ? value.name : value
    return <Given>{String(text)}</Given>
  }
}

interface Props {
  fields: UnitFields
  problems: Problems<UnitFields>
  set: (change: Partial<UnitFields>) => void
}

/** The fields of a unit, new or known. */
export function UnitForm({ fields, problems, set }: Props) {
  const { say } = useWords()
  const { units: u } = useOrganisationWords()
  const labels = useUnitLabels()
  const kinds = (Object.keys(unitKinds) as UnitKind[]).map((value) => ({
    value,
    label: say(unitKinds[value]),
  }))
  const text = (field: 'name' | 'system' | 'honourTitle' | 'staffCount', hint?: string, wide = false) => (
    <Field
      wide={wide}
      optional={field !== 'name'}
      label={labels[field]}
      name={`unit-${field}`}
      hint={hint}
      wrong={problems[field]}
    >
      <Input
        id={`unit-${field}`}
        value={fields[field]}
        maxLength={field === 'name' ? 100 : field === 'staffCount' ? 6 : 60}
        autoComplete="off"
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Field>
  )
  const person = (field: 'liaison' | 'leader', hint: string) => (
    <Field optional label={labels[field]} name={`unit-${field}`} hint={hint} wrong={problems[field]}>
      <RemoteSelect
        id={`unit-${field}`}
        find={listPersons}
        detail={placeOf}
        placeholder={u.choosePerson}
        value={fields[field]}
        onChange={(chosen) => set({ [field]: chosen })}
      />
    </Field>
  )
  return (
    <div className="fields">
      {text('name', undefined, true)}
      <Field label={labels.kind} name="unit-kind" wrong={problems.kind}>
        <Select
          id="unit-kind"
          options={kinds}
          placeholder={u.chooseKind}
          value={fields.kind}
          onChange={(kind: UnitKind) => set({ kind })}
        />
      </Field>
      <DistrictField fields={fields} problems={problems} set={set} />
      <Field optional label={labels.parent} name="unit-parent" hint={u.parentHint} wrong={problems.parent}>
        <RemoteSelect
          id="unit-parent"
          find={listUnits}
          detail={({ parent }) => parent?.name}
          placeholder={u.chooseUnit}
          value={fields.parent}
          onChange={(parent) => set({ parent })}
        />
      </Field>
      {text('system', u.systemHint)}
      {person('liaison', u.liaisonHint)}
      {person('leader', u.leaderHint)}
      {text('honourTitle', u.honourHint)}
      {text('staffCount')}
    </div>
  )
}

/** The district a unit lies in; a code below that of a district stays as it is until another is chosen. */
function DistrictField({ fields: { districtCode }, problems, set }: Props) {
  const { units: u } = useOrganisationWords()
  const districts = useDistricts()
  const known = districts.options.some(({ value }) => value === districtCode)
  const kept = districtCode === null || known ? [] : [{ value: districtCode, label: districtCode }]
  return (
    <Field
      optional
      label={u.district}
      name="unit-districtCode"
      hint={u.districtHint}
      wrong={problems.districtCode}
    >
      <Select
        id="unit-districtCode"
        allowClear={{ clearIcon: cross }}
        options={[...districts.options, ...kept]}
        placeholder={u.chooseDistrict}
        optionRender={({ label }) => <Given>{String(label)}</Given>}
        labelRender={({ label, value }) => districts.nameOf(String(value)) ?? String(label ?? '')}
        {...givenNames(districts.nameOf(districtCode) ?? undefined)}
        value={districtCode}
        onChange={(chosen: string | undefined) => set({ districtCode: chosen ?? null })}
      />
    </Field>
  )
}
