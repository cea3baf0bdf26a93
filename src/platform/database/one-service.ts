import { takeFileLock } from '../file-lock.ts'
import { targetOf } from './url.ts'

/** Kept for as long as the process lives: a lock whose handle is collected is released. */
const held = new Set<() => void>()

/**
 * SQLite has one writer, and what a service keeps in memory (progress, rate limits, who is told what) is of one process. So a
 * second service on the same file is refused; on PostgreSQL several may run. The lock is of the kernel and ends with its process.
 * @returns what releases it
 * @throws Error while another service uses the database
 */
export function lockForService(databaseUrl: string): () => void {
  const target = targetOf(databaseUrl)
  if (target.dialect !== 'sqlite') return () => {}
  const release = takeFileLock(`${target.file}.service`)
  if (release) {
    held.add(release)
    return release
  }
  throw new Error(
    `Another service uses ${target.file}. Stop it first; for several at once, use PostgreSQL (DATABASE_URL).`,
  )
}
