import { and, desc, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import { restoreRows } from '#platform/database/moved-rows.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { bumpPerson } from '../bump-person.ts'
import { numbersBehind, tellNumbersGone } from '../contacts/tell-gone.ts'
import { linkRecords } from '../linking/link-records.ts'
import type { KnownPerson } from '../matching/person-facts.ts'
import type { Identifiable } from '../permits/permits.ts'
import {
  contactMarks,
  guardianConsents,
  memberships,
  merges,
  personContacts,
  personRequests,
  personSkills,
  persons,
  teams,
  units,
} from '../schema.ts'
import { openIdentity, openParticulars, sealIdentity } from '../sealed.ts'
import type { MergeMoves } from './merge-moves.ts'
import type { MergeParticipant, NotRestored } from './merge-participants.ts'
import { columnsOf, fillable, type MergeRow, partialBirths } from './merge-persons.ts'

/**
 * Undoes a merge: moved rows move back, filled columns are emptied unless they were edited later, and the duplicate is
 * a person of its own again. What was added to the kept person later stays there.
 * @param permit for the two people of the merge
 * @returns the rows that stay as they are, because they were edited later or a unique constraint leaves no room
 * @throws DomainError `merge.missing`, `merge.undone`, conflict `merge.later_exists`
 */
export async function undoMerge(
  tx: Writer,
  keys: KeyRing,
  participants: readonly MergeParticipant[],
  {
    mergeId,
    permit,
    by,
    at,
  }: { mergeId: string; permit: (keptId: string) => Promise<Identifiable>; by: Actor; at: DateTime },
): Promise<{ merge: MergeRow; notRestored: NotRestored[] }> {
  const [merge] = await tx.select().from(merges).where(eq(merges.id, mergeId))
  if (!merge) throw new DomainError('missing', 'merge.missing', 'There is no such merge.', { mergeId })
  const { keptId, mergedId, moves } = merge
  ;(await permit(keptId)).assertCovers(keptId)
  const ended = await tx
    .update(merges)
    .set({ undoneAt: at, undoneBy: by.userId })
    .where(and(eq(merges.id, mergeId), isNull(merges.undoneAt)))
    .returning()
  if (ended.length === 0) throw new DomainError('conflict', 'merge.undone', 'This merge was undone already.')
  await assertLatest(tx, merge)
  const notRestored = await moveBack(tx, moves, keptId, mergedId)
  await unfill(tx, keys, { filled: moves.filled, keptId, mergedId, at })
  await tx.update(persons).set({ mergedIntoId: null }).where(eq(persons.id, mergedId))
  await bumpPerson(tx, keptId)
  await bumpPerson(tx, mergedId)
  await linkRecords(tx, keys, [keptId, mergedId], at)
  // In the same order as the merge, because a slice checks what the slices below it have moved back.
  for (const { slice, unmerge } of participants) {
    const moved = merge.moved?.[slice]
    if (moved !== undefined)
      notRestored.push(...(await unmerge(tx, moved as never, { keptId, mergedId, by, at })))
  }
  const details = { mergeId, mergedId }
  await record(tx, { action: 'merge.undone', subject: `person:${keptId}`, by, at, details })
  return { merge: ended[0]!, notRestored }
}

/** Merges into one person are undone newest first: a later merge may have moved the rows of an earlier one again. */
async function assertLatest(db: Reader, { id, keptId, mergedAt }: MergeRow): Promise<void> {
  const [later] = await db
    .select({ id: merges.id })
    .from(merges)
    .where(
      and(
        isNull(merges.undoneAt),
        or(eq(merges.keptId, keptId), eq(merges.mergedId, keptId)),
        ne(merges.id, id),
        or(gt(merges.mergedAt, mergedAt), and(eq(merges.mergedAt, mergedAt), gt(merges.id, id))),
      ),
    )
    .orderBy(desc(merges.mergedAt), desc(merges.id))
    .limit(1)
  if (!later) return
  throw new DomainError('conflict', 'merge.later_exists', 'A later merge of this person is undone first.', {
    mergeId: later.id,
  })
}

async function moveBack(
  tx: Writer,
  moves: MergeMoves,
  keptId: string,
  mergedId: string,
): Promise<NotRestored[]> {
  const notRestored: NotRestored[] = []
  const back = async (
    of: PgTable & { id: AnyColumn; version?: AnyColumn },
    kind: string,
    column: string,
    ids: string[],
  ) => {
    if (ids.length === 0) return
    const still = eq((of as unknown as Record<string, AnyColumn>)[column]!, keptId)
    const counted = of.version ? { version: sql`${of.version} + 1` } : {}
    const restored = await tx
      .update(of)
      .set({ [column]: mergedId, ...counted } as never)
      .where(and(inArray(of.id, ids), still))
      .returning({ id: of.id })
    const done = new Set(restored.map(({ id }) => id))
    notRestored.push(...ids.filter((id) => !done.has(id)).map((id) => ({ kind, id })))
  }
  await back(memberships, 'membership', 'personId', moves.memberships)
  if (moves.ended.length > 0) {
    await tx.update(memberships).set({ leftAt: null }).where(inArray(memberships.id, moves.ended))
  }
  const numbers = await numbersBehind(tx, moves.personContacts)
  await tellNumbersGone(
    tx,
    numbers.filter(({ personId }) => personId === keptId),
  )
  await back(personContacts, 'person_contact', 'personId', moves.personContacts)
  await back(contactMarks, 'contact_mark', 'personId', moves.contactMarks ?? [])
  await back(personSkills, 'person_skill', 'personId', moves.skills)
  await back(personRequests, 'person_request', 'personId', moves.requests ?? [])
  await back(personRequests, 'person_request', 'otherPersonId', moves.requestsAsOther ?? [])
  await back(guardianConsents, 'guardian_consent', 'personId', moves.consents)
  await back(units, 'unit', 'leaderPersonId', moves.unitsLed)
  await back(units, 'unit', 'liaisonPersonId', moves.unitsLiaised)
  await back(teams, 'team', 'leaderPersonId', moves.teamsLed)
  const joined = await restoreRows(tx, memberships, moves.joined ?? [])
  return [...notRestored, ...joined.map((id) => ({ kind: 'membership', id }))]
}

async function unfill(
  tx: Writer,
  keys: KeyRing,
  { filled, keptId, mergedId, at }: { filled: string[]; keptId: string; mergedId: string; at: DateTime },
): Promise<void> {
  const rows = await tx
    .select()
    .from(persons)
    .where(inArray(persons.id, [keptId, mergedId]))
  const people = rows.map((row): KnownPerson => ({ ...row, ...openParticulars(keys, row) }))
  const kept = people.find(({ id }) => id === keptId)!
  const merged = people.find(({ id }) => id === mergedId)!
  const emptied: Partial<KnownPerson> = Object.fromEntries(
    fillable
      .filter((column) => filled.includes(column) && kept[column]?.valueOf() === merged[column]?.valueOf())
      .map((column) => [column, null]),
  )
  for (const [partial, length] of Object.entries(partialBirths)) {
    if (filled.includes(partial) && kept.birthDate !== null && kept.birthDate === merged.birthDate)
      emptied.birthDate = kept.birthDate.slice(0, length)
  }
  const set = columnsOf(keys, kept, emptied, at)
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
