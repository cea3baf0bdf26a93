import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import { type MovedRow, moveRow } from '#platform/database/moved-rows.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { bumpPerson } from '../bump-person.ts'
import { linkRecords } from '../linking/link-records.ts'
import type { KnownPerson, PersonRow } from '../matching/person-facts.ts'
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
import { openIdentity, openParticulars, sealIdentity, sealParticulars } from '../sealed.ts'
import type { MergeMoves } from './merge-moves.ts'
import type { MergeParticipant, Merging } from './merge-participants.ts'

export type MergeRow = typeof merges.$inferSelect

/** Columns copied from the duplicate where they are empty on the kept person. */
export const fillable = ['sex', 'birthDate', 'residence', 'serviceCategory', 'pupilAt'] as const

/** What of a birth date was known before it was completed, and its length: `1990`, `1990-05`. */
export const partialBirths = { 'birthDate.year': 4, 'birthDate.month': 7 } as const

/** Set when the duplicate knows the same birth date more precisely: then it completes the one of the kept person. */
function partialBirth(kept: KnownPerson, merged: KnownPerson): keyof typeof partialBirths | undefined {
  if (kept.birthDate === null || merged.birthDate === null) return undefined
  if (merged.birthDate === kept.birthDate || !merged.birthDate.startsWith(kept.birthDate)) return undefined
  return kept.birthDate.length === 4 ? 'birthDate.year' : 'birthDate.month'
}

/** The stored columns for these values of a person; columns that are encrypted together are encrypted again. */
export function columnsOf(
  keys: KeyRing,
  person: KnownPerson,
  { birthDate, residence, ...plain }: Partial<KnownPerson>,
  at: DateTime,
): Partial<PersonRow> {
  if (birthDate === undefined && residence === undefined) return plain
  const next = {
    birthDate: birthDate === undefined ? person.birthDate : birthDate,
    residence: residence === undefined ? person.residence : residence,
  }
  return { ...plain, ...sealParticulars(keys, person.id, next, at) }
}

/**
 * Merges a duplicate into the kept person: rows of the duplicate move to the kept person, empty columns are filled, and
 * the duplicate points to the kept person. What both have (the same team, contact or skill) stays with the duplicate,
 * so that it can be undone, and such memberships end. The participants are called in the given order.
 * @param permit for both people, because a merge changes the identity of both
 * @throws DomainError `merge.same`, `merge.chained`, `merge.identities_differ`, and what a participant throws
 */
export async function mergePersons(
  tx: Writer,
  keys: KeyRing,
  participants: readonly MergeParticipant[],
  { keptId, mergedId, permit, by, at }: Merging & { permit: Identifiable },
): Promise<MergeRow> {
  permit.assertCovers(keptId, mergedId)
  const rows = await tx
    .select()
    .from(persons)
    .where(inArray(persons.id, [keptId, mergedId]))
  const people = rows.map((row): KnownPerson => ({ ...row, ...openParticulars(keys, row) }))
  const kept = people.find(({ id }) => id === keptId)!
  const merged = people.find(({ id }) => id === mergedId)!
  assertMergeable(keys, kept, merged)
  const moves = await moveAll(tx, keptId, mergedId)
  moves.joined = await joinTwins(tx, keptId, mergedId)
  moves.ended = await endTwins(tx, mergedId, at)
  moves.filled = await fill(tx, keys, { kept, merged, at })
  await tx.update(persons).set({ mergedIntoId: keptId }).where(eq(persons.id, mergedId))
  await bumpPerson(tx, keptId)
  await bumpPerson(tx, mergedId)
  // At once and not by the job: the slices above ask who stands elsewhere.
  await linkRecords(tx, keys, [keptId, mergedId], at)
  const moved: Record<string, unknown> = {}
  for (const participant of participants) {
    moved[participant.slice] = await participant.merge(tx, { keptId, mergedId, by, at })
  }
  const row = {
    id: newId(),
    keptId,
    mergedId,
    moves,
    moved,
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

function assertMergeable(keys: KeyRing, kept: PersonRow | undefined, merged: PersonRow | undefined): void {
  if (!kept || !merged || kept.id === merged.id) {
    throw new DomainError('invalid', 'merge.same', 'Two different people are needed.')
  }
  if (kept.mergedIntoId || merged.mergedIntoId) {
    throw new DomainError('conflict', 'merge.chained', 'One of them is merged already: undo that first.')
  }
  if (identitiesDiffer(keys, kept, merged)) {
    throw new DomainError('conflict', 'merge.identities_differ', 'They have different identity numbers.')
  }
}

/** Compares the decrypted numbers: during a key rotation the same number may have two different blind indexes. */
function identitiesDiffer(keys: KeyRing, kept: PersonRow, merged: PersonRow): boolean {
  const [one, other] = [kept, merged].map(({ id, identityNumber }) =>
    identityNumber === null ? undefined : openIdentity(keys, { id, identityNumber }),
  )
  return one !== undefined && other !== undefined && one !== other
}

async function moveAll(tx: Writer, keptId: string, mergedId: string): Promise<MergeMoves> {
  return {
    memberships: await moveUnlessShared(tx, memberships, memberships.teamId, keptId, mergedId),
    personContacts: await moveUnlessShared(tx, personContacts, personContacts.contactId, keptId, mergedId),
    contactMarks: await moveUnlessShared(
      tx,
      contactMarks,
      sql<string>`${contactMarks.contactId} || ${contactMarks.mark}`,
      keptId,
      mergedId,
    ),
    skills: await moveUnlessShared(tx, personSkills, personSkills.skill, keptId, mergedId),
    requests: await repoint(tx, personRequests, 'personId', keptId, mergedId),
    requestsAsOther: await repoint(tx, personRequests, 'otherPersonId', keptId, mergedId),
    consents: await repoint(tx, guardianConsents, 'personId', keptId, mergedId),
    unitsLed: await repoint(tx, units, 'leaderPersonId', keptId, mergedId),
    unitsLiaised: await repoint(tx, units, 'liaisonPersonId', keptId, mergedId),
    teamsLed: await repoint(tx, teams, 'leaderPersonId', keptId, mergedId),
    ended: [],
    filled: [],
  }
}

/** When both are members of a team: an open membership wins over an ended one, and the higher role wins. */
async function joinTwins(tx: Writer, keptId: string, mergedId: string): Promise<MovedRow[]> {
  const both = await tx
    .select()
    .from(memberships)
    .where(inArray(memberships.personId, [keptId, mergedId]))
  const joined: MovedRow[] = []
  for (const own of both.filter(({ personId }) => personId === keptId)) {
    const twin = both.find(({ personId, teamId }) => personId === mergedId && teamId === own.teamId)
    if (!twin || twin.leftAt !== null) continue
    const leads = twin.role === 'leader' || (twin.role === 'deputy' && own.role === 'member')
    if (own.leftAt === null && !(leads && own.role !== 'leader')) continue
    const role = own.leftAt !== null || leads ? twin.role : own.role
    joined.push(await moveRow(tx, memberships, own, { role, joinedAt: twin.joinedAt, leftAt: null }))
  }
  return joined
}

/**
 * Ends the memberships that were not moved: the kept person is in these teams too, and nobody counts twice in a team.
 */
async function endTwins(tx: Writer, mergedId: string, at: DateTime): Promise<string[]> {
  const ended = await tx
    .update(memberships)
    .set({ leftAt: at })
    .where(and(eq(memberships.personId, mergedId), isNull(memberships.leftAt)))
    .returning({ id: memberships.id })
  return ended.map(({ id }) => id).sort()
}

type Owned = PgTable & { id: AnyColumn; personId: AnyColumn }

/** Moves the rows of the duplicate to the kept person, except rows the kept person has too. Returns the moved ids. */
async function moveUnlessShared(
  tx: Writer,
  of: Owned,
  twin: AnyColumn | SQL<string>,
  keptId: string,
  mergedId: string,
) {
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
  of: PgTable & { id: AnyColumn; version?: AnyColumn },
  column: string,
  keptId: string,
  mergedId: string,
): Promise<string[]> {
  const counted = of.version ? { version: sql`${of.version} + 1` } : {}
  const moved = await tx
    .update(of)
    .set({ [column]: keptId, ...counted } as never)
    .where(eq((of as unknown as Record<string, AnyColumn>)[column]!, mergedId))
    .returning({ id: of.id })
  return moved.map(({ id }) => id as string).sort()
}

async function fill(
  tx: Writer,
  keys: KeyRing,
  { kept, merged, at }: { kept: KnownPerson; merged: KnownPerson; at: DateTime },
): Promise<string[]> {
  const filled: string[] = fillable.filter((column) => kept[column] === null && merged[column] !== null)
  const known: Partial<KnownPerson> = Object.fromEntries(
    filled.map((column) => [column, merged[column as 'sex']]),
  )
  const partial = partialBirth(kept, merged)
  if (partial) {
    filled.push(partial)
    known.birthDate = merged.birthDate
  }
  const set = columnsOf(keys, kept, known, at)
  // If both have an identity number, the duplicate keeps its own.
  if (merged.identityNumber !== null && kept.identityNumber === null) {
    const { id, identityNumber } = merged
    filled.push('identityNumber')
    Object.assign(set, sealIdentity(keys, kept.id, openIdentity(keys, { id, identityNumber })))
    // If only the duplicate has one, it moves: set to null here, set on the kept person below.
    await tx.update(persons).set({ identityNumber: null, identityIndex: null }).where(eq(persons.id, id))
  }
  if (filled.length > 0) await tx.update(persons).set(set).where(eq(persons.id, kept.id))
  return filled
}
