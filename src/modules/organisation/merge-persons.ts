import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { bumpPerson } from './change-membership.ts'
import type { PersonRow } from './person-facts.ts'
import {
  guardianConsents,
  type MergeMoves,
  memberships,
  merges,
  personContacts,
  personSkills,
  persons,
  teams,
  units,
} from './schema.ts'
import { assertPersonWithin } from './scope.ts'
import { openIdentity, sealIdentity } from './sealed.ts'

export type MergeRow = typeof merges.$inferSelect

interface Doing {
  by: Actor
  at: DateTime
}

/** Columns that are filled from the duplicate where the kept person has nothing. */
export const fillable = ['sex', 'birthDate', 'residence', 'serviceCategory'] as const

/**
 * Makes two rows one person: what hangs on the duplicate moves to the kept one, empty columns are filled
 * from it, and it points there from now on. What both have (the same team, contact, skill) stays where it
 * is, so that undoing finds it, and such memberships end. Events keep the id they recorded.
 * @throws DomainError `person.missing`, `merge.same`, `merge.chained`, `merge.identities-differ`
 */
export async function mergePersons(
  tx: Writer,
  keys: KeyRing,
  { keptId, mergedId, by, at }: Doing & { keptId: string; mergedId: string },
): Promise<MergeRow> {
  const reach = reachOf(by, 'persons.edit')
  await assertPersonWithin(tx, reach, keptId)
  await assertPersonWithin(tx, reach, mergedId)
  const rows = await tx
    .select()
    .from(persons)
    .where(inArray(persons.id, [keptId, mergedId]))
  const kept = rows.find(({ id }) => id === keptId)!
  const merged = rows.find(({ id }) => id === mergedId)!
  refuseUnmergeable(kept, merged)
  const moves = await moveAll(tx, keptId, mergedId)
  moves.ended = await endTwins(tx, mergedId, at)
  moves.filled = await fill(tx, keys, kept, merged)
  await tx.update(persons).set({ mergedIntoId: keptId }).where(eq(persons.id, mergedId))
  await bumpPerson(tx, keptId)
  await bumpPerson(tx, mergedId)
  const row = {
    id: newId(),
    keptId,
    mergedId,
    moves,
    mergedBy: by.userId,
    mergedAt: at,
    undoneBy: null,
    undoneAt: null,
  }
  await tx.insert(merges).values(row)
  const details = { mergeId: row.id, mergedId }
  await record(tx, { action: 'persons.merged', subject: `person:${keptId}`, by, at, details })
  return row
}

function refuseUnmergeable(kept: PersonRow | undefined, merged: PersonRow | undefined): void {
  if (!kept || !merged || kept.id === merged.id) {
    throw new DomainError('invalid', 'merge.same', 'Two different people are needed.')
  }
  if (kept.mergedIntoId || merged.mergedIntoId) {
    throw new DomainError('conflict', 'merge.chained', 'One of them is merged already: undo that first.')
  }
  if (kept.identityIndex && merged.identityIndex) {
    throw new DomainError('conflict', 'merge.identities-differ', 'They have different identity numbers.')
  }
}

async function moveAll(tx: Writer, keptId: string, mergedId: string): Promise<MergeMoves> {
  return {
    memberships: await moveUnlessShared(tx, memberships, memberships.teamId, keptId, mergedId),
    personContacts: await moveUnlessShared(tx, personContacts, personContacts.contactId, keptId, mergedId),
    skills: await moveUnlessShared(tx, personSkills, personSkills.skill, keptId, mergedId),
    consents: await repoint(tx, guardianConsents, 'personId', keptId, mergedId),
    unitsLed: await repoint(tx, units, 'leaderPersonId', keptId, mergedId),
    unitsLiaised: await repoint(tx, units, 'liaisonPersonId', keptId, mergedId),
    teamsLed: await repoint(tx, teams, 'leaderPersonId', keptId, mergedId),
    ended: [],
    filled: [],
  }
}

/** Whatever membership is left is one the kept person has too: nobody counts twice in a team. */
async function endTwins(tx: Writer, mergedId: string, at: DateTime): Promise<string[]> {
  const ended = await tx
    .update(memberships)
    .set({ leftAt: at })
    .where(and(eq(memberships.personId, mergedId), isNull(memberships.leftAt)))
    .returning({ id: memberships.id })
  return ended.map(({ id }) => id).sort()
}

type Owned = PgTable & { id: AnyColumn; personId: AnyColumn }

/** Moves rows from one person to the other, but those of which the other has a twin. Returns what moved. */
async function moveUnlessShared(tx: Writer, of: Owned, twin: AnyColumn, keptId: string, mergedId: string) {
  const rows = await tx
    .select({ id: of.id, personId: of.personId, twin })
    .from(of)
    .where(or(eq(of.personId, keptId), eq(of.personId, mergedId)))
  const taken = new Set(rows.filter(({ personId }) => personId === keptId).map((row) => row.twin))
  const ids = rows
    .filter((row) => row.personId === mergedId && !taken.has(row.twin))
    .map(({ id }) => id as string)
  if (ids.length > 0)
    await tx
      .update(of)
      .set({ personId: keptId } as never)
      .where(inArray(of.id, ids))
  return ids
}

async function repoint(
  tx: Writer,
  of: PgTable & { id: AnyColumn },
  column: string,
  keptId: string,
  mergedId: string,
): Promise<string[]> {
  const moved = await tx
    .update(of)
    .set({ [column]: keptId } as never)
    .where(eq((of as unknown as Record<string, AnyColumn>)[column]!, mergedId))
    .returning({ id: of.id })
  return moved.map(({ id }) => id as string).sort()
}

async function fill(tx: Writer, keys: KeyRing, kept: PersonRow, merged: PersonRow): Promise<string[]> {
  const filled: string[] = fillable.filter((column) => kept[column] === null && merged[column] !== null)
  const set: Partial<PersonRow> = Object.fromEntries(
    filled.map((column) => [column, merged[column as 'sex']]),
  )
  if (merged.identityNumber !== null) {
    const { id, identityNumber } = merged
    filled.push('identityNumber')
    Object.assign(set, sealIdentity(keys, kept.id, openIdentity(keys, { id, identityNumber })))
    // The number is unique among people, so it leaves the duplicate first.
    await tx.update(persons).set({ identityNumber: null, identityIndex: null }).where(eq(persons.id, id))
  }
  if (filled.length > 0) await tx.update(persons).set(set).where(eq(persons.id, kept.id))
  return filled
}
