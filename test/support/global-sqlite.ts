import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '#platform/database/migrate.ts'
import type { Provided } from './databases.ts'

/** Makes the migrated file that every test database of this run is a copy of. */
export async function setup(project: Provided): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'))
  const template = join(folder, 'template.sqlite')
  await migrate(`sqlite:${template}`)
  project.provide('databases', { folder, template, copyFiles: true, server: '' })
  return () => rmSync(folder, { recursive: true, force: true })
}
