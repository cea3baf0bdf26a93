import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { encodeCrockford } from './crockford.ts'

/**
 * The purposes of keys. They are rotated independently: new `data` keys re-encrypt rows; changing `links` would
 * invalidate links already sent to people; old `audit` keys must stay, to verify entries sealed with them.
 */
export const keySections = ['data', 'links', 'audit', 'sessions'] as const
export type KeySection = (typeof keySections)[number]

export interface KeyEntry {
  id: string
  /** 32 bytes, base64url. */
  secret: string
  createdAt: string
  /** A retired key still decrypts old values (a restored backup), but is not used for writes or look-ups. */
  retiredAt?: string
}

export interface KeySet {
  primary: string
  keys: KeyEntry[]
}

export type KeyFile = { format: 'muster-keys-1' } & Record<KeySection, KeySet>

/** A key with a random id, so that keys of two files are never confused. */
export function newKeyEntry(at: Date): KeyEntry {
  return {
    id: encodeCrockford(randomBytes(5)).toLowerCase(),
    secret: randomBytes(32).toString('base64url'),
    createdAt: at.toISOString(),
  }
}

function newKeyFile(at: Date): KeyFile {
  const set = (): KeySet => {
    const key = newKeyEntry(at)
    return { primary: key.id, keys: [key] }
  }
  return { format: 'muster-keys-1', data: set(), links: set(), audit: set(), sessions: set() }
}

/** Parses a key file. @throws Error that says what is wrong with `text`, without quoting a secret */
export function parseKeyFile(text: string, path: string): KeyFile {
  const bad = (what: string) => new Error(`the key file ${path} ${what}`)
  let file: Partial<KeyFile>
  try {
    file = JSON.parse(text) as Partial<KeyFile>
  } catch {
    throw bad('is not JSON')
  }
  if (file?.format !== 'muster-keys-1') throw bad('does not say "format": "muster-keys-1"')
  for (const section of keySections) {
    const set = file[section]
    if (!set || !Array.isArray(set.keys) || set.keys.length === 0) throw bad(`has no keys in "${section}"`)
    for (const key of set.keys) {
      if (!/^[0-9a-z]{1,16}$/.test(key.id ?? '')) throw bad(`has a key without a proper id in "${section}"`)
      if (Buffer.from(key.secret ?? '', 'base64url').length !== 32) {
        throw bad(`has in "${section}" a key ${key.id} that is not 32 bytes in base64url`)
      }
    }
    if (new Set(set.keys.map((key) => key.id)).size !== set.keys.length)
      throw bad(`names a key twice in "${section}"`)
    const primary = set.keys.find((key) => key.id === set.primary)
    if (!primary || primary.retiredAt) throw bad(`has no live primary key in "${section}"`)
  }
  return file as KeyFile
}

/** @throws Error when anyone but the owner (and a group with read permission) can open the secret file */
export function assertPrivate(path: string): void {
  const mode = statSync(path).mode & 0o777
  if (mode & 0o027) {
    throw new Error(
      `${path} holds secrets but has mode ${mode.toString(8).padStart(4, '0')}; run: chmod 600 ${path}`,
    )
  }
}

/** Reads a key file. @throws Error when it is missing, world-readable, or not a key file */
export function readKeyFile(path: string): KeyFile {
  assertPrivate(path)
  return parseKeyFile(readFileSync(path, 'utf8'), path)
}

/** Writes `text` durably to a temporary file beside `path`, with mode 0600. @returns the temporary file's name */
function writeBeside(path: string, text: string): string {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const handle = openSync(temporary, 'wx', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return temporary
}

function syncFolderOf(path: string): void {
  const handle = openSync(dirname(path), 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Replaces a secret file atomically: a reader sees the old content or the new one. */
export function replacePrivateFile(path: string, text: string): void {
  renameSync(writeBeside(path, text), path)
  syncFolderOf(path)
}

/**
 * Creates a secret file unless it exists. When several processes start at once, exactly one creates it.
 * @throws Error when its folder does not exist: the path is probably mistyped, or a disk is not mounted
 */
export function createPrivateFile(path: string, text: string): void {
  if (!existsSync(dirname(path))) throw new Error(`there is no folder ${dirname(path)} for ${path}`)
  const temporary = writeBeside(path, text)
  try {
    linkSync(temporary, path)
    syncFolderOf(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

export function writeKeyFile(path: string, file: KeyFile): void {
  replacePrivateFile(path, `${JSON.stringify(file, null, 2)}\n`)
}

/** Creates a key file with new keys unless it exists. For a database use `openKeyRing`. */
export function createKeyFile(path: string, at = new Date()): void {
  if (!existsSync(path)) createPrivateFile(path, `${JSON.stringify(newKeyFile(at), null, 2)}\n`)
}
