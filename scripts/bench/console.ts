/**
 * Measures the console on the played day: what its pages load and cost a browser, page flips, the board of 420 zones and eight
 * times, the day page while people come, and what hundreds of readers of the live figures cost the service.
 *
 *   npm run bench:console -- [--json] [--small] [--part visits|flips|board|streams|map]… [--minutes N]
 *
 *   --json       prints one object
 *   --small      a tenth of the city, to try it; its figures prove nothing
 *   --part       measures these parts alone
 *   --minutes N  how long the day page is watched; without it 10
 *
 * CHROMIUM_PATH names the browser; without it one that is installed is taken.
 */
import '../lib/help.ts'
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from '../day/client.ts'
import { openBrowser, signInAs } from './console-browser.ts'
import type { BenchDay } from './console-day.ts'
import { measureBoard, measureFirstVisits, measureFlips, measureMap } from './console-pages.ts'
import { checkInAs, measureStreams } from './console-streams.ts'
import { Goals } from './goals.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    part: { type: 'string', multiple: true, default: [] },
    minutes: { type: 'string', default: '10' },
  },
})

const parts = ['visits', 'flips', 'board', 'streams', 'map']
const strange = options.part.find((part) => !parts.includes(part))
if (strange !== undefined) throw new Error(`--part ${strange}: expected one of ${parts.join(', ')}`)
const wants = (part: string) => options.part.length === 0 || options.part.includes(part)

function playDay(): Promise<{ day: BenchDay; end(): void }> {
  const limits = { LIMIT_PER_SESSION: '1000000', LIMIT_PER_ADDRESS: '1000000', LIMIT_PER_LINK: '1000000' }
  const child = fork(join(import.meta.dirname, 'console-day.ts'), options.small ? ['--small'] : [], {
    // What the day prints is no result of the measurement.
    stdio: ['ignore', 2, 2, 'ipc'],
    env: { ...process.env, ...limits, NO_COLOR: '1' },
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the day ended with ${code}`)))
    child.once('message', (message: { day?: BenchDay; failed?: string }) => {
      if (message.day) resolve({ day: message.day, end: () => child.disconnect() })
      else reject(new Error(message.failed))
    })
  })
}

const goals = new Goals()
const { day, end } = await playDay()
const browser = await openBrowser()
try {
  const client = new Client(day.url)
  const account = (login: string) => day.accounts.find((each) => each.login === login)!
  const officer = account('office')
  const leader = day.accounts.at(-1)!
  const tokenOf = async (who: BenchDay['accounts'][number]) =>
    (await client.post('/api/sessions', { ...who, kind: 'bearer' })).token as string
  const coming = day.volunteers.filter(
    ({ assignmentId, startsAt, arrival, countedByTeacher }) =>
      assignmentId && startsAt === '13:30' && arrival && !countedByTeacher,
  )
  const take = (count: number) => coming.splice(0, Math.min(count, Math.floor(coming.length / 2)))

  const opened = {
    ...{ browser, url: day.url, eventId: day.eventId, screen: day.screen },
    ...{ boardEventId: day.boardEventId, boardShiftId: day.boardShiftId },
    office: await signInAs(browser, day.url, officer),
    leader: await signInAs(browser, day.url, leader),
  }
  if (wants('visits')) await measureFirstVisits(opened, goals)
  if (wants('flips')) await measureFlips(opened, goals)
  if (wants('board')) await measureBoard(opened, goals)
  if (wants('streams'))
    await measureStreams(
      {
        ...{ client, pid: day.pid, eventId: day.eventId },
        officeToken: await tokenOf(officer),
        leaderToken: await tokenOf(leader),
        screenToken: day.screen.slice(day.screen.lastIndexOf('/') + 1),
        coming: {
          ...{ first: take(600), watched: take(900), stalled: take(600) },
          ...{ alone: take(1500), burst: take(1500) },
        },
      },
      goals,
    )
  const come = async () => {
    const next = coming.pop()
    // Of a small city everybody has come after some seconds.
    if (next) await checkInAs(client, next)
    else if (!options.small) throw new Error('everybody has come before the day page was watched long enough')
  }
  if (wants('map')) await measureMap(opened, { minutes: Number(options.minutes), come }, goals)
  client.close()
} finally {
  await browser.close()
  end()
}
goals.print(options.json)
