import { and, asc, count, eq, exists, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { marksOf } from './contacts/contact-marks.ts'
import type { PersonView } from './contract.ts'
import type { LookUpReceipt } from './lookups/guard-lookups.ts'
import { readLastFour } from './lookups/number-tries.ts'
import { readEmail, readIdentityNumber, readPhone } from './numbers.ts'
import { type PersonParts, presentPerson } from './present.ts'
import { personsWithin } from './reach-conditions.ts'
import { contacts, memberships, personContacts, personSkills, persons, teams, units } from './schema.ts'
import { nameMatches } from './searching.ts'
import { readVolunteerNumber } from './volunteer-number.ts'
import type { MemberRole } from './words.ts'

export interface PersonFilter {
  search?: string
  teamId?: string
  unitId?: string
  role?: MemberRole
  skill?: string
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
const present = and(isNull(persons.mergedIntoId), isNull(persons.erasedAt))

function hasContact(db: Reader, which: SQL | undefined): SQL {
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
 * A keyset page of people, ordered by pinyin.
 * @param receipt the receipt of `guardLookups`; only with it, four digits are searched as the end of a phone number
 */
export async function listPersons(
  reading: PersonReading,
  reach: Reach,
  filter: PersonFilter,
  receipt?: LookUpReceipt,
) {
  const { db } = reading
  const { limit = 50 } = filter
  const rows = await db
    .select()
    .from(persons)
    .where(
      and(
        present,
        personsWithin(db, reach),
        found(reading, filter.search, receipt),
        isMember(db, filter),
        isSkilled(db, filter.skill),
        after([persons.pinyin, persons.id], filter.cursor),
      ),
    )
    .orderBy(asc(persons.pinyin), asc(persons.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ pinyin, id }) => [pinyin, id])
  return { ...page, items: await presentAll(reading, reach, page.items) }
}

/**
 * The people with exactly this phone, e-mail address, identity number or volunteer number. At most 50.
 * @throws DomainError `number.unreadable` when the text is none of these
 */
export async function lookUpPersons(
  reading: PersonReading,
  reach: Reach,
  typed: string,
  _receipt: LookUpReceipt,
): Promise<PersonView[]> {
  const { db, keys } = reading
  const phone = readPhone(typed)
  const email = readEmail(typed)
  const identity = readIdentityNumber(typed)
  const volunteerNumber = readVolunteerNumber(typed)
  const indexes = [
    ...(phone ? keys.blindIndexes('phone', phone) : []),
    ...(email ? keys.blindIndexes('email', email) : []),
  ]
  const which = [
    indexes.length > 0 ? hasContact(db, inArray(contacts.valueIndex, indexes)) : undefined,
    identity ? inArray(persons.identityIndex, keys.blindIndexes('identity', identity)) : undefined,
    volunteerNumber ? eq(persons.volunteerNumber, volunteerNumber) : undefined,
  ].filter((each) => each !== undefined)
  if (which.length === 0) {
    throw new DomainError(
      'invalid',
      'number.unreadable',
      'This is no phone, address, identity or volunteer number.',
    )
  }
  const rows = await db
    .select()
    .from(persons)
    .where(and(present, personsWithin(db, reach), or(...which)))
    .orderBy(asc(persons.pinyin), asc(persons.id))
    .limit(50)
  return presentAll(reading, reach, rows)
}

/** @throws DomainError `person.missing` when there is none, or they are out of reach */
export async function readPerson(
  reading: PersonReading,
  reach: Reach,
  personId: string,
): Promise<PersonView> {
  const rows = await reading.db
    .select()
    .from(persons)
    .where(and(eq(persons.id, personId), isNull(persons.erasedAt), personsWithin(reading.db, reach)))
  if (rows.length === 0) {
    throw new DomainError('missing', 'person.missing', 'There is no such person.', { personId })
  }
  return (await presentAll(reading, reach, rows))[0]!
}

/** People as staff within this reach see them. Four statements, for any number of people. */
export async function presentAll(
  { db, keys, today }: PersonReading,
  reach: Reach,
  rows: readonly (typeof persons.$inferSelect)[],
): Promise<PersonView[]> {
  const ids = rows.map(({ id }) => id)
  const known = await contactsOf(db, reach, ids)
  const joined = await db
    .select({
      membership: memberships,
      team: { id: teams.id, name: teams.name },
      unit: { id: units.id, name: units.name },
    })
    .from(memberships)
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(and(inArray(memberships.personId, ids), isNull(memberships.leftAt)))
    .orderBy(asc(memberships.joinedAt), asc(memberships.id))
  const skilled = await db
    .select()
    .from(personSkills)
    .where(inArray(personSkills.personId, ids))
    .orderBy(asc(personSkills.skill))
  const contactsBy = Map.groupBy(known, ({ link }) => link.personId)
  const membershipsBy = Map.groupBy(joined, ({ membership }) => membership.personId)
  const skillsBy = Map.groupBy(skilled, ({ personId }) => personId)
  return rows.map((person) =>
    presentPerson(keys, today, {
      person,
      contacts: contactsBy.get(person.id) ?? [],
      memberships: membershipsBy.get(person.id) ?? [],
      skills: (skillsBy.get(person.id) ?? []).map(({ skill }) => skill),
    }),
  )
}

/**
 * The contacts of people, each with the number of people within reach who share it. People outside the reach are not
 * counted, so that the count reveals nothing about them.
 */
async function contactsOf(db: Reader, reach: Reach, personIds: string[]): Promise<PersonParts['contacts']> {
  const rows = await db
    .select({ contact: contacts, link: personContacts })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(inArray(personContacts.personId, personIds))
    .orderBy(asc(personContacts.rank), asc(personContacts.id))
  const counts = await db
    .select({ contactId: personContacts.contactId, people: count() })
    .from(personContacts)
    .innerJoin(persons, and(eq(persons.id, personContacts.personId), present))
    .where(
      and(
        inArray(
          personContacts.contactId,
          rows.map(({ contact }) => contact.id),
        ),
        personsWithin(db, reach),
      ),
    )
    .groupBy(personContacts.contactId)
  const shared = new Map(counts.map(({ contactId, people }) => [contactId, people]))
  const marked = await marksOf(db, personIds)
  return rows.map((row) => ({
    ...row,
    shared: shared.get(row.contact.id) ?? 1,
    marks: marked.get(`${row.link.personId} ${row.contact.id}`) ?? {},
  }))
}
