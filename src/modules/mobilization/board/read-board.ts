import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { EventRow } from '#modules/events/index.ts'
import { shiftSeats, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import { seenPlaces } from '../notices/seen-places.ts'
import { allotments, assignments } from '../schema.ts'
import type { BoardView } from './contract.ts'

interface Party {
  shiftId: string
  teamId: string
  teamName: string
  unitName: string | null
  named: number
  heads: number
  accepted: number
  pinned: number
}

/**
 * All places of an event in columns, in four statements: who of which team is where, as numbers. Names of people are
 * read from the shift. Parties of teams out of reach are left out; what their shifts have taken is not.
 */
export async function readBoard(db: Reader, event: EventRow, reach: Reach): Promise<BoardView> {
  const seen = await seenPlaces(db, reach, event)
  const within = seen && or(seen.team, seen.zone)
  const cells = await cellsOf(db, event.id)
  const open = positions(cells.map(({ id }) => id))
  const parties = together([
    ...(await peopleIn(db, event.id, within)),
    ...(await headsIn(db, event.id, within)),
  ]).filter(({ shiftId }) => open.has(shiftId))
  const zoneAt = positions(cells.map(({ zoneId }) => zoneId))
  const firstOf = new Map(cells.map((cell) => [cell.zoneId, cell]))
  const periods = [...new Map(cells.map((cell) => [periodOf(cell), cell])).entries()].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const timeAt = positions(periods.map(([period]) => period))
  const workAt = positions(cells.map(({ work }) => work))
  const teamAt = positions(parties.map(({ teamId }) => teamId))
  const teamOf = new Map(parties.map((party) => [party.teamId, party]))
  return {
    eventId: event.id,
    partial: seen !== undefined,
    zones: {
      ids: [...zoneAt.keys()],
      names: [...zoneAt.keys()].map((id) => firstOf.get(id)!.zoneName),
      districtCodes: [...zoneAt.keys()].map((id) => firstOf.get(id)!.districtCode),
    },
    times: {
      starts: periods.map(([, { startsAt }]) => isoOf(startsAt)),
      ends: periods.map(([, { endsAt }]) => isoOf(endsAt)),
    },
    works: [...workAt.keys()],
    shifts: {
      ids: cells.map(({ id }) => id),
      zones: cells.map(({ zoneId }) => zoneAt.get(zoneId)!),
      times: cells.map((cell) => timeAt.get(periodOf(cell))!),
      works: cells.map(({ work }) => workAt.get(work)!),
      min: cells.map(({ min }) => min),
      target: cells.map(({ target }) => target),
      max: cells.map(({ max }) => max),
      taken: cells.map(({ taken }) => taken),
      minors: cells.map(({ minorsAllowed }) => Number(minorsAllowed)),
    },
    teams: {
      ids: [...teamAt.keys()],
      names: [...teamAt.keys()].map((id) => teamOf.get(id)!.teamName),
      units: [...teamAt.keys()].map((id) => teamOf.get(id)!.unitName),
    },
    parties: {
      shifts: parties.map(({ shiftId }) => open.get(shiftId)!),
      teams: parties.map(({ teamId }) => teamAt.get(teamId)!),
      named: parties.map(({ named }) => named),
      heads: parties.map(({ heads }) => heads),
      accepted: parties.map(({ accepted }) => accepted),
      pinned: parties.map(({ pinned }) => pinned),
    },
  }
}

/** The position of each different value, in the order in which they first occur. */
function positions(values: readonly string[]): Map<string, number> {
  return new Map([...new Set(values)].map((value, at) => [value, at]))
}

/** Sorts like the time it is about. */
const periodOf = ({ startsAt, endsAt }: Awaited<ReturnType<typeof cellsOf>>[number]) =>
  `${String(startsAt.toMillis()).padStart(15, '0')} ${String(endsAt.toMillis()).padStart(15, '0')}`

function cellsOf(db: Reader, eventId: string) {
  return db
    .select({
      id: shifts.id,
      zoneId: zones.id,
      zoneName: zones.name,
      districtCode: zones.districtCode,
      work: shifts.work,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      min: shifts.min,
      target: shifts.target,
      max: shifts.max,
      minorsAllowed: shifts.minorsAllowed,
      taken: shiftSeats.taken,
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt)))
    .orderBy(asc(zones.districtCode), asc(zones.id), asc(shifts.startsAt), asc(shifts.id))
}

const counted = (condition: SQL) =>
  sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`.mapWith(Number)

function peopleIn(db: Reader, eventId: string, within: SQL | undefined) {
  return db
    .select({
      shiftId: assignments.shiftId,
      teamId: teams.id,
      teamName: teams.name,
      unitName: units.name,
      named: sql<number>`count(*)`.mapWith(Number),
      heads: sql<number>`0`.mapWith(Number),
      accepted: counted(eq(assignments.answer, 'accepted')),
      pinned: counted(eq(assignments.pinned, true)),
    })
    .from(assignments)
    .innerJoin(teams, eq(teams.id, assignments.teamId))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(and(eq(assignments.eventId, eventId), isNull(assignments.freedAt), within))
    .groupBy(assignments.shiftId, teams.id, teams.name, units.name)
    .orderBy(asc(assignments.shiftId), asc(teams.id))
}

function headsIn(db: Reader, eventId: string, within: SQL | undefined) {
  const heads = sql<number>`${allotments.heads} - ${allotments.named}`
  return db
    .select({
      shiftId: allotments.shiftId,
      teamId: teams.id,
      teamName: teams.name,
      unitName: units.name,
      named: sql<number>`0`.mapWith(Number),
      heads: heads.mapWith(Number),
      accepted: sql<number>`0`.mapWith(Number),
      pinned: sql<number>`case when ${allotments.pinned} then ${heads} else 0 end`.mapWith(Number),
    })
    .from(allotments)
    .innerJoin(teams, eq(teams.id, allotments.teamId))
    .innerJoin(shifts, eq(shifts.id, allotments.shiftId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(and(eq(allotments.eventId, eventId), sql`${heads} > 0`, within))
    .orderBy(asc(allotments.shiftId), asc(teams.id))
}

/** People and heads of a team on a shift are one party. */
function together(rows: readonly Party[]): Party[] {
  const parties = new Map<string, Party>()
  for (const row of rows) {
    const key = `${row.shiftId} ${row.teamId}`
    const known = parties.get(key)
    if (!known) parties.set(key, { ...row })
    else {
      known.named += row.named
      known.heads += row.heads
      known.accepted += row.accepted
      known.pinned += row.pinned
    }
  }
  return [...parties.values()]
}
