import { asc, eq, inArray } from 'drizzle-orm'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { PreparedContact, PreparedPerson, StatedMembership } from './person-input.ts'
import { contacts, memberships, personContacts, personSkills, persons, teams } from './schema.ts'
import type { ContactKind } from './words.ts'

export type PersonRow = typeof persons.$inferSelect

export interface KnownContact {
  link: typeof personContacts.$inferSelect
  kind: ContactKind
  valueIndex: string
}

export interface KnownMembership {
  row: typeof memberships.$inferSelect
  unitId: string | null
}

/** What is known of one person, in the form lists are compared with. */
export interface PersonFacts {
  person: PersonRow
  contacts: KnownContact[]
  memberships: KnownMembership[]
  skills: Set<string>
}

/** Facts of many people with four statements for every 500. */
export async function loadFacts(db: Reader, ids: Iterable<string>): Promise<Map<string, PersonFacts>> {
  const facts = new Map<string, PersonFacts>()
  await inChunks([...new Set(ids)], 500, async (some) => {
    for (const person of await db.select().from(persons).where(inArray(persons.id, some))) {
      facts.set(person.id, { person, contacts: [], memberships: [], skills: new Set() })
    }
    const known = await db
      .select({ link: personContacts, kind: contacts.kind, valueIndex: contacts.valueIndex })
      .from(personContacts)
      .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
      .where(inArray(personContacts.personId, some))
      .orderBy(asc(personContacts.rank), asc(personContacts.id))
    for (const contact of known) facts.get(contact.link.personId)?.contacts.push(contact)
    const joined = await db
      .select({ row: memberships, unitId: teams.unitId })
      .from(memberships)
      .innerJoin(teams, eq(teams.id, memberships.teamId))
      .where(inArray(memberships.personId, some))
    for (const membership of joined) facts.get(membership.row.personId)?.memberships.push(membership)
    const skills = await db.select().from(personSkills).where(inArray(personSkills.personId, some))
    for (const { personId, skill } of skills) facts.get(personId)?.skills.add(skill)
  })
  return facts
}

/** The columns of a person that a list can state, beside the name. */
export const statedColumns = ['sex', 'birthDate', 'residence', 'serviceCategory'] as const
export type PersonField =
  | 'name'
  | (typeof statedColumns)[number]
  | 'identityNumber'
  | 'skills'
  | 'contacts'
  | 'memberships'

export function knownContact(facts: PersonFacts, contact: PreparedContact): KnownContact | undefined {
  return facts.contacts.find(
    (known) => known.kind === contact.kind && contact.indexes.includes(known.valueIndex),
  )
}

/** What a list says that is not known yet, by field. Empty: the list says nothing new. */
export function differencesOf(
  facts: PersonFacts,
  { input, searchName, identity, contacts }: PreparedPerson,
): PersonField[] {
  const fields: PersonField[] = statedColumns.filter(
    (column) => input[column] !== undefined && input[column] !== facts.person[column],
  )
  // Lists pad short names with spaces (王　伟): written otherwise, it is the same name.
  if (searchName !== facts.person.searchName) fields.push('name')
  if (identity && !identity.indexes.includes(facts.person.identityIndex ?? '')) fields.push('identityNumber')
  if (input.skills?.some((skill) => !facts.skills.has(skill))) fields.push('skills')
  if (contacts.some((contact) => contactDiffers(knownContact(facts, contact), contact)))
    fields.push('contacts')
  if (input.memberships?.some((stated) => membershipDiffers(facts, stated))) fields.push('memberships')
  return fields
}

export function contactDiffers(known: KnownContact | undefined, stated: PreparedContact): boolean {
  if (!known) return true
  const { relation, ownerName } = known.link
  return relation !== stated.relation || (stated.ownerName !== null && ownerName !== stated.ownerName)
}

export function membershipDiffers(facts: PersonFacts, stated: StatedMembership): boolean {
  const known = facts.memberships.find(({ row }) => row.teamId === stated.teamId)
  if (!known || known.row.leftAt) return true
  return stated.role !== undefined && stated.role !== known.row.role
}
