/**
 * A crowd at the door, in a process of its own: `node … PORT CONNECTIONS TARGETS.json FROM TO`. Each connection is kept
 * alive, sends one check-in and waits for its answer. Plain sockets, so that the crowd costs little beside the service.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { Target } from './check-in-day.ts'

export interface LoadResult {
  answers: Record<string, number>
  seconds: number
  perSecond: number
  /** Milliseconds from sending to the whole answer. */
  p50: number
  p99: number
  max: number
}

function requestOf({ token, assignmentId }: Target): string {
  const body = JSON.stringify({ operationId: randomUUID() })
  return [
    `PUT /api/c/${token}/assignments/${assignmentId}/check-in HTTP/1.1`,
    'host: localhost',
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n')
}

const headEnd = Buffer.from('\r\n\r\n')

/** One connection: takes the next request as soon as the last is answered; resolves when there are none. */
function queueAt(
  port: number,
  next: () => string | undefined,
  answered: (status: number, ms: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true)
    let sentAt = 0
    let held = Buffer.alloc(0)
    const send = () => {
      const request = next()
      if (request === undefined) return void socket.end()
      sentAt = performance.now()
      socket.write(request)
    }
    socket.on('connect', send)
    socket.on('data', (chunk) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      const end = held.indexOf(headEnd)
      if (end < 0) return
      const head = held.toString('latin1', 0, end)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (held.length < end + 4 + length) return
      held = held.subarray(end + 4 + length)
      answered(Number(head.slice(9, 12)), performance.now() - sentAt)
      send()
    })
    socket.on('close', () => resolve())
    socket.on('error', reject)
  })
}

const [port, connections, file, from, to] = process.argv.slice(2)
const targets = JSON.parse(readFileSync(file as string, 'utf8')) as Target[]
const requests = targets.slice(Number(from), Number(to)).map(requestOf)
const answers: Record<string, number> = {}
const took: number[] = []
let at = 0
const started = performance.now()
await Promise.all(
  Array.from({ length: Number(connections) }, () =>
    queueAt(
      Number(port),
      () => requests[at++],
      (status, ms) => {
        answers[status] = (answers[status] ?? 0) + 1
        took.push(ms)
      },
    ),
  ),
)
const seconds = (performance.now() - started) / 1000
took.sort((a, b) => a - b)
const quantile = (q: number) => took[Math.min(took.length - 1, Math.floor(took.length * q))] ?? 0
const result: LoadResult = {
  answers,
  seconds,
  perSecond: took.length / seconds,
  p50: quantile(0.5),
  p99: quantile(0.99),
  max: took.at(-1) ?? 0,
}
process.stdout.write(JSON.stringify(result))
