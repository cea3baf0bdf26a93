import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { Clock } from '#platform/time.ts'
import { isoOf } from '#platform/time.ts'
import type { Outcome, Outgoing, Provider } from './provider.ts'

export interface LogOptions {
  /** File with one JSON line per message. The only file that contains numbers, names and links in clear text. */
  file: string
  clock: Clock
  /** Size in bytes from which the file is rotated to `.1`. */
  bytesMax?: number
}

const bytesMaxDefault = 64 * 1024 * 1024
/** Number of rotated files that are kept; older ones are deleted, because they contain clear text. */
const rotatedFilesMax = 4

/** The paths of all log files, newest first. */
const filesOf = (file: string) => [
  file,
  ...Array.from({ length: rotatedFilesMax }, (_, index) => `${file}.${index + 1}`),
]

/**
 * Creates a provider that writes messages to a file instead of sending them: for demonstrations, tests and rehearsals.
 */
export function createLogProvider({ file, clock, bytesMax = bytesMaxDefault }: LogOptions): Provider {
  let opened: Promise<FileHandle> | undefined
  let last: Promise<unknown> = Promise.resolve()

  /** Appends one batch after the other. A batch is synced to disk before it counts as sent. */
  async function append(messages: readonly Outgoing[]): Promise<Outcome[]> {
    let handle: FileHandle
    try {
      opened ??= openForAppending(file)
      if (await isFull(await opened, bytesMax)) {
        const full = await opened
        opened = setAside(file, full)
          .finally(() => full.close())
          .then(() => openForAppending(file))
      }
      handle = await opened
    } catch (error) {
      opened = undefined
      const { code } = error as NodeJS.ErrnoException
      return messages.map(() => ({ outcome: 'stopped', reason: 'provider_misconfigured', code }))
    }
    try {
      const at = isoOf(clock.now())
      await handle.appendFile(messages.map((message) => lineOf(message, at)).join(''))
      await handle.datasync()
      return messages.map(() => ({ outcome: 'sent', providerId: null }))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      return messages.map(() => ({ outcome: 'unknown', reason: 'no_answer', code }))
    }
  }

  return {
    name: 'log',
    capabilities: {
      batch: 500,
      signature: true,
      links: 'anywhere',
      filedTemplatesOnly: false,
      billing: 'china',
      segmentsMax: 30,
      receipts: false,
    },
    async send(messages, { begin }) {
      const mine = await begin(messages.map(({ messageId }) => messageId))
      const done = last.then(() => append(messages.filter(({ messageId }) => mine.has(messageId))))
      last = done
      const outcomes = await done
      let next = 0
      return messages.map(({ messageId }): Outcome => {
        if (!mine.has(messageId)) return { outcome: 'kept' }
        return outcomes[next++] ?? { outcome: 'unknown', reason: 'no_answer' }
      })
    },
    async lookup(messages) {
      await last
      const written = new Set<string>()
      for (const each of filesOf(file)) for (const id of await idsIn(each)) written.add(id)
      return new Map(messages.map(({ messageId }) => [messageId, written.has(messageId) ? 'sent' : 'absent']))
    },
    async close() {
      await last
      await (await opened?.catch(() => undefined))?.close()
      opened = undefined
    },
  }
}

function lineOf({ messageId, kind, to, locale, template, subject, text }: Outgoing, at: string): string {
  const line = {
    messageId,
    at,
    kind,
    to,
    locale,
    ...(subject ? { subject } : {}),
    text,
    values: template.values,
  }
  return `${JSON.stringify(line)}\n`
}

async function isFull(handle: FileHandle, bytesMax: number): Promise<boolean> {
  return (await handle.stat()).size >= bytesMax
}

/** Rotates the files; the oldest is deleted. Another process may have rotated already. */
async function setAside(file: string, full: FileHandle): Promise<void> {
  const [known, there] = await Promise.all([full.stat(), stat(file).catch(() => undefined)])
  if (known.ino !== there?.ino) return
  const files = filesOf(file)
  for (let at = files.length - 1; at > 0; at--)
    await rename(files[at - 1] as string, files[at] as string).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
}

/** Opens the file, readable by its owner only. Ends a line that a crash cut short, so that the next line is whole. */
async function openForAppending(file: string): Promise<FileHandle> {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, 'a+', 0o600)
  const { size } = await handle.stat()
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
  if (bytesRead === 1 && buffer[0] !== 0x0a) await handle.appendFile('\n')
  return handle
}

/** The ids of all messages with a complete line. */
async function idsIn(file: string): Promise<Set<string>> {
  const ids = new Set<string>()
  const lines = createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  try {
    for await (const line of lines) {
      const id = idOf(line)
      if (id) ids.add(id)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return ids
}

function idOf(line: string): string | undefined {
  try {
    return (JSON.parse(line) as { messageId?: string }).messageId
  } catch {
    return undefined
  }
}
