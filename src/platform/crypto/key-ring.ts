import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { statSync } from 'node:fs'
import { encodeCrockford, readCrockford } from './crockford.ts'
import { type KeyFile, type KeySection, openKeyFile, readKeyFile } from './key-file.ts'
import { sameText } from './random.ts'
import { type Place, seal, sealedWith, unseal } from './sealed-text.ts'

/** Characters of a personal link's token: 12 × 5 = 60 bits. */
export const linkCharacters = 12

interface LoadedKey {
  id: string
  live: boolean
  root: KeyObject
  /** Keys derived for one purpose each, so that no two uses share a key. */
  derived: Map<string, KeyObject>
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
      byId.set(id, { id, live: !retiredAt, root, derived: new Map() })
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

/** The id of the key that made a tag. */
function keyIdIn(text: string): string {
  return text.slice(0, text.indexOf('.'))
}

/** HMAC-SHA-256, cut to 128 bits: enough to be unique and unforgeable, half the index. */
function tag(key: LoadedKey, purpose: string, text: string): string {
  const mac = createHmac('sha256', derive(key, purpose)).update(text).digest()
  return `${key.id}.${mac.subarray(0, 16).toString('base64url')}`
}

/**
 * The keys of the service, read from a file outside the database. Follows the file: a running service takes
 * up keys that a rotation adds within `followMs`, and at once when it meets a key id it does not know.
 */
export class KeyRing {
  /** How old the view of the key file may be when something is written or looked up. */
  static readonly followMs = 1000

  readonly path: string
  #keys: Loaded
  #stamp: string
  #checkedAtMs = performance.now()

  /** Opens the key file, creating it (mode 0600) on the first start. @throws Error when others can read it */
  constructor(path: string) {
    this.path = path
    this.#keys = load(openKeyFile(path))
    this.#stamp = this.#stampNow()
  }

  /** Reads the key file again now. On an error the keys stay as they were. */
  reload(): void {
    const stamp = this.#stampNow()
    this.#keys = load(readKeyFile(this.path))
    this.#stamp = stamp
  }

  #stampNow(): string {
    const { mtimeMs, ino, size } = statSync(this.path)
    return `${mtimeMs}/${ino}/${size}`
  }

  /** The keys as they stand, not older than `followMs`. */
  #current(section: KeySection): LoadedSection {
    const now = performance.now()
    if (now - this.#checkedAtMs > KeyRing.followMs) {
      this.#checkedAtMs = now
      try {
        if (this.#stampNow() !== this.#stamp) this.reload()
      } catch {
        // A file that is briefly away does not stop a running service; a missing key id below still does.
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

  /** Ids of the keys of a section: the primary first, then the other live ones. */
  liveIds(section: KeySection): string[] {
    return this.#current(section).live.map((key) => key.id)
  }

  /** Encrypts for one place (`contacts/value/ID`). The result carries the key's id. */
  encrypt(plain: string, place: Place): string {
    const { primary } = this.#current('data')
    return seal(derive(primary, 'encrypt'), primary.id, plain, place)
  }

  /** @throws SealBroken when the value was changed or belongs elsewhere; Error when its key is not in the file */
  decrypt(sealed: string, place: Place): string {
    return unseal(derive(this.#byId('data', sealedWith(sealed, place)), 'encrypt'), sealed, place)
  }

  /** The index to store beside an encrypted value. `purpose` keeps kinds apart: `phone`, `phone-last4`, `identity`. */
  blindIndex(purpose: string, value: string): string {
    return tag(this.#current('data').primary, `index/${purpose}`, value)
  }

  /** All indexes the value may be stored under, one for each live key: look up with `inArray`. */
  blindIndexes(purpose: string, value: string): string[] {
    return this.#current('data').live.map((key) => tag(key, `index/${purpose}`, value))
  }

  /** A keyed hash of something with little entropy (a typed code), to be stored and compared. */
  keyedHash(purpose: string, text: string): string {
    return tag(this.#current('sessions').primary, `hash/${purpose}`, text)
  }

  /** Whether `text` is what `stored` was made from; takes the same time either way. */
  matchesHash(purpose: string, text: string, stored: string): boolean {
    const key = this.#current('sessions').byId.get(keyIdIn(stored))
    return key !== undefined && sameText(tag(key, `hash/${purpose}`, text), stored)
  }

  /**
   * Digits that can be made again from what is stored, but only with the key file; short, so they must be
   * short-lived. The hash is what the database keeps.
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
   * A token that can be made again from what is stored, but only with the key file:
   * HMAC over (purpose, subject, generation). The hash is what the database keeps; it carries the key's id,
   * so giving a stored hash back makes its token again.
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

  /** The hashes a typed token may be stored under, one for each live key; none when it cannot be a token. */
  tokenHashes(purpose: string, typed: string, characters: number): string[] {
    const token = readCrockford(typed, characters)
    if (!token) return []
    return this.#current('links').live.map((key) => tag(key, `token-hash/${purpose}`, token))
  }

  /** The personal link of a participation: 60 bits. Store `hash`; a new generation revokes the old link. */
  personalLink(participationId: string, generation: number): DerivedToken {
    return this.deriveToken('participation', participationId, generation, linkCharacters)
  }

  /** The token behind a stored link hash, to be written into a message at the moment it is sent. */
  personalLinkToken(hash: string, participationId: string, generation: number): string {
    return this.deriveToken('participation', participationId, generation, linkCharacters, hash).token
  }

  /** What to look for in `link_hash` when somebody opens or types a link. */
  personalLinkHashes(typed: string): string[] {
    return this.tokenHashes('participation', typed, linkCharacters)
  }

  /** The key the audit trail is sealed with now. */
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
  /** What the person gets. Never stored, never logged. */
  token: string
  /** What is stored. */
  hash: string
}
