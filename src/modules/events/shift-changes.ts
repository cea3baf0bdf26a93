import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { enqueueAll } from '#platform/jobs/queue.ts'
import { shiftChanges } from './schema.ts'
import { type ShiftRow, shiftRow } from './shift-queries.ts'

/** Minutes without an edit after which people are told of a change, so that several edits cause one message. */
const settleMinutes = 5

export type ShiftChangeRow = typeof shiftChanges.$inferSelect

/** Stores the state before the first edit and enqueues `shift.change_settled`, which runs after the last one. */
export function noteChange(tx: Writer, before: ShiftRow, at: DateTime): Promise<void> {
  return noteChanges(tx, [before], at)
}

/** As `noteChange`, for many shifts edited at once. */
export async function noteChanges(tx: Writer, before: readonly ShiftRow[], at: DateTime): Promise<void> {
  await inChunks(before, 300, async (some) => {
    const ids = some.map(({ id }) => id)
    const open = and(inArray(shiftChanges.shiftId, ids), isNull(shiftChanges.settledAt))
    const known = await tx
      .update(shiftChanges)
      .set({ lastAt: at })
      .where(open)
      .returning({ id: shiftChanges.id, shiftId: shiftChanges.shiftId })
    const edited = new Set(known.map(({ shiftId }) => shiftId))
    const rows = some
      .filter(({ id }) => !edited.has(id))
      .map(({ id: shiftId, startsAt, endsAt, zoneId, meetingPoint }) => {
        const place = { startsAt, endsAt, zoneId, meetingPoint }
        return { id: newId(), shiftId, ...place, firstAt: at, lastAt: at }
      })
    if (rows.length > 0) await tx.insert(shiftChanges).values(rows)
    const telling = [...known, ...rows].map(({ id }) => settling(id, at))
    await enqueueAll(tx, 'shift.change_settled', telling)
  })
}

function settling(changeId: string, lastAt: DateTime) {
  const runAt = lastAt.plus({ minutes: settleMinutes })
  return { params: { changeId }, key: `shift.change_settled:${changeId}`, runAt }
}

/** Enqueues the telling of a change for when no edit has followed. */
export async function settleLater(tx: Writer, changeId: string, lastAt: DateTime): Promise<void> {
  await enqueueAll(tx, 'shift.change_settled', [settling(changeId, lastAt)])
}

/** The state before and after. Edits that cancel each other out are not a change. */
export interface SettledChange {
  change: ShiftChangeRow
  shift: ShiftRow
}

/** Closes a change after `settleMinutes` without an edit. Undefined: too early, already closed, or nothing changed. */
export async function settleChange(
  tx: Writer,
  changeId: string,
  at: DateTime,
): Promise<SettledChange | undefined> {
  const [change] = await tx.select().from(shiftChanges).where(eq(shiftChanges.id, changeId))
  if (!change || change.settledAt) return undefined
  if (change.lastAt.plus({ minutes: settleMinutes }) > at) {
    await settleLater(tx, changeId, change.lastAt)
    return undefined
  }
  await tx.update(shiftChanges).set({ settledAt: at }).where(eq(shiftChanges.id, changeId))
  const shift = await shiftRow(tx, change.shiftId)
  return shift.cancelledAt || !differs(change, shift) ? undefined : { change, shift }
}

type Whereabouts = Pick<ShiftRow, 'startsAt' | 'endsAt' | 'zoneId' | 'meetingPoint'>

function differs(before: Whereabouts, after: Whereabouts): boolean {
  const keys = ['startsAt', 'endsAt', 'zoneId', 'meetingPoint'] as const
  return keys.some((key) => before[key]?.valueOf() !== after[key]?.valueOf())
}

const slackMinutes = 30

/** Whether acceptances are asked for again: the zone changed, or a time moved by more than half an hour. */
export function asksAgain(before: Whereabouts, after: Whereabouts): boolean {
  const moved = (from: DateTime, to: DateTime) => Math.abs(to.diff(from, 'minutes').minutes) > slackMinutes
  return (
    before.zoneId !== after.zoneId ||
    moved(before.startsAt, after.startsAt) ||
    moved(before.endsAt, after.endsAt)
  )
}
