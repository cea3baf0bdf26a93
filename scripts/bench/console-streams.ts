/** 200 screens and 100 offices that read a stream, and 700 leaders that ask. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../day/client.ts'
import type { Figure } from './console.ts'
import { percentile } from './console-browser.ts'
import { type BenchEvent, mark } from './console-world.ts'

const [screens, offices, leaders] = [200, 100, 700]
const marks = 60
const askEveryMs = 20_000

interface World {
  clerk: Client
  event: BenchEvent & { places: { shiftId: string; assignmentId: string }[] }
}

export async function measureStreams({ clerk, event }: World): Promise<Figure[]> {
  const { eventId } = event
  const made = await clerk.post(`/api/events/${eventId}/screens`, { name: '测量用大屏' })
  const token = new URL(made.link ?? made.url).pathname.split('/').at(-1)
  const stopping = new AbortController()
  const heard = new Map<number, number>()
  const office = {
    path: `/api/events/${eventId}/stream`,
    headers: { authorization: `Bearer ${clerk.token}` },
  }
  const readers = [
    ...Array.from({ length: screens }, () => ({ path: `/api/screens/${token}/stream`, headers: {} })),
    ...Array.from({ length: offices }, () => office),
  ].map(({ path, headers }, at) =>
    read(new URL(path, clerk.base), headers, stopping.signal, () => void heard.set(at, performance.now())),
  )
  const asking = ask(clerk, stopping.signal)
  await pause(3000)
  const delays: number[] = []
  for (let n = 0; n < marks; n++) {
    heard.clear()
    const place = event.places[n % event.places.length]
    if (place) await mark(clerk, place, Math.floor(n / event.places.length) + 1000)
    const committed = performance.now()
    await pause(1000)
    for (const at of heard.values()) delays.push(Math.max(0, at - committed))
    // Whoever heard nothing within a second counts as a second.
    for (let missing = heard.size; missing < readers.length; missing++) delays.push(1000)
  }
  stopping.abort()
  await Promise.allSettled([...readers, asking])
  return [
    {
      what: 'commit to reader, p95, 300 streams and 700 asking',
      value: percentile(delays, 0.95),
      goal: 500,
      unit: 'ms',
    },
  ]
}

/** Reads a stream until stopped; `tell` at every message after the first. */
async function read(
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
  tell: () => void,
): Promise<void> {
  const answer = await fetch(url, { headers, signal })
  if (!answer.ok || !answer.body) throw new Error(`${url.pathname}: ${answer.status}`)
  for await (const bytes of answer.body) if (Buffer.from(bytes).includes('data:')) tell()
}

/** So many leaders ask for their duties, each every twenty seconds, with the ETag of the last answer. */
async function ask(clerk: Client, signal: AbortSignal): Promise<void> {
  const tags: (string | undefined)[] = Array.from({ length: leaders })
  const every = askEveryMs / leaders
  for (let n = 0; !signal.aborted; n++) {
    const at = n % leaders
    const headers: Record<string, string> = tags[at] ? { 'if-none-match': tags[at] } : {}
    void clerk
      .send('GET', '/api/my/duties', { headers })
      .then(({ etag }) => (tags[at] = etag ?? tags[at]))
      .catch(() => undefined)
    await pause(every)
  }
}
