/** A browser that is measured: its main thread, what it loads, and how long until something is seen. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'
import type { Account } from '../day/offices.ts'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export interface Slowness {
  /** So many times slower than this machine. */
  cpu?: number
  network?: { kbitPerSecond: number; latencyMs: number }
}

/** What opening a page cost until it was usable. */
export interface Opened {
  page: Page
  cdp: CDPSession
  /** Time of all tasks of the main thread. */
  taskMs: number
  /** Scripts and styles as they came, compressed with gzip. */
  codeKb: number
  usableMs: number
}

export class Browsing {
  readonly url: string
  readonly #browser: Browser
  readonly #signedIn = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>()

  private constructor(browser: Browser, url: string) {
    this.#browser = browser
    this.url = url
  }

  static async start(url: string): Promise<Browsing> {
    const executablePath = process.env.CHROMIUM_PATH || usual.find((path) => existsSync(path))
    if (!executablePath) throw new Error('There is no Chromium. Install one, or name it in CHROMIUM_PATH.')
    // Chromium's sandbox refuses to run as root.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    return new Browsing(await chromium.launch({ executablePath, args }), url)
  }

  /** A context with an empty cache, signed in as this account. */
  async contextOf(account: Account, viewport: { width: number; height: number }): Promise<BrowserContext> {
    const shape = { viewport, locale: 'zh-CN' }
    const known = this.#signedIn.get(account.login)
    if (known) return this.#browser.newContext({ ...shape, storageState: known, serviceWorkers: 'block' })
    const context = await this.#browser.newContext(shape)
    const page = await context.newPage()
    await page.goto(`${this.url}/sign-in`)
    await page.locator('#login').fill(account.login)
    await page.locator('#password').fill(account.password)
    await Promise.all([
      page.waitForURL((url) => !url.pathname.startsWith('/sign-in')),
      page.locator('button.primary').click(),
    ])
    this.#signedIn.set(account.login, await context.storageState())
    await context.close()
    return this.contextOf(account, viewport)
  }

  /** Opens a page with an empty cache and waits until `usable` is seen. */
  async open(
    account: Account,
    path: string,
    usable: string,
    {
      cpu = 1,
      network,
      viewport = { width: 1440, height: 900 },
    }: Slowness & { viewport?: { width: number; height: number } } = {},
  ): Promise<Opened> {
    const context = await this.contextOf(account, viewport)
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await cdp.send('Network.enable')
    // Not among the types yet.
    await cdp.send('Network.setAcceptedEncodings' as 'Network.enable', { encodings: ['gzip'] } as object)
    await cdp.send('Performance.enable')
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu })
    if (network) {
      const bytes = (network.kbitPerSecond * 1000) / 8
      await cdp.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: network.latencyMs,
        downloadThroughput: bytes,
        uploadThroughput: bytes,
      })
    }
    const types = new Map<string, string>()
    let codeBytes = 0
    cdp.on('Network.responseReceived', ({ requestId, type }) => void types.set(requestId, type))
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (['Script', 'Stylesheet'].includes(types.get(requestId) ?? '')) codeBytes += encodedDataLength
    })
    const before = await taskMsOf(cdp)
    const started = performance.now()
    await page.goto(this.url + path, { waitUntil: 'commit' })
    await page.locator(usable).first().waitFor()
    const usableMs = performance.now() - started
    return { page, cdp, usableMs, codeKb: codeBytes / 1000, taskMs: (await taskMsOf(cdp)) - before }
  }

  stop(): Promise<void> {
    return this.#browser.close()
  }
}

/** What the main thread spent so far, by the browser's own account. */
export async function spentOf(cdp: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]))
}

async function taskMsOf(cdp: CDPSession): Promise<number> {
  return (await spentOf(cdp)).TaskDuration ?? 0
}

/** The value below which that part of all lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export const median = (values: readonly number[]) => percentile(values, 0.5)
