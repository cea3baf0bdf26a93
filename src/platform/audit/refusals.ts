import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { DateTime } from 'luxon'
import type { Database } from '../database/port.ts'
import type { Logger } from '../logger.ts'
import { isoOf } from '../time.ts'
import { type AuditActor, recordAll } from './record.ts'

/** How many different refusals are told apart between two flushes; further ones are only counted. */
const entriesMax = 200

const flushMs = 60_000

interface Refused {
  action: 'request.refused' | 'request.throttled'
  /** `operation:readPerson`. */
  subject: string
  by: AuditActor
  status: number
  first: DateTime
  times: number
}

/** What was refused since the last flush. */
export interface RefusalRecorder {
  /** Writes it into the audit trail: once a minute by itself, and when the service stops. */
  flush(): Promise<void>
  /** Leaves flushing to whoever calls `flush`: for tests that count what is written. */
  pause(): void
}

declare module 'fastify' {
  interface FastifyInstance {
    refusals: RefusalRecorder
  }
}

/**
 * Keeps who was refused what, out of the way of the request: a refusal writes nothing itself, so nobody makes the service
 * write by asking, and the trail grows by a bounded number of entries a minute, each with a count.
 */
export function recordRefusals(
  app: FastifyInstance,
  { db, now, log }: { db: Database; now(): DateTime; log: Logger },
): void {
  let kept = new Map<string, Refused>()
  let writing = Promise.resolve()
  const write = async () => {
    const refused = [...kept.values()]
    kept = new Map()
    if (refused.length === 0) return
    const at = now()
    await db
      .transaction(
        (tx) =>
          recordAll(
            tx,
            refused.map((each) => factOf(each, at)),
          ),
        { isolation: 'statement' },
      )
      .catch((err: unknown) => log.error({ err, lost: refused.length }, 'refusals could not be recorded'))
  }
  const flush = () => (writing = writing.then(write))
  let timer: NodeJS.Timeout | undefined
  app.decorate('refusals', { flush, pause: () => clearInterval(timer) })
  app.addHook('onReady', async () => {
    timer = setInterval(flush, flushMs).unref()
  })
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await flush()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const refused = refusalOf(request, reply.statusCode)
    if (refused) count(kept, { ...refused, first: now(), times: 1 })
    done()
  })
}

function count(kept: Map<string, Refused>, refused: Refused): void {
  const keyOf = ({ action, subject, status, by }: Refused) => JSON.stringify([action, subject, status, by])
  const known = kept.get(keyOf(refused))
  if (known) known.times += 1
  else if (kept.size < entriesMax) kept.set(keyOf(refused), refused)
  else {
    const rest = { ...refused, subject: 'operation:others', by: 'system' as const }
    const others = kept.get(keyOf(rest))
    if (others) others.times += 1
    else kept.set(keyOf(rest), rest)
  }
}

/** A throttle of anybody; a refusal of somebody signed in, by permission or by reach. */
function refusalOf(request: FastifyRequest, status: number): Omit<Refused, 'first' | 'times'> | undefined {
  const { config, schema, url } = request.routeOptions
  const subject = `operation:${(schema as { operationId?: string } | undefined)?.operationId ?? url ?? 'none'}`
  const { signedIn, ip: address } = request
  const by: AuditActor = signedIn ? { userId: signedIn.userId, address } : { anonymous: true, address }
  if (status === 429) return { action: 'request.throttled', subject, by, status }
  const guarded = config.access?.includes('.') || config.access === 'signed-in'
  if (signedIn && guarded && (status === 403 || status === 404))
    return { action: 'request.refused', subject, by, status }
  return undefined
}

function factOf({ action, subject, by, status, first, times }: Refused, at: DateTime) {
  return { action, subject, by, at, details: { status, times, first: isoOf(first) } }
}
