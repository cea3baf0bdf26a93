import { and, asc, eq, isNull } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { PreviewedAct, Seen } from '#platform/previews/index.ts'
import { assertOpen } from '../change-event.ts'
import { type EventRow, eventRow } from '../event-queries.ts'
import type { ShiftPeople } from '../people.ts'
import { assertServes } from '../reach.ts'
import { shiftRevisions, shifts } from '../schema.ts'
import { shiftsSelected } from '../selecting.ts'
import type { ShiftRevisionSpec } from './contract.ts'
import { type Revision, type RevisionRefused, selectRevisable, sortRevisions } from './facts.ts'
import { movesPeople, revisableOf, revised } from './revision-rules.ts'
import { writeRevisions } from './write.ts'

/** Most shifts in one act. */
const shiftsMax = 5000

type Spec = ShiftRevisionSpec & { eventId: string }

interface Found {
  seen: Seen
  event: EventRow
  able: readonly Revision[]
  refused: readonly RevisionRefused[]
  unchanged: number
  over: number
}

/**
 * 批量修改: changes every selected shift that is not over in the same way, in one act; its people stay. What would harm
 * them is refused, or left out if the spec says so. People are told five minutes later, until when it can be undone.
 * @throws DomainError `event.missing`, `event.cancelled`, `event.closed`, `access.out_of_reach`, `zone.missing`,
 *   `revision.empty`, `revision.too_large`, `revision.conflicts`, `period.invalid`
 */
export function reviseShifts(people: ShiftPeople): PreviewedAct<Spec, Found> {
  return {
    kind: 'shifts.revise',
    look: (db, spec, doing) => look(db, people, spec, doing),
    async perform(tx, { eventId, where, change, skipConflicts }, { able, refused, event }, { by, at }) {
      if (refused.length > 0 && !skipConflicts) {
        const message = `${refused.length} of the shifts cannot be changed. Preview it, or leave them out.`
        throw new DomainError('conflict', 'revision.conflicts', message, { conflicts: refused.length })
      }
      const id = newId()
      const { people: placed } = await people.on(
        tx,
        able.map(({ shift }) => shift.id),
      )
      const tells =
        event.publishedAt !== null && able.some((each) => movesPeople(revisableOf(each.shift), each.next))
      const row = { id, eventId, selection: where, change, shifts: able.length, people: placed, tells }
      await tx.insert(shiftRevisions).values({ ...row, createdAt: at })
      await writeRevisions(tx, able, { event, revisionId: id, at })
      const details = { eventId, shifts: able.length, people: placed }
      await record(tx, { action: 'shifts.revised', subject: `shift_revision:${id}`, by, at, details })
      return id
    },
  }
}

async function look(db: Reader, people: ShiftPeople, spec: Spec, { by, at }: Doing): Promise<Found> {
  const { eventId, where, change, skipConflicts } = spec
  const event = await eventRow(db, eventId)
  assertOpen(event)
  const all = await selectRevisable(db)
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt), shiftsSelected(db, where)))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
  const { organiserUnitId } = event
  const zoneIds = [...new Set([...all.map(({ zone }) => zone.id), ...(change.zoneId ? [change.zoneId] : [])])]
  await assertServes(db, by, 'events.edit', { organiserUnitId, zoneIds })
  const due = all.filter(({ shift }) => shift.endsAt > at)
  if (due.length > shiftsMax) {
    const message = `At most ${shiftsMax} shifts are changed in one go.`
    throw new DomainError('invalid', 'revision.too_large', message, { shiftsMax, shifts: due.length })
  }
  const revisions = due.map((each) => ({ ...each, next: revised(each.shift, change, event.timeZone) }))
  const { able, refused, unchanged } = await sortRevisions(db, people, { event, revisions })
  if (able.length + refused.length === 0) {
    throw new DomainError('conflict', 'revision.empty', 'No selected shift that is to come would change.')
  }
  const concerned = skipConflicts ? able : [...able, ...refused]
  const seen = Object.fromEntries(concerned.map(({ shift }) => [shift.id, { version: shift.version }]))
  return { seen, event, able, refused, unchanged, over: all.length - due.length }
}
