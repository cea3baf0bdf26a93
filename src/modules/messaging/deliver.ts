import type { DateTime } from 'luxon'
import { newId } from '#platform/ids.ts'
import { claimDue } from './claim.ts'
import type { MessagingContext } from './context.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { messageCounter } from './metrics.ts'
import { type Prepared, prepare } from './prepare.ts'
import type { Outcome, Outgoing, Provider } from './providers/provider.ts'
import { type Result, record } from './record.ts'

/** Messages taken by one claim at most: so many have an unknown outcome after a crash. Fewer where a provider is slow. */
const batchMax = 200
/** Far longer than any batch takes; afterwards its messages count as unknown. */
const leaseSeconds = 300
/** A run ends after so long and lets another follow, so that shutting down never waits for a mass sending. */
const runMs = 10_000

/**
 * Sends what is due until nothing is: claim a batch (one transaction), hand it over (none), record what became of it
 * (one transaction). Many may do this at once; each message is claimed once.
 */
export async function deliver(context: MessagingContext): Promise<void> {
  const started = performance.now()
  while (performance.now() - started < runMs) {
    if (!(await deliverBatch(context))) return
  }
  await context.db.transaction((tx) => enqueueDelivery(tx, [context.now()], context.now()))
}

/** False when nothing was due. */
export async function deliverBatch(context: MessagingContext): Promise<boolean> {
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
    const results = await sendAll(context, await prepare(context, batch, now), leaseUntil)
    const at = context.now()
    await db.transaction((tx) => record(tx, { claim, results, at, random: () => context.random() }), {
      isolation: 'statement',
    })
    report(context, batch.length, results)
    return true
  } catch (error) {
    // The claim stands: its lease ends, and what became of the batch is looked up then.
    log.error({ claim, err: error }, 'message batch failed')
    throw error
  } finally {
    messaging.underWay.delete(claim)
  }
}

/**
 * Hands everything over that is to be sent, provider by provider and in pieces each one takes. Nothing is handed over
 * under a lease that has ended: somebody may have looked the message up and sent it.
 */
async function sendAll(
  { now }: MessagingContext,
  prepared: readonly Prepared[],
  leaseUntil: DateTime,
): Promise<Result[]> {
  const results: Result[] = prepared.filter((each) => !('send' in each)) as Result[]
  const toSend = prepared.filter((each) => 'send' in each)
  for (const [provider, ofProvider] of Map.groupBy(toSend, (each) => each.provider)) {
    const { batch } = provider.capabilities
    for (let from = 0; from < ofProvider.length; from += batch) {
      const piece = ofProvider.slice(from, from + batch)
      if (now() >= leaseUntil) {
        for (const { message } of piece) results.push({ message, postponeTo: now() })
        continue
      }
      const outcomes = await handOver(
        provider,
        piece.map(({ send }) => send),
      )
      for (const [at, { message, segments }] of piece.entries()) {
        const outcome = outcomes[at] ?? { outcome: 'unknown', reason: 'no_answer' }
        results.push({ message, segments, provider: provider.name, outcome })
      }
    }
  }
  return results
}

/** A provider that throws has broken its promise; then nobody knows what it did. */
async function handOver(provider: Provider, messages: Outgoing[]): Promise<Outcome[]> {
  try {
    return await provider.send(messages)
  } catch {
    return messages.map(() => ({ outcome: 'unknown', reason: 'no_answer' }))
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
