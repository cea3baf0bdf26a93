import { and, eq, isNull, or, type SQL } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { type PersonInput, type PreparedPerson, preparePerson } from '../person-input.ts'
import { personsWithin } from '../reach-conditions.ts'
import { contacts, memberships, personContacts, persons, teams, units } from '../schema.ts'
import type { MatchGround } from '../words.ts'
import { loadFacts } from './load-facts.ts'
import {
  type Doubt,
  type IsHere,
  type Recognition,
  recogniseByContact,
  recogniseByIdentity,
  recogniseByUnit,
} from './match-rules.ts'
import { belongsTo, differencesOf, type PersonFacts, type PersonField } from './person-facts.ts'

/** What a list says about one person, and which unit the list belongs to. */
export interface PersonCandidate extends PersonInput {
  unitId?: string | null
  /**
   * The id of the person who holds the office the list names. If several records have the identity, this one is meant.
   */
  officerId?: string | null
}

export type PersonMatch =
  | { found: 'none' }
  /**
   * `differs`: the fields in which the list says something new; empty when it says nothing new. `version`: of the person
   * it was compared with.
   */
  | {
      found: 'one'
      personId: string
      version: number
      name: string
      by: MatchGround
      differs: PersonField[]
    }
  /** A user has to decide. */
  | { found: 'unsure'; personIds: string[]; because: Doubt }

/**
 * Matches the entries of a list with known people within `reach`; people outside the reach are never compared. The
 * grounds, strongest first: identity number; name and contact; name and unit. In case of doubt a user decides. A phone
 * alone never matches. A person matched by a stronger ground is not offered to another entry by name and unit, so two
 * people of one name in a unit stay two when their list is imported again. An entry with an `id` was decided already.
 * Answers in the order of `candidates`. Read-only, with a bounded number of statements for every 500 entries.
 * @throws DomainError `name.missing`, `identity.invalid`, `contact.invalid`
 */
export async function matchPersons(
  db: Reader,
  keys: KeyRing,
  reach: Reach,
  candidates: readonly PersonCandidate[],
): Promise<PersonMatch[]> {
  const stated: PreparedPerson[] = []
  await inChunks(candidates, 200, async (some) => {
    for (const candidate of some) stated.push(preparePerson(keys, candidate))
  })
  const pool = poolOf(
    await loadFacts(db, keys, await withinReach(db, reach, await possible(db, stated, candidates))),
  )
  const recognised: Recognition[] = []
  await inChunks([...stated.entries()], 500, async (some) => {
    for (const [at, one] of some) recognised.push(recogniseStrongly(one, candidates[at]!, pool))
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
      else {
        const facts = pool.byId.get(answer.personId)!
        const differs = differencesOf(facts, one)
        const { name, version } = facts.person
        answers.push({ ...answer, name, version, differs })
      }
    }
  })
  return answers
}

interface Pool {
  byId: Map<string, PersonFacts>
  byIdentity: Map<string | null, PersonFacts[]>
  byName: Map<string, PersonFacts[]>
}

function recogniseStrongly(stated: PreparedPerson, candidate: PersonCandidate, pool: Pool): Recognition {
  const decided = stated.input.id === undefined ? undefined : pool.byId.get(stated.input.id)
  if (decided) return { found: 'one', personId: decided.person.id, by: 'identity' }
  const here: IsHere = (known) => known.person.id === candidate.officerId || isColleague(candidate, known)
  const holders = (stated.identity?.indexes ?? []).flatMap((index) => pool.byIdentity.get(index) ?? [])
  const byIdentity = recogniseByIdentity(stated, holders, here)
  return byIdentity.found === 'none'
    ? recogniseByContact(stated, pool.byName.get(stated.searchName) ?? [], here)
    : byIdentity
}

function colleaguesOf(
  candidate: PersonCandidate,
  namesakes: readonly PersonFacts[] = [],
  claimed: ReadonlySet<string>,
): PersonFacts[] {
  return namesakes.filter((known) => !claimed.has(known.person.id) && isColleague(candidate, known))
}

function isColleague({ unitId, memberships: stated = [] }: PersonCandidate, known: PersonFacts): boolean {
  if (unitId && belongsTo(known, unitId)) return true
  return known.memberships.some(
    ({ row }) => !row.leftAt && stated.some(({ teamId }) => teamId === row.teamId),
  )
}

/**
 * The ids of all people an entry could be: those with one of its numbers, and those of the same name in its unit or
 * teams.
 */
async function possible(
  db: Reader,
  stated: readonly PreparedPerson[],
  candidates: readonly PersonCandidate[],
): Promise<Set<string>> {
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
          .where(and(among(persons.identityIndex, identities), alive)),
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
          .where(and(among(contacts.valueIndex, numbers), among(persons.searchName, names), alive)),
      )
    }
  })
  const unitIds = new Set(candidates.flatMap(({ unitId }) => unitId ?? []))
  const names = new Set(stated.map(({ searchName }) => searchName))
  await inChunks([...unitIds], 500, async (some) => {
    for (const { id, searchName } of await officersOf(db, some, alive)) if (names.has(searchName)) ids.add(id)
  })
  const teamIds = new Set(candidates.flatMap((one) => (one.memberships ?? []).map(({ teamId }) => teamId)))
  const places = [...unitIds, ...teamIds]
  await inChunks(places.length > 0 ? [...names] : [], 500, async (called) => {
    add(
      await db
        .selectDistinct(known)
        .from(teams)
        .innerJoin(memberships, eq(memberships.teamId, teams.id))
        .innerJoin(persons, eq(persons.id, memberships.personId))
        .where(
          and(
            or(among(teams.unitId, places), among(teams.id, places)),
            among(persons.searchName, called),
            alive,
          ),
        ),
    )
  })
  return ids
}

/** The liaisons and leaders of these units, and the leaders of their teams. */
async function officersOf(db: Reader, unitIds: readonly string[], alive: SQL | undefined) {
  const known = { id: persons.id, searchName: persons.searchName }
  const ofUnits = await db
    .selectDistinct(known)
    .from(units)
    .innerJoin(persons, or(eq(persons.id, units.liaisonPersonId), eq(persons.id, units.leaderPersonId)))
    .where(and(among(units.id, unitIds), alive))
  const ofTeams = await db
    .selectDistinct(known)
    .from(teams)
    .innerJoin(persons, eq(persons.id, teams.leaderPersonId))
    .where(and(among(teams.unitId, unitIds), alive))
  return [...ofUnits, ...ofTeams]
}

/** The only filter by reach: nobody outside the reach is compared, so nothing about them can be revealed. */
async function withinReach(db: Reader, reach: Reach, ids: Set<string>): Promise<Set<string>> {
  const within = personsWithin(db, reach)
  if (within === undefined) return ids
  const reached = new Set<string>()
  await inChunks([...ids], 500, async (some) => {
    const rows = await db
      .select({ id: persons.id })
      .from(persons)
      .where(and(among(persons.id, some), within))
    for (const { id } of rows) reached.add(id)
  })
  return reached
}

function poolOf(byId: Map<string, PersonFacts>): Pool {
  const all = [...byId.values()]
  return {
    byId,
    byIdentity: Map.groupBy(all, ({ person }) => person.identityIndex),
    byName: Map.groupBy(all, ({ person }) => person.searchName),
  }
}
