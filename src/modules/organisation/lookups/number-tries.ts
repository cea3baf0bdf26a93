import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { type KeyRing, maskEmail, maskIdentity, maskPhone } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { searchNameOf } from '../names.ts'
import { readContact, readEmail, readIdentityNumber, readPhone } from '../numbers.ts'
import type { PersonInput } from '../person-input.ts'
import { personsWithin } from '../reach-conditions.ts'
import { contacts, memberships, personContacts, persons } from '../schema.ts'
import { openContact, openIdentity } from '../sealed.ts'

/** One number that is tried, and the subjects it is tried on: see `spendLookups`. */
export interface NumberTry {
  number: string
  subjects: string[]
  /**
   * The number is known for this person already, so trying it costs nothing; but once the budget is used up, it is
   * refused like any other.
   */
  asksOnly?: boolean
}

/** The kinds of value that can be guessed. A birth date is most of an identity number. */
export interface Tried {
  kind: 'phone' | 'email' | 'identity' | 'birth' | 'last_four'
  value: string
}

/** The subject of a budget for numbers tried on one person. */
export const personSubject = (personId: string) => `person:${personId}`

/** A keyed hash that tells numbers apart without being readable. */
export function triedHash(keys: KeyRing, { kind, value }: Tried): string {
  return keys.blindIndex(`tried-${kind}`, value)
}

/**
 * The range a number belongs to: all numbers that fit the same mask. Somebody who knows a mask tries the numbers of one
 * range. A phone: the digits that the mask shows. An identity number: two ranges, all but the four digits after the
 * birth date, and all but the birth date. The last four digits of a phone: their last two. A number tried without
 * naming a person is counted under its ranges.
 */
export function rangesOf(keys: KeyRing, { kind, value }: Tried): string[] {
  if (kind === 'phone') return [rangeOf(keys, `phone ${maskPhone(value)}`)]
  if (kind === 'last_four') return [rangeOf(keys, `last four ${value.slice(-2)}`)]
  if (kind !== 'identity') return []
  if (value.length !== 18) return [rangeOf(keys, `document ${value.slice(0, -4)}`)]
  const [region, date, end] = [value.slice(0, 6), value.slice(6, 14), value.slice(14)]
  return [rangeOf(keys, `dated ${region} ${date}`), rangeOf(keys, `ending ${region} ${end}`)]
}

const rangeOf = (keys: KeyRing, text: string) => `range:${keys.blindIndex('tried-range', text)}`

/** A number tried on people given by id. */
export function tryOn(keys: KeyRing, tried: Tried, personIds: readonly string[]): NumberTry {
  return {
    number: triedHash(keys, tried),
    subjects: [...personIds.map(personSubject), ...rangesOf(keys, tried)],
  }
}

/**
 * A typed number, tried on everybody within reach whose masked number fits. For users who may see full numbers, the
 * ranges alone are counted.
 */
export async function lookUpTries(
  db: Reader,
  keys: KeyRing,
  { reach, typed, seesNumbers }: { reach: Reach; typed: string; seesNumbers: boolean },
): Promise<NumberTry[]> {
  const phone = readPhone(typed)
  const email = readEmail(typed)
  const identity = readIdentityNumber(typed)
  const tries: NumberTry[] = []
  if (phone) {
    const on = seesNumbers ? [] : await likePhone(db, keys, reach, phone)
    tries.push(tryOn(keys, { kind: 'phone', value: phone }, on))
  }
  if (identity) {
    const on = seesNumbers ? [] : await likeIdentity(db, keys, reach, identity)
    tries.push(tryOn(keys, { kind: 'identity', value: identity }, on))
  }
  if (email) {
    const subjects = [rangeOf(keys, `email ${maskEmail(email)}`)]
    tries.push({ number: triedHash(keys, { kind: 'email', value: email }), subjects })
  }
  // A volunteer number is public and costs no budget, but it is recorded in the audit trail like the others.
  return tries.length > 0 ? tries : [{ number: 'other', subjects: [] }]
}

async function likePhone(db: Reader, keys: KeyRing, reach: Reach, phone: string): Promise<string[]> {
  const rows = await db
    .select({ personId: persons.id, id: contacts.id, value: contacts.value })
    .from(contacts)
    .innerJoin(personContacts, eq(personContacts.contactId, contacts.id))
    .innerJoin(persons, eq(persons.id, personContacts.personId))
    .where(
      and(
        inArray(contacts.last4Index, keys.blindIndexes('phone-last4', phone.slice(-4))),
        personsWithin(db, reach),
      ),
    )
  const like = rows.filter((row) => maskPhone(openContact(keys, row)) === maskPhone(phone))
  return [...new Set(like.map(({ personId }) => personId))]
}

async function likeIdentity(db: Reader, keys: KeyRing, reach: Reach, identity: string): Promise<string[]> {
  const rows = await db
    .select({ id: persons.id, identityNumber: persons.identityNumber })
    .from(persons)
    .where(and(isNotNull(persons.identityNumber), isNull(persons.mergedIntoId), personsWithin(db, reach)))
  const like: string[] = []
  await inChunks(rows, 200, async (some) => {
    for (const { id, identityNumber } of some) {
      if (identityNumber === null) continue
      if (maskIdentity(openIdentity(keys, { id, identityNumber })) === maskIdentity(identity)) like.push(id)
    }
  })
  return like
}

/**
 * Numbers tried on one person by id. Nothing is counted if the user does not reach this person: the request is refused
 * later.
 */
export async function triesOnPerson(
  db: Reader,
  keys: KeyRing,
  { reach, personId, tried }: { reach: Reach; personId: string; tried: readonly Tried[] },
): Promise<NumberTry[]> {
  return (await reaches(db, reach, personId)) ? tried.map((each) => tryOn(keys, each, [personId])) : []
}

/** Revealing a person counts as one number on this person, however often it is done. */
export async function revelationTry(db: Reader, reach: Reach, personId: string): Promise<NumberTry[]> {
  if (!(await reaches(db, reach, personId))) return []
  return [{ number: 'revelation', subjects: [personSubject(personId)] }]
}

async function reaches(db: Reader, reach: Reach, personId: string): Promise<boolean> {
  return (await db.$count(persons, and(eq(persons.id, personId), personsWithin(db, reach)))) > 0
}

/** The last four digits of a phone, if the search text consists of four digits. */
export function readLastFour(typed: string | undefined): string | undefined {
  const text = typed?.normalize('NFKC').trim() ?? ''
  return /^\d{4}$/.test(text) ? text : undefined
}

/** A person entered by hand is compared with people of the same name in the same teams: the numbers tried on them. */
export async function entryTries(db: Reader, keys: KeyRing, input: PersonInput): Promise<NumberTry[]> {
  const teamIds = (input.memberships ?? []).map(({ teamId }) => teamId)
  const namesakes = await db
    .selectDistinct({ id: persons.id })
    .from(persons)
    .innerJoin(memberships, eq(memberships.personId, persons.id))
    .where(
      and(
        eq(persons.searchName, searchNameOf(input.name)),
        isNull(persons.mergedIntoId),
        isNull(memberships.leftAt),
        inArray(memberships.teamId, teamIds),
      ),
    )
  const on = namesakes.map(({ id }) => id)
  const tries = statedNumbers(input).map((tried) => tryOn(keys, tried, on))
  return tries.filter(({ subjects }) => subjects.length > 0)
}

/** Every number of an input that could be a guess. Unreadable values are refused elsewhere. */
export function statedNumbers({
  contacts: given = [],
  identityNumber,
  birthDate,
}: Pick<PersonInput, 'contacts' | 'identityNumber' | 'birthDate'>): Tried[] {
  const identity = identityNumber === undefined ? undefined : readIdentityNumber(identityNumber)
  return [
    ...given.flatMap(({ kind, value }): Tried[] => {
      const read = readContact(kind, value)
      return read === undefined ? [] : [{ kind, value: read }]
    }),
    ...(identity === undefined ? [] : [{ kind: 'identity' as const, value: identity }]),
    ...(birthDate === undefined ? [] : [{ kind: 'birth' as const, value: birthDate }]),
  ]
}
