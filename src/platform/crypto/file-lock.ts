import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'

/** Whether a process of this machine is alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function take(path: string): boolean {
  try {
    const handle = openSync(path, 'wx', 0o600)
    writeSync(handle, String(process.pid))
    closeSync(handle)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/**
 * Runs `work` while no other process of this machine holds the lock; a lock whose holder was killed is taken over.
 * @throws Error when a living process holds it
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  if (!take(path)) {
    const holder = Number(readFileSync(path, 'utf8'))
    if (holder > 0 && isAlive(holder)) throw new Error(`process ${holder} is at it already (${path})`)
    rmSync(path, { force: true })
    if (!take(path)) throw new Error(`another process is at it already (${path})`)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}
