import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { replacePrivateFile } from '#platform/crypto/key-file.ts'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import { sameText } from '#platform/crypto/random.ts'

/** How far the chain had come, as it is known outside the database. */
export interface KeptHead {
  number: number
  seal: string
}

/** Beside the keys, because whoever can change the database must not be able to change it. */
export function keptHeadFile(keys: Pick<KeyRing, 'path'>): string {
  return join(dirname(keys.path), 'audit-head.json')
}

const macText = ({ number, seal }: KeptHead) => JSON.stringify(['kept', number, seal])

/**
 * The head kept outside the database, or undefined when there is none.
 * @throws Error when the file was written by somebody without the key
 */
export function readKeptHead(keys: KeyRing): KeptHead | undefined {
  let text: string
  try {
    text = readFileSync(keptHeadFile(keys), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const { number, seal, keyId, mac } = JSON.parse(text) as KeptHead & { keyId: string; mac: string }
  if (!sameText(keys.auditMac(keyId, macText({ number, seal })), mac)) {
    throw new Error(`${keptHeadFile(keys)} is not genuine`)
  }
  return { number, seal }
}

/** Keeps the head outside the database; never goes back to an earlier one. */
export function keepHead(keys: KeyRing, { number, seal }: KeptHead): void {
  const known = readKeptHead(keys)
  if (known && known.number >= number) return
  const keyId = keys.auditKeyId()
  const kept = { number, seal, keyId, mac: keys.auditMac(keyId, macText({ number, seal })) }
  replacePrivateFile(keptHeadFile(keys), `${JSON.stringify(kept)}\n`)
}
