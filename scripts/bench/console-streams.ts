/** What hundreds of readers of the live figures cost: how late they are told, and what it takes from those who check in. */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '../day/client.ts'
import { processorSecondsOf } from '../day/processor.ts'
import type { Volunteer } from '../day/volunteers.ts'
import { percentile } from './console-browser.ts'
import type { ReaderResult, Told, Wanted } from './console-readers.ts'
import type { Goals } from './goals.ts'

/** As many as watch on the day; a phone asks as often as its page does. */
const screens = 200
const offices = 100
const leaders = 700
const leadersEveryMs = 20_000
const stalled = 20

interface Readers {
  ask<T>(act: string, input?: unknown): Promise<T>
  end(): void
}

function startReaders(): Readers {
  const child: ChildProcess = fork(join(import.meta.dirname, 'console-readers.ts'))
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  child.on('message', (message: { id: number; result?: never; failed?: string }) => {
    const { resolve, reject } = waiting.get(message.id)!
    waiting.delete(message.id)
    if (message.failed) reject(new Error(message.failed))
    else resolve(message.result as never)
  })
  let ids = 0
  return {
    ask: (act, input) =>
      new Promise((resolve, reject) => {
        waiting.set(++ids, { resolve, reject })
        child.send({ id: ids, act, input })
      }),
    end: () => child.disconnect(),
  }
}

const now = () => performance.timeOrigin + performance.now()
const memoryMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

export interface Load {
  /** When each check-in had been acknowledged, in ms since 1970. */
  acknowledged: number[]
  latencies: number[]
  cpuSeconds: number
}

export interface StreamDay {
  client: Client
  pid: number
  eventId: string
  officeToken: string
  leaderToken: string
  screenToken: string
  /** Whoever comes now, for each load its part. */
  coming: Record<'first' | 'alone' | 'watched' | 'burst' | 'stalled', Volunteer[]>
}

/** Lets people check in, evenly at so many a second, or 64 at once. */
async function load({ client, pid }: StreamDay, people: Volunteer[], perSecond?: number): Promise<Load> {
  const acknowledged: number[] = []
  const latencies: number[] = []
  const before = processorSecondsOf(pid)
  const one = async (volunteer: Volunteer) => {
    const from = performance.now()
    await checkInAs(client, volunteer)
    latencies.push(performance.now() - from)
    acknowledged.push(now())
  }
  if (perSecond) {
    const from = performance.now()
    const sent: Promise<void>[] = []
    for (const [n, volunteer] of people.entries()) {
      const wait = from + (n * 1000) / perSecond - performance.now()
      if (wait > 1) await new Promise((later) => setTimeout(later, wait))
      sent.push(one(volunteer))
    }
    await Promise.all(sent)
  } else {
    const queue = [...people]
    const worker = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) await one(next)
    }
    await Promise.all(Array.from({ length: 64 }, worker))
  }
  return { acknowledged, latencies, cpuSeconds: processorSecondsOf(pid) - before }
}

let operations = 0
export async function checkInAs(client: Client, { path, assignmentId }: Volunteer): Promise<void> {
  const body = { operationId: `bench-${process.pid}-${++operations}` }
  await client.must('PUT', `/api${path}/assignments/${assignmentId}/check-in`, { body })
}

/** For every reader and every check-in: from its acknowledgement until the reader was told a total that has it. */
function delaysOf(told: readonly Told[], acknowledged: readonly number[], base: number): number[] {
  const inOrder = [...acknowledged].sort((a, b) => a - b)
  return told.flatMap((pairs) => {
    const delays: number[] = []
    let next = 0
    for (let n = 0; n < pairs.length; n += 2)
      for (; next < inOrder.length && base + next + 1 <= pairs[n + 1]!; next++)
        delays.push(Math.max(0, pairs[n]! - inOrder[next]!))
    // Whoever was never told waits for ever.
    while (next++ < inOrder.length) delays.push(Number.POSITIVE_INFINITY)
    return delays
  })
}

/** For every total that all were told: how much later than the first each reader was. */
function spreadOf(told: readonly Told[]): number[] {
  const first = new Map<number, number>()
  const each = told.flatMap((pairs) =>
    pairs.flatMap((at, n) => (n % 2 === 0 ? [[at, pairs[n + 1]!] as const] : [])),
  )
  for (const [at, present] of each) first.set(present, Math.min(first.get(present) ?? at, at))
  return each.map(([at, present]) => at - first.get(present)!)
}

export async function measureStreams(day: StreamDay, goals: Goals): Promise<void> {
  const { client, eventId, coming } = day
  const port = Number(client.base.port)
  const office = { path: `/api/events/${eventId}/stream`, token: day.officeToken }
  const screen = { path: `/api/screen/${day.screenToken}/stream` }
  const perSecond = 75
  // As of a service that has run for a while: what is compiled first would count for those who are measured first.
  await load(day, coming.first)
  const alone = await load(day, coming.alone)
  goals.note('burst alone, p99 in ms', percentile(alone.latencies, 0.99))
  const readers = startReaders()
  try {
    const wanted: Wanted = {
      port,
      streams: [
        { ...screen, count: screens },
        { ...office, count: offices },
      ],
      leaders: {
        ...{ path: '/api/my/duties', token: day.leaderToken },
        ...{ count: leaders, everyMs: leadersEveryMs },
      },
    }
    await readers.ask('open', wanted)
    await new Promise((later) => setTimeout(later, 3000))
    const base = (await client.as(day.officeToken).get(`/api/events/${eventId}/live`)).total.present
    const watched = await load(day, coming.watched, perSecond)
    await new Promise((later) => setTimeout(later, 2000))
    const { told } = await readers.ask<ReaderResult>('result')
    goals.atMost(
      '提交到读者 p95 · commit to reader',
      500,
      percentile(delaysOf(told, watched.acknowledged, base), 0.95),
      'ms',
    )
    goals.atMost('刷新到读者 p95 · tick to reader', 150, percentile(spreadOf(told), 0.95), 'ms')
    const burst = await load(day, coming.burst)
    goals.note('processor time of the burst alone, s', alone.cpuSeconds)
    goals.note('processor time of the burst beside readers, s', burst.cpuSeconds)
    goals.atMost(
      '处理器时间之比 · processor time of a burst, with readers ÷ without',
      1.4,
      burst.cpuSeconds / alone.cpuSeconds,
      '',
    )
    goals.note('burst, check-ins', burst.latencies.length)
    goals.note('burst, half of them within, ms', percentile(burst.latencies, 0.5))
    goals.atMost(
      '集中签到 p99 · check-ins at once beside readers',
      300,
      percentile(burst.latencies, 0.99),
      'ms',
    )
    const { polls } = await readers.ask<ReaderResult>('result')
    goals.note('polls of leaders', polls)
    if (polls.answered === 0) throw new Error('no leader was answered')
    if (polls.refused > 0) throw new Error(`${polls.refused} polls of leaders were refused`)
    await measureStalled(day, readers, { port, ...office }, goals)
  } finally {
    readers.end()
  }
}

/** Readers that stop reading are ended, and what waits for them takes little memory. */
async function measureStalled(
  day: StreamDay,
  readers: Readers,
  to: { port: number; path: string; token: string },
  goals: Goals,
): Promise<void> {
  const { pid, coming } = day
  const before = memoryMb(pid)
  let most = before
  await readers.ask('stall', { ...to, count: stalled })
  const told = load(day, coming.stalled, coming.stalled.length / 60)
  const from = performance.now()
  let ended: (number | null)[] = []
  while (performance.now() - from < 75_000) {
    await new Promise((later) => setTimeout(later, 1000))
    most = Math.max(most, memoryMb(pid))
    ended = (await readers.ask<ReaderResult>('result')).ended
    if (ended.every((ms) => ms !== null)) break
  }
  await told
  const last = Math.max(...ended.map((ms) => ms ?? Number.POSITIVE_INFINITY)) / 1000
  goals.atMost('停止读取者被断开 · readers that stop reading are ended after', 60, last, 's')
  goals.atMost('内存增长 · memory for them', 100, most - before, 'MB')
}
