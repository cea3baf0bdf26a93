import { randomBytes } from 'node:crypto'
import type { KeyRing, SealedColumn } from '#platform/crypto/index.ts'
import { Envelope } from './envelope.ts'
import { imports } from './schema.ts'

const place = (importId: string) => `imports/dataKey/${importId}` as const

/** A new key, and what of it is stored with the import. */
export function newDataKey(keys: KeyRing, importId: string): { key: Buffer; sealed: string } {
  const key = randomBytes(32)
  return { key, sealed: keys.encrypt(key.toString('base64'), place(importId)) }
}

export function openDataKey(keys: KeyRing, { id, dataKey }: { id: string; dataKey: string }): Buffer {
  return Buffer.from(keys.decrypt(dataKey, place(id)), 'base64')
}

export function envelopeOf(keys: KeyRing, row: { id: string; dataKey: string }): Envelope {
  return new Envelope(openDataKey(keys, row))
}

/** What a rotation of keys rewrites here: the keys of imports, and nothing of what they seal. */
export const importSealed: SealedColumn[] = [{ table: imports, column: 'dataKey', place: 'imports/dataKey' }]
