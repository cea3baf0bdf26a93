import { Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { type PointClass, pointClasses, type RoundKind, roundKinds } from '#modules/inspection/words.ts'
import { listCampaigns, listSchemes, readUnit } from '../../api/operations.ts'
import { useAll, useAsk } from '../../core/query.ts'
import { cityZone } from '../../core/zone.ts'
import { useDistricts } from '../../grid/districts.ts'
import { UnitSelect } from '../../organisation/choose.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import type { Problems } from '../../ui/office/editing.ts'
import { Field } from '../../ui/office/field.tsx'
import { givenNames } from '../../ui/office/given-select.tsx'
import { MomentPicker } from '../../ui/office/moment-picker.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { optionsOf } from '../options.ts'
import { useRoundWords } from '../words/index.ts'
import type { RoundField, RoundFields } from './round-fields.ts'

export function useRoundLabels(): Record<RoundField, string> {
  const { r } = useRoundWords()
  return {
    ...{ title: r.name, kind: r.kind, schemeId: r.scheme, issuerUnitId: r.issuer, opensAt: r.opens },
    ...{ endsAt: r.ends, size: r.size, reserve: r.reserve, districtCodes: r.districts },
    ...{ pointClasses: r.classes, campaignId: r.campaign, checkUnitId: r.checkUnit },
  }
}

interface Props {
  fields: RoundFields
  problems: Problems<RoundFields>
  /** A round that is there keeps its kind, scheme and unit. */
  known?: boolean
  set: (change: Partial<RoundFields>) => void
}

/** The fields of a round, new or not drawn yet. */
export function RoundForm(props: Props) {
  return (
    <div className="fields">
      <Naming {...props} />
      <Timing {...props} />
      <Drawing {...props} />
      <Belonging {...props} />
    </div>
  )
}

function Naming({ fields, problems, known, set }: Props) {
  const { r, say } = useRoundWords()
  const schemes = useAll(listSchemes, { query: { state: 'published' } }, { skip: known === true })
  return (
    <>
      <Field label={r.name} name="round-title" wrong={problems.title}>
        <Input
          id="round-title"
          maxLength={100}
          value={fields.title}
          autoComplete="off"
          onChange={({ target }) => set({ title: target.value })}
        />
      </Field>
      {!known && (
        <>
          <Field label={r.kind} name="round-kind">
            <Choice
              id="round-kind"
              label={r.kind}
              all={r.anyKind}
              options={optionsOf(roundKinds, say)}
              value={fields.kind}
              onChange={(kind) => set({ kind: (kind ?? 'monthly') as RoundKind })}
            />
          </Field>
          <Field label={r.scheme} name="round-schemeId" wrong={problems.schemeId}>
            <Choice
              given
              id="round-schemeId"
              label={r.scheme}
              all={r.chooseScheme}
              options={(schemes.data ?? []).map(({ id, name, edition }) => ({
                value: id,
                label: `${name} ${r.edition(edition)}`,
              }))}
              value={fields.schemeId}
              onChange={(schemeId) => set({ schemeId })}
            />
          </Field>
          <Field label={r.issuer} name="round-issuerUnitId" wrong={problems.issuerUnitId}>
            <UnitSelect
              id="round-issuerUnitId"
              label={r.chooseIssuer}
              value={fields.issuerUnitId}
              onChange={(issuerUnitId) => set({ issuerUnitId })}
            />
          </Field>
        </>
      )}
    </>
  )
}

function Timing({ fields, problems, set }: Props) {
  const labels = useRoundLabels()
  const moment = (field: 'opensAt' | 'endsAt') => (
    <Field label={labels[field]} name={`round-${field}`} wrong={problems[field]}>
      <MomentPicker
        id={`round-${field}`}
        zone={cityZone()}
        placeholder={labels[field]}
        value={fields[field]}
        onChange={(value) => set({ [field]: value })}
      />
    </Field>
  )
  return (
    <>
      {moment('opensAt')}
      {moment('endsAt')}
    </>
  )
}

function Drawing({ fields, problems, set }: Props) {
  const { r, say } = useRoundWords()
  const districts = useDistricts()
  const number = (field: 'size' | 'reserve', from: number, until: number, hint: string) => (
    <Field label={r[field]} name={`round-${field}`} hint={hint} wrong={problems[field]}>
      <InputNumber
        id={`round-${field}`}
        min={from}
        max={until}
        precision={0}
        controls={false}
        value={fields[field]}
        onChange={(value) => set({ [field]: value })}
      />
    </Field>
  )
  // What is closed is drawn again by itself: a fifth of the cases.
  if (fields.kind === 'recheck') return null
  return (
    <>
      {number('size', 1, 10_000, r.sizeHint)}
      {number('reserve', 0, 50, r.reserveHint)}
      <Field optional label={r.districts} name="round-districtCodes" hint={r.pairsHint}>
        <Select
          id="round-districtCodes"
          mode="multiple"
          {...givenNames(undefined)}
          placeholder={r.allDistricts}
          options={districts.options}
          showSearch={{ optionFilterProp: 'label' }}
          labelRender={({ label }) => <Given>{String(label)}</Given>}
          value={[...fields.districtCodes]}
          onChange={(districtCodes: string[]) => set({ districtCodes })}
        />
      </Field>
      <Field optional label={r.classes} name="round-pointClasses">
        <Select
          id="round-pointClasses"
          mode="multiple"
          placeholder={r.allClasses}
          options={optionsOf(pointClasses, say)}
          showSearch={{ optionFilterProp: 'label' }}
          value={[...fields.pointClasses]}
          onChange={(classes: PointClass[]) => set({ pointClasses: classes })}
        />
      </Field>
    </>
  )
}

function Belonging({ fields, problems, set }: Props) {
  const { r } = useRoundWords()
  const campaigns = useAll(listCampaigns, { query: {} })
  return (
    <>
      <Field optional label={r.campaign} name="round-campaignId" wrong={problems.campaignId}>
        <Choice
          given
          id="round-campaignId"
          label={r.campaign}
          all={r.chooseCampaign}
          options={(campaigns.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={fields.campaignId}
          onChange={(campaignId) => set({ campaignId })}
        />
      </Field>
      <Field
        optional
        label={r.checkUnit}
        name="round-checkUnitId"
        hint={r.checkUnitHint}
        wrong={problems.checkUnitId}
      >
        <UnitSelect
          id="round-checkUnitId"
          label={r.chooseUnit}
          value={fields.checkUnitId}
          onChange={(checkUnitId) => set({ checkUnitId })}
        />
      </Field>
    </>
  )
}

/** A value of the form, as the conflict dialog shows it. */
export function useShowRoundField(): (field: string, value: unknown) => ReactNode {
  const { r, say } = useRoundWords()
  const districts = useDistricts()
  return (field, value) => {
    if (value === null || value === '') return <span className="soft">{r.none}</span>
    if (field === 'districtCodes')
      return <Given>{(value as string[]).map((code) => districts.nameOf(code) ?? code).join(' ')}</Given>
    if (field === 'pointClasses')
      return (value as PointClass[]).map((each) => say(pointClasses[each])).join(' ')
    if (field === 'opensAt' || field === 'endsAt') return String(value).replace('T', ' ')
    if (field === 'checkUnitId') return <UnitName unitId={String(value)} />
    return <Given>{String(value)}</Given>
  }
}

/** The name of a unit that is known by its id alone. */
export function UnitName({ unitId }: { unitId: string }) {
  const found = useAsk(readUnit, { params: { unitId } })
  return <Given>{found.data?.name ?? '…'}</Given>
}
