import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import {
  type Doubt,
  type Recognition,
  recogniseByContact,
  recogniseByIdentity,
  recogniseByUnit,
} from './match-rules.ts'
import { differencesOf, loadFacts, type PersonFacts, type PersonField } from './person-facts.ts'
import { type PersonInput, type PreparedPerson, preparePerson } from './person-input.ts'
import { contacts, memberships, personContacts, persons, teams } from './schema.ts'
import type { MatchGround } from './words.ts'

/** What a list says about one person, and of which unit the list is. */
export interface PersonCandidate extends PersonInput {
  unitId?: string | null
}

export type PersonMatch =
  | { found: 'none' }
  /** `differs`: what the list says that is not known yet; empty means that it says nothing new. */
  | { found: 'one'; personId: string; by: MatchGround; differs: PersonField[] }
  /** A human decides. */
  | { found: 'unsure'; personIds: string[]; because: Doubt }

/**
 * Recognises the people of a list: by identity number, else by name and contact, else by name and unit,
 * else a human decides. A phone is never a key. Whoever one entry recognises by the stronger grounds is
 * not offered to another entry by the weakest, so namesakes of one unit stay two when a list comes again.
 * An entry with an `id` was decided already. Answers in the order of `candidates`; changes nothing.
 * Reads a bounded number of statements for every 500 entries.
 * @throws DomainError `name.missing`, `identity.invalid`, `contact.invalid`
 */
export async function matchPersons(
  db: Reader,
  keys: KeyRing,
  candidates: readonly PersonCandidate[],
): Promise<PersonMatch[]> {
  const stated: PreparedPerson[] = []
  await inChunks(candidates, 200, async (some) => {
    for (const candidate of some) stated.push(preparePerson(keys, candidate))
  })
  const pool = await possiblePersons(db, stated, candidates)
  const recognised: Recognition[] = []
  await inChunks(stated, 500, async (some) => {
    for (const one of some) recognised.push(recogniseStrongly(one, pool))
  })
  const claimed = new Set(recognised.flatMap((one) => (one.found === 'one' ? [one.personId] : [])))
  const answers: PersonMatch[] = []
  await inChunks([...stated.entries()], 500, async (some) => {
    for (const [at, one] of some) {
      let answer = recognised[at]!
      if (answer.found === 'none') {
        answer = recogniseByUnit(one, colleaguesOf(candidates[at]!, pool.byName.get(one.searchName), claimed))
      }
      if (answer.found !== 'one') answers.push(answer)
      else answers.push({ ...answer, differs: differencesOf(pool.byId.get(answer.personId)!, one) })
    }
  })
  return answers
}

interface Pool {
  byId: Map<string, PersonFacts>
  byIdentity: Map<string, PersonFacts>
  byName: Map<string, PersonFacts[]>
}

function recogniseStrongly(stated: PreparedPerson, pool: Pool): Recognition {
  const decided = stated.input.id === undefined ? undefined : pool.byId.get(stated.input.id)
  if (decided) return { found: 'one', personId: decided.person.id, by: 'identity' }
  const holder = stated.identity?.indexes.map((index) => pool.byIdentity.get(index)).find(Boolean)
  const byIdentity = recogniseByIdentity(stated, holder)
  return byIdentity.found === 'none'
    ? recogniseByContact(stated, pool.byName.get(stated.searchName) ?? [])
    : byIdentity
}

function colleaguesOf(
  { unitId, memberships: stated = [] }: PersonCandidate,
  namesakes: readonly PersonFacts[] = [],
  claimed: ReadonlySet<string>,
): PersonFacts[] {
  const teamIds = new Set(stated.map(({ teamId }) => teamId))
  return namesakes.filter(
    ({ person, memberships: known }) =>
      !claimed.has(person.id) &&
      known.some(
        ({ row, unitId: of }) => !row.leftAt && ((unitId && of === unitId) || teamIds.has(row.teamId)),
      ),
  )
}

/** Everybody an entry could be: the holders of its numbers, and its namesakes in its unit or teams. */
async function possiblePersons(
  db: Reader,
  stated: readonly PreparedPerson[],
  candidates: readonly PersonCandidate[],
): Promise<Pool> {
  const ids = new Set<string>()
  const add = (rows: { id: string }[]) => {
    for (const { id } of rows) ids.add(id)
  }
  const alive = and(isNull(persons.mergedIntoId), isNull(persons.erasedAt))
  const known = { id: persons.id }
  await inChunks(stated, 500, async (some) => {
    const decided = some.flatMap(({ input }) => input.id ?? [])
    if (decided.length > 0) add(decided.map((id) => ({ id })))
    const identities = some.flatMap(({ identity }) => identity?.indexes ?? [])
    if (identities.length > 0) {
      add(
        await db
          .select(known)
          .from(persons)
          .where(and(inArray(persons.identityIndex, identities), alive)),
      )
    }
    const numbers = some.flatMap(({ contacts: given }) => given.flatMap(({ indexes }) => indexes))
    const names = some.map(({ searchName }) => searchName)
    if (numbers.length > 0) {
      add(
        await db
          .selectDistinct(known)
          .from(contacts)
          .innerJoin(personContacts, eq(personContacts.contactId, contacts.id))
          .innerJoin(persons, eq(persons.id, personContacts.personId))
          .where(and(inArray(contacts.valueIndex, numbers), inArray(persons.searchName, names), alive)),
      )
    }
  })
  const unitIds = new Set(candidates.flatMap(({ unitId }) => unitId ?? []))
  const teamIds = new Set(candidates.flatMap((one) => (one.memberships ?? []).map(({ teamId }) => teamId)))
  await inChunks([...unitIds, ...teamIds], 500, async (some) => {
    await inChunks([...new Set(stated.map(({ searchName }) => searchName))], 500, async (names) => {
      add(
        await db
          .selectDistinct(known)
          .from(teams)
          .innerJoin(memberships, eq(memberships.teamId, teams.id))
          .innerJoin(persons, eq(persons.id, memberships.personId))
          .where(
            and(
              or(inArray(teams.unitId, some), inArray(teams.id, some)),
              inArray(persons.searchName, names),
              alive,
            ),
          ),
      )
    })
  })
  return poolOf(await loadFacts(db, ids))
}

function poolOf(byId: Map<string, PersonFacts>): Pool {
  const byIdentity = new Map<string, PersonFacts>()
  for (const facts of byId.values()) {
    if (facts.person.identityIndex) byIdentity.set(facts.person.identityIndex, facts)
  }
  return { byId, byIdentity, byName: Map.groupBy(byId.values(), ({ person }) => person.searchName) }
}
