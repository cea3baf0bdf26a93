import { and, eq, lt } from 'drizzle-orm'
import { Counter } from 'prom-client'
import { raiseAttention } from '#platform/attention/index.ts'
import { afterCommit, inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor, Reach } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { numberTries } from '../schema.ts'
import { partsOf } from './spend-lookups.ts'

/**
 * How many different people one user, and everybody whom one part of the organisation or one user appointed together,
 * may reveal on one day.
 */
export const revelationLimits = {
  /** Full numbers opened one by one, or a whole class under an approval. */
  revelation: { user: 100, part: 300 },
  /** A teacher reads the guardians' numbers of the own class around a shift. */
  guardians: { user: 200, part: 1000 },
  /** Names tried by a person in charge in an emergency. */
  emergency: { user: 10, part: 30 },
} as const
export type RevelationKind = keyof typeof revelationLimits

/** Who appointed somebody, up to the officers: answered by the slice that knows accounts. */
export type Appointers = (db: Reader, userId: string) => Promise<ReadonlySet<string>>

const counted: unique symbol = Symbol('revelations counted')

/** Proof that these people were counted before anything of them was revealed. Only `guardRevelations` creates one. */
export interface RevelationReceipt {
  readonly [counted]: true
}

export interface GuardedRevelations {
  by: Actor
  kind: RevelationKind
  /** The reach of the role that is used; its units and districts have budgets of their own. */
  reach: Reach
  /** The people who are revealed, or whatever tells two tries apart; read in the transaction that counts them. */
  about: (tx: Writer) => Promise<readonly string[]>
}

type Spender = { id: string; limit: number }

/**
 * Rate limit on revelations. Counts in a transaction of its own, so that a refused request stays counted. Every use-case
 * that shows numbers in clear takes the receipt as a parameter.
 * @throws DomainError throttled `revelations.exhausted`
 */
export async function guardRevelations(
  context: AppContext,
  appointers: Appointers,
  { by, kind, reach, about }: GuardedRevelations,
): Promise<RevelationReceipt> {
  const { db, now, config } = context
  const at = now()
  const today = dayIn(at, config.timeZone)
  const limits = revelationLimits[kind]
  const refused = await db.transaction(async (tx) => {
    const spenders = [
      { id: `user:${by.userId}`, limit: limits.user },
      ...(await partsOf(tx, reach)).map((id) => ({ id, limit: limits.part })),
      // One budget for everybody whom somebody appointed: more accounts give no more of it.
      ...[...(await appointers(tx, by.userId))].map((id) => ({ id: `by:${id}`, limit: limits.part })),
    ]
    const spent = await spend(tx, { spenders, subject: `revelations:${kind}`, today, at }, await about(tx))
    if (!spent) await raiseAlarm(tx, context, { by, kind, spenders, today, at })
    return !spent
  })
  if (!refused) return { [counted]: true }
  const local = at.setZone(config.timeZone)
  const seconds = Math.max(1, Math.ceil(local.plus({ days: 1 }).startOf('day').diff(local).as('seconds')))
  const message = 'So many people were opened today that no more can be. Try again tomorrow.'
  throw new DomainError('throttled', 'revelations.exhausted', message, { seconds })
}

interface Spent {
  spenders: readonly Spender[]
  subject: string
  today: string
  at: ReturnType<AppContext['now']>
}

/** Whether every budget allows these; then each of them takes a slot, unless it took one today already. */
async function spend(
  tx: Writer,
  { spenders, subject, today, at }: Spent,
  about: readonly string[],
): Promise<boolean> {
  // A concurrent request may take the same slot: read again.
  for (let again = 0; again < 5; again++) {
    const cells: { spender: string; number: string; slot: number }[] = []
    for (const { id: spender, limit } of spenders) {
      const known = await slotsOf(tx, { spender, subject, today, limit })
      const fresh = [...new Set(about)].filter((number) => !known.has(number))
      if (known.size + fresh.length > limit) return false
      cells.push(...fresh.map((number, n) => ({ spender, number, slot: known.size + n })))
    }
    let taken = 0
    await inChunks(cells, 500, async (some) => {
      const rows = some.map((cell) => ({ id: newId(), period: today, subject, at, ...cell }))
      const made = await tx
        .insert(numberTries)
        .values(rows)
        .onConflictDoNothing()
        .returning({ id: numberTries.id })
      taken += made.length
    })
    if (taken === cells.length) return true
  }
  return false
}

async function slotsOf(
  db: Reader,
  { spender, subject, today, limit }: { spender: string; subject: string; today: string; limit: number },
): Promise<Set<string>> {
  const rows = await db
    .select({ number: numberTries.number })
    .from(numberTries)
    .where(
      and(
        eq(numberTries.spender, spender),
        eq(numberTries.subject, subject),
        eq(numberTries.period, today),
        lt(numberTries.slot, limit),
      ),
    )
  return new Set(rows.map(({ number }) => number))
}

const metric = 'muster_revelations_exhausted_total'

/** Once a day for each user and kind: an alarm, a metric, a line in the log, and a message to the auditors. */
async function raiseAlarm(
  tx: Writer,
  { metrics, log }: Pick<AppContext, 'metrics' | 'log'>,
  {
    by,
    kind,
    spenders,
    today,
    at,
  }: { by: Actor; kind: RevelationKind } & Pick<Spent, 'spenders' | 'today' | 'at'>,
): Promise<void> {
  const own = { spender: spenders[0]!.id, subject: `revelations:${kind}`, period: today }
  const mark = { id: newId(), ...own, number: 'alarm', slot: spenders[0]!.limit, at }
  const [raised] = await tx
    .insert(numberTries)
    .values(mark)
    .onConflictDoNothing()
    .returning({ id: numberTries.id })
  if (!raised) return
  const subject = `user:${by.userId}`
  await raiseAttention(tx, [{ action: 'revelations.exhausted', subject, by, at, details: { kind } }])
  await enqueue(tx, 'revelations.exhausted', { userId: by.userId, day: today })
  afterCommit(tx, () => {
    const known = metrics.getSingleMetric(metric) as Counter<'kind'> | undefined
    const counter =
      known ??
      new Counter({
        name: metric,
        help: 'Users who revealed as many people in a day as they may',
        labelNames: ['kind'],
        registers: [metrics],
      })
    counter.inc({ kind })
    log.warn({ userId: by.userId, kind }, 'people were revealed until the limit of the day')
  })
}
