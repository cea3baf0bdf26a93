import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { violationOf } from '#platform/database/violations.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Reach, reachOf } from '#platform/http/access.ts'
import type { TeamInput } from './changes.ts'
import { saveTeams } from './save-teams.ts'
import { namesOf } from './save-units.ts'
import { teams, units } from './schema.ts'
import { assertPersonWithin, assertTeamsWithin, assertUnitWithin } from './scope.ts'

interface Doing {
  by: Actor
  at: DateTime
}

/**
 * Creates a team or class. Without a unit it stands alone, for whoever reaches everything.
 * @throws DomainError `unit.missing`, `unit.closed`, `team.missing` when it would lie out of reach,
 *   `team.exists`
 */
export async function createTeam(tx: Writer, input: TeamInput, { by, at }: Doing): Promise<string> {
  const reach = reachOf(by, 'teams.edit')
  if (input.unitId) await assertUnitOpen(tx, reach, input.unitId)
  if (input.leaderPersonId) await assertPersonWithin(tx, reachOf(by, 'persons.read'), input.leaderPersonId)
  const { ids } = await saveTeams(tx, [{ ...input, id: undefined }], at)
  const teamId = ids[0]!
  await assertTeamsWithin(tx, reach, [teamId])
  await record(tx, { action: 'team.created', subject: `team:${teamId}`, by, at })
  return teamId
}

/** @throws DomainError `team.missing`, `unit.missing`, `person.missing`, `team.exists`, `version.stale` */
export async function changeTeam(
  tx: Writer,
  {
    teamId,
    version,
    changes,
    by,
    at,
  }: Doing & { teamId: string; version: number; changes: Partial<TeamInput> },
): Promise<void> {
  const reach = reachOf(by, 'teams.edit')
  await assertTeamsWithin(tx, reach, [teamId])
  if (changes.unitId) await assertUnitOpen(tx, reach, changes.unitId)
  if (changes.leaderPersonId)
    await assertPersonWithin(tx, reachOf(by, 'persons.read'), changes.leaderPersonId)
  const { name, id: _, ...columns } = changes
  await setTeam(tx, teamId, version, { ...columns, ...(name === undefined ? {} : namesOf(name)) })
  await assertTeamsWithin(tx, reach, [teamId])
  const details = { changed: Object.keys(changes).sort() }
  await record(tx, { action: 'team.changed', subject: `team:${teamId}`, by, at, details })
}

/**
 * Closes a team, or opens it again; its members stay on record. Repeating changes nothing.
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

async function assertUnitOpen(db: Reader, reach: Reach, unitId: string): Promise<void> {
  await assertUnitWithin(db, reach, unitId)
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
    const changed = await tx
      .update(teams)
      .set({ ...set, version: version + 1 })
      .where(and(eq(teams.id, teamId), eq(teams.version, version)))
      .returning({ id: teams.id })
    if (changed.length === 0)
      throw new DomainError('stale', 'version.stale', 'Somebody changed this team since.')
  } catch (error) {
    if (violationOf(error)?.kind !== 'unique') throw error
    const message = 'The unit has an open team of this name.'
    throw new DomainError('conflict', 'team.exists', message, {}, { cause: error })
  }
}
