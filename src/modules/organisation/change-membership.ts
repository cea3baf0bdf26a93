import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { bumpPerson } from './bump-person.ts'
import { currentPerson } from './current-person.ts'
import { leadershipFollows } from './leading/keep-leader.ts'
import type { Reached } from './permits/permits.ts'
import { assertTeamsWithin } from './reach-conditions.ts'
import { memberships, persons, teams } from './schema.ts'
import type { MemberRole } from './words.ts'

/**
 * Adds a person to a team in a role, or changes the role of a member. Repeating changes nothing.
 * @throws DomainError `team.missing`, `team.closed`, `leadership.held`
 */
export async function putMember(
  tx: Writer,
  {
    teamId,
    role,
    personId,
    permit,
    by,
    at,
  }: Doing & { teamId: string; personId: string; role: MemberRole; permit: Reached },
): Promise<void> {
  permit.assertCovers(personId)
  await assertTeamsWithin(tx, reachOf(by, 'teams.edit'), [teamId])
  await assertTeamsOpen(tx, [teamId])
  const values = { personId, teamId, role, joinedAt: at, leftAt: null }
  const [known] = await tx
    .select()
    .from(memberships)
    .where(and(eq(memberships.teamId, teamId), eq(memberships.personId, personId)))
  if (known && known.leftAt === null && known.role === role) return
  if (known) {
    const joinedAt = known.leftAt === null ? known.joinedAt : at
    await tx
      .update(memberships)
      .set({ ...values, joinedAt })
      .where(eq(memberships.id, known.id))
  } else {
    await tx.insert(memberships).values({ id: newId(), ...values })
  }
  if (role === 'pupil') await keepPupil(tx, personId, at)
  await leadershipFollows(tx, { teamId, personId, role })
  await bumpPerson(tx, personId)
  await record(tx, { action: 'member.set', subject: `team:${teamId}`, by, at, details: { personId, role } })
}

/** The role may be overwritten, but the fact that the person was once a pupil is kept. */
async function keepPupil(tx: Writer, personId: string, at: DateTime): Promise<void> {
  const first = and(eq(persons.id, personId), isNull(persons.pupilAt))
  await tx.update(persons).set({ pupilAt: at }).where(first)
}

/** Ends a membership. The row stays. Repeating changes nothing. @throws DomainError `team.missing` */
export async function endMembership(
  tx: Writer,
  { teamId, by, at, ...asked }: Doing & { teamId: string; personId: string },
): Promise<void> {
  const personId = await currentPerson(tx, asked.personId)
  await assertTeamsWithin(tx, reachOf(by, 'teams.edit'), [teamId])
  const ended = await tx
    .update(memberships)
    .set({ leftAt: at })
    .where(
      and(eq(memberships.teamId, teamId), eq(memberships.personId, personId), isNull(memberships.leftAt)),
    )
    .returning({ id: memberships.id })
  if (ended.length === 0) return
  await leadershipFollows(tx, { teamId, personId, role: null })
  await bumpPerson(tx, personId)
  await record(tx, { action: 'member.left', subject: `team:${teamId}`, by, at, details: { personId } })
}

/** A closed team accepts no new members. @throws DomainError conflict `team.closed` */
export async function assertTeamsOpen(db: Reader, teamIds: readonly string[]): Promise<void> {
  const [closed] = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(inArray(teams.id, [...teamIds]), isNotNull(teams.closedAt)))
    .limit(1)
  if (!closed) return
  throw new DomainError('conflict', 'team.closed', 'The team is closed.', { teamId: closed.id })
}

/** @throws DomainError conflict `person.merged` for a duplicate; its details name the person it was merged into */
export async function assertNotMerged(db: Reader, personId: string): Promise<void> {
  const [person] = await db
    .select({ mergedIntoId: persons.mergedIntoId })
    .from(persons)
    .where(eq(persons.id, personId))
  if (!person?.mergedIntoId) return
  const { mergedIntoId } = person
  throw new DomainError('conflict', 'person.merged', 'This person is known under another id now.', {
    mergedIntoId,
  })
}
