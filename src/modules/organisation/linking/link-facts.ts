import { and, desc, eq, inArray, isNotNull, isNull, ne, or } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { merges, personContacts, personRequests, persons } from '../schema.ts'
import { birthOf, openIdentity } from '../sealed.ts'
import { keyOf, type LinkFacts, pairOf, type Rulings } from './link-rules.ts'

type PersonRow = typeof persons.$inferSelect
export type RulingRow = Pick<
  typeof personRequests.$inferSelect,
  'id' | 'personId' | 'otherPersonId' | 'state'
>

/** The records of these people, of whoever may be the same humans, and what is known and said of them. */
export interface LinkScene {
  rows: Map<string, PersonRow>
  facts: LinkFacts[]
  rulings: Rulings
  /** The questions that wait for a decision. */
  open: RulingRow[]
}

const own = eq(personContacts.relation, 'own')
const alive = and(isNull(persons.mergedIntoId), isNull(persons.erasedAt))

/** Reads what links of these records are judged by, with a bounded number of statements. For a few hundred per call. */
export async function linkScene(db: Reader, keys: KeyRing, ids: readonly string[]): Promise<LinkScene> {
  const rows = new Map<string, PersonRow>()
  await add(db, rows, ids)
  await add(db, rows, await resembling(db, keys, [...rows.values()]))
  // A human is decided whole: with everybody who is linked, or was said to be the same, step by step.
  while ((await add(db, rows, await joinedTo(db, rows))) > 0);
  const numbers = await ownNumbers(db, [...rows.keys()])
  const stated = await requestsOn(db, [...rows.keys()])
  return {
    rows,
    facts: [...rows.values()].map((row) => factsOf(keys, row, numbers.get(row.id) ?? [])),
    rulings: { said: saidOf(stated), unmerged: await unmergedOf(db, [...rows.keys()]) },
    open: stated.filter(({ state }) => state === 'open'),
  }
}

/** @returns how many were added */
async function add(db: Reader, rows: Map<string, PersonRow>, ids: readonly string[]): Promise<number> {
  const missing = ids.filter((id) => !rows.has(id))
  if (missing.length === 0) return 0
  for (const row of await db.select().from(persons).where(inArray(persons.id, missing))) rows.set(row.id, row)
  return missing.length
}

/** Whether the records of a person are linked without anybody's word: not a minor, nor of unknown age and once a pupil. */
export function isGrownUp({ adult, pupilAt }: Pick<PersonRow, 'adult' | 'pupilAt'>): boolean {
  return adult ?? pupilAt === null
}

function factsOf(keys: KeyRing, row: PersonRow, numbers: string[]): LinkFacts {
  return {
    id: row.id,
    alive: row.mergedIntoId === null && row.erasedAt === null,
    grownUp: isGrownUp(row),
    searchName: row.searchName,
    identity: identityOf(keys, row),
    numbers,
    birth: birthOf(keys, row),
  }
}

/** While keys are rotated one number may stand under two indexes. */
function identityOf(keys: KeyRing, { id, identityNumber, identityIndex }: PersonRow): string | null {
  if (identityNumber === null || keys.liveIds('data').length === 1) return identityIndex
  return keys.blindIndex('identity', openIdentity(keys, { id, identityNumber }))
}

/** Whoever has an identity number of these people, or their name with an own number of theirs. */
async function resembling(db: Reader, keys: KeyRing, rows: readonly PersonRow[]): Promise<string[]> {
  const found = new Set<string>()
  const rotating = keys.liveIds('data').length > 1
  const identities = rows.flatMap(({ id, identityNumber, identityIndex }) => {
    if (identityNumber === null || identityIndex === null) return []
    return rotating
      ? keys.blindIndexes('identity', openIdentity(keys, { id, identityNumber }))
      : [identityIndex]
  })
  if (identities.length > 0) {
    const holders = await db
      .select({ id: persons.id })
      .from(persons)
      .where(and(inArray(persons.identityIndex, identities), alive))
    for (const { id } of holders) found.add(id)
  }
  const numbers = await ownNumbers(
    db,
    rows.map(({ id }) => id),
  )
  const names = new Map<string, Set<string>>()
  for (const { id, searchName } of rows)
    for (const number of numbers.get(id) ?? [])
      names.set(number, (names.get(number) ?? new Set()).add(searchName))
  if (names.size === 0) return [...found]
  const sharing = await db
    .select({ id: persons.id, searchName: persons.searchName, number: personContacts.contactId })
    .from(personContacts)
    .innerJoin(persons, eq(persons.id, personContacts.personId))
    .where(and(inArray(personContacts.contactId, [...names.keys()]), own, alive))
  for (const { id, searchName, number } of sharing) if (names.get(number)?.has(searchName)) found.add(id)
  return [...found]
}

async function ownNumbers(db: Reader, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ personId: personContacts.personId, contactId: personContacts.contactId })
    .from(personContacts)
    .where(and(inArray(personContacts.personId, [...ids]), own))
  const byPerson = Map.groupBy(rows, ({ personId }) => personId)
  return new Map([...byPerson].map(([id, of]) => [id, of.map(({ contactId }) => contactId)]))
}

/** Whoever is linked to one of them, or was said to be the same human. */
async function joinedTo(db: Reader, rows: ReadonlyMap<string, PersonRow>): Promise<string[]> {
  const humans = [...new Set([...rows.values()].flatMap(({ humanId }) => humanId ?? []))]
  const linked =
    humans.length === 0
      ? []
      : await db.select({ id: persons.id }).from(persons).where(inArray(persons.humanId, humans))
  const stated = await requestsOn(db, [...rows.keys()])
  const others = stated.flatMap(({ personId, otherPersonId }) => [personId, otherPersonId as string])
  return [...new Set([...linked.map(({ id }) => id), ...others])]
}

/** The questions and decisions about pairs with one of these people, the latest decision first. */
function requestsOn(db: Reader, ids: readonly string[]): Promise<RulingRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  const about = or(
    inArray(personRequests.personId, [...ids]),
    inArray(personRequests.otherPersonId, [...ids]),
  )
  return db
    .select({
      id: personRequests.id,
      personId: personRequests.personId,
      otherPersonId: personRequests.otherPersonId,
      state: personRequests.state,
    })
    .from(personRequests)
    .where(and(about, eq(personRequests.kind, 'one_human'), ne(personRequests.state, 'withdrawn')))
    .orderBy(desc(personRequests.decidedAt), desc(personRequests.id))
}

function saidOf(stated: readonly RulingRow[]): Rulings['said'] {
  const said = new Map<string, 'same' | 'different'>()
  for (const { personId, otherPersonId, state } of stated) {
    const key = keyOf(pairOf(personId, otherPersonId as string))
    if (state === 'open' || personId === otherPersonId || said.has(key)) continue
    said.set(key, state === 'approved' ? 'same' : 'different')
  }
  return said
}

async function unmergedOf(db: Reader, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const about = or(inArray(merges.keptId, [...ids]), inArray(merges.mergedId, [...ids]))
  const rows = await db
    .select({ keptId: merges.keptId, mergedId: merges.mergedId })
    .from(merges)
    .where(and(about, isNotNull(merges.undoneAt)))
  return new Set(rows.map(({ keptId, mergedId }) => keyOf(pairOf(keptId, mergedId))))
}
