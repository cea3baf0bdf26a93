import type { KeyRing, SealedColumn } from '#platform/crypto/index.ts'
import { officerConfirmations, phoneChanges, users } from './schema.ts'

/** The blind indexes of an account's number; made like those of contacts, so that one look-up finds both. */
function phoneIndexes(keys: KeyRing, phone: string) {
  return { phoneIndex: keys.blindIndex('phone', phone) }
}

/** The columns of an account's number; null removes it. */
export function sealPhone(keys: KeyRing, userId: string, phone: string | null) {
  if (phone === null) return { phone: null, phoneIndex: null }
  return { phone: keys.encrypt(phone, `users/phone/${userId}`), ...phoneIndexes(keys, phone) }
}

/** The number of an account, or null. */
export function openPhone(keys: KeyRing, user: { id: string; phone: string | null }): string | null {
  return user.phone === null ? null : keys.decrypt(user.phone, `users/phone/${user.id}`)
}

/** Encrypts the new number of a phone change. `phoneChangeId` is the id of its row. */
export function sealNewPhone(keys: KeyRing, phoneChangeId: string, phone: string): string {
  return keys.encrypt(phone, `phone_changes/phone/${phoneChangeId}`)
}

/** The decrypted new number of a phone change. */
export function openNewPhone(keys: KeyRing, change: { id: string; phone: string }): string {
  return keys.decrypt(change.phone, `phone_changes/phone/${change.id}`)
}

/** Encrypts the number that a confirmation asks for; null stays null. */
export function sealAskedPhone(keys: KeyRing, confirmationId: string, phone: string | null): string | null {
  return phone === null ? null : keys.encrypt(phone, `officer_confirmations/phone/${confirmationId}`)
}

/** The decrypted number that a confirmation asks for; null when it asks for none. */
export function openAskedPhone(keys: KeyRing, row: { id: string; phone: string | null }): string | null {
  return row.phone === null ? null : keys.decrypt(row.phone, `officer_confirmations/phone/${row.id}`)
}

/** The encrypted columns of this slice, for key rotation. */
export const accountsSealed: SealedColumn[] = [
  { table: users, column: 'phone', place: 'users/phone', indexes: phoneIndexes },
  { table: phoneChanges, column: 'phone', place: 'phone_changes/phone' },
  { table: officerConfirmations, column: 'phone', place: 'officer_confirmations/phone' },
]
