import type { KeyRing } from '#platform/crypto/index.ts'
import type { ContactInput } from '../person-input.ts'

/** The requested identifying values; stored encrypted. */
export interface Wanted {
  name?: string
  birthDate?: string | null
  identityNumber?: string | null
  contact?: ContactInput
}

const place = (id: string) => `person_requests/wanted/${id}` as const

/** Encrypts the values a request asks for. `id` is the id of the request. */
export function sealWanted(keys: KeyRing, id: string, wanted: Wanted): string {
  return keys.encrypt(JSON.stringify(wanted), place(id))
}

/** The decrypted values a request asks for; empty once it is decided, because they are deleted then. */
export function openWanted(keys: KeyRing, { id, wanted }: { id: string; wanted: string | null }): Wanted {
  return wanted === null ? {} : (JSON.parse(keys.decrypt(wanted, place(id))) as Wanted)
}
