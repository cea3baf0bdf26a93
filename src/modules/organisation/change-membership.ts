import { and, eq, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { memberships, persons, teams } from './schema.ts'
import { assertPersonWithin, assertTeamsWithin } from './scope.ts'
import type { MemberRole } from './words.ts'

interface Doing {
  by: Actor
  at: DateTime
}

/**
 * Makes somebody a member in a role, or gives a member another role. Repeating changes nothing.
 * @throws DomainError `team.missing`, `person.missing`, `person.merged`, `team.closed`
 */
export async function putMember(
  tx: Writer,
  { teamId, personId, role, by, at }: Doing & { teamId: string; personId: string; role: MemberRole },
): Promise<void> {
  await assertTeamsWithin(tx, reachOf(by, 'teams.edit'), [teamId])
  await assertPersonWithin(tx, reachOf(by, 'persons.read'), personId)
  await refuseUnusable(tx, teamId, personId)
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
  await bumpPerson(tx, personId)
  await record(tx, { action: 'member.set', subject: `team:${teamId}`, by, at, details: { personId, role } })
}

/** Ends a membership; it stays on record. Repeating changes nothing. @throws DomainError `team.missing` */
export async function endMembership(
  tx: Writer,
  { teamId, personId, by, at }: Doing & { teamId: string; personId: string },
): Promise<void> {
  await assertTeamsWithin(tx, reachOf(by, 'teams.edit'), [teamId])
  const ended = await tx
    .update(memberships)
    .set({ leftAt: at })
    .where(
      and(eq(memberships.teamId, teamId), eq(memberships.personId, personId), isNull(memberships.leftAt)),
    )
    .returning({ id: memberships.id })
  if (ended.length === 0) return
  await bumpPerson(tx, personId)
  await record(tx, { action: 'member.left', subject: `team:${teamId}`, by, at, details: { personId } })
}

async function refuseUnusable(db: Reader, teamId: string, personId: string): Promise<void> {
  const [team] = await db.select({ closedAt: teams.closedAt }).from(teams).where(eq(teams.id, teamId))
  if (team?.closedAt) throw new DomainError('conflict', 'team.closed', 'The team is closed.', { teamId })
  await refuseMerged(db, personId)
}

/** @throws DomainError `person.merged` for a duplicate that points to whom it became */
export async function refuseMerged(db: Reader, personId: string): Promise<void> {
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

/** What hangs on a person belongs to what their ETag says. */
export async function bumpPerson(tx: Writer, personId: string): Promise<void> {
  await tx
    .update(persons)
    .set({ version: sql`${persons.version} + 1` })
    .where(eq(persons.id, personId))
}
