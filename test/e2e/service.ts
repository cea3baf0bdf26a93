import { rmSync } from 'node:fs'
import { test as base } from '@playwright/test'
import { type RunningService, startService } from '../../scripts/day/server.ts'

/** Browser tests against the real service, a process of its own on a folder of its own; one for each worker. */
export const test = base.extend<object, { service: RunningService }>({
  service: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
    async ({}, use) => {
      const service = await startService({ port: 0, clock: '2026-03-04T12:00:00+08:00' })
      await use(service)
      await service.stop()
      rmSync(service.folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

export { expect } from '@playwright/test'
