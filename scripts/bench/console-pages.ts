/** What pages of the console cost a browser: until they are usable, when a list is turned over, on the board, on the map. */
import type { Browser } from '@playwright/test'
import { look, median, percentile, type Seen, type Slow, type Storage } from './console-browser.ts'
import type { Goals } from './goals.ts'

export interface Opened {
  browser: Browser
  url: string
  office: Storage
  leader: Storage
  eventId: string
  /** The address of a screen of the event. */
  screen: string
  /** An event of 420 zones and eight times. */
  boardEventId: string
  /** The place of that board in which a team stands. */
  boardShiftId: string
}

const rounds = 3

/** A page is usable when its title stands there and nothing more is asked for. */
async function usable({ page }: Seen, address: string): Promise<number> {
  const from = performance.now()
  await page.goto(address)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  const seconds = (performance.now() - from) / 1000
  await page.waitForLoadState('networkidle').catch(() => undefined)
  return seconds
}

interface FirstVisit {
  kb: number
  /** Seconds by the clock. */
  usable: number
  /** Seconds of the main thread. */
  task: number
}

async function firstVisit(
  browser: Browser,
  address: string,
  options: { storage?: Storage; width?: number; slow?: Slow },
): Promise<FirstVisit> {
  const visits: FirstVisit[] = []
  for (let n = 0; n < rounds; n++) {
    const seen = await look(browser, options)
    const seconds = await usable(seen, address)
    visits.push({ kb: seen.loadedKb(), usable: seconds, task: (await seen.times()).task })
    await seen.close()
  }
  const of = (key: keyof FirstVisit) => median(visits.map((visit) => visit[key]))
  return { kb: of('kb'), usable: of('usable'), task: of('task') }
}

/** What is loaded, and how long the main thread is busy, until the first pages are usable. */
export async function measureFirstVisits(
  { browser, url, office, leader, screen }: Opened,
  goals: Goals,
): Promise<void> {
  const home = { storage: office }
  const phone = { storage: leader, width: 390 }
  const plain = await firstVisit(browser, `${url}/home`, home)
  goals.atMost('首页下载 · /home, scripts and styles', 390, plain.kb, 'kB')
  goals.atMost('首页主线程 · /home, main thread', 0.8, plain.task, 's')
  const slow = await firstVisit(browser, `${url}/home`, { ...home, slow: { processor: 4 } })
  goals.atMost('首页主线程，慢四倍 · /home, main thread, processor ÷ 4', 3.5, slow.task, 's')
  const onPhone = await firstVisit(browser, `${url}/m`, phone)
  goals.atMost('手机端下载 · /m, scripts and styles', 40, onPhone.kb, 'kB')
  const slowPhone = await firstVisit(browser, `${url}/m`, { ...phone, slow: { processor: 4 } })
  goals.atMost('手机端主线程，慢四倍 · /m, main thread, processor ÷ 4', 0.6, slowPhone.task, 's')
  const bare = await firstVisit(browser, url, { width: 390, slow: { processor: 4 } })
  goals.note('a page of the service without script, main thread at ÷ 4, s', bare.task)
  const network = { kbits: 400, roundTripMs: 400 }
  const far = await firstVisit(browser, `${url}/m`, { ...phone, slow: { network } })
  goals.atMost('手机端首次可用，400 kbit/s · /m usable, 400 kbit/s and 400 ms', 5, far.usable, 's')
  const hall = await firstVisit(browser, screen, {})
  goals.atMost('大屏下载 · screen, scripts and styles', 80, hall.kb, 'kB')
}

/** Lists of the played day that have a second page. */
const lists = (eventId: string) => [
  '/people',
  '/people/units',
  '/people/teams',
  '/grid/zones',
  '/grid/responsibilities',
  `/events/${eventId}/messages`,
  `/events/${eventId}/shifts`,
  `/events/${eventId}/quotas`,
]

/** From the press of “next page” until other rows stand there. */
export async function measureFlips({ browser, url, office, eventId }: Opened, goals: Goals): Promise<void> {
  const flips: { list: string; ms: number }[] = []
  for (const list of lists(eventId)) {
    const seen = await look(browser, { storage: office })
    const { page } = seen
    await usable(seen, url + list)
    const next = page.getByRole('button', { name: '下一页' })
    if (await next.count()) {
      const times: number[] = []
      for (let n = 0; n < rounds && (await next.isEnabled().catch(() => false)); n++) {
        times.push(await page.evaluate(flip))
        await page.waitForLoadState('networkidle').catch(() => undefined)
      }
      flips.push({ list: list.replace(eventId, ':id'), ms: median(times) })
    }
    await seen.close()
  }
  if (flips.length === 0) throw new Error('no list had a second page')
  const worst = flips.reduce((a, b) => (b.ms > a.ms ? b : a))
  goals.note('翻页 · page flips', Object.fromEntries(flips.map(({ list, ms }) => [list, Math.round(ms)])))
  goals.atMost(`翻页，最慢 · slowest page flip (${worst.list})`, 300, worst.ms, 'ms')
}

/** Runs in the page: presses “next” and waits for another first row. Milliseconds. */
const flip = `new Promise((resolve, reject) => {
  const first = () => document.querySelector('tbody tr:not([aria-hidden])')?.textContent
  const button = [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === '下一页')
  const before = first()
  const from = performance.now()
  button.click()
  const look = () => {
    if (first() && first() !== before) resolve(performance.now() - from)
    else if (performance.now() - from > 20000) reject(new Error('no other rows after 20 s'))
    else requestAnimationFrame(look)
  }
  look()
})`

/** The board of 420 zones × 8 times: its one read, its frames when it is scrolled, and a move. */
export async function measureBoard(opened: Opened, goals: Goals): Promise<void> {
  const { browser, url, office, boardEventId, boardShiftId } = opened
  for (const processor of [1, 4]) {
    const seen = await look(browser, { storage: office, slow: { processor } })
    const { page } = seen
    let readKb = 0
    page.on('response', async (response) => {
      if (!new URL(response.url()).pathname.endsWith('/board')) return
      const { responseBodySize } = await response.request().sizes()
      readKb = Math.max(readKb, responseBodySize / 1000)
    })
    await usable(seen, `${url}/events/${boardEventId}/board`)
    const grid = page.getByRole('grid')
    await grid.waitFor()
    await page.waitForLoadState('networkidle').catch(() => undefined)
    if (processor === 1) goals.atMost('排岗表一次读取 · board, one read', 100, readKb, 'kB')
    const frames: number[] = []
    const box = (await grid.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, Math.min(box.y + 200, 700))
    for (let n = 0; n < 60; n++) {
      const before = await seen.times()
      await page.mouse.wheel(0, n < 40 ? 160 : -200)
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      const after = await seen.times()
      // Two frames pass until the second of them begins.
      frames.push(
        ((after.script - before.script + after.style - before.style + after.layout - before.layout) * 1000) /
          2,
      )
    }
    const name = processor === 1 ? '' : '，慢四倍 · processor ÷ 4'
    goals.atMost(
      `排岗表每帧 p95 · board, a frame${name}`,
      processor === 1 ? 12 : 40,
      percentile(frames, 0.95),
      'ms',
    )
    if (processor === 1) {
      const { shown, done } = await aMove(seen, `${url}/events/${boardEventId}/board?shift=${boardShiftId}`)
      goals.atMost('移动队伍后显示 · a move shown', 200, shown, 'ms')
      goals.note('until the service had moved them, ms', done)
    }
    await seen.close()
  }
}

/** Moves the team in the place that is open at the side: until the board shows it, and until the service has done it. */
async function aMove({ page }: Seen, address: string): Promise<{ shown: number; done: number }> {
  await page.goto(address)
  await page.getByRole('button', { name: '整队调整' }).click()
  await page.getByRole('grid').locator('.can').first().waitFor()
  return page.evaluate(`new Promise((resolve, reject) => {
    const target = document.querySelector('[role=grid] .can')
    const from = performance.now()
    const before = target.textContent
    let shown
    const changed = () => {
      const now = performance.now() - from
      if (target.textContent !== before) shown ??= now
      if (document.body.textContent.includes('已调整')) resolve({ shown, done: now })
      else if (now > 20000) reject(new Error('no move within 20 s'))
      else requestAnimationFrame(changed)
    }
    target.click()
    changed()
  })`)
}

/** The war map while people come: the longest tasks, and whether heap and page grow. */
export async function measureMap(
  { browser, url, office, eventId }: Opened,
  { minutes, come }: { minutes: number; come: () => Promise<void> },
  goals: Goals,
): Promise<void> {
  for (const processor of [1, 4]) {
    const seen = await look(browser, { storage: office, width: 1920, height: 1080, slow: { processor } })
    const { page } = seen
    await page.addInitScript(`window.longTasks = []
      new PerformanceObserver((list) => { for (const each of list.getEntries()) longTasks.push(each.duration) })
        .observe({ type: 'longtask', buffered: true })`)
    await usable(seen, `${url}/events/${eventId}/day`)
    await page.waitForTimeout(3000)
    await page.evaluate('longTasks.length = 0')
    const before = await seen.memory()
    const until = performance.now() + (processor === 1 ? minutes : Math.min(minutes, 0.5)) * 60_000
    while (performance.now() < until) {
      const from = performance.now()
      await come()
      await page.waitForTimeout(Math.max(0, 200 - (performance.now() - from)))
    }
    const after = await seen.memory()
    const longest = await page.evaluate<number>('Math.max(0, ...longTasks)')
    const slow = processor === 1 ? '' : '，慢四倍 · processor ÷ 4'
    goals.atMost(
      `实时地图最长任务 · day page, longest task${slow}`,
      processor === 1 ? 100 : 200,
      longest,
      'ms',
    )
    if (processor === 1) {
      const grown = (now: number, then: number) => (now / then - 1) * 100
      goals.atMost(`内存增长，${minutes} 分钟 · heap grown`, 5, grown(after.heapMb, before.heapMb), '%')
      goals.atMost(`节点增长，${minutes} 分钟 · nodes grown`, 5, grown(after.nodes, before.nodes), '%')
    }
    await seen.close()
  }
}
