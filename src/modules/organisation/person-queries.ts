import { and, asc, count, eq, exists, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import type { PersonView } from './contract.ts'
import { readEmail, readIdentityNumber, readPhone } from './numbers.ts'
import { type PersonParts, presentPerson } from './present.ts'
import { contacts, memberships, personContacts, personSkills, persons, teams, units } from './schema.ts'
import { personsWithin } from './scope.ts'
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

/** What reading people needs: keys for the masks, and the day ages are counted on. */
export interface Eyes {
  db: Reader
  keys: KeyRing
  today: string
}

/** Known, not a merged duplicate, not erased. */
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

/** A name, pinyin, initials, a volunteer number, or the last four digits of a phone. */
function found({ db, keys }: Eyes, typed: string | undefined): SQL | undefined {
  const text = typed?.normalize('NFKC').trim() ?? ''
  if (/^\d{4}$/.test(text))
    return hasContact(db, inArray(contacts.last4Index, keys.blindIndexes('phone-last4', text)))
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

/** A page of people by pinyin. */
export async function listPersons(eyes: Eyes, reach: Reach, filter: PersonFilter) {
  const { db } = eyes
  const { limit = 50 } = filter
  const rows = await db
    .select()
    .from(persons)
    .where(
      and(
        present,
        personsWithin(db, reach),
        found(eyes, filter.search),
        isMember(db, filter),
        isSkilled(db, filter.skill),
        after([persons.pinyin, persons.id], filter.cursor),
      ),
    )
    .orderBy(asc(persons.pinyin), asc(persons.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ pinyin, id }) => [pinyin, id])
  return { ...page, items: await presentAll(eyes, page.items) }
}

/**
 * Whoever has a full number: phone, e-mail address, identity number or volunteer number. At most 50.
 * @throws DomainError `number.unreadable` when it can be none of them
 */
export async function lookUpPersons(eyes: Eyes, reach: Reach, typed: string): Promise<PersonView[]> {
  const { db, keys } = eyes
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
  return presentAll(eyes, rows)
}

/** @throws DomainError `person.missing` when there is none, or they are out of reach */
export async function readPerson(eyes: Eyes, reach: Reach, personId: string): Promise<PersonView> {
  const rows = await eyes.db
    .select()
    .from(persons)
    .where(and(eq(persons.id, personId), isNull(persons.erasedAt), personsWithin(eyes.db, reach)))
  if (rows.length === 0) {
    throw new DomainError('missing', 'person.missing', 'There is no such person.', { personId })
  }
  return (await presentAll(eyes, rows))[0]!
}

/** People as staff see them, with four statements however many they are. */
export async function presentAll(
  { db, keys, today }: Eyes,
  rows: readonly (typeof persons.$inferSelect)[],
): Promise<PersonView[]> {
  const ids = rows.map(({ id }) => id)
  const known = await contactsOf(db, ids)
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

async function contactsOf(db: Reader, personIds: string[]): Promise<PersonParts['contacts']> {
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
      inArray(
        personContacts.contactId,
        rows.map(({ contact }) => contact.id),
      ),
    )
    .groupBy(personContacts.contactId)
  const shared = new Map(counts.map(({ contactId, people }) => [contactId, people]))
  return rows.map((row) => ({ ...row, shared: shared.get(row.contact.id) ?? 1 }))
}
