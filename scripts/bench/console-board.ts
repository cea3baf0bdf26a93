/** The board of 420 zones × 8 times: one read, its frames while it is scrolled, and a move. */
import { gzipSync } from 'node:zlib'
import type { Client } from '../day/client.ts'
import type { Account } from '../day/offices.ts'
import type { Figure } from './console.ts'
import { type Browsing, percentile, spentOf } from './console-browser.ts'
import type { BenchEvent } from './console-world.ts'

const steps = 60
const stepPx = 240

interface World {
  clerk: Client
  office: Account
  event: BenchEvent
}

export async function measureBoard(browsing: Browsing, { clerk, office, event }: World): Promise<Figure[]> {
  const { body } = await clerk.send('GET', `/api/events/${event.eventId}/board`)
  const readKb = gzipSync(JSON.stringify(body), { level: 6 }).length / 1000
  return [
    { what: 'board: one read', value: readKb, goal: 100, unit: 'kB' },
    { what: 'board: a frame, p95', value: await frames(browsing, office, event, 1), goal: 12, unit: 'ms' },
    {
      what: 'board: a frame at 4×, p95',
      value: await frames(browsing, office, event, 4),
      goal: 40,
      unit: 'ms',
    },
    { what: 'board: a move shown', value: await move(browsing, office, event), goal: 200, unit: 'ms' },
  ]
}

/** Script, style and layout of each step of a scroll through the whole board. */
async function frames(
  browsing: Browsing,
  office: Account,
  { eventId }: BenchEvent,
  cpu: number,
): Promise<number> {
  const { page, cdp } = await browsing.open(
    office,
    `/events/${eventId}/board`,
    '[role=grid] [role=gridcell]',
    { cpu },
  )
  const took: number[] = []
  let before = await spentOf(cdp)
  for (let step = 0; step < steps; step++) {
    await page.evaluate(`new Promise((done) => {
      const grid = document.querySelector('[role=grid]')
      grid.scrollTop += ${stepPx}
      requestAnimationFrame(() => requestAnimationFrame(done))
    })`)
    const now = await spentOf(cdp)
    const cost = (name: string) => (now[name] ?? 0) - (before[name] ?? 0)
    took.push(cost('ScriptDuration') + cost('LayoutDuration') + cost('RecalcStyleDuration'))
    before = now
  }
  await page.context().close()
  return percentile(took, 0.95)
}

/** A team moved by keyboard: from the last key until the cell shows it. */
async function move(browsing: Browsing, office: Account, { eventId }: BenchEvent): Promise<number> {
  const { page } = await browsing.open(office, `/events/${eventId}/board`, '[role=grid] [role=gridcell]')
  const grid = page.locator('[role=grid]')
  // The one line with people is the last: the worst come first.
  await grid.focus()
  await grid.press('Control+End').catch(() => undefined)
  for (let line = 0; line < 420; line++) await grid.press('ArrowDown')
  for (let column = 0; column < 8; column++) await grid.press('ArrowLeft')
  await grid.press('m')
  await page
    .getByText(/^正在移动/)
    .first()
    .waitFor()
  await grid.press('ArrowRight')
  const started = performance.now()
  await grid.press('Enter')
  await page
    .locator('[role=gridcell][aria-selected=true]', { hasText: /^5/ })
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => undefined)
  const took = performance.now() - started
  await page.context().close()
  return took
}
