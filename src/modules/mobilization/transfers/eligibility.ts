import { and, eq, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertOpen, type EventRow, eventRow, reachesUnit, skillsOf } from '#modules/events/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { districtCovers, teamsWithin } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { allotmentOf } from '../places.ts'
import { membersByTeam, type Standing } from '../proposal/proposal-ground.ts'
import { admit, type Ground, whyNotHeads } from '../proposal/proposal-rules.ts'
import type { TransferRefusal } from '../words.ts'
import type { TeamEligibility } from './contract.ts'
import { groundOf } from './ground.ts'
import { freeMembers, sceneOf, shiftsOnBoard, standingOfTeams, standingOn } from './look.ts'

interface Asked {
  eventId: string
  teamId: string
  fromShiftId: string | undefined
  by: Actor
  at: DateTime
}

/**
 * Where a team could go, before anybody tries: for each shift on which none of it could serve, the reason. Judged by the
 * rules of the act itself, one shift at a time.
 * @throws DomainError `event.missing`, `event.closed`, `event.cancelled`, `shift.missing`, `team.missing` when out of reach
 */
export async function eligibilityOfTeam(
  db: Reader,
  keys: KeyRing,
  { eventId, teamId, fromShiftId, by, at }: Asked,
): Promise<TeamEligibility> {
  const event = await eventRow(db, eventId)
  assertOpen(event)
  const shifts = await shiftsOnBoard(db, eventId, undefined)
  if (fromShiftId && !shifts.has(fromShiftId)) {
    throw new DomainError('missing', 'shift.missing', 'There is no such shift.', { shiftId: fromShiftId })
  }
  const [team] = await db
    .select({ id: teams.id, unitId: teams.unitId })
    .from(teams)
    .where(eq(teams.id, teamId))
  const yours = team && (await zonesReached(db, by, event, team))
  // Of a team of others is told only what it has in one's own places.
  if (!team || (yours && !yours.has(shifts.get(fromShiftId ?? '')?.zoneId ?? ''))) {
    throw new DomainError('missing', 'team.missing', 'There is no such team.', { teamId })
  }
  const members = await membersByTeam(db, keys, event, [teamId])
  const there = fromShiftId ? await standingOn(db, [fromShiftId]) : []
  const party = there.filter((row) => row.teamId === teamId && row.freedAt === null)
  const people = fromShiftId
    ? party.map(({ personId }) => personId)
    : (await freeMembers(db, event, teamId, members)).map(({ personId }) => personId)
  const held = fromShiftId ? await allotmentOf(db, fromShiftId, teamId) : undefined
  const heads = held ? held.heads - held.named : 0
  const standing = await beside(db, event, team, there, [...(await skillsOf(db, [...shifts.keys()])).keys()])
  const scene = await sceneOf(db, keys, { event, shifts, standing, people, teamIds: [teamId] })
  const places = new Set(party.map(({ id }) => id))
  const leaving = new Map(held ? [[held.id, held.heads]] : [])
  const reasons = new Map<TransferRefusal, string[]>()
  const ground = groundOf(scene, { places, heads: leaving }, at)
  for (const { id, zoneId } of shifts.values()) {
    if (id === fromShiftId) continue
    const because =
      yours && !yours.has(zoneId)
        ? 'out_of_reach'
        : whyNone(ground, id, { people, heads, teamId, group: team.unitId ?? teamId })
    if (because) reasons.set(because, [...(reasons.get(because) ?? []), id])
  }
  return {
    ...{ eventId, teamId, fromShiftId: fromShiftId ?? null, people: people.length, heads },
    reasons: [...reasons].map(([because, shiftIds]) => ({ because, shiftIds })),
  }
}

interface Party {
  people: readonly string[]
  heads: number
  teamId: string
  /** The group whose escorts count for its minors. */
  group: string
}

/** Why nobody of the party could serve there; null: somebody could. */
function whyNone(ground: Ground, shiftId: string, party: Party): TransferRefusal | null {
  const { people, heads, teamId, group } = party
  const shift = ground.shifts.get(shiftId)
  if (people.length === 0) {
    if (heads === 0) return 'nobody_free'
    return whyNotHeads(shift, { heads: 1, minors: 0 }, ground.minorsPerAdult) ?? null
  }
  const own = <T extends object>(key: string, found: T | undefined) =>
    new Map(found ? [[key, { ...found }]] : [])
  const [seat, place] = [`${shiftId} ${teamId}`, `${shiftId} ${group}`]
  const wanted = ground.wanted?.get(shiftId)
  // Judging writes down what it has placed, so each shift is judged on a copy of what it may change.
  const copy: Ground = {
    ...ground,
    shifts: own(shiftId, shift),
    busy: new Map([...ground.busy].map(([human, kept]) => [human, [...kept]])),
    heads: own(seat, ground.heads.get(seat)),
    groups: own(place, ground.groups.get(place)),
    wanted: new Map(wanted ? [[shiftId, new Map(wanted)]] : []),
  }
  const proposed = people.map((personId) => ({ personId, shiftId, teamId }))
  const { accepted, refused } = admit(proposed, copy)
  return accepted.length > 0 ? null : (refused[0]?.because ?? 'left_team')
}

/** The places that count: its own unit’s for escorts, those of the shift it leaves, and those where skills are needed. */
async function beside(
  db: Reader,
  event: EventRow,
  team: { id: string; unitId: string | null },
  there: readonly Standing[],
  skilled: readonly string[],
): Promise<Standing[]> {
  const ofUnit = team.unitId
    ? await db.select({ id: teams.id }).from(teams).where(eq(teams.unitId, team.unitId))
    : [team]
  const rows = [
    ...(await standingOfTeams(
      db,
      event.id,
      ofUnit.map(({ id }) => id),
    )),
    ...there,
    ...(await standingOn(db, skilled)),
  ]
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** The zones within reach; undefined: all of the event are, or the team is the reader’s own. */
async function zonesReached(
  db: Reader,
  by: Actor,
  event: EventRow,
  team: { id: string },
): Promise<Set<string> | undefined> {
  const reach = reachOf(by, 'mobilization.edit')
  if (reach.everything || (await reachesUnit(db, reach, event.organiserUnitId))) return undefined
  const mine = and(eq(teams.id, team.id), teamsWithin(db, reach))
  if ((await db.$count(teams, mine)) > 0) return undefined
  const within = or(...reach.codes.map((code) => districtCovers(zones.districtCode, code)))
  const rows = within ? await db.select({ id: zones.id }).from(zones).where(within) : []
  return new Set(rows.map(({ id }) => id))
}
