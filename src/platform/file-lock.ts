import Sqlite from 'better-sqlite3'

/**
 * Takes an exclusive lock on this machine, between processes and within this process. It is a kernel lock, taken through
 * SQLite: it ends when its process dies, for any reason, so there are no stale locks. The empty file is never deleted:
 * otherwise two processes could lock two different files of that name. The holder must not open the file a second time:
 * closing any handle releases the lock.
 * @returns a function that releases the lock; undefined while another holder has it
 */
export function takeFileLock(path: string): (() => void) | undefined {
  const held = new Sqlite(path, { timeout: 0 })
  try {
    held.exec('BEGIN EXCLUSIVE')
    return () => held.close()
  } catch (error) {
    held.close()
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return undefined
    throw error
  }
}

/** As `takeFileLock`. @throws Error while another holder has the lock */
export function fileLock(path: string): () => void {
  const release = takeFileLock(path)
  if (!release) throw new Error(`another process is at it already (${path})`)
  return release
}

/** Runs `work` under a file lock. @throws Error while another holder has the lock */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const release = fileLock(path)
  try {
    return await work()
  } finally {
    release()
  }
}
