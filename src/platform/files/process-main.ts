/** A process of its own that reads and writes files for the service, one after the other. */
import { writeFileSync } from 'node:fs'
import { DomainError, type ErrorKind } from '../errors.ts'
import { offered, type Work } from './work.ts'

export interface Task {
  /** The module that offers the work. */
  url: string
  input: unknown
}

/** What the process tells of its task: parts of the result, and at last one of the others. */
export type FromProcess =
  | { part: unknown }
  /** The next bytes of a file are wanted. */
  | { wants: number }
  | { result: unknown }
  | { refused: { kind: ErrorKind; code: string; message: string; details: Record<string, unknown> } }
  | { failed: string }

/** What the process is told: a task, or the bytes that it wanted (none at the end of the file). */
export type ToProcess = Task | { chunk: Uint8Array | undefined }

const works = new Map<string, Work>()

async function workAt(url: string): Promise<Work> {
  const known = works.get(url)
  if (known) return known
  await import(url)
  const work = offered()
  works.set(url, work)
  return work
}

/** Resolves once the message has left; the service may have ended meanwhile, and this process ends with it. */
const send = (message: FromProcess) =>
  new Promise<void>((left) => {
    process.send?.(message, undefined, undefined, () => left())
  })

/** Memory that could not be had. The process ends, as it does when its heap overflows: it has none left to go on with. */
const isExhausted = (error: unknown) =>
  (error instanceof RangeError && /allocation failed|invalid .*length/i.test(error.message)) ||
  (error instanceof Error && /cannot be cloned, out of memory/i.test(error.message))

let arrived: ((chunk: Uint8Array | undefined) => void) | undefined

/** Asked for one after the other. */
async function chunk(file: number): Promise<Uint8Array | undefined> {
  const next = new Promise<Uint8Array | undefined>((resolve) => {
    arrived = resolve
  })
  await send({ wants: file })
  return next
}

async function perform({ url, input }: Task): Promise<void> {
  try {
    const work = await workAt(url)
    await send({ result: await work(input, (part) => send({ part }), chunk) })
  } catch (error) {
    if (isExhausted(error)) process.exit(1)
    if (error instanceof DomainError) {
      const { kind, code, message, details } = error
      await send({ refused: { kind, code, message, details } })
    } else await send({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

/** Where the system is short of memory, this process goes before the service. */
function goFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000')
  } catch {
    // Not Linux.
  }
}

// It ends with the service, whatever ended that, and not by itself when a terminal sends a signal to both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.exit())
goFirst()
process.on('message', (told: ToProcess) => {
  if ('url' in told) void perform(told)
  else arrived?.(told.chunk)
})
