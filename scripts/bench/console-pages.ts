/** First loads, the main thread, and turning over the pages of lists. */
import type { Client } from '../day/client.ts'
import type { Account } from '../day/offices.ts'
import type { Figure } from './console.ts'
import { type Browsing, median, type Opened } from './console-browser.ts'

const rounds = 3
const phone = { width: 390, height: 844 }
const turns = 5

interface World {
  clerk: Client
  office: Account
  leader: Account
}

export async function measurePages(browsing: Browsing, { clerk, office, leader }: World): Promise<Figure[]> {
  const figures: Figure[] = []
  const home = '#content section.panel h2'
  const onHome = (cpu: number) => several(() => browsing.open(office, '/home', home, { cpu }))
  const quick = await onHome(1)
  figures.push(
    { what: 'home: scripts and styles', value: quick.codeKb, goal: 390, unit: 'kB' },
    { what: 'home: main thread', value: quick.taskMs, goal: 800, unit: 'ms' },
    { what: 'home: main thread at 4×', value: (await onHome(4)).taskMs, goal: 3500, unit: 'ms' },
  )
  const duties = '#app main h1, #app main h2'
  const slow = await several(() => browsing.open(leader, '/m', duties, { cpu: 4, viewport: phone }))
  const network = { kbitPerSecond: 400, latencyMs: 400 }
  const far = await several(() => browsing.open(leader, '/m', duties, { network, viewport: phone }))
  figures.push(
    { what: 'phone: scripts and styles', value: slow.codeKb, goal: 40, unit: 'kB' },
    { what: 'phone: main thread at 4×', value: slow.taskMs, goal: 600, unit: 'ms' },
    { what: 'phone: first visit, 400 kbit/s and 400 ms', value: far.usableMs / 1000, goal: 5, unit: 's' },
  )
  figures.push(...(await measureScreen(browsing, clerk, office)))
  figures.push(...(await measureTurns(browsing, clerk, office)))
  return figures
}

type Costs = Pick<Opened, 'taskMs' | 'codeKb' | 'usableMs'>

/** The median of several openings, each with an empty cache. */
async function several(open: () => Promise<Opened>): Promise<Costs> {
  const all: Costs[] = []
  for (let round = 0; round < rounds; round++) {
    const opened = await open()
    all.push(opened)
    await opened.page.context().close()
  }
  const of = (key: keyof Costs) => median(all.map((each) => each[key]))
  return { taskMs: of('taskMs'), codeKb: of('codeKb'), usableMs: of('usableMs') }
}

async function eventIdOf(clerk: Client): Promise<string> {
  const { items } = await clerk.get('/api/events?limit=50')
  const most = items.toSorted((a: { shifts: number }, b: { shifts: number }) => b.shifts - a.shifts)[0]
  return most.id
}

async function measureScreen(browsing: Browsing, clerk: Client, office: Account): Promise<Figure[]> {
  const screen = await clerk
    .post(`/api/events/${await eventIdOf(clerk)}/screens`, { name: '测量用' })
    .catch(() => undefined)
  // A closed event gets no new screen.
  if (!screen) return []
  const path = new URL(screen.link ?? screen.url).pathname
  const shown = await several(() =>
    browsing.open(office, path, 'canvas', { viewport: { width: 1920, height: 1080 } }),
  )
  return [{ what: 'screen: scripts and styles', value: shown.codeKb, goal: 80, unit: 'kB' }]
}

/** Each list's next page, from the click until other rows are there. */
async function measureTurns(browsing: Browsing, clerk: Client, office: Account): Promise<Figure[]> {
  const eventId = await eventIdOf(clerk)
  const lists: Record<string, string> = {
    persons: '/people',
    units: '/people/units?search=市',
    shifts: `/events/${eventId}/shifts`,
    participations: `/events/${eventId}/people`,
    zones: '/grid/zones',
  }
  const figures: Figure[] = []
  for (const [name, path] of Object.entries(lists)) {
    const { page } = await browsing.open(office, path, 'table.data tbody tr')
    const took: number[] = []
    for (let turn = 0; turn < turns; turn++) {
      const next = page.getByRole('button', { name: '下一页' })
      if ((await next.count()) === 0) break
      took.push(await page.evaluate<number>(turnOver))
    }
    if (took.length > 0)
      figures.push({ what: `next page of ${name}`, value: Math.max(...took), goal: 300, unit: 'ms' })
    await page.context().close()
  }
  return figures
}

/** In the page: clicks, and resolves with the time until the first row is another. */
const turnOver = `new Promise((resolve) => {
  const first = () => {
    const table = document.querySelector('table.data:not(.dim) tbody tr')
    return table ? table.textContent : undefined
  }
  const before = first()
  const next = [...document.querySelectorAll('.pager button')].find((each) => each.textContent.includes('下一页'))
  const started = performance.now()
  next.click()
  const look = () => {
    const now = first()
    if (now !== undefined && now !== before) resolve(performance.now() - started)
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})`
