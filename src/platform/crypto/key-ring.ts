import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { statSync } from 'node:fs'
import { encodeCrockford, readCrockford } from './crockford.ts'
import { type KeyFile, type KeySection, readKeyFile } from './key-file.ts'
import { sameText } from './random.ts'
import { type Place, type SealedText, seal, sealedWith, unseal } from './sealed-text.ts'
import { ShortMac } from './short-mac.ts'

interface LoadedKey {
  id: string
  live: boolean
  root: KeyObject
  /** Keys derived by purpose (HKDF), so that no two uses share a key. */
  derived: Map<string, KeyObject>
  /** What makes tags under the derived keys, by purpose. */
  macs: Map<string, ShortMac>
}

interface LoadedSection {
  primary: LoadedKey
  byId: Map<string, LoadedKey>
  /** The primary first. */
  live: LoadedKey[]
}

type Loaded = Record<KeySection, LoadedSection>

function load(file: KeyFile): Loaded {
  const section = (name: KeySection): LoadedSection => {
    const byId = new Map<string, LoadedKey>()
    for (const { id, secret, retiredAt } of file[name].keys) {
      const root = createSecretKey(Buffer.from(secret, 'base64url'))
      byId.set(id, { id, live: !retiredAt, root, derived: new Map(), macs: new Map() })
    }
    const primary = byId.get(file[name].primary) as LoadedKey
    const others = [...byId.values()].filter((key) => key.live && key !== primary)
    return { primary, byId, live: [primary, ...others] }
  }
  return {
    data: section('data'),
    links: section('links'),
    audit: section('audit'),
    sessions: section('sessions'),
  }
}

function derive(key: LoadedKey, purpose: string): KeyObject {
  let derived = key.derived.get(purpose)
  if (!derived) {
    derived = createSecretKey(Buffer.from(hkdfSync('sha256', key.root.export(), '', `muster/${purpose}`, 32)))
    key.derived.set(purpose, derived)
  }
  return derived
}

/** The id of the key that a token or hash was made with. */
function keyIdIn(text: string): string {
  return text.slice(0, text.indexOf('.'))
}

/** HMAC-SHA-256, truncated to 128 bits: still unique and unforgeable, and halves the size of the index. */
function tag(key: LoadedKey, purpose: string, text: string): string {
  let mac = key.macs.get(purpose)
  if (!mac) {
    mac = new ShortMac(derive(key, purpose))
    key.macs.set(purpose, mac)
  }
  return `${key.id}.${Buffer.from(mac.of(text).slice(0, 32), 'hex').toString('base64url')}`
}

/**
 * The keys of the service, read from a file outside the database. A running service reads the file again: it sees keys
 * added by a rotation within `followMs`, and at once when it meets an unknown key id.
 */
export class KeyRing {
  /** Maximum age, in ms, of the loaded key file when something is written or looked up. */
  static readonly followMs = 1000

  readonly path: string
  #keys: Loaded
  #stamp: string
  #checkedAtMs = performance.now()

  /** @throws Error when the key file is missing, or readable by others */
  constructor(path: string) {
    this.path = path
    this.#keys = load(readKeyFile(path))
    this.#stamp = this.#stampNow()
  }

  /** Reads the key file again now. On an error the loaded keys are kept. */
  reload(): void {
    const stamp = this.#stampNow()
    this.#keys = load(readKeyFile(this.path))
    this.#stamp = stamp
  }

  #stampNow(): string {
    const { mtimeMs, ino, size } = statSync(this.path)
    return `${mtimeMs}/${ino}/${size}`
  }

  /** The loaded keys, not older than `followMs`. */
  #current(section: KeySection): LoadedSection {
    const now = performance.now()
    if (now - this.#checkedAtMs > KeyRing.followMs) {
      this.#checkedAtMs = now
      try {
        if (this.#stampNow() !== this.#stamp) this.reload()
      } catch {
        // A running service continues while the file is briefly missing; an unknown key id is still an error.
      }
    }
    return this.#keys[section]
  }

  #byId(section: KeySection, id: string): LoadedKey {
    let key = this.#keys[section].byId.get(id)
    if (!key) {
      this.reload()
      key = this.#keys[section].byId.get(id)
    }
    if (!key) throw new Error(`the key file ${this.path} has no key ${id} in "${section}"`)
    return key
  }

  /** Whether a key with this id exists, live or retired. */
  has(section: KeySection, id: string): boolean {
    return this.#current(section).byId.has(id)
  }

  /** The ids of the live keys of a section, the primary first. */
  liveIds(section: KeySection): string[] {
    return this.#current(section).live.map((key) => key.id)
  }

  /** Encrypts a value for one place (`contacts/value/ID`). The result contains the id of the key. */
  encrypt(plain: string, place: Place): SealedText {
    const { primary } = this.#current('data')
    return seal(derive(primary, 'encrypt'), primary.id, plain, place)
  }

  /** Decrypts. @throws SealBroken when the value was changed or moved; Error when its key is not in the file */
  decrypt(sealed: string, place: Place): string {
    return unseal(derive(this.#byId('data', sealedWith(sealed, place)), 'encrypt'), sealed, place)
  }

  /** The blind index to store beside an encrypted value. `purpose` separates kinds: `phone`, `phone-last4`, `identity`. */
  blindIndex(purpose: string, value: string): string {
    return tag(this.#current('data').primary, `index/${purpose}`, value)
  }

  /** All blind indexes the value may be stored under, one per live key: look up with `inArray`. */
  blindIndexes(purpose: string, value: string): string[] {
    return this.#current('data').live.map((key) => tag(key, `index/${purpose}`, value))
  }

  /** A keyed hash of a value with little entropy (a typed code), for storage. */
  keyedHash(purpose: string, text: string): string {
    return tag(this.#current('sessions').primary, `hash/${purpose}`, text)
  }

  /** Whether `stored` is the hash of `text`; constant time. */
  matchesHash(purpose: string, text: string, stored: string): boolean {
    const key = this.#current('sessions').byId.get(keyIdIn(stored))
    return key !== undefined && sameText(tag(key, `hash/${purpose}`, text), stored)
  }

  /**
   * A numeric code that can be derived again from the stored values with the key file only. It is short, so it must expire
   * soon. Store only the hash.
   */
  deriveDigits(
    purpose: string,
    subject: string,
    length: number,
    hash?: string,
  ): { digits: string; hash: string } {
    const key = hash ? this.#byId('sessions', keyIdIn(hash)) : this.#current('sessions').primary
    const mac = createHmac('sha256', derive(key, `digits/${purpose}`))
      .update(subject)
      .digest()
    const digits = String(mac.readUIntBE(0, 6) % 10 ** length).padStart(length, '0')
    return { digits, hash: tag(key, `hash/${purpose}`, `${subject}/${digits}`) }
  }

  /**
   * A token that can be derived again from the stored values with the key file only: HMAC over (purpose, subject,
   * generation). Store only the hash. It contains the id of the key, so passing a stored hash gives the same token again.
   */
  deriveToken(
    purpose: string,
    subject: string,
    generation: number,
    characters: number,
    hash?: string,
  ): DerivedToken {
    const key = hash ? this.#byId('links', keyIdIn(hash)) : this.#current('links').primary
    const mac = createHmac('sha256', derive(key, `token/${purpose}`))
      .update(`${subject}/${generation}`)
      .digest()
    const token = encodeCrockford(mac, characters)
    return { token, hash: tag(key, `token-hash/${purpose}`, token) }
  }

  /** The hashes a typed token may be stored under, one per live key; empty when it cannot be a token. */
  tokenHashes(purpose: string, typed: string, characters: number): string[] {
    const token = readCrockford(typed, characters)
    if (!token) return []
    return this.#current('links').live.map((key) => tag(key, `token-hash/${purpose}`, token))
  }

  /** The id of the current audit key. */
  auditKeyId(): string {
    return this.#current('audit').primary.id
  }

  /** A full HMAC-SHA-256 under a named audit key, base64url. */
  auditMac(keyId: string, text: string): string {
    return createHmac('sha256', derive(this.#byId('audit', keyId), 'chain'))
      .update(text)
      .digest('base64url')
  }

  /** The secret that signs bearer tokens. */
  signingKey(): Buffer {
    return derive(this.#current('sessions').primary, 'jwt').export()
  }
}

export interface DerivedToken {
  /** Sent to the person. Never stored, never logged. */
  token: string
  /** Stored. */
  hash: string
}
