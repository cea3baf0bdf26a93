import { newId } from '#platform/ids.ts'
import type { JobRun } from '#platform/jobs/definition.ts'
import { claimDue } from './claim.ts'
import type { MessagingContext } from './context.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { handOverOf } from './hand-over.ts'
import { messageCounter } from './metrics.ts'
import { passOn } from './pass-on.ts'
import { prepare } from './prepare.ts'
import type { Prepared } from './prepared.ts'
import type { HandOver, Outcome, Outgoing, Provider } from './providers/provider.ts'
import { type Result, record } from './record.ts'

/** Maximum number of messages in one claim. Smaller for slow providers. */
const batchMax = 200
/**
 * Lease of a claim in seconds, far longer than a batch takes. After it, messages that were handed over become
 * `unknown`, the others are queued again.
 */
const leaseSeconds = 300
/** Maximum length of a run in ms. The next run continues, so a shutdown never waits for a large sending. */
const runMs = 10_000

/**
 * Sends due messages until there are none. For each batch: claim (one transaction), call the provider (no transaction),
 * record the outcomes (one transaction). Safe to run in several processes: each message is claimed once.
 */
export async function deliver(context: MessagingContext, run?: Pick<JobRun, 'signal'>): Promise<void> {
  const started = performance.now()
  while (performance.now() - started < runMs) {
    if (!(await deliverBatch(context, run?.signal))) return
    run?.signal.throwIfAborted()
  }
  await context.db.transaction((tx) => enqueueDelivery(tx, [context.now()], context.now()))
}

/** Sends one batch. Returns false when nothing was due. */
export async function deliverBatch(context: MessagingContext, signal?: AbortSignal): Promise<boolean> {
  const { db, messaging, log } = context
  const claim = newId()
  const now = context.now()
  messaging.underWay.add(claim)
  try {
    const { sms, email } = messaging.providers
    const carriers = { sms: sms.name, email: email.name }
    const max = Math.min(batchMax, sms.capabilities.batch, email.capabilities.batch)
    const leaseUntil = now.plus({ seconds: leaseSeconds })
    const batch = await db.transaction((tx) => claimDue(tx, { id: claim, now, leaseUntil, max, carriers }), {
      isolation: 'statement',
    })
    if (batch.length === 0) return false
    const handOver = handOverOf(context, claim, signal)
    const prepared = await prepare(context, batch, now)
    await passOn(db, prepared, now)
    const results = await sendAll(prepared, handOver)
    const at = context.now()
    await db.transaction((tx) => record(tx, { claim, results, at, random: () => context.random() }), {
      isolation: 'statement',
    })
    report(context, batch.length, results)
    return true
  } catch (error) {
    // The claim stays. When its lease ends, `settleUnknown` decides about each message of the batch.
    log.error({ claim, err: error }, 'message batch failed')
    throw error
  } finally {
    messaging.underWay.delete(claim)
  }
}

/** Hands over all messages with something to send, grouped by provider, in chunks of the provider's batch size. */
async function sendAll(prepared: readonly Prepared[], handOver: HandOver): Promise<Result[]> {
  const results: Result[] = prepared.filter((each) => !('send' in each)) as Result[]
  const toSend = prepared.filter((each) => 'send' in each)
  for (const [provider, ofProvider] of Map.groupBy(toSend, (each) => each.provider)) {
    const { batch } = provider.capabilities
    for (let from = 0; from < ofProvider.length; from += batch) {
      const piece = ofProvider.slice(from, from + batch)
      const outgoing = piece.map(({ send }) => send)
      const outcomes = await sendPiece(provider, outgoing, handOver)
      for (const [at, { message, segments }] of piece.entries()) {
        const outcome = outcomes[at] ?? { outcome: 'unknown', reason: 'no_answer' }
        results.push({ message, segments, provider: provider.name, outcome })
      }
    }
  }
  return results
}

/** Providers must not throw. If one does, the outcome of the whole chunk is unknown. */
async function sendPiece(provider: Provider, piece: Outgoing[], handOver: HandOver): Promise<Outcome[]> {
  try {
    return await provider.send(piece, handOver)
  } catch {
    return piece.map(() => ({ outcome: 'unknown', reason: 'no_answer' }))
  }
}

function report({ log, metrics }: MessagingContext, claimed: number, results: readonly Result[]): void {
  const counter = messageCounter(metrics)
  const counts: Record<string, number> = {}
  for (const result of results) {
    const outcome = whatBecameOf(result)
    counts[outcome] = (counts[outcome] ?? 0) + 1
    counter.inc({ channel: result.message.channel, outcome })
  }
  log.info({ messages: claimed, ...counts }, 'message batch handed over')
}

function whatBecameOf(result: Result): string {
  if ('outcome' in result) return result.outcome.outcome
  if ('end' in result) return result.end
  return 'apart' in result ? 'split' : 'postponed'
}
