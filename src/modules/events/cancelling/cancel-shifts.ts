import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { zones } from '#modules/grid/schema.ts'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { type PreviewedAct, type Seen, undoMinutes } from '#platform/previews/index.ts'
import { assertOpen } from '../change-event.ts'
import type { ShiftSelection } from '../contract-selection.ts'
import { eventRow } from '../event-queries.ts'
import type { ShiftPeople } from '../people.ts'
import { assertServes } from '../reach.ts'
import { shiftCancellations, shiftSeats, shifts } from '../schema.ts'
import { shiftsSelected } from '../selecting.ts'
import type { ShiftCancellationSpec } from './contract.ts'

/** Most shifts in one act. */
const shiftsMax = 5000
/** When a shift begins sooner than this, its people are told at once: nobody should set out in vain. */
const atOnceHours = 2

type Spec = ShiftCancellationSpec & { eventId: string }

interface Found {
  seen: Seen
  published: boolean
  /** In order of time. */
  shifts: readonly SelectedShift[]
  over: number
  tellsAfterMin: number
}

type SelectedShift = Awaited<ReturnType<typeof selected>>[number]

/**
 * 批量取消: calls off every selected shift that is not over, in one act. Their people keep their places and are told
 * nothing for five minutes, while it can be undone; the job `shifts.cancelled` tells and releases them.
 * @throws DomainError `event.missing`, `event.cancelled`, `event.closed`, `access.out_of_reach`,
 *   `cancellation.empty`, `cancellation.too_large`, `period.invalid`
 */
export function cancelShifts(people: ShiftPeople): PreviewedAct<Spec, Found> {
  return {
    kind: 'shifts.cancel',
    look,
    async perform(tx, { eventId, where, reason }, found, { by, at }) {
      const id = newId()
      const shiftIds = found.shifts.map((shift) => shift.id)
      const { people: placed } = await people.on(tx, shiftIds)
      const tellsAt = at.plus({ minutes: found.tellsAfterMin })
      const row = { id, eventId, selection: where, reason, shifts: shiftIds.length, people: placed, tellsAt }
      await tx.insert(shiftCancellations).values({ ...row, createdAt: at })
      await callOff(tx, shiftIds, { cancelledAt: at, cancelReason: reason, cancellationId: id })
      const details = { eventId, shifts: shiftIds.length, people: placed }
      await record(tx, { action: 'shifts.cancelled', subject: `shift_cancellation:${id}`, by, at, details })
      const options = { key: `shifts.cancelled:${id}`, runAt: tellsAt, about: `event:${eventId}` }
      await enqueue(tx, 'shifts.cancelled', { cancellationId: id }, options)
      return id
    },
  }
}

async function look(db: Reader, { eventId, where }: Spec, { by, at }: Doing): Promise<Found> {
  const event = await eventRow(db, eventId)
  assertOpen(event)
  const all = await selected(db, eventId, where)
  const { organiserUnitId } = event
  const zoneIds = [...new Set(all.map(({ zone }) => zone.id))]
  await assertServes(db, by, 'events.edit', { organiserUnitId, zoneIds })
  const due = all.filter(({ endsAt }) => endsAt > at)
  if (due.length === 0) {
    throw new DomainError('conflict', 'cancellation.empty', 'No shift that is still to come is selected.')
  }
  if (due.length > shiftsMax) {
    const message = `At most ${shiftsMax} shifts are cancelled in one go.`
    throw new DomainError('invalid', 'cancellation.too_large', message, { shiftsMax, shifts: due.length })
  }
  const published = event.publishedAt !== null
  const soon = DateTime.min(...due.map(({ startsAt }) => startsAt))! < at.plus({ hours: atOnceHours })
  return {
    seen: Object.fromEntries(due.map(({ id, version }) => [id, { version }])),
    published,
    shifts: due,
    over: all.length - due.length,
    tellsAfterMin: published && soon ? 0 : undoMinutes,
  }
}

function selected(db: Reader, eventId: string, where: ShiftSelection) {
  return db
    .select({
      id: shifts.id,
      version: shifts.version,
      work: shifts.work,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      zone: { id: zones.id, name: zones.name },
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt), shiftsSelected(db, where)))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
}

type Off = Pick<typeof shifts.$inferInsert, 'cancelledAt' | 'cancelReason' | 'cancellationId'>

async function callOff(tx: Writer, shiftIds: readonly string[], off: Off): Promise<void> {
  await inChunks(shiftIds, 500, (some) =>
    tx
      .update(shifts)
      .set({ ...off, version: sql`${shifts.version} + 1` })
      .where(inArray(shifts.id, [...some])),
  )
}
