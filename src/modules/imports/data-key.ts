import { randomBytes } from 'node:crypto'
import type { KeyRing, SealedColumn } from '#platform/crypto/index.ts'
import { Envelope } from './envelope.ts'
import { imports } from './schema.ts'

const place = (importId: string) => `imports/dataKey/${importId}` as const

/** A new data key, and its encrypted form, which is stored with the import. */
export function newDataKey(keys: KeyRing, importId: string): { key: Buffer; sealed: string } {
  const key = randomBytes(32)
  return { key, sealed: keys.encrypt(key.toString('base64'), place(importId)) }
}

/** The decrypted key of an import. @throws Error when the key ring cannot decrypt it */
export function openDataKey(keys: KeyRing, { id, dataKey }: { id: string; dataKey: string }): Buffer {
  return Buffer.from(keys.decrypt(dataKey, place(id)), 'base64')
}

/** The envelope with which the data of an import is encrypted and decrypted. */
export function envelopeOf(keys: KeyRing, row: { id: string; dataKey: string }): Envelope {
  return new Envelope(openDataKey(keys, row))
}

/** For key rotation: only the keys of imports are re-encrypted, not the data encrypted with them. */
export const importSealed: SealedColumn[] = [{ table: imports, column: 'dataKey', place: 'imports/dataKey' }]
