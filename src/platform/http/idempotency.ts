import { createHash } from 'node:crypto'
import { and, eq, lt } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { DateTime } from 'luxon'
import type { Database, Writer } from '../database/port.ts'
import { DomainError } from '../errors.ts'
import { idempotencyKeys } from './schema.ts'

/** How long an answer is kept. */
export const keptHours = 24

/** JSON with sorted keys, so that the order in which a client writes them does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function hashOf(request: FastifyRequest): string {
  const asked = `${request.method} ${request.url}\n${canonical(request.body ?? null)}`
  return createHash('sha256').update(asked).digest('base64url')
}

function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key)) {
    throw new DomainError(
      'invalid',
      'idempotency.malformed',
      'An Idempotency-Key has 8 to 200 visible ASCII characters.',
    )
  }
  return key
}

/**
 * Creates something once for each Idempotency-Key: the answer of `work` is stored in the same transaction, and
 * a request that is repeated gets it again. Keys belong to whoever is signed in. Without a key, just a transaction.
 * @throws DomainError invalid `idempotency.reused` when the key came with another request
 */
export async function createOnce<T>(
  db: Database,
  request: FastifyRequest,
  work: (tx: Writer) => Promise<T>,
): Promise<T> {
  const key = keyOf(request)
  if (key === undefined) return db.transaction(work)
  const scope = request.signedIn?.userId ?? 'public'
  const requestHash = hashOf(request)
  const mine = and(eq(idempotencyKeys.scope, scope), eq(idempotencyKeys.key, key))
  return db.transaction(async (tx) => {
    // The insert is first: of two that arrive together, one waits here for the other.
    const claimed = await tx
      .insert(idempotencyKeys)
      .values({ scope, key, requestHash, createdAt: request.server.clock.now() })
      .onConflictDoNothing()
      .returning({ key: idempotencyKeys.key })
    if (claimed.length === 0) return storedAnswer<T>(tx, mine, requestHash)
    const answer = await work(tx)
    await tx.update(idempotencyKeys).set({ answer }).where(mine)
    return answer
  })
}

async function storedAnswer<T>(tx: Writer, mine: ReturnType<typeof and>, requestHash: string): Promise<T> {
  const [stored] = await tx.select().from(idempotencyKeys).where(mine)
  if (stored?.requestHash !== requestHash) {
    throw new DomainError(
      'invalid',
      'idempotency.reused',
      'This Idempotency-Key was used for another request.',
    )
  }
  return stored.answer as T
}

/** Forgets the answers that nobody will ask for again. */
export async function forgetAnswers(tx: Writer, now: DateTime): Promise<void> {
  await tx.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, now.minus({ hours: keptHours })))
}
