import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '#platform/database/migrate.ts'

/** Makes the migrated file that every test database of this run is a copy of. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'))
  await migrate(`sqlite:${join(folder, 'template.sqlite')}`)
  project.provide('databases', { folder, server: '' })
  return () => rmSync(folder, { recursive: true, force: true })
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where test databases are made: a folder for files, or a PostgreSQL server. */
    databases: { folder: string; server: string }
  }
}
