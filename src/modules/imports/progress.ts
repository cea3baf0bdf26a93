import type { Database } from '#platform/database/port.ts'
import type { ImportProgress } from './schema.ts'

/**
 * Progress of the imports in this process. It is kept in memory, because it changes many times a second and SQLite has one
 * writer, which is busy during a commit. The database stores the phase only.
 */
const progress = new WeakMap<Database, Map<string, ImportProgress>>()

/** Sets the progress of an import in this process; undefined removes it. */
export function tellProgress(db: Database, importId: string, at: ImportProgress | undefined): void {
  const all = progress.get(db) ?? new Map<string, ImportProgress>()
  progress.set(db, all)
  if (at) all.set(importId, at)
  else all.delete(importId)
}

/** The progress of an import that runs in this process; undefined when it does not. */
export function progressOf(db: Database, importId: string): ImportProgress | undefined {
  return progress.get(db)?.get(importId)
}
