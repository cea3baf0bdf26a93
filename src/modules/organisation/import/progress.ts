import type { Database } from '#platform/database/port.ts'
import type { ImportProgress } from './schema.ts'

/**
 * How far the work on imports has come in this process. Kept in memory: it changes many times a second, and while a
 * commit runs nothing else can be written on SQLite. The database has the phase only.
 */
const progress = new WeakMap<Database, Map<string, ImportProgress>>()

export function tellProgress(db: Database, importId: string, at: ImportProgress | undefined): void {
  const all = progress.get(db) ?? new Map<string, ImportProgress>()
  progress.set(db, all)
  if (at) all.set(importId, at)
  else all.delete(importId)
}

export function progressOf(db: Database, importId: string): ImportProgress | undefined {
  return progress.get(db)?.get(importId)
}
