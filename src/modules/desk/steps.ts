import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { lateWaiting } from '#modules/attendance/index.ts'
import { checkPublication, type EventRow, eventRow, reachesUnit, stateOf } from '#modules/events/index.ts'
import { shiftSeats, shifts } from '#modules/events/schema.ts'
import { byStateOf, type MessageState, messageTotals } from '#modules/messaging/index.ts'
import { sendingHolds } from '#modules/messaging/schema.ts'
import { peopleAnswered, unitsAnswered } from '#modules/mobilization/index.ts'
import { planRuns } from '#modules/planning/schema.ts'
import { reportSnapshots } from '#modules/reports/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import type { StepsView } from './contract.ts'
import { type StepFacts, stepsOf } from './step-rules.ts'

const waiting: MessageState[] = ['queued', 'sending']
const failed: MessageState[] = ['undelivered', 'unknown', 'dead']

/**
 * How far each step of an event is, for this reader: what they may not see is absent, and numbers of units and people
 * count those within their reach.
 * @throws DomainError `event.missing`
 */
export async function readSteps(
  db: Reader,
  { eventId, by, at }: { eventId: string; by: Actor; at: DateTime },
): Promise<StepsView> {
  const event = await eventRow(db, eventId)
  return { eventId, steps: stepsOf(await factsOf(db, event, { by, at })) }
}

/** What is known of an event for this reader. */
export async function factsOf(
  db: Reader,
  event: EventRow,
  { by, at }: { by: Actor; at: DateTime },
): Promise<StepFacts> {
  const state = stateOf(event)
  /** Whether the actor has the permission over the organiser. */
  const over = async (permission: string) =>
    may(by, permission) && (await reachesUnit(db, reachOf(by, permission), event.organiserUnitId))
  const facts: StepFacts = {
    state,
    begun: at >= event.startsAt,
    over: at >= event.endsAt,
    mine: await over('events.publish'),
    problems: state === 'draft' ? (await checkPublication(db, event, at)).problems.length : 0,
    shifts: await seatsOf(db, event.id),
    attendance: may(by, 'attendance.read'),
  }
  if (may(by, 'mobilization.read')) {
    const reach = reachOf(by, 'mobilization.read')
    facts.units = { ...(await unitsAnswered(db, event, reach)), mayAsk: await over('quotas.edit') }
    facts.people = await peopleAnswered(db, event, reach)
  }
  if (facts.attendance && facts.begun) facts.late = await lateWaiting(db, { eventId: event.id, by })
  if (may(by, 'plans.read')) {
    facts.plan = { state: await planStateOf(db, event.id), mayApply: await over('plans.apply') }
  }
  if (may(by, 'messages.read')) {
    facts.messages = { ...(await sendingOf(db, event.id)), maySend: await over('messages.send') }
  }
  if (may(by, 'reports.read')) {
    const taken = await db.$count(reportSnapshots, eq(reportSnapshots.eventId, event.id))
    facts.snapshots = { taken, mayTake: await over('reports.snapshot') }
  }
  return facts
}

async function seatsOf(db: Reader, eventId: string): Promise<StepFacts['shifts']> {
  const counted = (condition: ReturnType<typeof sql>) =>
    sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`.mapWith(Number)
  const [seats] = await db
    .select({
      all: sql<number>`count(*)`.mapWith(Number),
      belowMin: counted(sql`${shiftSeats.taken} < ${shifts.min}`),
      belowTarget: counted(sql`${shiftSeats.taken} < ${shifts.target}`),
      taken: sql<number>`coalesce(sum(${shiftSeats.taken}), 0)`.mapWith(Number),
    })
    .from(shifts)
    .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt)))
  return seats as StepFacts['shifts']
}

async function planStateOf(db: Reader, eventId: string) {
  const [run] = await db
    .select({ state: planRuns.state })
    .from(planRuns)
    .where(and(eq(planRuns.eventId, eventId), ne(planRuns.state, 'cancelled')))
    .orderBy(desc(planRuns.createdAt), desc(planRuns.id))
    .limit(1)
  return run?.state ?? null
}

async function sendingOf(db: Reader, eventId: string) {
  const kinds = await messageTotals(db, eventId)
  const byState = byStateOf(kinds)
  const sum = (states: MessageState[]) => states.reduce((all, state) => all + (byState[state] ?? 0), 0)
  const held = and(eq(sendingHolds.target, `event:${eventId}`), isNull(sendingHolds.releasedAt))
  return {
    written: kinds.reduce((all, { written }) => all + written, 0),
    waiting: sum(waiting),
    failed: sum(failed),
    held: (await db.$count(sendingHolds, held)) > 0,
  }
}
