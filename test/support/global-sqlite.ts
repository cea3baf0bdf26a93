import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '#platform/database/migrate.ts'

/** Makes the migrated file that every test database of this run is a copy of. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'))
  const template = join(folder, 'template.sqlite')
  await migrate(`sqlite:${template}`)
  project.provide('databases', { folder, template, copyFiles: true, server: '' })
  return () => rmSync(folder, { recursive: true, force: true })
}

declare module 'vitest' {
  export interface ProvidedContext {
    /**
     * Where test databases are made, a folder for files or a PostgreSQL server, and what they are copies of. In memory,
     * PostgreSQL copies files in a quarter of the time; on a disk it would wait for a checkpoint each time.
     */
    databases: { folder: string; template: string; copyFiles: boolean; server: string }
  }
}
