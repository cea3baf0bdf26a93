import { and, asc, eq, isNull, lte, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events } from '#modules/events/schema.ts'
import { record } from '#platform/audit/index.ts'
import { readCalendar, settledDeadline } from '#platform/calendar/index.ts'
import type { Database, Writer } from '#platform/database/port.ts'
import { eachApart } from '#platform/jobs/each-apart.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { lateEntries } from '../schema.ts'
import type { LateEntry } from './ask.ts'
import { lateFactsOf, stepWithSomebody } from './deciders.ts'
import { climbOf, ladderOf } from './rules.ts'

/** Escalates every late entry that nobody decided within two working days. An entry never expires. */
export async function climbLateEntries(db: Database, at: DateTime): Promise<void> {
  const due = await db.read
    .select({ entry: lateEntries, zone: events.timeZone })
    .from(lateEntries)
    .innerJoin(events, eq(events.id, lateEntries.eventId))
    .where(
      and(
        isNull(lateEntries.decidedAt),
        or(lte(lateEntries.climbsAt, at), eq(lateEntries.climbProvisional, true)),
      ),
    )
    .orderBy(asc(lateEntries.climbsAt), asc(lateEntries.id))
  await eachApart(due, (each) => db.transaction((tx) => climb(tx, { ...each, at })))
}

/** @returns whether the entry changed */
async function climb(
  tx: Writer,
  { entry, zone, at }: { entry: LateEntry; zone: string; at: DateTime },
): Promise<boolean> {
  const { id, climbsAt, climbsOn, climbProvisional: provisional, askedAt } = entry
  if (!climbsAt || !climbsOn) return false
  const calendar = await readCalendar(tx)
  const told = { lastDay: climbsOn, endsAt: climbsAt, provisional }
  // At later levels the period starts on the day of the previous escalation.
  const settled =
    entry.step === 0 ? settledDeadline(told, climbOf(calendar, askedAt, zone)) : { ...told, moved: false }
  if (settled.endsAt > at) {
    if (!settled.moved && settled.provisional === provisional) return false
    return save(tx, id, {
      climbsOn: settled.lastDay,
      climbsAt: settled.endsAt,
      climbProvisional: settled.provisional,
    })
  }
  const step = await stepWithSomebody(tx, await lateFactsOf(tx, entry), entry.step + 1)
  const next = step === ladderOf(entry.origin).length - 1 ? null : climbOf(calendar, at, zone)
  const changed = await save(tx, id, {
    step,
    climbsOn: next?.lastDay ?? null,
    climbsAt: next?.endsAt ?? null,
    climbProvisional: next?.provisional ?? false,
  })
  if (changed) {
    const subject = `assignment:${entry.assignmentId}`
    await record(tx, { action: 'late_entry.climbed', subject, by: 'system', at, details: { step } })
    await enqueue(tx, 'late_entry.asked', { lateEntryId: id, step })
  }
  return changed
}

async function save(tx: Writer, id: string, set: Partial<LateEntry>): Promise<boolean> {
  const saved = await tx
    .update(lateEntries)
    .set(set)
    .where(and(eq(lateEntries.id, id), isNull(lateEntries.decidedAt)))
    .returning({ id: lateEntries.id })
  return saved.length > 0
}
