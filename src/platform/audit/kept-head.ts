import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { replacePrivateFile } from '#platform/crypto/key-file.ts'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import { sameText } from '#platform/crypto/random.ts'

/** The last sealed entry of the chain, as stored outside the database. */
export interface KeptHead {
  number: number
  seal: string
}

/** Stored beside the keys, because an attacker who can change the database must not be able to change it. */
export function keptHeadFile(keys: Pick<KeyRing, 'path'>): string {
  return join(dirname(keys.path), 'audit-head.json')
}

const macText = ({ number, seal }: KeptHead) => JSON.stringify(['kept', number, seal])

/** @throws Error when the MAC of the file is wrong: it was not written with the key */
function readKept(keys: KeyRing, file: string): KeptHead | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const { number, seal, keyId, mac } = JSON.parse(text) as KeptHead & { keyId: string; mac: string }
  if (!sameText(keys.auditMac(keyId, macText({ number, seal })), mac)) {
    throw new Error(`${file} is not genuine`)
  }
  return { number, seal }
}

/**
 * The latest head stored outside the database, or undefined when there is none.
 * @param copy the path of a second copy
 * @throws Error when the MAC of a file is wrong: it was not written with the key
 */
export function readKeptHead(keys: KeyRing, copy?: string): KeptHead | undefined {
  const files = [keptHeadFile(keys), ...(copy ? [copy] : [])]
  const kept = files.flatMap((file) => readKept(keys, file) ?? [])
  return kept.sort((a, b) => b.number - a.number)[0]
}

/** Stores the head outside the database. Never replaces it by an earlier one. */
export function keepHead(keys: KeyRing, { number, seal }: KeptHead, copy?: string): void {
  const known = readKeptHead(keys, copy)
  if (known && known.number >= number) return
  const keyId = keys.auditKeyId()
  const kept = { number, seal, keyId, mac: keys.auditMac(keyId, macText({ number, seal })) }
  for (const file of [keptHeadFile(keys), ...(copy ? [copy] : [])])
    replacePrivateFile(file, `${JSON.stringify(kept)}\n`)
}
