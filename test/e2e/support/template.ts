import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../../scripts/day/server.ts'
import { scratchFolder } from '../../support/scratch.ts'

/** Makes the migrated database that every service of this run begins with a copy of. */
export default async function setup(): Promise<() => void> {
  const folder = scratchFolder('muster-e2e-template-')
  const template = join(folder, 'template.sqlite')
  await run('scripts/migrate.ts', [], { DATABASE_URL: `sqlite:${template}`, DATA_DIR: folder })
  process.env.E2E_TEMPLATE = template
  return () => rmSync(folder, { recursive: true, force: true })
}
