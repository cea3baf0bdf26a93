/** What a list of people is narrowed by, as conditions of SQL. */
import { and, eq, exists, inArray, isNotNull, isNull, not, or, type SQL, sql } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import type { LookUpReceipt } from './lookups/guard-lookups.ts'
import { readLastFour } from './lookups/number-tries.ts'
import { personsWithin } from './reach-conditions.ts'
import {
  contactMarks,
  contacts,
  guardianConsents,
  memberships,
  personContacts,
  personSkills,
  persons,
  teams,
} from './schema.ts'
import { nameMatches } from './searching.ts'
import { readVolunteerNumber } from './volunteer-number.ts'
import type { AgeKind, ConsentStand, MemberRole, NumberStand } from './words.ts'

export interface PersonFilter {
  search?: string
  teamId?: string
  unitId?: string
  role?: MemberRole
  skill?: string
  age?: AgeKind
  number?: NumberStand
  consent?: ConsentStand
  limit?: number
  cursor?: string
}

/**
 * What reading people needs: the database, the keys to decrypt what is then masked, and the day for which ages are
 * computed.
 */
export interface PersonReading {
  db: Reader
  keys: KeyRing
  today: string
}

/** Excludes merged duplicates and erased people. */
export const present = and(isNull(persons.mergedIntoId), isNull(persons.erasedAt))

export function hasContact(db: Reader, which: SQL | undefined): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(personContacts)
      .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
      .where(and(eq(personContacts.personId, persons.id), which)),
  )
}

/** Search by name, pinyin, initials or volunteer number; by the last four digits of a phone only with a receipt. */
function found(
  { db, keys }: PersonReading,
  typed: string | undefined,
  receipt: LookUpReceipt | undefined,
): SQL | undefined {
  const text = typed?.normalize('NFKC').trim() ?? ''
  const lastFour = receipt && readLastFour(typed)
  if (lastFour)
    return hasContact(db, inArray(contacts.last4Index, keys.blindIndexes('phone-last4', lastFour)))
  const number = readVolunteerNumber(text)
  const named = nameMatches(persons, text)
  return number === undefined ? named : or(eq(persons.volunteerNumber, number), named)
}

function isMember(db: Reader, { teamId, unitId, role }: PersonFilter): SQL | undefined {
  if (!teamId && !unitId && !role) return undefined
  return exists(
    db
      .select({ one: sql`1` })
      .from(memberships)
      .innerJoin(teams, eq(teams.id, memberships.teamId))
      .where(
        and(
          eq(memberships.personId, persons.id),
          isNull(memberships.leftAt),
          teamId ? eq(memberships.teamId, teamId) : undefined,
          unitId ? eq(teams.unitId, unitId) : undefined,
          role ? eq(memberships.role, role) : undefined,
        ),
      ),
  )
}

function isSkilled(db: Reader, skill: string | undefined): SQL | undefined {
  if (!skill) return undefined
  return exists(
    db
      .select({ one: sql`1` })
      .from(personSkills)
      .where(and(eq(personSkills.personId, persons.id), eq(personSkills.skill, skill))),
  )
}

/**
 * Minors are those that the rules treat so: by their birth date, and of unknown age whoever ever was a pupil. Of the others
 * without a birth date nothing is known.
 */
function isOfAge(age: AgeKind | undefined): SQL | undefined {
  if (age === undefined) return undefined
  if (age === 'adult') return eq(persons.adult, true)
  const unborn = isNull(persons.adult)
  if (age === 'unknown') return and(unborn, isNull(persons.pupilAt))
  return or(eq(persons.adult, false), and(unborn, isNotNull(persons.pupilAt)))
}

function numberStands(db: Reader, stand: NumberStand | undefined): SQL | undefined {
  if (stand === undefined) return undefined
  const isPhone = eq(contacts.kind, 'phone')
  if (stand === 'missing') return not(hasContact(db, isPhone))
  const marked = exists(
    db
      .select({ one: sql`1` })
      .from(contactMarks)
      .where(
        and(
          eq(contactMarks.personId, persons.id),
          eq(contactMarks.contactId, contacts.id),
          eq(contactMarks.mark, 'invalid'),
        ),
      ),
  )
  return hasContact(db, and(isPhone, or(isNotNull(contacts.invalidAt), marked)))
}

/** By the statements that stand recorded; which of them counts for an event is for `consentsFor` to say. */
function consentStands(db: Reader, stand: ConsentStand | undefined): SQL | undefined {
  if (stand === undefined) return undefined
  const said = exists(
    db
      .select({ one: sql`1` })
      .from(guardianConsents)
      .where(
        and(
          eq(guardianConsents.personId, persons.id),
          isNull(guardianConsents.withdrawnAt),
          stand === 'none' ? undefined : eq(guardianConsents.says, stand),
        ),
      ),
  )
  return stand === 'none' ? not(said) : said
}

/**
 * Whoever is there, within reach, and fits the filter.
 * @param receipt the receipt of `guardLookups`; only with it, four digits are searched as the end of a phone number
 */
export function filtered(
  reading: PersonReading,
  reach: Reach,
  filter: PersonFilter,
  receipt?: LookUpReceipt,
): SQL | undefined {
  const { db } = reading
  return and(
    present,
    personsWithin(db, reach),
    found(reading, filter.search, receipt),
    isMember(db, filter),
    isSkilled(db, filter.skill),
    isOfAge(filter.age),
    numberStands(db, filter.number),
    consentStands(db, filter.consent),
  )
}
