import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import {
  loadFacts,
  openIdentity,
  personsWithin,
  rangesOf,
  statedNumbers,
} from '#modules/organisation/index.ts'
import { contacts, personContacts, persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { inTurns } from '../../turns.ts'
import { type Claim, foundBy } from './claims.ts'
import { KnownNumbers } from './known-numbers.ts'

/** Whose people are read. */
export interface PeopleContext {
  db: Reader
  keys: KeyRing
  reach: Reach
}

/** All people within reach that a claim may be about: the same name, matches, and similar identity numbers. */
export async function peopleTried(
  claims: readonly Claim[],
  { db, keys, reach }: PeopleContext,
): Promise<KnownNumbers> {
  const ids = new Map<string, string[]>()
  const names = new Set(claims.map(({ searchName }) => searchName))
  await inChunks([...names], 500, async (some) => {
    const rows = await db
      .select({ id: persons.id, searchName: persons.searchName })
      .from(persons)
      .where(
        and(
          among(persons.searchName, some),
          isNull(persons.mergedIntoId),
          isNull(persons.erasedAt),
          personsWithin(db, reach),
        ),
      )
    for (const { id, searchName } of rows) ids.set(searchName, [...(ids.get(searchName) ?? []), id])
  })
  // A row whose only match is right in everything needs no comparison.
  const plain = new Set<Claim>()
  for (const claim of claims) {
    const { searchName, match } = claim
    const namesakes = ids.get(searchName) ?? []
    if (match?.found !== 'one' || match.differs.some((field) => telling.has(field))) continue
    if (namesakes.every((id) => id === match.personId)) plain.add(claim)
  }
  const compared = claims.filter((claim) => !plain.has(claim))
  const wanted = new Set(
    compared.flatMap(({ searchName, match }) => [...(ids.get(searchName) ?? []), ...foundBy(match)]),
  )
  const like = await likeIdentities(compared, { db, keys, reach })
  for (const some of like.values()) for (const id of some) wanted.add(id)
  const facts = await loadFacts(db, keys, wanted)
  return new KnownNumbers(keys, plain, ids, like, facts, await lastFours(db, wanted))
}

const telling: ReadonlySet<string> = new Set(['contacts', 'identityNumber', 'birthDate'])

/**
 * The people whose identity number is in the same range as one of the claims, by range. Not for users who reach everything:
 * they may see every number (audited), and a comparison with the whole city would be slow.
 */
async function likeIdentities(
  claims: readonly Claim[],
  { db, keys, reach }: PeopleContext,
): Promise<Map<string, string[]>> {
  const like = new Map<string, string[]>()
  if (reach.everything) return like
  await inTurns(claims, ({ statement: { input } }) => {
    const [identity] = statedNumbers({ identityNumber: input.identityNumber })
    for (const range of identity ? rangesOf(keys, identity) : []) like.set(range, [])
  })
  if (like.size === 0) return like
  const rows = await db
    .select({ id: persons.id, identityNumber: persons.identityNumber })
    .from(persons)
    .where(and(isNotNull(persons.identityNumber), isNull(persons.mergedIntoId), personsWithin(db, reach)))
  await inTurns(
    rows,
    ({ id, identityNumber }) => {
      const value = openIdentity(keys, { id, identityNumber: identityNumber as string })
      for (const range of rangesOf(keys, { kind: 'identity', value })) like.get(range)?.push(id)
    },
    200,
  )
  return like
}

async function lastFours(db: Reader, personIds: Iterable<string>): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  await inChunks([...personIds], 500, async (some) => {
    const rows = await db
      .select({ personId: personContacts.personId, last4Index: contacts.last4Index })
      .from(personContacts)
      .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
      .where(and(among(personContacts.personId, some), isNotNull(contacts.last4Index)))
    for (const { personId, last4Index } of rows) {
      if (last4Index !== null) found.set(personId, (found.get(personId) ?? new Set()).add(last4Index))
    }
  })
  return found
}
