import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { inChunks, type Writer } from '#platform/database/port.ts'
import type { Message } from './claim.ts'
import { markContacts } from './contacts.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { holdProvider } from './holds.ts'
import type { Prepared } from './prepared.ts'
import type { Outcome } from './providers/provider.ts'
import { attemptsMax, retryDelayMs, statesBefore } from './rules.ts'
import { messages } from './schema.ts'
import { splitMessage } from './split-message.ts'
import type { MessageState, ProviderName, Reason } from './words.ts'

/** The result for one claimed message. */
export type Result =
  | Exclude<Prepared, { send: unknown }>
  | { message: Message; provider: ProviderName; segments: number; outcome: Outcome }

interface Recording {
  claim: string
  results: readonly Result[]
  at: DateTime
  random: () => number
}

/** The new state of a message. Messages with the same move are updated by one statement. */
interface Move {
  state: MessageState
  reason: Reason | null
  providerCode: string | null
  provider: ProviderName | null
  providerId: string | null
  segments: number | null
  notBefore: DateTime | null
  giveBackAttempt: boolean
}

/**
 * Records the results of one claim in one transaction. A message that a receipt has moved on keeps its later state; a
 * message that another process has claimed is not changed.
 */
export async function record(tx: Writer, { claim, results, at, random }: Recording): Promise<void> {
  const moves = results.map((result) => ({ message: result.message, move: moveOf(result, at, random) }))
  const alike = Map.groupBy(moves, ({ move }) =>
    JSON.stringify({ ...move, notBefore: move.notBefore?.toMillis() }),
  )
  for (const group of alike.values()) {
    const { move } = group[0] as (typeof moves)[number]
    await inChunks(group, 200, (some) =>
      write(
        tx,
        claim,
        some.map(({ message }) => message),
        move,
        at,
      ),
    )
  }
  await consequences(tx, results, moves, at)
}

async function write(tx: Writer, claim: string, group: Message[], move: Move, at: DateTime): Promise<void> {
  const ids = group.map(({ id }) => id)
  const mine = and(inArray(messages.id, ids), eq(messages.claim, claim))
  const { state, reason, providerCode, provider, providerId, segments, notBefore, giveBackAttempt } = move
  const carried = {
    ...(provider && { provider }),
    ...(providerId && { providerId }),
    ...(segments !== null && { segments }),
  }
  const moved = await tx
    .update(messages)
    .set({
      ...carried,
      state,
      reason,
      providerCode,
      stateAt: at,
      leaseUntil: null,
      ...(notBefore && { notBefore }),
      ...(giveBackAttempt && { attempts: sql`${messages.attempts} - 1` }),
    })
    .where(
      and(
        mine,
        inArray(messages.state, statesBefore(state)),
        inArray(messages.state, ['sending', 'unknown']),
      ),
    )
    .returning({ id: messages.id })
  if (moved.length === ids.length || Object.keys(carried).length === 0) return
  await tx
    .update(messages)
    .set(carried)
    .where(and(mine, isNull(messages.providerId)))
}

function moveOf(result: Result, at: DateTime, random: () => number): Move {
  const unchanged = {
    reason: null,
    providerCode: null,
    provider: null,
    providerId: null,
    segments: null,
    notBefore: null,
  }
  if ('postponeTo' in result || 'apart' in result) {
    const notBefore = 'apart' in result ? at : result.postponeTo
    return { ...unchanged, state: 'queued', notBefore, giveBackAttempt: true }
  }
  if ('end' in result)
    return { ...unchanged, state: result.end, reason: result.reason, giveBackAttempt: false }
  const { outcome, provider, segments, message } = result
  if (outcome.outcome === 'kept')
    return { ...unchanged, state: 'queued', notBefore: at, giveBackAttempt: true }
  const base = { ...unchanged, provider, giveBackAttempt: false }
  switch (outcome.outcome) {
    case 'accepted':
    case 'sent':
    case 'delivered':
      return { ...base, state: outcome.outcome, providerId: outcome.providerId, segments }
    case 'unknown':
      return {
        ...base,
        state: 'unknown',
        reason: outcome.reason,
        providerCode: outcome.code ?? null,
        segments,
      }
    case 'stopped':
      return {
        ...base,
        state: 'queued',
        reason: outcome.reason,
        providerCode: outcome.code ?? null,
        giveBackAttempt: true,
      }
    case 'refused': {
      const held =
        outcome.reason === 'opted_out' ||
        outcome.reason === 'contact_invalid' ||
        outcome.reason === 'synthetic_contact'
      return {
        ...base,
        state: held ? 'suppressed' : 'dead',
        reason: outcome.reason,
        providerCode: outcome.code ?? null,
      }
    }
    case 'later': {
      const retryAt = at.plus({ milliseconds: retryDelayMs(message.attempts, outcome.retryAfterMs, random) })
      const reason = { reason: outcome.reason, providerCode: outcome.code ?? null }
      if (message.attempts >= attemptsMax) return { ...base, ...reason, state: 'dead' }
      if (message.expiresAt && message.expiresAt <= retryAt) return { ...base, ...reason, state: 'expired' }
      return { ...base, ...reason, state: 'queued', notBefore: retryAt }
    }
  }
}

/** Follow-up changes: split messages, marks on contacts, holds on providers, and delivery jobs for retries. */
async function consequences(
  tx: Writer,
  results: readonly Result[],
  moves: readonly { move: Move }[],
  at: DateTime,
): Promise<void> {
  for (const result of results)
    if ('apart' in result) await splitMessage(tx, result.message, result.apart, at)
  const told = results.filter((result) => 'outcome' in result)
  for (const mark of ['invalid', 'opted_out'] as const) {
    const ids = told.flatMap(({ message, outcome }) =>
      outcome.outcome === 'refused' && outcome.contact === mark ? [message.contactId] : [],
    )
    await markContacts(tx, ids, mark, at)
  }
  for (const { provider, outcome } of told) {
    if (outcome.outcome === 'stopped') {
      await holdProvider(tx, { provider, reason: outcome.reason, providerCode: outcome.code ?? null, at })
      break
    }
  }
  const again = moves.flatMap(({ move }) => move.notBefore ?? [])
  if (again.length > 0) await enqueueDelivery(tx, again, at)
}
