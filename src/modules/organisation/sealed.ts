import type { KeyRing, SealedColumn } from '#platform/crypto/index.ts'
import { contacts, persons } from './schema.ts'
import type { ContactKind } from './words.ts'

/** The blind indexes beside a contact's value. Only phones can be found by their last four digits. */
export function contactIndexes(keys: KeyRing, kind: ContactKind, value: string) {
  return {
    valueIndex: keys.blindIndex(kind, value),
    last4Index: kind === 'phone' ? keys.blindIndex('phone-last4', value.slice(-4)) : null,
  }
}

export function sealContact(keys: KeyRing, id: string, kind: ContactKind, value: string) {
  return { value: keys.encrypt(value, `contacts/value/${id}`), ...contactIndexes(keys, kind, value) }
}

export function openContact(keys: KeyRing, contact: { id: string; value: string }): string {
  return keys.decrypt(contact.value, `contacts/value/${contact.id}`)
}

export function identityIndexes(keys: KeyRing, number: string) {
  return { identityIndex: keys.blindIndex('identity', number) }
}

export function sealIdentity(keys: KeyRing, personId: string, number: string) {
  return {
    identityNumber: keys.encrypt(number, `persons/identityNumber/${personId}`),
    ...identityIndexes(keys, number),
  }
}

export function openIdentity(keys: KeyRing, person: { id: string; identityNumber: string }): string {
  return keys.decrypt(person.identityNumber, `persons/identityNumber/${person.id}`)
}

/** What a rotation of keys rewrites in this slice. */
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
]
