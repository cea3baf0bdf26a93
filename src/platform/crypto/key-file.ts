import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
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
 * What keys are for. They change apart: new `data` keys re-encrypt rows, while a change of `links` would
 * kill links that are already on people's phones, and `audit` keys must stay to verify what they sealed.
 */
export const keySections = ['data', 'links', 'audit', 'sessions'] as const
export type KeySection = (typeof keySections)[number]

export interface KeyEntry {
  id: string
  /** 32 bytes, base64url. */
  secret: string
  createdAt: string
  /** Still opens what it sealed (a restored backup), but nothing is written or looked up with it. */
  retiredAt?: string
}

export interface KeySet {
  primary: string
  keys: KeyEntry[]
}

export type KeyFile = { format: 'muster-keys-1' } & Record<KeySection, KeySet>

/** A key with a random id, so that keys of two files are never taken for each other. */
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

/** @throws Error naming what is wrong with `text`, never quoting a secret. */
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

/** Refuses a secret file that others than its owner (and a reading group) can open. */
export function assertPrivate(path: string): void {
  const mode = statSync(path).mode & 0o777
  if (mode & 0o027) {
    throw new Error(
      `${path} holds secrets but has mode ${mode.toString(8).padStart(4, '0')}; run: chmod 600 ${path}`,
    )
  }
}

/** @throws Error when the file is missing, readable by everybody, or not a key file. */
export function readKeyFile(path: string): KeyFile {
  assertPrivate(path)
  return parseKeyFile(readFileSync(path, 'utf8'), path)
}

/** Writes `text` durably under a temporary name beside `path`, with mode 0600; returns that name. */
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

/** Replaces a secret file as a whole: a reader finds the old one or the new one. */
export function replacePrivateFile(path: string, text: string): void {
  renameSync(writeBeside(path, text), path)
  syncFolderOf(path)
}

/** Creates a secret file unless there is one; of several processes that start at once, one wins. */
export function createPrivateFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
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

/** The key file at `path`, created with new keys when there is none. */
export function openKeyFile(path: string, at = new Date()): KeyFile {
  try {
    return readKeyFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  createPrivateFile(path, `${JSON.stringify(newKeyFile(at), null, 2)}\n`)
  return readKeyFile(path)
}
