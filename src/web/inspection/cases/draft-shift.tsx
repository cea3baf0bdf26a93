import { InputNumber } from 'antd'
import { useState } from 'react'
import { draftCaseShift, listEvents, readShift, type WholeCase } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { instantOf, serverNow, type Wall, wallOf } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { MomentPicker } from '../../ui/office/moment-picker.tsx'
import { type Named, RemoteSelect } from '../../ui/office/remote-select.tsx'
import { casesChanged } from './keep.ts'
import { useCaseWords } from './words/index.ts'

const heads = ['min', 'target', 'max'] as const
type Heads = Record<(typeof heads)[number], number | null>

/** Drafts a shift for what the case asks for, at its zone, in an event of the reader. */
export function DraftShift({ of, close }: { of: WholeCase; close: () => void }) {
  const { r } = useCaseWords()
  const zone = cityZone()
  const [event, setEvent] = useState<Named | null>(null)
  const tomorrow = wallOf(serverNow() + 24 * 3600_000, zone).slice(0, 10)
  const [from, setFrom] = useState<Wall | null>(`${tomorrow}T09:00`)
  const [until, setUntil] = useState<Wall | null>(`${tomorrow}T11:00`)
  const [people, setPeople] = useState<Heads>({ min: 2, target: 5, max: 10 })
  const { min, target, max } = people
  const ready =
    event !== null &&
    from !== null &&
    until !== null &&
    from < until &&
    min !== null &&
    target !== null &&
    max !== null &&
    min <= target &&
    target <= max
  return (
    <ActDialog
      title={r.draftShift}
      confirm={r.draftShift}
      first="case-event"
      ready={ready}
      close={close}
      again={casesChanged}
      act={async () => {
        const period = { startsAt: instantOf(from!, zone), endsAt: instantOf(until!, zone) }
        const body = { eventId: event!.id, ...period, min: min!, target: target!, max: max! }
        await ask(draftCaseShift, { params: { caseId: of.id }, body }, { version: of.version })
        await casesChanged()
        await readAgain(readShift)
        return { text: r.shiftDrafted }
      }}
    >
      <p>{r.shiftLead}</p>
      <Field label={r.event} name="case-event">
        <RemoteSelect id="case-event" value={event} find={listEvents} onChange={setEvent} />
      </Field>
      <div className="fields">
        <Field label={r.starts} name="case-starts">
          <MomentPicker id="case-starts" value={from} zone={zone} onChange={setFrom} />
        </Field>
        <Field label={r.ends} name="case-ends">
          <MomentPicker id="case-ends" value={until} zone={zone} onChange={setUntil} />
        </Field>
        {heads.map((name) => (
          <Field key={name} label={r[name]} name={`case-${name}`}>
            <InputNumber
              id={`case-${name}`}
              min={name === 'max' ? 1 : 0}
              max={10_000}
              precision={0}
              controls={false}
              value={people[name]}
              onChange={(value) => setPeople({ ...people, [name]: value })}
            />
          </Field>
        ))}
      </div>
    </ActDialog>
  )
}
