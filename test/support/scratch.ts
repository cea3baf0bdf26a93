import { mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A RAM disk, so that tests do not wait for a disk; undefined when it has too little space, or when the disk is asked for
 * (`TEST_DATA_ON=disk`).
 */
export function memoryFolder(): string | undefined {
  if (process.env.TEST_DATA_ON === 'disk') return undefined
  const bytesNeeded = 2 * 1024 ** 3
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize >= bytesNeeded ? '/dev/shm' : undefined
  } catch {
    return undefined
  }
}

/**
 * A new folder for databases and data of tests, in memory where there is room. A database there waits for no disk: it has
 * the same settings, and loses nothing to a killed process. Nothing can be executed there on some machines.
 */
export function scratchFolder(prefix: string): string {
  return mkdtempSync(join(memoryFolder() ?? tmpdir(), prefix))
}
