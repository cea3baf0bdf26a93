import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { bumpPerson } from './change-membership.ts'
import { fillable, type MergeRow } from './merge-persons.ts'
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

/**
 * Takes a merge back: what it moved goes back, what it filled is emptied again unless it was changed since,
 * and the duplicate is somebody of its own. What came to the kept person later stays there.
 * @throws DomainError `merge.missing`, `merge.undone`
 */
export async function undoMerge(
  tx: Writer,
  keys: KeyRing,
  { mergeId, by, at }: { mergeId: string; by: Actor; at: DateTime },
): Promise<MergeRow> {
  const [merge] = await tx.select().from(merges).where(eq(merges.id, mergeId))
  if (!merge) throw new DomainError('missing', 'merge.missing', 'There is no such merge.', { mergeId })
  const { keptId, mergedId, moves } = merge
  await assertPersonWithin(tx, reachOf(by, 'persons.edit'), keptId)
  const ended = await tx
    .update(merges)
    .set({ undoneAt: at, undoneBy: by.userId })
    .where(and(eq(merges.id, mergeId), isNull(merges.undoneAt)))
    .returning()
  if (ended.length === 0) throw new DomainError('conflict', 'merge.undone', 'This merge was undone already.')
  await moveBack(tx, moves, keptId, mergedId)
  await unfill(tx, keys, moves.filled, keptId, mergedId)
  await tx.update(persons).set({ mergedIntoId: null }).where(eq(persons.id, mergedId))
  await bumpPerson(tx, keptId)
  await bumpPerson(tx, mergedId)
  const details = { mergeId, mergedId }
  await record(tx, { action: 'merge.undone', subject: `person:${keptId}`, by, at, details })
  return ended[0]!
}

async function moveBack(tx: Writer, moves: MergeMoves, keptId: string, mergedId: string): Promise<void> {
  const back = async (of: PgTable & { id: AnyColumn }, column: string, ids: string[]) => {
    if (ids.length === 0) return
    const still = eq((of as unknown as Record<string, AnyColumn>)[column]!, keptId)
    await tx
      .update(of)
      .set({ [column]: mergedId } as never)
      .where(and(inArray(of.id, ids), still))
  }
  await back(memberships, 'personId', moves.memberships)
  if (moves.ended.length > 0) {
    await tx.update(memberships).set({ leftAt: null }).where(inArray(memberships.id, moves.ended))
  }
  await back(personContacts, 'personId', moves.personContacts)
  await back(personSkills, 'personId', moves.skills)
  await back(guardianConsents, 'personId', moves.consents)
  await back(units, 'leaderPersonId', moves.unitsLed)
  await back(units, 'liaisonPersonId', moves.unitsLiaised)
  await back(teams, 'leaderPersonId', moves.teamsLed)
}

async function unfill(
  tx: Writer,
  keys: KeyRing,
  filled: string[],
  keptId: string,
  mergedId: string,
): Promise<void> {
  const rows = await tx
    .select()
    .from(persons)
    .where(inArray(persons.id, [keptId, mergedId]))
  const kept = rows.find(({ id }) => id === keptId)!
  const merged = rows.find(({ id }) => id === mergedId)!
  const set: Partial<PersonRow> = Object.fromEntries(
    fillable
      .filter((column) => filled.includes(column) && kept[column] === merged[column])
      .map((column) => [column, null]),
  )
  const number = filled.includes('identityNumber') ? kept.identityNumber : null
  if (number !== null) Object.assign(set, { identityNumber: null, identityIndex: null })
  if (Object.keys(set).length > 0) await tx.update(persons).set(set).where(eq(persons.id, keptId))
  if (number === null) return
  const plain = openIdentity(keys, { id: keptId, identityNumber: number })
  await tx
    .update(persons)
    .set(sealIdentity(keys, mergedId, plain))
    .where(eq(persons.id, mergedId))
}
