import type { KeyRing } from '#platform/crypto/key-ring.ts'
import { sameText } from '#platform/crypto/random.ts'
import { type ChainedEntry, recordedText } from './chain.ts'

/** Whether the MAC of an entry is right: it was recorded by a holder of the key and not changed since. */
export function isRecorded(keys: KeyRing, entry: ChainedEntry & { macKeyId: string | null }): boolean {
  const { mac, macKeyId } = entry
  if (mac === null || macKeyId === null || !keys.has('audit', macKeyId)) return false
  return sameText(keys.auditMac(macKeyId, recordedText(entry)), mac)
}
