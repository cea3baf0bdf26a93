/**
 * Readers of the live figures, in a process of their own: screens and offices that stream, leaders who ask again and again, and
 * some who stop reading. Controlled by messages; what each stream was told, and when, is the answer.
 */
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'

export interface Wanted {
  port: number
  /** Address and token of each stream; a screen needs no token. */
  streams: { path: string; token?: string; count: number }[]
  leaders: { path: string; token: string; count: number; everyMs: number }
}

/** When a stream told how many are present: pairs of milliseconds since 1970 and that number. */
export type Told = number[]

export interface ReaderResult {
  told: Told[]
  polls: { answered: number; refused: number; p95Ms: number }
  /** Milliseconds after which each reader that stopped reading was ended; null: not yet. */
  ended: (number | null)[]
}

const now = () => performance.timeOrigin + performance.now()
const told: Told[] = []
const polled: number[] = []
let refused = 0
const ended: (number | null)[] = []
const timers: NodeJS.Timeout[] = []
/** Each phone keeps its connection, as browsers do. */
const phones = new Agent({ keepAlive: true, scheduling: 'fifo', timeout: 60_000 })

function get(
  port: number,
  path: string,
  token: string | undefined,
  more: Record<string, string> = {},
  agent: Agent | false = false,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { ...more, ...(token && { authorization: `Bearer ${token}` }) }
    request({ port, host: '127.0.0.1', path, headers, agent }, resolve).on('error', reject).end()
  })
}

/** Reads a stream, and goes on where it was when it ends. */
async function stream(port: number, path: string, token: string | undefined): Promise<void> {
  const pairs: Told = []
  told.push(pairs)
  await readOn({ port, path, token }, pairs, '')
}

async function readOn(
  from: { port: number; path: string; token: string | undefined },
  pairs: Told,
  lastId: string,
): Promise<void> {
  const { port, path, token } = from
  const answer = await get(port, path, token, lastId ? { 'last-event-id': lastId } : {})
  if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}`)
  let rest = ''
  let last = lastId
  let retryMs = 3000
  answer.setEncoding('utf8')
  answer.on('error', () => undefined)
  answer.on('data', (text: string) => {
    const at = now()
    const parts = (rest + text).split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const present = /"total":\{[^}]*?"present":(\d+)/.exec(part)?.[1]
      if (present) pairs.push(at, Number(present))
      last = /^id: (.+)$/m.exec(part)?.[1] ?? last
      retryMs = Number(/^retry: (\d+)$/m.exec(part)?.[1] ?? retryMs)
    }
  })
  answer.on('end', () => setTimeout(() => void readOn(from, pairs, last).catch(() => refused++), retryMs))
}

async function poll(port: number, { path, token }: Wanted['leaders']): Promise<void> {
  const from = performance.now()
  const answer = await get(port, path, token, {}, phones)
  answer.resume()
  answer.once('end', () => polled.push(performance.now() - from))
  if (answer.statusCode !== 200) refused++
}

/** Asks for a stream and never reads what comes. */
function stopReading(port: number, path: string, token: string | undefined): void {
  const at = ended.push(null) - 1
  const from = performance.now()
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(
      `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${token ? `authorization: Bearer ${token}\r\n` : ''}\r\n`,
    )
    socket.pause()
  })
  const over = () => {
    ended[at] ??= performance.now() - from
  }
  socket.on('error', over)
  socket.on('close', over)
  // A paused socket learns of its end only when something is asked of it.
  timers.push(setInterval(() => socket.write('\r\n'), 1000))
}

const acts = {
  async open({ port, streams, leaders }: Wanted): Promise<void> {
    for (const { path, token, count } of streams)
      for (let n = 0; n < count; n++) await stream(port, path, token)
    const ask = () => void poll(port, leaders).catch(() => refused++)
    for (let n = 0; n < leaders.count; n++) {
      const begin = () => {
        ask()
        timers.push(setInterval(ask, leaders.everyMs))
      }
      timers.push(setTimeout(begin, (leaders.everyMs * n) / leaders.count))
    }
  },
  async stall({ port, path, token, count }: { port: number; path: string; token?: string; count: number }) {
    for (let n = 0; n < count; n++) stopReading(port, path, token)
  },
  async result(): Promise<ReaderResult> {
    const sorted = [...polled].sort((a, b) => a - b)
    const p95Ms = sorted[Math.floor(sorted.length * 0.95)] ?? 0
    return { told, polls: { answered: polled.length, refused, p95Ms }, ended }
  },
}

process.on('message', async ({ id, act, input }: { id: number; act: keyof typeof acts; input: never }) => {
  try {
    process.send?.({ id, result: await acts[act](input) })
  } catch (error) {
    process.send?.({ id, failed: String(error) })
  }
})
process.on('disconnect', () => process.exit(0))
