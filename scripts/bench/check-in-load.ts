/**
 * The load generator of the check-in benchmark, a separate process: `node … PORT CONNECTIONS TARGETS.json FROM TO`. Each
 * keep-alive connection sends one check-in and waits for the answer before the next. It uses plain sockets, because it
 * shares the processor with the service and has to be cheap.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { Target } from './check-in-day.ts'

export interface LoadResult {
  answers: Record<string, number>
  seconds: number
  perSecond: number
  /** Latency in milliseconds, from sending the request to the complete answer. */
  p50: number
  p99: number
  max: number
}

function requestOf({ token, assignmentId }: Target): Buffer {
  const body = JSON.stringify({ operationId: randomUUID() })
  const lines = [
    `PUT /api/c/${token}/assignments/${assignmentId}/check-in HTTP/1.1`,
    'host: localhost',
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    body,
  ]
  return Buffer.from(lines.join('\r\n'))
}

/** The status and the length in bytes of the first answer in the buffer; undefined while it is incomplete. */
function answerIn(received: string): { status: number; length: number } | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const length = end + 4 + Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)
  return received.length < length ? undefined : { status: Number(received.slice(9, 12)), length }
}

/** Runs one connection: sends the next request after each answer, and resolves when no request is left. */
function runConnection(
  port: number,
  next: () => Buffer | undefined,
  answered: (status: number, ms: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0
    let received = ''
    // Reads into one fixed buffer instead of a stream, to use less processor time.
    const buffer = Buffer.allocUnsafe(4096)
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback: take } })
    function send() {
      const request = next()
      if (request === undefined) return void socket.end()
      sentAt = performance.now()
      socket.write(request)
    }
    function take(bytes: number): boolean {
      received += buffer.toString('latin1', 0, bytes)
      const answer = answerIn(received)
      if (!answer) return true
      received = received.slice(answer.length)
      answered(answer.status, performance.now() - sentAt)
      send()
      return true
    }
    socket.on('connect', send)
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
    runConnection(
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
