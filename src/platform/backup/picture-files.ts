import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { filesIn, folderNames, keepFile } from '../pictures/store.ts'
import type { BackupKey } from './backup-key.ts'
import { openStream, sealStream } from './cipher.ts'

/** Where the sealed copy of a picture lies beside the backups. */
const sealedFile = (folder: string, sha256: string) =>
  join(folder, 'pictures', sha256.slice(0, 2), `${sha256}.sealed`)

/**
 * Copies the pictures that are not among the backups yet, each sealed under the backup key. Which of them belong to a backup
 * say its rows, so run it after the backup was made.
 * @returns how many were copied
 */
export async function backupPictures(place: {
  dataDir: string
  folder: string
  key: BackupKey
}): Promise<number> {
  const { dataDir, folder, key } = place
  let copied = 0
  for (const name of folderNames) {
    for (const { path, sha256 } of await filesIn(dataDir, name)) {
      if (!sha256) continue
      const file = sealedFile(folder, sha256)
      if (existsSync(file)) continue
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      const part = `${file}.part`
      await rm(part, { force: true })
      const sink = createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true })
      await pipeline(sealStream(key, createReadStream(path) as AsyncIterable<Buffer>), sink)
      await rename(part, file)
      copied++
    }
  }
  return copied
}

/**
 * Brings back pictures from beside a backup; each is checked against its name.
 * @param wanted hashes that the restored rows name
 * @returns how many were brought back, and the hashes of those that are not there or damaged
 */
export async function restorePictures(place: {
  dataDir: string
  folder: string
  key: BackupKey
  wanted: readonly string[]
}): Promise<{ restored: number; lost: string[] }> {
  const { dataDir, folder, key, wanted } = place
  const lost: string[] = []
  let restored = 0
  for (const sha256 of new Set(wanted)) {
    const bytes = await opened(sealedFile(folder, sha256), key)
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256) lost.push(sha256)
    else {
      await keepFile(dataDir, sha256, bytes)
      restored++
    }
  }
  return { restored, lost }
}

async function opened(file: string, key: BackupKey): Promise<Buffer | null> {
  if (!existsSync(file)) return null
  try {
    const chunks: Buffer[] = []
    for await (const chunk of openStream(key, createReadStream(file))) chunks.push(chunk)
    return Buffer.concat(chunks)
  } catch {
    return null
  }
}
