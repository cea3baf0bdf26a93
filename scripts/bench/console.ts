/**
 * `npm run bench:console` measures what the console asks of a browser, and its streams of the service, on the played day: Lei
 * Feng day with 11,302 people, then an event of 420 zones × 8 times for the board and one that is on now. `-- --json`
 * prints one object. Each figure stands beside its goal; the command fails when one is missed.
 *
 *   npm run bench:console                     plays the day first
 *   npm run bench:console -- --folder DIR     on a day kept by `scripts/demo --exit --keep`
 *   npm run bench:console -- --only pages,board,live,streams
 */
import '../lib/help.ts'
import { parseArgs } from 'node:util'
import { Client } from '../day/client.ts'
import { demoPassword, invite, signIn } from '../day/offices.ts'
import { playDay } from '../day/play.ts'
import { startService } from '../day/server.ts'
import { measureBoard } from './console-board.ts'
import { Browsing } from './console-browser.ts'
import { measureLive } from './console-live.ts'
import { measurePages } from './console-pages.ts'
import { measureStreams } from './console-streams.ts'
import { boardEvent, liveEvent } from './console-world.ts'
import { rounded, tableOf } from './served.ts'

/** One figure and its goal: at most so much. */
export interface Figure {
  what: string
  value: number
  goal: number
  unit: 'ms' | 'kB' | 's' | 'readers' | 'MB'
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    folder: { type: 'string' },
    only: { type: 'string', default: 'pages,board,live,streams' },
  },
})
const parts = new Set(options.only.split(','))
const say = (text: string) => process.stderr.write(`${text}\n`)

// What is measured is the console, not the limits of one session.
Object.assign(process.env, { LIMIT_PER_SESSION: '1000000', LIMIT_PER_ADDRESS: '1000000' })
const service = await startService({
  port: 0,
  clock: options.folder ? '2026-03-04T18:10:00+08:00' : '2026-02-20T09:00:00+08:00',
  ...(options.folder ? { folder: options.folder } : {}),
})
const client = new Client(service.url)
if (!options.folder && !(await playDay(service, client))) throw new Error('the played day is not right')
const office = { login: 'office', password: demoPassword, what: '' }
const clerk = await signIn(client, office)
const figures: Figure[] = []
const browsing = await Browsing.start(service.url)
try {
  if (parts.has('pages')) {
    say('pages')
    const { items: teams } = await clerk.get('/api/teams?limit=1')
    const leader = await invite(clerk, {
      ...{ login: `bench-${Date.now()}`, name: '测试队长', what: '', role: 'team_leader' },
      teamId: teams[0].id,
    } as Parameters<typeof invite>[1])
    figures.push(...(await measurePages(browsing, { clerk, office, leader })))
  }
  if (parts.has('board')) {
    say('board')
    figures.push(...(await measureBoard(browsing, { clerk, office, event: await boardEvent(clerk) })))
  }
  if (parts.has('live') || parts.has('streams')) {
    const event = await liveEvent(clerk)
    if (parts.has('live')) {
      say('live')
      figures.push(...(await measureLive(browsing, { clerk, office, event })))
    }
    if (parts.has('streams')) {
      say('streams')
      figures.push(...(await measureStreams({ clerk, event })))
    }
  }
} finally {
  await browsing.stop()
  client.close()
  await service.stop()
}

const missed = figures.filter(({ value, goal }) => value > goal)
if (options.json) process.stdout.write(`${JSON.stringify({ figures, missed: missed.length })}\n`)
else {
  const rows = figures.map(({ what, value, goal, unit }) => {
    return [what, `${rounded(value)}`, `${goal}`, unit, value > goal ? 'missed' : '']
  })
  process.stdout.write(tableOf(['figure', 'measured', 'at most', '', ''], rows))
}
if (missed.length > 0) process.exitCode = 1
