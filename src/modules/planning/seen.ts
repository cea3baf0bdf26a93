import { and, eq, exists, inArray, or, type SQL, sql } from 'drizzle-orm'
import { eventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { type SeenPlaces, seenPlaces } from '#modules/mobilization/index.ts'
import { participations } from '#modules/mobilization/schema.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { planAllotments, planAssignments, planMoves } from './schema.ts'

type Run = { id: string; eventId: string }

/**
 * What a reader may see by name in a proposal: people whose participation in the event they may see. Counts are
 * complete for every reader of proposals.
 * @throws DomainError `access.denied`
 */
export async function seenIn(db: Reader, actor: Actor, run: Run): Promise<SeenPlaces> {
  return seenPlaces(db, reachOf(actor, 'plans.read'), await eventRow(db, run.eventId))
}

/** A condition for queries that join the rows of a proposal with their teams, shifts and zones. */
export function rowSeen(seen: SeenPlaces): SQL | undefined {
  return seen && or(seen.team, seen.zone)
}

/**
 * A condition: the reader sees a row of the person in the proposal, or the person takes part with a team within
 * reach.
 */
export function personSeen(db: Reader, run: Run, personId: AnyColumn, seen: SeenPlaces): SQL | undefined {
  if (!seen) return undefined
  const takesPart = db
    .select({ one: sql`1` })
    .from(participations)
    .innerJoin(teams, eq(teams.id, participations.teamId))
    .where(and(eq(participations.eventId, run.eventId), eq(participations.personId, personId), seen.team))
  const placed = db
    .select({ one: sql`1` })
    .from(planAssignments)
    .innerJoin(teams, eq(teams.id, planAssignments.teamId))
    .leftJoin(shifts, eq(shifts.id, planAssignments.shiftId))
    .leftJoin(zones, eq(zones.id, shifts.zoneId))
    .where(and(eq(planAssignments.runId, run.id), eq(planAssignments.personId, personId), rowSeen(seen)))
  return or(exists(placed), exists(takesPart))
}

/** A condition: the shift is in a district within reach. */
export function shiftSeen(db: Reader, shiftId: AnyColumn, seen: SeenPlaces): SQL | undefined {
  if (!seen?.zone) return undefined
  return exists(
    db
      .select({ one: sql`1` })
      .from(shifts)
      .innerJoin(zones, eq(zones.id, shifts.zoneId))
      .where(and(eq(shifts.id, shiftId), seen.zone)),
  )
}

/**
 * Whether the reader may see the reasons for one person. This includes people who leave a shift the reader sees, and
 * people without a place whose team is within reach.
 */
export async function seesPerson(
  db: Reader,
  run: Run,
  { personId, teamId }: { personId: string; teamId: string | undefined },
  by: Actor,
): Promise<boolean> {
  const seen = await seenIn(db, by, run)
  if (!seen) return true
  const found = await db
    .select({ id: persons.id })
    .from(persons)
    .leftJoin(planMoves, and(eq(planMoves.runId, run.id), eq(planMoves.personId, persons.id)))
    .where(
      and(
        eq(persons.id, personId),
        or(personSeen(db, run, persons.id, seen), shiftSeen(db, planMoves.fromShiftId, seen)),
      ),
    )
  if (found.length > 0 || teamId === undefined) return found.length > 0
  const own = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(eq(teams.id, teamId), seen.team))
  return own.length > 0
}

/**
 * The teams the reader may see by name: teams within reach, and teams the proposal sends into the reader's district.
 */
export async function teamsSeen(
  db: Reader,
  run: Run,
  teamIds: readonly string[],
  by: Actor,
): Promise<ReadonlySet<string>> {
  const seen = await seenIn(db, by, run)
  if (!seen) return new Set(teamIds)
  const found = new Set<string>()
  for (let from = 0; from < teamIds.length; from += 500) {
    const some = inArray(teams.id, teamIds.slice(from, from + 500))
    const own = await db.select({ id: teams.id }).from(teams).where(and(some, seen.team))
    for (const { id } of own) found.add(id)
  }
  if (seen.zone) for (const id of await teamsSentInto(db, run, seen.zone)) found.add(id)
  return found
}

async function teamsSentInto(db: Reader, run: Run, zone: SQL): Promise<Set<string>> {
  const found = new Set<string>()
  for (const rows of [planAssignments, planAllotments]) {
    const sent = await db
      .selectDistinct({ id: rows.teamId })
      .from(rows)
      .innerJoin(shifts, eq(shifts.id, rows.shiftId))
      .innerJoin(zones, eq(zones.id, shifts.zoneId))
      .where(and(eq(rows.runId, run.id), zone))
    for (const { id } of sent) found.add(id)
  }
  return found
}
