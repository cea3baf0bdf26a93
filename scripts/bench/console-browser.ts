/** A Chromium that is measured: processor time of its main thread, what it loads, its memory, its frames. */
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'

export function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--enable-precise-memory-info'],
  })
}

export interface Slow {
  /** How many times slower the processor is. */
  processor?: number
  /** kbit/s down and up, and the time there and back in ms. */
  network?: { kbits: number; roundTripMs: number }
}

export interface Seen {
  page: Page
  /** Seconds of the main thread since the page began: all tasks, and of these script, style and layout. */
  times(): Promise<{ task: number; script: number; style: number; layout: number }>
  /** Thousands of bytes of scripts and styles so far, as they came over the wire. */
  loadedKb(): number
  memory(): Promise<{ heapMb: number; nodes: number }>
  close(): Promise<void>
}

/** Opens an empty page in a browser that has been nowhere, but with the cookies of whoever is signed in. */
export async function look(
  browser: Browser,
  {
    storage,
    width = 1440,
    height = 900,
    slow = {},
  }: { storage?: Storage; width?: number; height?: number; slow?: Slow },
): Promise<Seen> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: 'block',
    ...(storage ? { storageState: storage } : {}),
  })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  // Processor time of the thread, so that whatever else runs on the machine does not count.
  await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' })
  await session.send('Performance.enable')
  await session.send('Network.enable')
  if (slow.processor) await session.send('Emulation.setCPUThrottlingRate', { rate: slow.processor })
  if (slow.network) {
    const bytes = (slow.network.kbits * 1000) / 8
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: slow.network.roundTripMs,
      downloadThroughput: bytes,
      uploadThroughput: bytes,
    })
  }
  const loadedKb = countLoads(session)
  return {
    page,
    loadedKb,
    async times() {
      const of = await metricsOf(session)
      return {
        // Without what measuring it takes.
        task: of.TaskDuration! - of.DevToolsCommandDuration!,
        script: of.ScriptDuration!,
        style: of.RecalcStyleDuration!,
        layout: of.LayoutDuration!,
      }
    },
    async memory() {
      await session.send('HeapProfiler.collectGarbage')
      const { JSHeapUsedSize, Nodes } = await metricsOf(session)
      return { heapMb: JSHeapUsedSize! / 2 ** 20, nodes: Nodes! }
    },
    close: () => context.close(),
  }
}

async function metricsOf(session: CDPSession): Promise<Partial<Record<string, number>>> {
  const { metrics } = await session.send('Performance.getMetrics')
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
}

function countLoads(session: CDPSession): () => number {
  const wanted = new Set<string>()
  let bytes = 0
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script' || type === 'Stylesheet') wanted.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (wanted.has(requestId)) bytes += encodedDataLength
  })
  return () => bytes / 1000
}

export type Storage = Awaited<ReturnType<BrowserContext['storageState']>>

/** Signs in on the service's own page, and keeps what the browser keeps of it. */
export async function signInAs(
  browser: Browser,
  url: string,
  { login, password }: { login: string; password: string },
): Promise<Storage> {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${url}/sign-in?next=${encodeURIComponent('/account')}`)
  await page.locator('#login').fill(login)
  await page.locator('#password').fill(password)
  await page.locator('button.primary').click()
  await page.waitForURL(`${url}/account`)
  const storage = await context.storageState()
  await context.close()
  return storage
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
