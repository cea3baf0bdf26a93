import { createHash } from 'node:crypto'
import { and, eq, lt } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { DateTime } from 'luxon'
import Type from 'typebox'
import type { KeyRing, SealedColumn, SealedText } from '../crypto/index.ts'
import type { Database, Writer } from '../database/port.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Actor } from './access.ts'
import { idempotentAnswers } from './schema.ts'

/** How long an answer is kept. */
export const keptHours = 24

/** `schema.headers` of a route that creates: with a key, the same request sent again is done once. */
export const OnceKey = Type.Unsafe<{ 'idempotency-key': string | undefined }>({
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      description: `自定的请求标识，${keptHours}小时内重发同一请求只做一次 · a key of your own, 8 to 200 visible ASCII characters: within ${keptHours} hours the same request is done once`,
      example: '3f1c2a52-quota-2026-03-04',
    },
  },
})

/** What `createOnce` needs of a request. Only a route that declares the header has it. */
type Once = Pick<FastifyRequest, 'method' | 'url' | 'body' | 'server' | 'signedIn'> & {
  headers: { 'idempotency-key': string | undefined }
}

/** JSON with sorted keys, so that the order in which a client writes them does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function hashOf(request: Once): string {
  const asked = `${request.method} ${request.url}\n${canonical(request.body ?? null)}`
  return createHash('sha256').update(asked).digest('base64url')
}

/** A hash of the actor's grants: it changes with every role and every scope. */
function rightsOf(actor: Actor | null): string {
  const grants = (actor?.grants ?? []).map(({ role, scope }) => canonical({ role, scope })).sort()
  return createHash('sha256').update(grants.join('\n')).digest('base64url')
}

function keyOf(request: Once): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) {
    throw new DomainError(
      'invalid',
      'idempotency.malformed',
      'An Idempotency-Key has 8 to 200 visible ASCII characters.',
    )
  }
  return key
}

/**
 * Creates something once per Idempotency-Key: the answer of `work` is stored in the same transaction, and a repeated
 * request gets the stored answer. Keys are per user. Without a key it is an ordinary transaction.
 * The stored answer is encrypted, and returned only while the user has the same grants: it may contain data that the user
 * may no longer see.
 * @throws DomainError invalid `idempotency.reused` when the key was used for another request; conflict
 *   `idempotency.other_rights` when the user's grants have changed
 */
export async function createOnce<T>(
  db: Database,
  request: Once,
  work: (tx: Writer) => Promise<T>,
): Promise<T> {
  const key = keyOf(request)
  if (key === undefined) return db.transaction(work)
  const { clock, keys } = request.server
  const scope = request.signedIn?.userId ?? 'public'
  const rightsHash = rightsOf(request.signedIn)
  const requestHash = hashOf(request)
  return db.transaction(async (tx) => {
    // Insert first: of two concurrent requests with one key, the second waits here for the first.
    const [claimed] = await tx
      .insert(idempotentAnswers)
      .values({ id: newId(), scope, key, requestHash, rightsHash, createdAt: clock.now() })
      .onConflictDoNothing()
      .returning({ id: idempotentAnswers.id })
    if (!claimed) return storedAnswer<T>(tx, keys, { scope, key, requestHash, rightsHash })
    const answer = await work(tx)
    const sealed = keys.encrypt(JSON.stringify(answer ?? null), placeOf(claimed.id))
    await tx.update(idempotentAnswers).set({ answer: sealed }).where(eq(idempotentAnswers.id, claimed.id))
    return answer
  })
}

const placeOf = (id: string) => `idempotent_answers/answer/${id}` as const

/** The encrypted columns of this module, for key rotation. */
export const idempotencySealed: SealedColumn[] = [
  { table: idempotentAnswers, column: 'answer', place: 'idempotent_answers/answer' },
]

type Asked = Pick<typeof idempotentAnswers.$inferSelect, 'scope' | 'key' | 'requestHash' | 'rightsHash'>

async function storedAnswer<T>(
  tx: Writer,
  keys: KeyRing,
  { scope, key, requestHash, rightsHash }: Asked,
): Promise<T> {
  const mine = and(eq(idempotentAnswers.scope, scope), eq(idempotentAnswers.key, key))
  const [stored] = await tx.select().from(idempotentAnswers).where(mine)
  if (stored?.requestHash !== requestHash) {
    throw new DomainError(
      'invalid',
      'idempotency.reused',
      'This Idempotency-Key was used for another request.',
    )
  }
  if (stored.rightsHash !== rightsHash) {
    throw new DomainError(
      'conflict',
      'idempotency.other_rights',
      'This was done already, under other roles than yours are now. Read it anew.',
    )
  }
  return JSON.parse(keys.decrypt(stored.answer as SealedText, placeOf(stored.id))) as T
}

/** Deletes expired answers. */
export async function forgetAnswers(tx: Writer, now: DateTime): Promise<void> {
  await tx.delete(idempotentAnswers).where(lt(idempotentAnswers.createdAt, now.minus({ hours: keptHours })))
}
