import { Input, InputNumber, Radio } from 'antd'
import { type OwnUnitPolicy, ownUnitPolicies } from '#modules/events/words.ts'
import { listCampaigns, listUnits } from '../api/operations.ts'
import { Field } from '../ui/office/field.tsx'
import { MomentPicker } from '../ui/office/moment-picker.tsx'
import { RemoteSelect } from '../ui/office/remote-select.tsx'
import { useWords } from '../words/index.ts'
import type { EventField, EventFields } from './fields.ts'

interface Props {
  fields: EventFields
  problems: Partial<Record<EventField, string>>
  set: (change: Partial<EventFields>) => void
}

/** The label of each field, also where a conflict names it. */
export function useFieldLabels(): Record<EventField, string> {
  const { w } = useWords()
  const { about, events } = w
  return {
    name: events.name,
    theme: events.theme,
    organiser: events.organiser,
    campaign: events.campaign,
    startsAt: about.start,
    endsAt: about.end,
    timeZone: about.timeZone,
    minorsPerAdult: about.minorsPerAdult,
    ownUnit: about.ownUnit,
    description: about.description,
  }
}

/** What is said about an event: what, who, when, and by which rules. */
export function EventForm(props: Props) {
  return (
    <div className="fields">
      <WhatFields {...props} />
      <WhenFields {...props} />
      <RuleFields {...props} />
    </div>
  )
}

function WhatFields({ fields, problems, set }: Props) {
  const { w } = useWords()
  const labels = useFieldLabels()
  return (
    <>
      <Field wide label={labels.name} name="event-name" wrong={problems.name}>
        <Input
          id="event-name"
          value={fields.name}
          maxLength={100}
          aria-required
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Field wide optional label={labels.theme} name="event-theme" wrong={problems.theme}>
        <Input
          id="event-theme"
          value={fields.theme}
          maxLength={100}
          onChange={(event) => set({ theme: event.target.value })}
        />
      </Field>
      <Field label={labels.organiser} name="event-organiser" wrong={problems.organiser}>
        <RemoteSelect
          id="event-organiser"
          find={listUnits}
          placeholder={w.about.chooseUnit}
          clearable={false}
          value={fields.organiser}
          onChange={(organiser) => set({ organiser })}
        />
      </Field>
      <Field optional label={labels.campaign} name="event-campaign" wrong={problems.campaign}>
        <RemoteSelect
          id="event-campaign"
          find={listCampaigns}
          placeholder={w.about.chooseCampaign}
          value={fields.campaign}
          onChange={(campaign) => set({ campaign })}
        />
      </Field>
    </>
  )
}

function WhenFields({ fields, problems, set }: Props) {
  const { w } = useWords()
  const labels = useFieldLabels()
  const moment = (name: 'startsAt' | 'endsAt') => (
    <Field label={labels[name]} name={`event-${name}`} wrong={problems[name]}>
      <MomentPicker
        id={`event-${name}`}
        zone={fields.timeZone}
        placeholder={w.about.pickDay}
        value={fields[name]}
        onChange={(value) => set({ [name]: value })}
      />
    </Field>
  )
  return (
    <>
      {moment('startsAt')}
      {moment('endsAt')}
      <Field
        label={labels.timeZone}
        name="event-timeZone"
        hint={w.about.timeZoneHint}
        wrong={problems.timeZone}
      >
        <Input
          id="event-timeZone"
          value={fields.timeZone}
          maxLength={60}
          translate="no"
          spellCheck={false}
          onChange={(event) => set({ timeZone: event.target.value.trim() })}
        />
      </Field>
    </>
  )
}

function RuleFields({ fields, problems, set }: Props) {
  const { w, say } = useWords()
  const labels = useFieldLabels()
  const policies = (Object.keys(ownUnitPolicies) as OwnUnitPolicy[]).map((value) => ({
    value,
    label: say(ownUnitPolicies[value]),
  }))
  return (
    <>
      <Field
        label={labels.minorsPerAdult}
        name="event-minorsPerAdult"
        hint={w.about.minorsHint}
        wrong={problems.minorsPerAdult}
      >
        <InputNumber
          id="event-minorsPerAdult"
          min={1}
          max={30}
          precision={0}
          controls={false}
          value={fields.minorsPerAdult}
          onChange={(value) => set({ minorsPerAdult: value })}
        />
      </Field>
      <fieldset className="field wide plain">
        <legend className="label">{labels.ownUnit}</legend>
        <Radio.Group
          name="event-ownUnit"
          value={fields.ownUnit}
          options={policies}
          onChange={(event) => set({ ownUnit: event.target.value as OwnUnitPolicy })}
        />
      </fieldset>
      <Field
        wide
        optional
        label={labels.description}
        name="event-description"
        hint={w.about.descriptionHint}
        wrong={problems.description}
      >
        <Input.TextArea
          id="event-description"
          value={fields.description}
          maxLength={4000}
          autoSize={{ minRows: 4, maxRows: 16 }}
          onChange={(event) => set({ description: event.target.value })}
        />
      </Field>
    </>
  )
}
