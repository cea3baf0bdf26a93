import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import { users } from '#modules/accounts/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { teamsWithin } from '#modules/organisation/index.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { lateEntries } from '../schema.ts'
import type { LateState } from '../words.ts'
import type { LateEntry } from './ask.ts'

export interface LateQuery {
  eventId?: string
  shiftId?: string
  state?: LateState
  drawn?: boolean
  cursor?: string
  limit: number
}

/** Late entries of teams within reach and of shifts the actor is in charge of, oldest request first. Keyset pages. */
export async function listLateEntries(db: Reader, by: Actor, query: LateQuery) {
  const { eventId, shiftId, state, drawn, cursor, limit } = query
  const mine = db
    .select({ id: users.personId })
    .from(users)
    .where(and(eq(users.id, by.userId), isNotNull(users.personId)))
  const within = teamsWithin(db, reachOf(by, 'attendance.read'))
  const rows = await db
    .select({
      entry: lateEntries,
      person: { id: persons.id, name: persons.name },
      team: { id: teams.id, name: teams.name },
      shift: { id: shifts.id, work: shifts.work, startsAt: shifts.startsAt, endsAt: shifts.endsAt },
      zone: { id: zones.id, name: zones.name },
      event: { id: events.id, name: events.name, timeZone: events.timeZone },
    })
    .from(lateEntries)
    .innerJoin(assignments, eq(assignments.id, lateEntries.assignmentId))
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .innerJoin(shifts, eq(shifts.id, lateEntries.shiftId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(events, eq(events.id, lateEntries.eventId))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .where(
      and(
        within && or(within, inArray(shifts.inChargePersonId, mine), inArray(shifts.deputyPersonId, mine)),
        eventId ? eq(lateEntries.eventId, eventId) : undefined,
        shiftId ? eq(lateEntries.shiftId, shiftId) : undefined,
        state && inState(state),
        drawn ? and(isNotNull(lateEntries.drawnAt), isNull(lateEntries.reviewedAt)) : undefined,
        after([lateEntries.id], cursor),
      ),
    )
    .orderBy(asc(lateEntries.id))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.entry.id])
}
export type LateRow = Awaited<ReturnType<typeof listLateEntries>>['items'][number]

function inState(state: LateState): SQL | undefined {
  if (state === 'pending') return isNull(lateEntries.decidedAt)
  return eq(lateEntries.approved, state === 'approved')
}

/** The state of a late entry. */
export function stateOfLate({ decidedAt, approved }: LateEntry): LateState {
  if (!decidedAt) return 'pending'
  return approved ? 'approved' : 'refused'
}

/** The newest late entry of each assignment of a participation, by assignment id. */
export async function lateEntriesOf(db: Reader, participationId: string): Promise<Map<string, LateEntry>> {
  const rows = await db
    .select({ entry: lateEntries })
    .from(lateEntries)
    .innerJoin(assignments, eq(assignments.id, lateEntries.assignmentId))
    .where(eq(assignments.participationId, participationId))
    .orderBy(asc(lateEntries.id))
  return new Map(rows.map(({ entry }) => [entry.assignmentId, entry]))
}
