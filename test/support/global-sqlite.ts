import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '#platform/database/migrate.ts'
import type { Provided } from './databases.ts'
import { scratchFolder } from './scratch.ts'

/** Makes the migrated file that every test database of this run is a copy of. */
export async function setup(project: Provided): Promise<() => void> {
  const folder = scratchFolder('muster-test-')
  const template = join(folder, 'template.sqlite')
  await migrate(`sqlite:${template}`)
  project.provide('databases', { folder, template, copyFiles: true, server: '' })
  return () => rmSync(folder, { recursive: true, force: true })
}
