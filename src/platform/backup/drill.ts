import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Restore, restoreBackup } from './restore.ts'

/** Where the last drill is written down, beside the backups. */
const noteName = 'last-drill.json'

/** A backup that was brought back, to see that it can be. */
export interface Drilled {
  file: string
  /** When the backup was made, and when it was brought back. */
  createdAt: string
  drilledAt: string
}

export interface Drill extends Pick<Restore, 'key' | 'keysFile' | 'sealed' | 'steps'> {
  /** Where the backups are. */
  folder: string
  /** An empty database to bring it back into; without one a SQLite file that is deleted afterwards. */
  into?: string | undefined
  at: Date
}

const isBackup = (name: string) => /^muster-.*\.backup$/.test(name)

/** The newest backup in a folder, and when it was written, in ms since 1970. */
export function newestBackup(folder: string): { file: string; writtenMs: number } | undefined {
  if (!existsSync(folder)) return undefined
  const files = readdirSync(folder)
    .filter(isBackup)
    .map((name) => join(folder, name))
    .map((file) => ({ file, writtenMs: statSync(file).mtimeMs }))
  return files.toSorted((a, b) => b.writtenMs - a.writtenMs)[0]
}

/** When a backup of this folder was last brought back, in ms since 1970. */
export function lastDrill(folder: string): number | undefined {
  const note = join(folder, noteName)
  if (!existsSync(note)) return undefined
  return Date.parse((JSON.parse(readFileSync(note, 'utf8')) as Drilled).drilledAt)
}

/**
 * Brings the newest backup back into an empty place, as `restoreBackup` does with all its checks, and writes down that it
 * could be. The running database is not touched.
 * @throws Error when there is no backup, or it cannot be brought back
 */
export async function drill({ folder, into, at, ...how }: Drill): Promise<Drilled> {
  const newest = newestBackup(folder)
  if (!newest) throw new Error(`there is no backup in ${folder}`)
  const place = mkdtempSync(join(tmpdir(), 'muster-drill-'))
  try {
    const databaseUrl = into ?? `sqlite:${join(place, 'drill.sqlite')}`
    const { createdAt } = await restoreBackup({ ...how, file: newest.file, databaseUrl, replace: false })
    const drilled: Drilled = { file: newest.file, createdAt, drilledAt: at.toISOString() }
    writeFileSync(join(folder, noteName), `${JSON.stringify(drilled)}\n`, { mode: 0o600 })
    return drilled
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
