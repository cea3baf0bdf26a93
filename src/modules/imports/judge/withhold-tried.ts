/**
 * Prevents guessing numbers by lists with many tries: see "Numbers cannot be guessed" in the README of organisation.
 */
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import {
  loadFacts,
  type NumberTry,
  openIdentity,
  type PersonFacts,
  type PersonMatch,
  personSubject,
  personsWithin,
  rangesOf,
  searchNameOf,
  statedNumbers,
  type Tried,
  triedHash,
  tryOn,
} from '#modules/organisation/index.ts'
import { contacts, personContacts, persons } from '#modules/organisation/schema.ts'
import { type KeyRing, maskPhone } from '#platform/crypto/index.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import type { LookUpBudget } from '../gate.ts'
import { inTurns } from '../turns.ts'
import { refuse } from './refusals.ts'
import type { Statement } from './statements.ts'

interface Withholding {
  db: Reader
  keys: KeyRing
  reach: Reach
  lookUpBudget: LookUpBudget
}

/** A statement that gives numbers. */
interface Claim {
  statement: Statement
  searchName: string
  match: PersonMatch | undefined
}

/** One number of a statement, compared with the known numbers of one person. */
interface Comparison {
  claim: Claim
  tried: Tried
  personId: string
  /** The number is one of the known numbers of the person. */
  equal: boolean
  /**
   * The number has the last four digits, or the range, of a known number of the person: it may be the one behind the
   * mask.
   */
  near: boolean
}

/**
 * Refuses the rows that try more numbers on one person than the daily budget allows, right ones and wrong ones alike, so
 * that the result reveals nothing about the person's numbers. Rows with only known numbers use no budget.
 */
export async function withholdTried(
  stated: readonly Statement[],
  matches: ReadonlyMap<Statement, PersonMatch>,
  context: Withholding,
): Promise<void> {
  const claims: Claim[] = []
  await inTurns(stated, (statement) => {
    const { judging, input } = statement
    const { name, contacts: given = [], identityNumber, birthDate } = input
    if (!judging.open || !(given.length > 0 || identityNumber || birthDate)) return
    claims.push({ statement, searchName: searchNameOf(name), match: matches.get(statement) })
  })
  const people = await peopleTried(claims, context)
  const comparisons: Comparison[] = []
  await inTurns(claims, (claim) => comparisons.push(...people.comparisonsFor(claim)))
  const peopleWithNewNumbers = new Set(
    comparisons.filter(({ equal }) => !equal).map(({ personId }) => personId),
  )
  const sameMask = context.reach.everything ? [] : await sameMaskIn(claims)
  if (peopleWithNewNumbers.size === 0 && sameMask.length === 0 && !(await context.lookUpBudget.spent()))
    return
  comparisons.sort((a, b) => ordinalOf(a) - ordinalOf(b))
  const tries: NumberTry[] = []
  await inTurns(comparisons, ({ tried, personId, equal, near }) => {
    const ranges = equal || near ? rangesOf(context.keys, tried) : []
    const subjects = [personSubject(personId), ...ranges]
    tries.push({
      number: triedHash(context.keys, tried),
      subjects,
      asksOnly: !peopleWithNewNumbers.has(personId),
    })
  })
  for (const { tried } of sameMask) tries.push(tryOn(context.keys, tried, []))
  const allowed = await context.lookUpBudget.spend(tries)
  const exhausted = new Set(comparisons.filter((_, at) => !allowed[at]).map(({ personId }) => personId))
  const withheld = new Set(
    comparisons.filter(({ personId }) => exhausted.has(personId)).map(({ claim }) => claim.statement.judging),
  )
  for (const [at, { claim }] of sameMask.entries())
    if (!allowed[comparisons.length + at]) withheld.add(claim.statement.judging)
  for (const judging of withheld) refuse(judging, 'name', 'numbers.exhausted')
}

/** This many numbers with the same mask may occur in one list by chance. */
const byChance = 5

/**
 * Numbers with the same mask that occur more often in a list than by chance, under any names: once written, shared numbers
 * would reveal whose number each one is.
 */
async function sameMaskIn(claims: readonly Claim[]): Promise<{ claim: Claim; tried: Tried }[]> {
  const behind = new Map<string, { claim: Claim; tried: Tried }[]>()
  await inTurns(claims, (claim) => {
    const { match, statement } = claim
    if (match?.found === 'one' && !match.differs.includes('contacts')) return
    for (const tried of statedNumbers({ contacts: statement.input.contacts })) {
      // Masked e-mail addresses of one office all look alike.
      if (tried.kind !== 'phone') continue
      const mask = maskPhone(tried.value)
      const those = behind.get(mask)
      if (those) those.push({ claim, tried })
      else behind.set(mask, [{ claim, tried }])
    }
  })
  return [...behind.values()]
    .filter((those) => new Set(those.map(({ tried }) => tried.value)).size > byChance)
    .flat()
}

const ordinalOf = ({ claim }: Comparison) => claim.statement.judging.row.ordinal

/** All people within reach that a claim may be about: the same name, matches, and similar identity numbers. */
async function peopleTried(claims: readonly Claim[], { db, keys, reach }: Withholding): Promise<People> {
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
  return new People(keys, plain, ids, like, facts, await lastFours(db, wanted))
}

const telling: ReadonlySet<string> = new Set(['contacts', 'identityNumber', 'birthDate'])

function foundBy(match: PersonMatch | undefined): string[] {
  if (match?.found === 'one') return [match.personId]
  return match?.found === 'unsure' ? match.personIds : []
}

/**
 * The people whose identity number is in the same range as one of the claims, by range. Not for users who reach everything:
 * they may see every number (audited), and a comparison with the whole city would be slow.
 */
async function likeIdentities(
  claims: readonly Claim[],
  { db, keys, reach }: Omit<Withholding, 'lookUpBudget'>,
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

/** The known numbers of the people a list may be about. Pure. */
class People {
  readonly #keys: KeyRing
  readonly #plain: ReadonlySet<Claim>
  readonly #byName: ReadonlyMap<string, readonly string[]>
  readonly #like: ReadonlyMap<string, readonly string[]>
  readonly #facts: ReadonlyMap<string, PersonFacts>
  readonly #lastFours: ReadonlyMap<string, ReadonlySet<string>>

  constructor(
    keys: KeyRing,
    plain: ReadonlySet<Claim>,
    byName: ReadonlyMap<string, readonly string[]>,
    like: ReadonlyMap<string, readonly string[]>,
    facts: ReadonlyMap<string, PersonFacts>,
    fours: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.#keys = keys
    this.#plain = plain
    this.#byName = byName
    this.#like = like
    this.#facts = facts
    this.#lastFours = fours
  }

  comparisonsFor(claim: Claim): Comparison[] {
    const { statement, searchName, match } = claim
    if (this.#plain.has(claim)) {
      const [personId] = foundBy(match) as [string]
      return statedNumbers(statement.input).map((tried) => ({
        claim,
        tried,
        personId,
        equal: true,
        near: true,
      }))
    }
    const found = new Set(foundBy(match))
    // A person who is matched for certain is not also a namesake in the same unit.
    const certain = match?.found === 'one' && match.by !== 'unit'
    const namesakes = this.#byName.get(searchName) ?? []
    if (found.size + namesakes.length + this.#like.size === 0) return []
    return statedNumbers(statement.input).flatMap((tried) => {
      const ranges = tried.kind === 'identity' ? rangesOf(this.#keys, tried) : []
      const like = new Set(ranges.flatMap((range) => this.#like.get(range) ?? []))
      return [...new Set([...found, ...namesakes, ...like])].flatMap((personId) => {
        const facts = this.#facts.get(personId)
        const equal = facts && this.#isEqual(facts, tried)
        if (facts === undefined || equal === undefined) return []
        const near = like.has(personId) || this.#sharesLastFour(personId, tried)
        const here = found.has(personId) || (!certain && isColleague(statement, facts))
        return equal || near || here ? [{ claim, tried, personId, equal, near }] : []
      })
    })
  }

  /** Undefined: nothing of the kind is known, so there is nothing to be found out. */
  #isEqual({ person, contacts: known }: PersonFacts, { kind, value }: Tried): boolean | undefined {
    if (kind === 'birth') return person.birthDate === null ? undefined : person.birthDate.startsWith(value)
    const indexes = this.#keys.blindIndexes(kind, value)
    if (kind === 'identity') {
      return person.identityIndex === null ? undefined : indexes.includes(person.identityIndex)
    }
    const same = known.filter((contact) => contact.kind === kind)
    return same.length === 0 ? undefined : same.some(({ valueIndex }) => indexes.includes(valueIndex))
  }

  #sharesLastFour(personId: string, { kind, value }: Tried): boolean {
    const fours = kind === 'phone' ? this.#lastFours.get(personId) : undefined
    return (
      fours !== undefined &&
      this.#keys.blindIndexes('phone-last4', value.slice(-4)).some((each) => fours.has(each))
    )
  }
}

function isColleague({ unit, memberships }: Statement, { memberships: known }: PersonFacts): boolean {
  return known.some(
    ({ row, unitId }) =>
      !row.leftAt &&
      ((unitId !== null && unit === unitId) || memberships.some(({ team }) => team === row.teamId)),
  )
}
