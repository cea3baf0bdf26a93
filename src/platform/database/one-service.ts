import { takeFileLock } from '../file-lock.ts'
import { targetOf } from './url.ts'

/** Kept for as long as the process lives: a lock whose handle is collected is released. */
const held = new Set<() => void>()

/**
 * SQLite has one writer, and what a service keeps in memory (progress, rate limits, who is told what) is of one process. So a
 * second service on the same file is refused, and so is one while a backup is brought back into it; on PostgreSQL several may
 * run. The lock is of the kernel and ends with its process.
 * @returns what releases it
 * @throws Error while another service uses the database, or a restore does
 */
export function lockForService(databaseUrl: string): () => void {
  const target = targetOf(databaseUrl)
  if (target.dialect !== 'sqlite') return () => {}
  const unlock = takeFileLock(`${target.file}.service`)
  if (!unlock) {
    throw new Error(
      `Another service uses ${target.file}, or a backup is brought back into it. Stop that first; for several services at once, use PostgreSQL (DATABASE_URL).`,
    )
  }
  const release = () => {
    held.delete(release)
    unlock()
  }
  held.add(release)
  return release
}
