import type { DateTime } from 'luxon'
import type { KeyRing, SealedColumn, SealedText } from '#platform/crypto/index.ts'
import { type Birth, bornOn, hasTurned } from './ages.ts'
import { contacts, guardianConsents, personContacts, personRequests, persons } from './schema.ts'
import type { ContactKind } from './words.ts'

/** The blind indexes of a contact's value. Only phones have an index of the last four digits. */
export function contactIndexes(keys: KeyRing, kind: ContactKind, value: string, valueIndex?: string) {
  return {
    valueIndex: valueIndex ?? keys.blindIndex(kind, value),
    last4Index: kind === 'phone' ? keys.blindIndex('phone-last4', value.slice(-4)) : null,
  }
}

/**
 * The columns of a contact: the encrypted value, and blind indexes to find it by. `id` is the id of the contact.
 * @param valueIndex its blind index, where it is computed already
 */
export function sealContact(
  keys: KeyRing,
  id: string,
  { kind, value, valueIndex }: { kind: ContactKind; value: string; valueIndex?: string },
) {
  return {
    value: keys.encrypt(value, `contacts/value/${id}`),
    ...contactIndexes(keys, kind, value, valueIndex),
  }
}

/** The decrypted value of a contact. @throws Error when it was encrypted for another row or with an unknown key */
export function openContact(keys: KeyRing, contact: { id: string; value: string }): string {
  return keys.decrypt(contact.value, `contacts/value/${contact.id}`)
}

/** The blind index by which an identity number is found. */
export function identityIndexes(keys: KeyRing, number: string) {
  return { identityIndex: keys.blindIndex('identity', number) }
}

/**
 * The columns of an identity number: the encrypted number and its blind index.
 * @param identityIndex the blind index, where it is computed already
 */
export function sealIdentity(keys: KeyRing, personId: string, number: string, identityIndex?: string) {
  return {
    identityNumber: keys.encrypt(number, `persons/identityNumber/${personId}`),
    ...(identityIndex === undefined ? identityIndexes(keys, number) : { identityIndex }),
  }
}

/** The decrypted identity number. @throws Error when it was encrypted for another person or with an unknown key */
export function openIdentity(keys: KeyRing, person: { id: string; identityNumber: string }): string {
  return keys.decrypt(person.identityNumber, `persons/identityNumber/${person.id}`)
}

/** The values that are encrypted together in a person's row. */
export interface Particulars {
  /** As far as it is known: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  birthDate: string | null
  residence: string | null
}

/**
 * The columns of a person's particulars: the encrypted text, and the derived clear columns `birthYear` and `adult`.
 * @param at the time of writing. `adult` is decided in the time zone where the day begins last; the daily job
 *   corrects it
 */
export function sealParticulars(keys: KeyRing, personId: string, stated: Particulars, at: DateTime) {
  const { birthDate, residence } = stated
  const birth = bornOn(birthDate)
  const known = { ...(birthDate === null ? {} : { birthDate }), ...(residence === null ? {} : { residence }) }
  const nothing = birthDate === null && residence === null
  return {
    particulars: nothing ? null : keys.encrypt(JSON.stringify(known), `persons/particulars/${personId}`),
    birthYear: birth === null ? null : birth.year,
    adult: birth === null ? null : hasTurned(birth, 18, dayThatEndsLast(at)),
  }
}

const lastDay: { at?: DateTime; day: string } = { day: '' }

/** The calendar day of a moment where the day begins last. Kept: thousands of people are written at one moment. */
function dayThatEndsLast(at: DateTime): string {
  if (lastDay.at !== at) Object.assign(lastDay, { at, day: at.minus({ hours: 12 }).toUTC().toISODate() })
  return lastDay.day
}

/** The decrypted particulars of a person; null for each one that is not known. */
export function openParticulars(
  keys: KeyRing,
  { id, particulars }: { id: string; particulars: SealedText | null },
): Particulars {
  const known = particulars === null ? {} : JSON.parse(keys.decrypt(particulars, `persons/particulars/${id}`))
  return { birthDate: null, residence: null, ...known }
}

/** What ages are computed from. The date is decrypted only when `date()` is called. */
export function birthOf(
  keys: KeyRing,
  person: { id: string; birthYear: number | null; particulars: SealedText | null },
): Birth | null {
  const { birthYear } = person
  if (birthYear === null) return null
  return { year: birthYear, date: () => openParticulars(keys, person).birthDate as string }
}

/** Encrypts the name of the owner of a contact, such as a guardian; null stays null. */
export function sealOwner(keys: KeyRing, linkId: string, name: string | null): SealedText | null {
  return name === null ? null : keys.encrypt(name, `person_contacts/owner_name/${linkId}`)
}

/** The decrypted name of the owner of a contact; null when none is stored. */
export function openOwner(keys: KeyRing, link: { id: string; ownerName: SealedText | null }): string | null {
  return link.ownerName === null
    ? null
    : keys.decrypt(link.ownerName, `person_contacts/owner_name/${link.id}`)
}

/** Encrypts the name of the guardian in a consent. */
export function sealGuardian(keys: KeyRing, consentId: string, name: string): SealedText {
  return keys.encrypt(name, `guardian_consents/guardian_name/${consentId}`)
}

/** The decrypted name of the guardian in a consent. */
export function openGuardian(keys: KeyRing, consent: { id: string; guardianName: SealedText }): string {
  return keys.decrypt(consent.guardianName, `guardian_consents/guardian_name/${consent.id}`)
}

/** The encrypted columns of this slice, for key rotation. */
export const organisationSealed: SealedColumn[] = [
  {
    table: contacts,
    column: 'value',
    place: 'contacts/value',
    indexes: (keys, plain, row) => contactIndexes(keys, row.kind as ContactKind, plain),
  },
  {
    table: persons,
    column: 'identityNumber',
    place: 'persons/identityNumber',
    indexes: identityIndexes,
  },
  { table: persons, column: 'particulars', place: 'persons/particulars' },
  { table: personContacts, column: 'ownerName', place: 'person_contacts/owner_name' },
  { table: guardianConsents, column: 'guardianName', place: 'guardian_consents/guardian_name' },
  { table: personRequests, column: 'wanted', place: 'person_requests/wanted' },
]
