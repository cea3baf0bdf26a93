import { and, asc, eq, gte, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { users } from '#modules/accounts/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { allotments, assignments } from '#modules/mobilization/schema.ts'
import { teamsWithin } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { attendances } from './schema.ts'
import type { DutyRole } from './words.ts'

/**
 * Hours after its end during which a shift stays in the list: an offline roll may arrive until noon of the next day.
 */
const keptHours = 24
/** Upper limit of the list. A user who is responsible for a whole city uses the views of the event instead. */
const dutiesMax = 200

/** The person linked to a user account; null: none. */
export async function personOf(db: Reader, userId: string): Promise<string | null> {
  const [user] = await db.select({ personId: users.personId }).from(users).where(eq(users.id, userId))
  return user?.personId ?? null
}

/**
 * The shifts of one user, the next one first: those the user is in charge of, those with the user's teams, also where they
 * stated heads without names, and the user's own assignments. Expected and present people are counted over the whole shift for the person in charge,
 * otherwise over the user's teams.
 */
export async function dutiesOf(db: Reader, by: Actor, now: DateTime) {
  const personId = await personOf(db, by.userId)
  const ownTeams = await ledTeams(db, by)
  const ids = await shiftIdsOf(db, { personId, ownTeams, since: now.minus({ hours: keptHours }) })
  if (ids.length === 0) return []
  const rows = await db
    .select({
      shift: shifts,
      zone: { id: zones.id, name: zones.name },
      event: { id: events.id, name: events.name, timeZone: events.timeZone },
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(events, eq(events.id, shifts.eventId))
    .where(inArray(shifts.id, ids))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
  const whole = rows.flatMap(({ shift }) => (isInCharge(shift, personId) ? shift.id : []))
  const counts = await countsOf(db, { ids, whole, ownTeams })
  const own = await ownPlaces(db, ids, personId)
  const sent = ownTeams.length > 0 ? await allottedTo(db, ownTeams) : []
  const allotted = new Set(sent.map(({ id }) => id))
  return rows.map(({ shift, zone, event }) => {
    const count = counts.get(shift.id) ?? { expected: 0, present: 0, led: 0 }
    const as: DutyRole[] = []
    if (personId && shift.inChargePersonId === personId) as.push('in_charge')
    if (personId && shift.deputyPersonId === personId) as.push('deputy')
    if (count.led > 0 || allotted.has(shift.id)) as.push('leader')
    if (own.has(shift.id)) as.push('own')
    return { shift, zone, event, as, expected: count.expected, present: count.present }
  })
}
export type Duty = Awaited<ReturnType<typeof dutiesOf>>[number]

/** Whether the person is in charge of the shift, or deputy. */
export function isInCharge(
  { inChargePersonId, deputyPersonId }: { inChargePersonId: string | null; deputyPersonId: string | null },
  personId: string | null,
): boolean {
  return personId !== null && (inChargePersonId === personId || deputyPersonId === personId)
}

/** The teams given to the user one by one (as a leader), not all teams within an office's reach. */
export async function ledTeams(db: Reader, by: Actor): Promise<string[]> {
  if (!may(by, 'attendance.record')) return []
  const reach = reachOf(by, 'attendance.record')
  if (reach.everything || reach.ids.length === 0) return []
  const rows = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(inArray(teams.id, reach.ids), teamsWithin(db, reach)))
  return rows.map(({ id }) => id)
}

interface Whose {
  personId: string | null
  ownTeams: readonly string[]
  since: DateTime
}

async function shiftIdsOf(db: Reader, { personId, ownTeams, since }: Whose): Promise<string[]> {
  const mine: (SQL | undefined)[] = [
    ownTeams.length > 0 ? inArray(assignments.teamId, [...ownTeams]) : undefined,
    ownTeams.length > 0 ? inArray(shifts.id, allottedTo(db, ownTeams)) : undefined,
    personId ? eq(assignments.personId, personId) : undefined,
    personId ? eq(shifts.inChargePersonId, personId) : undefined,
    personId ? eq(shifts.deputyPersonId, personId) : undefined,
  ]
  const conditions = mine.filter((each) => each !== undefined)
  if (conditions.length === 0) return []
  const rows = await db
    .selectDistinct({ id: shifts.id, startsAt: shifts.startsAt })
    .from(shifts)
    .innerJoin(events, eq(events.id, shifts.eventId))
    .leftJoin(assignments, and(eq(assignments.shiftId, shifts.id), isNull(assignments.cancelledAt)))
    .where(
      and(
        or(...conditions),
        gte(shifts.endsAt, since),
        isNull(shifts.cancelledAt),
        isNull(events.cancelledAt),
        isNotNull(events.publishedAt),
      ),
    )
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
    .limit(dutiesMax)
  return rows.map(({ id }) => id)
}

/** The shifts to which heads of these teams are sent, named or not: a class that answered with a number is there, too. */
function allottedTo(db: Reader, teamIds: readonly string[]) {
  return db
    .select({ id: allotments.shiftId })
    .from(allotments)
    .where(inArray(allotments.teamId, [...teamIds]))
}

async function countsOf(
  db: Reader,
  { ids, whole, ownTeams }: { ids: readonly string[]; whole: readonly string[]; ownTeams: readonly string[] },
) {
  const led = ownTeams.length > 0 ? inArray(assignments.teamId, [...ownTeams]) : sql`1 = 0`
  const seen = whole.length > 0 ? or(led, inArray(assignments.shiftId, [...whole])) : led
  const rows = await db
    .select({
      id: assignments.shiftId,
      expected: sql<number>`count(*)`.mapWith(Number),
      present:
        sql<number>`coalesce(sum(case when ${attendances.checkInAt} is not null then 1 else 0 end), 0)`.mapWith(
          Number,
        ),
      led: sql<number>`coalesce(sum(case when ${led} then 1 else 0 end), 0)`.mapWith(Number),
    })
    .from(assignments)
    .leftJoin(attendances, eq(attendances.assignmentId, assignments.id))
    .where(
      and(
        inArray(assignments.shiftId, [...ids]),
        seen,
        isNull(assignments.freedAt),
        isNull(assignments.cancelledAt),
      ),
    )
    .groupBy(assignments.shiftId)
  return new Map(rows.map((row) => [row.id, row]))
}

async function ownPlaces(db: Reader, ids: readonly string[], personId: string | null): Promise<Set<string>> {
  if (!personId) return new Set()
  const rows = await db
    .select({ id: assignments.shiftId })
    .from(assignments)
    .where(
      and(
        inArray(assignments.shiftId, [...ids]),
        eq(assignments.personId, personId),
        isNull(assignments.cancelledAt),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}
