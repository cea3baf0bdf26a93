import { ageOn, birthSaysMore } from '../ages.ts'
import type { PersonInput, PreparedContact, PreparedPerson, StatedMembership } from '../person-input.ts'
import type { memberships, personContacts, persons } from '../schema.ts'
import type { Particulars } from '../sealed.ts'
import type { ContactKind } from '../words.ts'

export type PersonRow = typeof persons.$inferSelect

/** A person's row with the encrypted particulars decrypted. */
export type KnownPerson = PersonRow & Particulars

/** A link from a person to a contact, with the owner's name decrypted. */
export type KnownLink = Omit<typeof personContacts.$inferSelect, 'ownerName'> & { ownerName: string | null }

export interface KnownContact {
  link: KnownLink
  kind: ContactKind
  valueIndex: string
}

export interface KnownMembership {
  row: typeof memberships.$inferSelect
  unitId: string | null
}

/** What is known about one person, in the form lists are compared with. */
export interface PersonFacts {
  person: KnownPerson
  contacts: KnownContact[]
  memberships: KnownMembership[]
  /** The units of which they are liaison or leader, and those of the teams they lead. */
  officeUnits: Set<string>
  skills: Set<string>
}

/** Whether somebody belongs to a unit: by an open membership, as its liaison or leader, or as leader of one of its teams. */
export function belongsTo({ memberships: joined, officeUnits }: PersonFacts, unitId: string): boolean {
  return officeUnits.has(unitId) || joined.some((each) => !each.row.leftAt && each.unitId === unitId)
}

/** Columns of a person that a list can state, besides the name. */
export const statedColumns = ['sex', 'birthDate', 'residence', 'serviceCategory'] as const
export type PersonField =
  | 'name'
  | (typeof statedColumns)[number]
  | 'identityNumber'
  | 'skills'
  | 'contacts'
  | 'memberships'

/** Fields that say who a person is. The other fields say what they are like and where they serve. */
export const identifyingFields: ReadonlySet<string> = new Set<PersonField>([
  'name',
  'birthDate',
  'identityNumber',
  'contacts',
])

/** The fields in which a list says something new. Empty: nothing new. */
export function differencesOf(facts: PersonFacts, stated: PreparedPerson): PersonField[] {
  const { searchName, identity, contacts } = stated
  const input = withoutUnprovenBirthDate(facts, stated)
  const fields: PersonField[] = statedColumns.filter(
    (column) => input[column] !== undefined && input[column] !== facts.person[column],
  )
  // Lists pad short names with spaces (王 伟); that is the same name.
  if (searchName !== facts.person.searchName) fields.push('name')
  if (identity && !identity.indexes.includes(facts.person.identityIndex ?? '')) fields.push('identityNumber')
  if (input.skills?.some((skill) => !facts.skills.has(skill))) fields.push('skills')
  if (contacts.some((contact) => contactDiffers(knownContact(facts, contact), contact)))
    fields.push('contacts')
  if (input.memberships?.some((stated) => membershipDiffers(facts, stated))) fields.push('memberships')
  return fields
}

/**
 * The part of an input that is used for a known person. For a current or former pupil, an adult birth date from a list
 * is ignored unless an identity number proves it; a district or city office enters it by hand.
 */
export function withoutUnprovenBirthDate(
  { person }: PersonFacts,
  { input, identity }: PreparedPerson,
): PersonInput {
  const { birthDate } = input
  if (birthDate === undefined) return input
  // A list with less of the date than is known, such as the month alone, says nothing new.
  if (!birthSaysMore(birthDate, person.birthDate)) return { ...input, birthDate: undefined }
  const then = person.pupilAt?.toISODate()
  if (!then || identity !== undefined) return input
  return ageOn(birthDate, then) >= 18 ? { ...input, birthDate: undefined } : input
}

/** Whether a list states a new contact, or another relation or owner of a known one. */
export function contactDiffers(known: KnownContact | undefined, stated: PreparedContact): boolean {
  if (!known) return true
  const { relation, ownerName } = known.link
  return relation !== stated.relation || (stated.ownerName !== null && ownerName !== stated.ownerName)
}

/** Whether a list states a new membership, one that had ended, or another role in a known one. */
export function membershipDiffers(facts: PersonFacts, stated: StatedMembership): boolean {
  const known = facts.memberships.find(({ row }) => row.teamId === stated.teamId)
  if (!known || known.row.leftAt) return true
  return stated.role !== undefined && stated.role !== known.row.role
}

/** The known contact equal to a stated one, whichever key its blind index was made with. */
export function knownContact(facts: PersonFacts, contact: PreparedContact): KnownContact | undefined {
  return facts.contacts.find(
    (known) => known.kind === contact.kind && contact.indexes.includes(known.valueIndex),
  )
}
