/**
 * Envelope encryption: staged data is encrypted with a key of its import, and that key is encrypted by the key ring. So the
 * thread that reads rows can encrypt them without the key ring, and key rotation rewrites one value per import.
 */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { fewRandomBytes } from '#platform/crypto/random.ts'

/** The place of a ciphertext: one column of one row. Copied to another place, it cannot be decrypted. */
export type Place = `${'file' | 'content' | 'sheet' | 'cells' | 'verdict' | 'question' | 'changes'}/${string}`

const ivBytes = 12
const tagBytes = 16

/** The key of one import. */
export class Envelope {
  readonly #key: KeyObject
  readonly #topics: KeyObject

  constructor(key: Uint8Array) {
    this.#key = createSecretKey(Buffer.from(key))
    this.#topics = createSecretKey(createHmac('sha256', this.#key).update('topics').digest())
  }

  /** AES-256-GCM: nonce, ciphertext, tag. */
  sealBytes(plain: Uint8Array | string, place: Place): Buffer {
    const iv = fewRandomBytes(ivBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv)
    cipher.setAAD(Buffer.from(place))
    const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
    return Buffer.concat([iv, body, cipher.final(), cipher.getAuthTag()])
  }

  /** Decrypts. @throws Error when the ciphertext was changed or moved */
  openBytes(sealed: Uint8Array, place: Place): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(Buffer.from(place))
    decipher.setAuthTag(sealed.subarray(-tagBytes))
    const plain = decipher.update(sealed.subarray(ivBytes, -tagBytes))
    // Checks the tag. In this mode nothing is left to come, so that a large file need not be copied.
    decipher.final()
    return plain
  }

  seal(value: unknown, place: Place): Buffer {
    return this.sealBytes(JSON.stringify(value), place)
  }

  openText(sealed: Uint8Array, place: Place): string {
    return this.openBytes(sealed, place).toString()
  }

  open<T>(sealed: Uint8Array, place: Place): T {
    return JSON.parse(this.openText(sealed, place)) as T
  }

  /** A keyed hash: the same text gives the same topic within one import only. */
  topic(text: string): string {
    return createHmac('sha256', this.#topics).update(text).digest().subarray(0, 16).toString('base64url')
  }
}
