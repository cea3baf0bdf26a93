import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { shiftChanges } from './schema.ts'
import { type ShiftRow, shiftRow } from './shift-queries.ts'

/** Minutes without an edit after which people are told of a change, so that several edits cause one message. */
const settleMinutes = 5

export type ShiftChangeRow = typeof shiftChanges.$inferSelect

/** Stores the state before the first edit and enqueues `shift.change_settled`, which runs after the last one. */
export async function noteChange(tx: Writer, before: ShiftRow, at: DateTime): Promise<void> {
  const { id: shiftId, startsAt, endsAt, zoneId, meetingPoint } = before
  const open = and(eq(shiftChanges.shiftId, shiftId), isNull(shiftChanges.settledAt))
  const [known] = await tx.select().from(shiftChanges).where(open)
  const changeId = known?.id ?? newId()
  if (known) await tx.update(shiftChanges).set({ lastAt: at }).where(eq(shiftChanges.id, changeId))
  else {
    const place = { startsAt, endsAt, zoneId, meetingPoint }
    await tx.insert(shiftChanges).values({ id: changeId, shiftId, ...place, firstAt: at, lastAt: at })
  }
  await settleLater(tx, changeId, at)
}

/** Enqueues the telling of a change for when no edit has followed. */
export async function settleLater(tx: Writer, changeId: string, lastAt: DateTime): Promise<void> {
  const options = { key: `shift.change_settled:${changeId}`, runAt: lastAt.plus({ minutes: settleMinutes }) }
  await enqueue(tx, 'shift.change_settled', { changeId }, options)
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
