import { and, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertOpen, type EventRow, outOfReach, reachesUnit, reachesZones } from '#modules/events/index.ts'
import { teamsWithin } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { isClosed } from '../facts.ts'
import type { Arrivals } from '../merging/merge.ts'
import { membersByTeam, type Standing } from '../proposal/proposal-ground.ts'
import type { TransferRefusal } from '../words.ts'
import type { TransferMove } from './contract.ts'
import { groupsOf } from './ground.ts'
import {
  declinedOn,
  freeMembers,
  type Scene,
  type ShiftOnBoard,
  sceneOf,
  standingOfTeams,
  standingOn,
} from './look.ts'
import type { Block, Mover, Part, Remaining, Transfer } from './transfer-rules.ts'

export interface Found {
  scene: Scene
  transfer: Transfer
  remaining: Remaining
  /** The places of movers, by id. */
  places: ReadonlyMap<string, Standing>
  teamNames: ReadonlyMap<string, string>
}

interface Asked {
  event: EventRow
  moves: readonly TransferMove[]
  /** The shifts they name. */
  shifts: ReadonlyMap<string, ShiftOnBoard>
  at: DateTime
  arrivals: Arrivals
}

/**
 * Finds who and what the moves are about, and everything they are judged by.
 * @throws DomainError `event.closed`, `event.cancelled`, `shift.missing`, `team.missing`, `transfer.no_party`
 */
export async function findMovers(db: Reader, keys: KeyRing, asked: Asked): Promise<Found> {
  const { event, moves, shifts, at, arrivals } = asked
  assertOpen(event)
  assertParties(moves)
  const teamIds = [...new Set(moves.map(({ teamId }) => teamId))]
  const teamNames = await openTeams(db, teamIds)
  const standing = await standingOn(db, [...shifts.keys()])
  const members = await membersByTeam(db, keys, event, teamIds)
  const movers: Mover[] = []
  const refused = new Map<string, TransferRefusal>()
  const wanted: Transfer['wanted'][number][] = []
  const places = new Map<string, Standing>()
  for (const [move, each] of moves.entries()) {
    const { teamId, fromShiftId, toShiftId, assignmentIds, people } = each
    const base = { move, teamId, fromShiftId, toShiftId }
    if (fromShiftId === null) {
      if (people === undefined) continue
      wanted.push({ move, people })
      for (const member of await freeMembers(db, event, teamId, members)) {
        const { personId, minor, escort, role, unitId } = member
        const id = `free:${move}:${personId}`
        const teacher = role === 'teacher' && !minor
        movers.push({
          ...base,
          id,
          personId,
          minor,
          escort,
          teacher,
          allotmentId: null,
          group: unitId ?? teamId,
        })
      }
      continue
    }
    const there = standing.filter(
      (row) => row.shiftId === fromShiftId && row.teamId === teamId && row.freedAt === null,
    )
    const chosen = assignmentIds ? there.filter(({ id }) => assignmentIds.includes(id)) : there
    const closed = isClosed({ shift: shifts.get(fromShiftId)!, event }, at)
    for (const row of chosen) {
      const { id, personId, minor, allotmentId, unitId } = row
      const member = members.get(`${personId} ${teamId}`)
      const teacher = member?.role === 'teacher' && !minor
      const escort = member?.escort === true && !minor
      movers.push({ ...base, id, personId, minor, escort, teacher, allotmentId, group: unitId ?? teamId })
      places.set(id, row)
      if (closed) refused.set(id, 'closed')
    }
  }
  const declined = await declinedOn(db, [...shifts.keys()])
  for (const { id, personId, toShiftId } of movers) {
    if (declined.has(`${toShiftId} ${personId}`)) refused.set(id, 'declined')
  }
  for (const id of (await arrivals(db, [...places.keys()])).keys()) refused.set(id, 'arrived')
  const scene = await sceneOf(db, keys, {
    ...{ event, shifts, standing, teamIds },
    people: [...new Set(movers.map(({ personId }) => personId))],
  })
  const blocks = blocksOf(moves, scene)
  for (const block of blocks) {
    const from = block.fromShiftId && shifts.get(block.fromShiftId)
    if (from && isClosed({ shift: from, event }, at)) block.heads = 0
  }
  const rest = await standingOfTeams(db, event.id, [
    ...new Set(movers.filter(({ minor, teacher }) => minor || teacher).map(({ teamId }) => teamId)),
  ])
  return {
    scene,
    transfer: { movers, blocks, wanted, refused },
    remaining: remainingOf(scene, movers, rest),
    places,
    teamNames,
  }
}

function assertParties(moves: readonly TransferMove[]): void {
  for (const { fromShiftId, toShiftId, assignmentIds, people, heads } of moves) {
    const named = people !== undefined || heads !== undefined
    const right = fromShiftId === null ? named && !assignmentIds : !named && fromShiftId !== toShiftId
    if (right) continue
    const message = 'Say who moves: a shift they are on, or how many who have no place.'
    throw new DomainError('invalid', 'transfer.no_party', message)
  }
}

async function openTeams(db: Reader, teamIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(and(inArray(teams.id, [...teamIds]), isNull(teams.closedAt)))
  const missing = teamIds.find((teamId) => !rows.some(({ id }) => id === teamId))
  if (missing) throw new DomainError('missing', 'team.missing', 'There is no such team.', { teamId: missing })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Whole teams bring the heads without names that they hold. */
function blocksOf(moves: readonly TransferMove[], { allotments, standing }: Scene): Block[] {
  return moves.flatMap(({ teamId, fromShiftId, toShiftId, assignmentIds, heads }, move): Block[] => {
    if (fromShiftId === null) {
      return heads ? [{ move, teamId, fromShiftId, toShiftId, allotmentId: null, heads, minors: 0 }] : []
    }
    const held = allotments.find((row) => row.shiftId === fromShiftId && row.teamId === teamId)
    if (!held || assignmentIds) return []
    const minorsNamed = standing.filter(
      (row) => row.allotmentId === held.id && row.freedAt === null && row.minor,
    ).length
    const minors = Math.max(0, held.minors - minorsNamed)
    return [
      { move, teamId, fromShiftId, toShiftId, allotmentId: held.id, heads: held.heads - held.named, minors },
    ]
  })
}

function remainingOf(scene: Scene, movers: readonly Mover[], ofTeams: readonly Standing[]): Remaining {
  const going = new Set(movers.map(({ id }) => id))
  const classes = new Map<string, Map<string, Part>>()
  for (const { id, teamId, shiftId, personId, minor, allotmentId, freedAt } of ofTeams) {
    if (freedAt !== null || allotmentId !== null || going.has(id) || teamId === null) continue
    const parts = classes.get(teamId) ?? new Map<string, Part>()
    const part = parts.get(shiftId) ?? { minors: 0, escorts: 0 }
    classes.set(teamId, parts.set(shiftId, part))
    const teacher = scene.members.get(`${personId} ${teamId}`)?.role === 'teacher'
    if (minor) part.minors++
    else if (teacher) part.escorts++
  }
  return {
    groups: groupsOf(scene.standing, scene.members),
    allotments: new Map(scene.allotments.map(({ id, heads, minors }) => [id, { heads, minors }])),
    classes,
    minorsPerAdult: scene.event.minorsPerAdult,
  }
}

/**
 * Whoever answers for the event, or for the districts of all the places, or for all the teams, may move them.
 * @throws DomainError `access.out_of_reach`
 */
export async function assertMayTransfer(
  db: Reader,
  by: Actor,
  event: EventRow,
  about: { zoneIds: readonly string[]; teamIds: readonly string[] },
): Promise<void> {
  const reach = reachOf(by, 'mobilization.edit')
  if (reach.everything || (await reachesUnit(db, reach, event.organiserUnitId))) return
  if (await reachesZones(db, reach, about.zoneIds)) return
  const wanted = [...new Set(about.teamIds)]
  const mine = await db.$count(teams, and(inArray(teams.id, wanted), teamsWithin(db, reach)))
  if (mine < wanted.length) throw outOfReach()
}
