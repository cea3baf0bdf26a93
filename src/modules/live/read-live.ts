import { and, asc, desc, eq, gt, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { totalsByZone } from '#modules/attendance/index.ts'
import { attendances } from '#modules/attendance/schema.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { teams } from '#modules/organisation/schema.ts'
import { pages } from '#platform/database/pages.ts'
import type { Reader } from '#platform/database/port.ts'
import { isoOf } from '#platform/time.ts'
import type { LiveView } from './contract.ts'

/** The id that all school zones share: what happens at a school is shown in sum alone. */
export const schools = 'schools'
/** A team of fewer is never named: it would be its people that are named. */
const namedHeads = 10
const teamsShown = 10

export type Counts = Pick<LiveView, 'total' | 'zones'>

/** The totals of an event and its zones, from what is kept per shift. */
export async function countsOf(db: Reader, eventId: string): Promise<Counts> {
  const rows = await totalsByZone(db, eventId)
  const school = await schoolZones(db, eventId)
  const total = { expected: 0, present: 0, counted: 0, shifts: 0, target: 0, late: 0, checkedOut: 0 }
  const found = new Map<string, LiveView['zones'][number]>()
  for (const row of rows) {
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += row[key]
    const inSum = school.has(row.zoneId)
    const id = inSum ? schools : row.zoneId
    const zone = found.get(id) ?? {
      id,
      name: inSum ? '' : row.zone,
      districtCode: inSum ? null : row.districtCode,
      expected: 0,
      present: 0,
      counted: 0,
    }
    found.set(id, {
      ...zone,
      expected: zone.expected + row.expected,
      present: zone.present + row.present,
      counted: zone.counted + row.counted,
    })
  }
  return { total, zones: [...found.values()] }
}

/** The zones of the event at schools. */
export async function schoolZones(db: Reader, eventId: string): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ id: zones.id })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(and(eq(shifts.eventId, eventId), eq(zones.kind, 'school_surroundings')))
  return new Set(rows.map(({ id }) => id))
}

/** How many had arrived at the end of each minute in which somebody did. */
export async function arrivalsOf(db: Reader, eventId: string): Promise<LiveView['minutes']> {
  const byMinute = new Map<number, number>()
  const select = (last: { id: string } | undefined, limit: number) =>
    db
      .select({ id: assignments.id, at: attendances.checkInAt })
      .from(assignments)
      .innerJoin(attendances, eq(attendances.assignmentId, assignments.id))
      .where(
        and(
          eq(assignments.eventId, eventId),
          isNotNull(attendances.checkInAt),
          last ? gt(assignments.id, last.id) : undefined,
        ),
      )
      .orderBy(asc(assignments.id))
      .limit(limit)
  for await (const rows of pages(select, 500)) {
    for (const { at } of rows) {
      const minute = Math.floor((at as DateTime).toMillis() / 60_000)
      byMinute.set(minute, (byMinute.get(minute) ?? 0) + 1)
    }
  }
  let present = 0
  return [...byMinute]
    .sort(([a], [b]) => a - b)
    .map(([minute, arrived]) => {
      present += arrived
      return { at: new Date(minute * 60_000).toISOString(), present }
    })
}

/** The teams that most people are missing from, on shifts that have begun. */
export async function teamsShortOf(
  db: Reader,
  eventId: string,
  now: DateTime,
): Promise<LiveView['teamsShort']> {
  const present = sql<number>`count(${attendances.checkInAt})`.mapWith(Number)
  const expected = sql<number>`count(*)`.mapWith(Number)
  return db
    .select({ name: teams.name, expected, present })
    .from(assignments)
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(teams, eq(teams.id, assignments.teamId))
    .leftJoin(attendances, eq(attendances.assignmentId, assignments.id))
    .where(
      and(
        eq(assignments.eventId, eventId),
        lte(shifts.startsAt, now),
        isNull(shifts.cancelledAt),
        isNull(assignments.cancelledAt),
        isNull(assignments.freedAt),
        or(isNull(assignments.answer), ne(assignments.answer, 'declined')),
        ne(teams.kind, 'class'),
      ),
    )
    .groupBy(teams.id, teams.name)
    .having(sql`count(*) >= ${namedHeads} and count(*) > count(${attendances.checkInAt})`)
    .orderBy(desc(sql`count(*) - count(${attendances.checkInAt})`), asc(teams.id))
    .limit(teamsShown)
}

/** Everything at this moment. What came in lately is known to whoever watches alone. */
export async function liveOf(
  db: Reader,
  { eventId, now }: { eventId: string; now: DateTime },
): Promise<LiveView> {
  const { total, zones: byZone } = await countsOf(db, eventId)
  return {
    eventId,
    at: isoOf(now),
    total,
    zones: byZone,
    minutes: await arrivalsOf(db, eventId),
    teamsShort: await teamsShortOf(db, eventId, now),
    latest: [],
  }
}
