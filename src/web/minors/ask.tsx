import { Input, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import { type DisclosureReason, disclosureReasons } from '#modules/minors/words.ts'
import { askDisclosure, listDisclosures, listEvents } from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { keptKeys } from '../core/draft.ts'
import { readAgain } from '../core/query.ts'
import { TeamSelect } from '../organisation/choose.tsx'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Field } from '../ui/office/field.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { useMinorsWords } from './words/index.ts'

/** The shortest explanation that says something, and the longest that an approval lasts. */
const explainedMin = 10
const hoursMax = 4

/** Asks a second person for access: to a class or an event, never to one child, for a few hours. */
export function AskAccess({ close }: { close: () => void }) {
  const { r, say } = useMinorsWords()
  const [over, setOver] = useState<'team' | 'event'>('team')
  const [teamId, setTeamId] = useState<string | null>(null)
  const [event, setEvent] = useState<Named | null>(null)
  const [reason, setReason] = useState<DisclosureReason | null>(null)
  const [explanation, setExplanation] = useState('')
  const [hours, setHours] = useState(hoursMax)
  const [keyFor] = useState(() => keptKeys(newKey))
  const named = over === 'team' ? teamId !== null : event !== null
  const reasons = (Object.keys(disclosureReasons) as DisclosureReason[]).map((value) => ({
    value,
    label: say(disclosureReasons[value]),
  }))
  return (
    <ActDialog
      title={r.ask}
      confirm={r.submit}
      ready={named && reason !== null && explanation.trim().length >= explainedMin}
      close={close}
      act={async () => {
        const body = {
          ...(over === 'team' ? { teamId: teamId ?? '' } : { eventId: event?.id ?? '' }),
          ...{ reason: reason ?? 'safety', explanation: explanation.trim(), hours },
        }
        await ask(askDisclosure, { body }, { key: keyFor(body) })
        await readAgain(listDisclosures)
        return { text: r.asked }
      }}
    >
      <p>{r.askLead}</p>
      <fieldset className="plain">
        <legend className="label">{r.over}</legend>
        <Radio.Group name="access-over" value={over} onChange={({ target }) => setOver(target.value)}>
          <Radio value="team">{r.ofTeam}</Radio>
          <Radio value="event">{r.ofEvent}</Radio>
        </Radio.Group>
      </fieldset>
      {over === 'team' ? (
        <Field label={r.ofTeam} name="access-team">
          <TeamSelect id="access-team" label={r.chooseTeam} value={teamId} onChange={setTeamId} />
        </Field>
      ) : (
        <Field label={r.ofEvent} name="access-event">
          <RemoteSelect
            id="access-event"
            find={listEvents}
            placeholder={r.chooseEvent}
            value={event}
            onChange={setEvent}
          />
        </Field>
      )}
      <Field label={r.reason} name="access-reason">
        <Select
          id="access-reason"
          options={reasons}
          placeholder={r.chooseReason}
          value={reason}
          onChange={setReason}
        />
      </Field>
      <Field label={r.explanation} name="access-explanation" hint={r.explanationHint}>
        <Input.TextArea
          id="access-explanation"
          rows={3}
          value={explanation}
          maxLength={500}
          onChange={({ target }) => setExplanation(target.value)}
        />
      </Field>
      <Field label={r.hours} name="access-hours" hint={r.hoursHint}>
        <InputNumber
          id="access-hours"
          controls={false}
          min={1}
          max={hoursMax}
          precision={0}
          value={hours}
          onChange={(value) => setHours(Number(value ?? hoursMax))}
        />
      </Field>
    </ActDialog>
  )
}
