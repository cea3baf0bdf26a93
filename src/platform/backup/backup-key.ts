import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { encodeCrockford } from '#platform/crypto/crockford.ts'
import { assertPrivate, createPrivateFile } from '#platform/crypto/key-file.ts'

/** The backup key: separate from the data keys, so that the files beside the database cannot decrypt a backup. */
export interface BackupKey {
  id: string
  secret: Buffer
}

/** Reads the backup key. @throws Error when the file is missing, world-readable, or not a backup key */
export function readBackupKey(path: string): BackupKey {
  assertPrivate(path)
  const { format, id, secret } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
  const bytes = Buffer.from(secret ?? '', 'base64url')
  if (format !== 'muster-backup-key-1' || !id || bytes.length !== 32)
    throw new Error(`${path} is not a backup key`)
  return { id, secret: bytes }
}

/** The key at `path`, created with mode 0600 if missing. `created`: tell the operator to keep a copy of it. */
export function openBackupKey(path: string): BackupKey & { created: boolean } {
  try {
    return { ...readBackupKey(path), created: false }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const id = encodeCrockford(randomBytes(5)).toLowerCase()
  const secret = randomBytes(32).toString('base64url')
  createPrivateFile(path, `${JSON.stringify({ format: 'muster-backup-key-1', id, secret }, null, 2)}\n`)
  return { ...readBackupKey(path), created: true }
}
