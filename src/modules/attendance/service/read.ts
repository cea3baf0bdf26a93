import { and, count, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { currentPerson, reachPerson, teamsWithin } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { outcomeColumn } from '../outcome-column.ts'
import { attendances } from '../schema.ts'
import type { Outcome } from '../words.ts'
import type { ServicePage } from './contract.ts'

interface Asked {
  personId: string
  limit?: number
  cursor?: string
  by: Actor
  now: DateTime
}

/**
 * The shifts of somebody within reach. What other units placed them on is not told: who may see the person sees the places
 * given by teams within their own reach.
 * @throws DomainError `person.missing`
 */
export async function serviceOf(
  db: Reader,
  { limit = 20, cursor, by, now, ...asked }: Asked,
): Promise<ServicePage> {
  const personId = await currentPerson(db, asked.personId)
  await reachPerson(db, reachOf(by, 'persons.read'), personId)
  const theirs = and(eq(participations.personId, personId), teamsWithin(db, reachOf(by, 'attendance.read')))
  const rows = await placed(
    db,
    and(theirs, after([shifts.startsAt, assignments.id], cursor, 'desc')),
    limit + 1,
  )
  const page = pageOf(rows, limit, ({ shift, assignmentId }) => [shift.startsAt, assignmentId])
  return {
    items: page.items.map((row) => present(row, now)),
    nextCursor: page.nextCursor,
    ...(await sums(db, theirs)),
  }
}

function placed(db: Reader, which: SQL | undefined, limit: number) {
  return db
    .select({
      assignmentId: assignments.id,
      event: { id: events.id, name: events.name, timeZone: events.timeZone },
      shift: { id: shifts.id, startsAt: shifts.startsAt, endsAt: shifts.endsAt, work: shifts.work },
      zone: { id: zones.id, name: zones.name },
      team: { id: teams.id, name: teams.name },
      answer: assignments.answer,
      outcome: outcomeColumn,
      minutes: attendances.minutes,
    })
    .from(participations)
    .innerJoin(assignments, eq(assignments.participationId, participations.id))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(events, eq(events.id, assignments.eventId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .leftJoin(attendances, eq(attendances.assignmentId, assignments.id))
    .where(which)
    .orderBy(desc(shifts.startsAt), desc(assignments.id))
    .limit(limit)
}

type Placed = Awaited<ReturnType<typeof placed>>[number]

/** Until the shift is over nobody is absent. */
const onlyAfterwards: ReadonlySet<Outcome> = new Set(['absent', 'unanswered'])

function present({ shift, outcome, ...row }: Placed, now: DateTime): ServicePage['items'][number] {
  return {
    ...row,
    shift: { ...shift, startsAt: isoOf(shift.startsAt), endsAt: isoOf(shift.endsAt) },
    outcome: now < shift.endsAt && onlyAfterwards.has(outcome) ? null : outcome,
  }
}

async function sums(db: Reader, which: SQL | undefined): Promise<{ times: number; minutes: number }> {
  const [found] = await db
    .select({
      times: count(),
      minutes: sql<number>`coalesce(sum(${attendances.minutes}), 0)`.mapWith(Number),
    })
    .from(participations)
    .innerJoin(assignments, eq(assignments.participationId, participations.id))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .innerJoin(attendances, eq(attendances.assignmentId, assignments.id))
    .where(and(which, isNotNull(attendances.checkInAt)))
  return found ?? { times: 0, minutes: 0 }
}
