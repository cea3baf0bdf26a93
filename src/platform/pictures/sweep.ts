import { rename, rm } from 'node:fs/promises'
import { inArray } from 'drizzle-orm'
import type { Database } from '../database/port.ts'
import { pictures } from './schema.ts'
import { filesIn, folderNames, type PictureFile, pictureFile, removeUnwanted } from './store.ts'

/** A file is left alone for this long: its picture may be just being recorded, or a backup may be reading it. */
const youngMs = 6 * 3600 * 1000

/**
 * Deletes the files that no picture has any more, and what a killed service left half written; brings back what one had put
 * aside of a picture that is wanted. @returns how many were deleted
 */
export async function sweepPictures(
  { db, config }: { db: Database; config: { dataDir: string } },
  signal: AbortSignal,
  now = Date.now(),
): Promise<number> {
  let removed = 0
  for (const folder of folderNames) {
    signal.throwIfAborted()
    const files = await filesIn(config.dataDir, folder)
    const isOld = ({ writtenMs }: PictureFile) => writtenMs < now - youngMs
    const looked = files.filter((file) => isOld(file) || file.asideOf !== null)
    const held = await heldAmong(db, looked)
    const there = new Set(files.map(({ sha256 }) => sha256))
    for (const file of looked) {
      const { path, sha256, asideOf } = file
      if (asideOf !== null && held.has(asideOf) && !there.has(asideOf)) {
        await rename(path, pictureFile(config.dataDir, asideOf))
        there.add(asideOf)
      } else if (asideOf !== null) {
        // Whoever wants it by now has written it anew.
        if (!isOld(file)) continue
        await rm(path)
        removed++
      } else if (sha256 === null || !held.has(sha256)) {
        if (await removeUnwanted(path, now - youngMs)) removed++
      }
    }
  }
  return removed
}

/** The hashes among those of the files that a picture has. */
async function heldAmong(db: Database, files: readonly PictureFile[]): Promise<Set<string>> {
  const hashes = files.flatMap(({ sha256, asideOf }) => sha256 ?? asideOf ?? [])
  if (hashes.length === 0) return new Set()
  const rows = await db.read
    .select({ sha256: pictures.sha256 })
    .from(pictures)
    .where(inArray(pictures.sha256, hashes))
  return new Set(rows.map(({ sha256 }) => sha256))
}
