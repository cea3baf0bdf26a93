import { inArray } from 'drizzle-orm'
import type { Database } from '../database/port.ts'
import { pictures } from './schema.ts'
import { filesIn, folderNames, removeUnwanted } from './store.ts'

/** A file is left alone for this long: its picture may be just being recorded, or a backup may be reading it. */
const youngMs = 6 * 3600 * 1000

/** Deletes the files that no picture has any more, and what a killed service left half written. */
export async function sweepPictures(
  { db, config }: { db: Database; config: { dataDir: string } },
  signal: AbortSignal,
  now = Date.now(),
): Promise<number> {
  let removed = 0
  for (const folder of folderNames) {
    signal.throwIfAborted()
    const files = await filesIn(config.dataDir, folder)
    const old = files.filter(({ writtenMs }) => writtenMs < now - youngMs)
    const hashes = old.flatMap(({ sha256 }) => sha256 ?? [])
    const held = new Set(
      hashes.length === 0
        ? []
        : (
            await db.read
              .select({ sha256: pictures.sha256 })
              .from(pictures)
              .where(inArray(pictures.sha256, hashes))
          ).map(({ sha256 }) => sha256),
    )
    for (const { path, sha256 } of old) {
      if (sha256 && held.has(sha256)) continue
      if (await removeUnwanted(path, now - youngMs)) removed++
    }
  }
  return removed
}
