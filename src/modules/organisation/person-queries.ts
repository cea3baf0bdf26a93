import { and, asc, count, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { marksOf } from './contacts/contact-marks.ts'
import type { PersonView } from './contract.ts'
import type { LookUpReceipt } from './lookups/guard-lookups.ts'
import { readEmail, readIdentityNumber, readPhone } from './numbers.ts'
import { filtered, hasContact, type PersonFilter, type PersonReading, present } from './person-conditions.ts'
import { type PersonParts, presentPerson } from './present.ts'
import { personsWithin } from './reach-conditions.ts'
import { contacts, memberships, personContacts, personSkills, persons, teams, units } from './schema.ts'
import { readVolunteerNumber } from './volunteer-number.ts'

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
    .where(and(filtered(reading, reach, filter, receipt), after([persons.pinyin, persons.id], filter.cursor)))
    .orderBy(asc(persons.pinyin), asc(persons.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ pinyin, id }) => [pinyin, id])
  return { ...page, items: await presentAll(reading, reach, page.items) }
}

/** How many are counted: a figure above it says nothing more to anybody. */
const countedMax = 10_000

/** How many people fit a filter; `more`: at least one more than are counted. */
export async function countPersons(
  reading: PersonReading,
  reach: Reach,
  filter: PersonFilter,
  receipt?: LookUpReceipt,
): Promise<{ count: number; more: boolean }> {
  const some = reading.db
    .select({ id: persons.id })
    .from(persons)
    .where(filtered(reading, reach, filter, receipt))
    .limit(countedMax + 1)
    .as('some')
  const [counted] = await reading.db.select({ persons: count() }).from(some)
  const all = counted?.persons ?? 0
  return { count: Math.min(all, countedMax), more: all > countedMax }
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
