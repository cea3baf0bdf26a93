import { and, asc, eq, exists, gt, gte, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { users } from '#modules/accounts/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { allotments, assignments } from '#modules/mobilization/schema.ts'
import { amongGiven, given } from '#platform/database/dialect.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { attendances, shiftTotals } from './schema.ts'
import type { DutyRole } from './words.ts'

/**
 * Hours after its end during which a shift stays in the list: an offline roll may arrive until noon of the next day.
 */
const keptHours = 24
/** Upper limit of the list. A user who is responsible for a whole city uses the views of the event instead. */
const dutiesMax = 200

/** The person linked to a user account; null: none. */
export async function personOf(db: Reader, userId: string): Promise<string | null> {
  const [user] = await prepared(db, 'attendance.personOf', (on) =>
    on
      .select({ personId: users.personId })
      .from(users)
      .where(eq(users.id, sql.placeholder('userId')))
      .prepare('attendance.personOf'),
  ).execute({ userId })
  return user?.personId ?? null
}

/**
 * The shifts of one user, the next one first: those the user is in charge of, those with the user's teams, also where they
 * stated heads without names, and the user's own assignments. Expected and present people are counted over the whole shift for the person in charge,
 * otherwise over the user's teams. Asked by every leader every few seconds: three statements, prepared.
 */
export async function dutiesOf(db: Reader, by: Actor, now: DateTime) {
  const personId = await personOf(db, by.userId)
  const ownTeams = ledTeams(by)
  if (personId === null && ownTeams.length === 0) return []
  const since = now.minus({ hours: keptHours })
  const rows = await prepared(db, 'attendance.duties', selectDuties).execute({
    ...{ personId, since, teams: given(ownTeams) },
  })
  if (rows.length === 0) return []
  const whole = rows.flatMap(({ shift }) => (isInCharge(shift, personId) ? shift.id : []))
  const counts = await countsOf(db, { ids: rows.map(({ shift }) => shift.id), whole, ownTeams })
  return rows.map(({ shift, cancelled, zone, event, own, sent }) => {
    const count = counts.get(shift.id) ?? { expected: 0, present: 0, led: 0, minors: 0 }
    const as: DutyRole[] = []
    if (personId && shift.inChargePersonId === personId) as.push('in_charge')
    if (personId && shift.deputyPersonId === personId) as.push('deputy')
    if (count.led > 0 || sent) as.push('leader')
    if (own) as.push('own')
    const { expected, present, minors } = count
    return { shift, cancelled, zone, event, as, expected, present, minors }
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
export function ledTeams(by: Actor): string[] {
  if (!may(by, 'attendance.record')) return []
  const reach = reachOf(by, 'attendance.record')
  return reach.everything ? [] : reach.ids
}

/** Each way to a shift by its own index: as alternatives of one condition they would make the database read all shifts. */
function selectDuties(on: Reader) {
  const personId = sql.placeholder('personId')
  // Cancelled while people are there: until they have left, somebody has to let them go, or their time is lost.
  const isLive = or(isNull(assignments.cancelledAt), stillHere(on))
  const assigned = (whose: SQL) =>
    on.select({ id: assignments.shiftId }).from(assignments).where(and(whose, isLive))
  const ofTeams = amongGiven(allotments.teamId, 'teams')
  const mine = assigned(amongGiven(assignments.teamId, 'teams'))
    .union(assigned(eq(assignments.personId, personId)))
    .union(on.select({ id: shifts.id }).from(shifts).where(eq(shifts.inChargePersonId, personId)))
    .union(on.select({ id: shifts.id }).from(shifts).where(eq(shifts.deputyPersonId, personId)))
    .union(on.select({ id: allotments.shiftId }).from(allotments).where(ofTeams))
  const own = on
    .select({ one: sql`1` })
    .from(assignments)
    .where(and(eq(assignments.shiftId, shifts.id), eq(assignments.personId, personId), isLive))
  // Heads sent to a shift, named or not: a class that answered with a number is there, too.
  const sent = on
    .select({ one: sql`1` })
    .from(allotments)
    .where(and(eq(allotments.shiftId, shifts.id), ofTeams))
  const { id, work, startsAt, endsAt, meetingPoint, inChargePersonId, deputyPersonId } = shifts
  return on
    .select({
      shift: { id, work, startsAt, endsAt, meetingPoint, inChargePersonId, deputyPersonId },
      cancelled: sql<boolean>`${isCancelled()}`.mapWith(Boolean),
      zone: { id: zones.id, name: zones.name },
      event: { id: events.id, name: events.name, timeZone: events.timeZone },
      own: sql<boolean>`exists ${own}`.mapWith(Boolean),
      sent: sql<boolean>`exists ${sent}`.mapWith(Boolean),
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(events, eq(events.id, shifts.eventId))
    .where(
      and(
        inArray(shifts.id, mine),
        gte(shifts.endsAt, sql.param(sql.placeholder('since'), shifts.endsAt)),
        or(sql`not ${isCancelled()}`, someHere(on)),
        isNotNull(events.publishedAt),
      ),
    )
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
    .limit(dutiesMax)
    .prepare('attendance.duties')
}

/** The shift, or its event before the shift was over. */
function isCancelled(): SQL {
  return sql`(${shifts.cancelledAt} is not null or (${events.cancelledAt} is not null and ${events.cancelledAt} < ${shifts.endsAt}))`
}

/** Whether the person of an assignment is here and has not left. */
function stillHere(on: Reader): SQL {
  return exists(
    on
      .select({ one: sql`1` })
      .from(attendances)
      .where(
        and(
          eq(attendances.assignmentId, assignments.id),
          isNotNull(attendances.checkInAt),
          isNull(attendances.checkOutAt),
        ),
      ),
  )
}

/** The same of anybody on a shift. */
function someHere(on: Reader): SQL {
  return exists(
    on
      .select({ one: sql`1` })
      .from(shiftTotals)
      .where(and(eq(shiftTotals.shiftId, shifts.id), gt(shiftTotals.present, shiftTotals.checkedOut))),
  )
}

interface Counted {
  ids: readonly string[]
  /** The shifts of which everybody is counted. */
  whole: readonly string[]
  ownTeams: readonly string[]
}

async function countsOf(db: Reader, { ids, whole, ownTeams }: Counted) {
  const rows = await prepared(db, 'attendance.dutyCounts', selectCounts).execute({
    ...{ ids: given(ids), whole: given(whole), teams: given(ownTeams) },
  })
  return new Map(rows.map((row) => [row.id, row]))
}

function selectCounts(on: Reader) {
  const led = amongGiven(assignments.teamId, 'teams')
  const many = (of: SQL) => sql<number>`sum(case when ${of} then 1 else 0 end)`.mapWith(Number)
  return on
    .select({
      id: assignments.shiftId,
      expected: sql<number>`count(*)`.mapWith(Number),
      present: many(isNotNull(attendances.checkInAt)),
      led: many(led),
      minors: many(eq(assignments.minor, true)),
    })
    .from(assignments)
    .leftJoin(attendances, eq(attendances.assignmentId, assignments.id))
    .where(
      and(
        amongGiven(assignments.shiftId, 'ids'),
        or(led, amongGiven(assignments.shiftId, 'whole')),
        or(
          and(isNull(assignments.freedAt), isNull(assignments.cancelledAt)),
          and(isNotNull(assignments.cancelledAt), isNotNull(attendances.checkInAt)),
        ),
      ),
    )
    .groupBy(assignments.shiftId)
    .prepare('attendance.dutyCounts')
}
