import { rmSync } from 'node:fs'
import { type BrowserContext, test as base, type Page } from '@playwright/test'
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
  contexts: Map<string, BrowserContext>
}

/**
 * A test's pages are in a browser that was at this service before, as most people's are: the context is kept with the scripts
 * that it has, and loses its cookies and whatever pages keep. A file about the first visit says `test.use({ fresh: true })`.
 */
interface Options {
  fresh: boolean
}

export const test = base.extend<Options, Fixtures>({
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
  fresh: [false, { option: true }],
  // They end with the browser.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
  contexts: [({}, use) => use(new Map()), { scope: 'worker' }],
  context: async (
    { browser, contexts, service, fresh, locale, viewport, javaScriptEnabled, permissions, actionTimeout },
    use,
    info,
  ) => {
    const kind = JSON.stringify([locale, viewport, javaScriptEnabled, permissions])
    const kept = fresh ? undefined : contexts.get(kind)
    const context = kept ?? (await browser.newContext())
    if (kept) await forget(context, service.url)
    else if (!fresh) await hold(context, service.url)
    context.setDefaultTimeout(actionTimeout ?? 0)
    await use(context)
    if (fresh || info.status !== info.expectedStatus) {
      contexts.delete(kind)
      // Whatever is told of a failure is told as a context closes.
      return context.close()
    }
    contexts.set(kind, context)
    await leave(context)
  },
})

/** A page that is never left holds the process in which the pages of its address are. */
const held = new WeakMap<BrowserContext, Page>()

async function hold(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${url}/health/live`)
  held.set(context, page)
}

/** Ends whatever a test left in a context. */
async function leave(context: BrowserContext): Promise<void> {
  for (const heard of ['request', 'response', 'page', 'console', 'dialog'])
    await context.removeAllListeners(heard)
  const left = context.pages().filter((page) => page !== held.get(context))
  await Promise.all(left.map((page) => page.close()))
  await context.unrouteAll()
  await context.setOffline(false)
  await context.clearPermissions()
}

/** Forgets what pages of an address kept, all but the files that they were made of. */
async function forget(context: BrowserContext, origin: string): Promise<void> {
  await context.clearCookies()
  const page = held.get(context) as Page
  const protocol = await context.newCDPSession(page)
  const storageTypes = 'local_storage,indexeddb,service_workers,cache_storage,websql,file_systems'
  await protocol.send('Storage.clearDataForOrigin', { origin, storageTypes })
  await protocol.detach()
}

export { expect } from '@playwright/test'
