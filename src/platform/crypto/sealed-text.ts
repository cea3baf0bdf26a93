import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { fewRandomBytes } from './random.ts'

/** The place of a ciphertext: `table/column/row id`. Copied to another place, it cannot be decrypted. */
export type Place = `${string}/${string}/${string}`

/** A stored ciphertext. Plain text in a column of this type does not compile. */
export type SealedText = `v1.${string}`

const ivBytes = 12
const tagBytes = 16

/** The stored format: `v1.<key id>.<base64url of iv, ciphertext, tag>`. */
const form = /^v1\.([0-9a-z]{1,16})\.([A-Za-z0-9_-]+)$/

/** Decryption failed: the ciphertext was changed, moved, or is not from this service. Does not reveal its content. */
export class SealBroken extends Error {
  constructor(place: string, options?: ErrorOptions) {
    super(`the value at ${place} does not open`, options)
    this.name = 'SealBroken'
  }
}

/**
 * Encrypts with AES-256-GCM: a random 96-bit nonce, and `place` as associated data (NIST SP 800-38D; the limit is 2^32
 * values per key, and keys are rotated long before).
 */
export function seal(key: KeyObject, keyId: string, plain: string, place: Place): SealedText {
  const iv = fewRandomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(place))
  const body = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `v1.${keyId}.${body.toString('base64url')}`
}

/** The id of the key a ciphertext was encrypted with. @throws SealBroken when it is not a ciphertext */
export function sealedWith(sealed: string, place: string): string {
  const found = form.exec(sealed)
  if (!found) throw new SealBroken(place)
  return found[1] as string
}

/** Decrypts. @throws SealBroken when the ciphertext was changed, or encrypted for another place or with another key */
export function unseal(key: KeyObject, sealed: string, place: Place): string {
  const body = Buffer.from(form.exec(sealed)?.[2] ?? '', 'base64url')
  if (body.length < ivBytes + tagBytes) throw new SealBroken(place)
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(body.subarray(-tagBytes))
  try {
    const plain = decipher.update(body.subarray(ivBytes, -tagBytes))
    return Buffer.concat([plain, decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new SealBroken(place, { cause })
  }
}
