import type { KeyRing } from '#platform/crypto/index.ts'

const purpose = 'unsubscribe'

/** One-click unsubscribe URL of a contact (RFC 8058). The URL contains a keyed proof, so no sign-in is needed. */
export function unsubscribeUrlOf(keys: KeyRing, publicUrl: URL, contactId: string): string {
  const proof = encodeURIComponent(keys.keyedHash(purpose, contactId))
  return new URL(`/unsubscribe/${contactId}/${proof}`, publicUrl).href
}

/** Whether the proof in an unsubscribe URL belongs to the contact. */
export function provesUnsubscribe(keys: KeyRing, contactId: string, proof: string): boolean {
  try {
    return keys.matchesHash(purpose, contactId, proof)
  } catch {
    return false
  }
}
