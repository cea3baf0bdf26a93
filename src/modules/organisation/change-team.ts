import { eq } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { violationOf } from '#platform/database/violations.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, type Reach, reachOf } from '#platform/http/access.ts'
import { assertMoves } from './assert-move.ts'
import { withCurrentPeople } from './current-person.ts'
import { roleFollows } from './leading/keep-leader.ts'
import { reachPerson } from './permits/permits.ts'
import { assertTeamsWithin, assertUnitWithin } from './reach-conditions.ts'
import type { TeamInput } from './saving/changes.ts'
import { saveTeams } from './saving/save-teams.ts'
import { namesOf } from './saving/save-units.ts'
import { teams, units } from './schema.ts'

/**
 * Creates a team or class. A team without a unit can be created only by a user who reaches everything.
 * @throws DomainError `unit.missing`, `unit.closed`, `team.missing` when it would lie out of reach, `team.exists`
 */
export async function createTeam(tx: Writer, stated: TeamInput, { by, at }: Doing): Promise<string> {
  const input = await withCurrentPeople(tx, stated, ['leaderPersonId'])
  const reach = reachOf(by, 'teams.edit')
  if (input.unitId) {
    await assertUnitWithin(tx, reach, input.unitId)
    await assertUnitOpen(tx, input.unitId)
  }
  if (input.leaderPersonId) await reachPerson(tx, reachOf(by, 'persons.read'), input.leaderPersonId)
  const { ids } = await saveTeams(tx, [{ ...input, id: undefined }], at)
  const teamId = ids[0]!
  if (input.leaderPersonId) await roleFollows(tx, { teamId, personId: input.leaderPersonId })
  await assertTeamsWithin(tx, reach, [teamId])
  await record(tx, { action: 'team.created', subject: `team:${teamId}`, by, at })
  return teamId
}

/**
 * Changes the given fields; another `unitId` moves the team.
 * @throws DomainError `team.missing`, `person.missing`, `unit.closed`, `team.exists`, `version.stale`, and what
 *   `assertMoves` throws
 */
export async function changeTeam(
  tx: Writer,
  {
    teamId,
    version,
    changes: stated,
    by,
    at,
  }: Doing & { teamId: string; version: number; changes: Partial<TeamInput> },
): Promise<void> {
  const reach = reachOf(by, 'teams.edit')
  await assertTeamsWithin(tx, reach, [teamId])
  const changes = await withCurrentPeople(tx, stated, ['leaderPersonId'])
  if (changes.unitId !== undefined) await assertMovable(tx, reach, teamId, changes.unitId)
  if (changes.leaderPersonId) await reachPerson(tx, reachOf(by, 'persons.read'), changes.leaderPersonId)
  const { name, id: _, ...columns } = changes
  await setTeam(tx, teamId, version, { ...columns, ...(name === undefined ? {} : namesOf(name)) })
  if (changes.leaderPersonId !== undefined)
    await roleFollows(tx, { teamId, personId: changes.leaderPersonId })
  await assertTeamsWithin(tx, reach, [teamId])
  const details = { changed: Object.keys(changes).sort() }
  await record(tx, { action: 'team.changed', subject: `team:${teamId}`, by, at, details })
}

/**
 * Closes a team, or reopens it. Its members stay on record. Repeating changes nothing.
 * @throws DomainError `team.missing`, `version.stale`, `team.exists` when another open team took its name
 */
export async function closeTeam(
  tx: Writer,
  { teamId, version, closed, by, at }: Doing & { teamId: string; version: number; closed: boolean },
): Promise<void> {
  await assertTeamsWithin(tx, reachOf(by, 'teams.edit'), [teamId])
  const [team] = await tx.select({ closedAt: teams.closedAt }).from(teams).where(eq(teams.id, teamId))
  if (closed === (team?.closedAt !== null)) return
  await setTeam(tx, teamId, version, { closedAt: closed ? at : null })
  await record(tx, { action: closed ? 'team.closed' : 'team.reopened', subject: `team:${teamId}`, by, at })
}

async function assertMovable(db: Reader, reach: Reach, teamId: string, to: string | null): Promise<void> {
  const [team] = await db.select({ unitId: teams.unitId }).from(teams).where(eq(teams.id, teamId))
  const from = team?.unitId ?? null
  if (from === to) return
  await assertMoves(db, reach, [{ unit: { from, to } }])
  if (to !== null) await assertUnitOpen(db, to)
}

async function assertUnitOpen(db: Reader, unitId: string): Promise<void> {
  const [unit] = await db.select({ closedAt: units.closedAt }).from(units).where(eq(units.id, unitId))
  if (unit?.closedAt) throw new DomainError('conflict', 'unit.closed', 'The unit is closed.', { unitId })
}

async function setTeam(
  tx: Writer,
  teamId: string,
  version: number,
  set: Partial<typeof teams.$inferInsert>,
): Promise<void> {
  try {
    await updateVersioned(tx, teams, teamId, version, set)
  } catch (error) {
    if (violationOf(error)?.kind !== 'unique') throw error
    const message = 'The unit has an open team of this name.'
    throw new DomainError('conflict', 'team.exists', message, {}, { cause: error })
  }
}
