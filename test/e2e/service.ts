import { rmSync } from 'node:fs'
import { test as base } from '@playwright/test'
import { type RunningService, startService } from '../../scripts/day/server.ts'
import { startPostgres } from '../support/postgres.ts'
import { scratchFolder } from '../support/scratch.ts'

/**
 * Browser tests against the real service, a process of its own on a folder of its own; one for each worker, which files
 * share. A file that moves the clock or publishes the event of the office says `test.use({ alone: 'its name' })`: a worker,
 * and so a service, is of one value of `alone`.
 */
interface Fixtures {
  service: RunningService
  alone: string
  engine: 'sqlite' | 'postgres'
}

export const test = base.extend<object, Fixtures>({
  alone: ['', { option: true, scope: 'worker' }],
  engine: ['sqlite', { option: true, scope: 'worker' }],
  service: [
    async ({ engine }, use) => {
      const server = engine === 'postgres' ? await startPostgres({ inMemory: true }) : undefined
      const service = await startService({
        port: 0,
        clock: '2026-03-04T12:00:00+08:00',
        folder: scratchFolder('muster-e2e-'),
        ...(server ? { databaseUrl: server.url } : {}),
        ...(process.env.E2E_TEMPLATE && !server ? { template: process.env.E2E_TEMPLATE } : {}),
      })
      await use(service)
      await service.stop()
      await server?.stop()
      rmSync(service.folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

export { expect } from '@playwright/test'
