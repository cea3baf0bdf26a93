import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../../scripts/day/server.ts'
import { scratchFolder } from '../../support/scratch.ts'

/** Makes the folder, a database and its keys, that every service of this run begins with a copy of. */
export default async function setup(): Promise<() => void> {
  const folder = scratchFolder('muster-e2e-template-')
  await run('test/e2e/support/prepare.ts', [], {
    DATABASE_URL: `sqlite:${join(folder, 'muster.sqlite')}`,
    DATA_DIR: folder,
    KEYS_FILE: join(folder, 'keys.json'),
  })
  process.env.E2E_TEMPLATE = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
