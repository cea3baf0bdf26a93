import { and, eq, type SQL } from 'drizzle-orm'
import { among } from '#platform/database/dialect.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { personsWithin } from '../reach-conditions.ts'
import { persons } from '../schema.ts'
import { type AnchorSource, anchoredWithin, organisationAnchors } from './anchors.ts'

/**
 * Permit: proves that these people were found within reach. A use-case that changes a person takes one as a parameter,
 * so code that forgets the check does not compile. Only this file creates permits.
 */
class ReachedPeople {
  readonly #personIds: ReadonlySet<string> | undefined

  /** Without ids the permit covers everybody. */
  constructor(personIds?: Iterable<string>) {
    this.#personIds = personIds && new Set(personIds)
  }

  get everybody(): boolean {
    return this.#personIds === undefined
  }

  covers(personId: string): boolean {
    return this.#personIds?.has(personId) ?? true
  }

  /** @throws Error when the permit does not cover one of these people: a bug in the code, not in the request */
  assertCovers(...personIds: readonly string[]): void {
    if (!personIds.every((id) => this.covers(id))) throw new Error('the permit is not about this person')
  }
}

/** Permit to change what identifies these people: everything that ties them to the organisation lies within reach. */
class IdentifiablePeople extends ReachedPeople {
  // A private member makes the class nominal: TypeScript accepts no other permit in its place.
  readonly #whole = true

  get whole(): boolean {
    return this.#whole
  }
}

export type Reached = ReachedPeople
export type Identifiable = IdentifiablePeople

/** For bulk changes: the people that may be changed at all, and the people whose identity may be changed. */
export interface BulkPermits {
  reached: Reached
  identifiable: Identifiable
}

/** For code that only creates people: permits no change of a known person. */
export const nobodyKnown: BulkPermits = {
  reached: new ReachedPeople([]),
  identifiable: new IdentifiablePeople([]),
}

/** @throws DomainError `person.missing` when there is none, or they are out of reach */
export async function reachPerson(db: Reader, reach: Reach, personId: string): Promise<Reached> {
  return reachPeople(db, reach, personId)
}

/** `reachPerson` for several. @throws DomainError `person.missing` */
export async function reachPeople(
  db: Reader,
  reach: Reach,
  ...personIds: readonly string[]
): Promise<Reached> {
  const reached = await peopleReached(db, reach, personIds)
  for (const id of personIds) if (!reached.covers(id)) throw missing(id)
  return reached
}

/** A permit for those of these people who are within reach. One statement for every 500. */
export async function peopleReached(db: Reader, reach: Reach, personIds: Iterable<string>): Promise<Reached> {
  return new ReachedPeople(await thoseOf(db, personIds, personsWithin(db, reach)))
}

/** The error `person.missing`: there is no such person, or the user does not reach them. */
export const missing = (personId: string) =>
  new DomainError('missing', 'person.missing', 'There is no such person.', { personId })

/** The checks for identifying data. `createPermits` makes the service's instance. */
export interface Permits {
  /** A condition on `persons`: the people whose identity a user with this reach may change. Undefined: no condition. */
  identifiableBy(db: Reader, reach: Reach): SQL | undefined
  /** The same for given ids: one statement for every 500, none for a reach of everything. */
  identifiable(db: Reader, reach: Reach, personIds: Iterable<string>): Promise<Set<string>>
}

/** @param plugged the anchors of the slices above */
export function createPermits(plugged: readonly AnchorSource[]): Permits {
  const sources = [...organisationAnchors, ...plugged]
  const identifiableBy: Permits['identifiableBy'] = (db, reach) =>
    reach.everything ? undefined : anchoredWithin(db, reach, sources)
  const identifiable: Permits['identifiable'] = (db, reach, personIds) =>
    reach.everything ? Promise.resolve(new Set(personIds)) : thoseOf(db, personIds, identifiableBy(db, reach))
  return { identifiableBy, identifiable }
}

/**
 * @throws DomainError `person.missing` if one is out of reach; forbidden `person.not_identifiable` if other parts of
 *   the organisation are responsible for one too; then the user can file a change request
 */
export async function assertIdentifiable(
  db: Reader,
  permits: Permits,
  reach: Reach,
  ...personIds: readonly string[]
): Promise<Identifiable> {
  await reachPeople(db, reach, ...personIds)
  const whole = await permits.identifiable(db, reach, personIds)
  for (const personId of personIds) if (!whole.has(personId)) throw notIdentifiable(personId)
  return new IdentifiablePeople(whole)
}

/** The permits for a list. For a reach of everything no query is needed. */
export async function permitsFor(
  db: Reader,
  permits: Permits,
  reach: Reach,
  personIds: readonly string[],
): Promise<BulkPermits> {
  if (reach.everything) return { reached: new ReachedPeople(), identifiable: new IdentifiablePeople() }
  return {
    reached: await peopleReached(db, reach, personIds),
    identifiable: new IdentifiablePeople(await permits.identifiable(db, reach, personIds)),
  }
}

async function thoseOf(
  db: Reader,
  personIds: Iterable<string>,
  condition: SQL | undefined,
): Promise<Set<string>> {
  const found = new Set<string>()
  await inChunks([...new Set(personIds)], 500, async (some) => {
    const [only] = some
    const which = some.length === 1 ? eq(persons.id, only as string) : among(persons.id, some)
    const rows = await db.select({ id: persons.id }).from(persons).where(and(which, condition))
    for (const { id } of rows) found.add(id)
  })
  return found
}

function notIdentifiable(personId: string): DomainError {
  return new DomainError(
    'forbidden',
    'person.not_identifiable',
    'Others answer for this person, too: file a request.',
    { personId },
  )
}
