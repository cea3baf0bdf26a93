import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { Clock } from '#platform/time.ts'
import { isoOf } from '#platform/time.ts'
import type { Outcome, Outgoing, Provider } from './provider.ts'

export interface LogOptions {
  /** One JSON line per message. The only file in which numbers, names and links stand in clear. */
  file: string
  clock: Clock
}

/** Writes messages into a file instead of sending them: for demonstrations, tests and rehearsals. */
export function createLogProvider({ file, clock }: LogOptions): Provider {
  let opened: Promise<FileHandle> | undefined
  let last: Promise<unknown> = Promise.resolve()

  /** One batch after the other, each durable before it counts as sent. */
  async function append(messages: readonly Outgoing[]): Promise<Outcome[]> {
    let handle: FileHandle
    try {
      opened ??= openForAppending(file)
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
    send(messages) {
      const done = last.then(() => append(messages))
      last = done
      return done
    },
    async lookup(messages) {
      await last
      const written = await idsIn(file)
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

/** Only its owner may read it. A line that a crash cut short is ended, so that the next one stands alone. */
async function openForAppending(file: string): Promise<FileHandle> {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, 'a+', 0o600)
  const { size } = await handle.stat()
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
  if (bytesRead === 1 && buffer[0] !== 0x0a) await handle.appendFile('\n')
  return handle
}

/** The ids of all messages whose line is whole. */
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
