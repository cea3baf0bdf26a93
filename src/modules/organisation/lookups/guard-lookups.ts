import { Counter } from 'prom-client'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import type { NumberTry } from './number-tries.ts'
import {
  lookUpsPerMinute,
  type Spending,
  seesNumbers,
  spendLookups,
  spendMinute,
  triesPerDay,
  type Via,
} from './spend-lookups.ts'

const metric = 'muster_lookups_exhausted_total'

/**
 * A metric and a log line for each budget that is used up, to raise an alert. The audit trail says whose budget it was.
 */
export function alarmOf({ metrics, log }: Pick<AppContext, 'metrics' | 'log'>): Spending['alarm'] {
  const known = metrics.getSingleMetric(metric) as Counter<'via'> | undefined
  const counter =
    known ??
    new Counter({
      name: metric,
      help: 'Budgets of numbers tried on somebody that were used up',
      labelNames: ['via'],
      registers: [metrics],
    })
  return ({ via, userId, budgets }) => {
    counter.inc({ via }, budgets)
    log.warn({ via, userId, budgets }, 'numbers tried until the budget was used up')
  }
}

const counted: unique symbol = Symbol('counted')

/**
 * The receipt of the rate limit: the numbers were counted before anything was revealed about them. Only `guardLookups`
 * creates one.
 */
export interface LookUpReceipt {
  readonly [counted]: true
}

export interface Guarded {
  by: Actor
  /** The permission the request uses. */
  permission: string
  via: Via
  /** The number fields of the request. If it has none, nothing is counted. */
  states?: readonly unknown[]
  /** The numbers that are tried, read in the transaction that counts them. */
  tries: (tx: Writer) => Promise<NumberTry[]>
}

/**
 * Rate limit against guessing numbers. Counts the numbers of one request in its own transaction, so that they stay
 * counted when the request is refused or fails. Every operation that reveals something about a number takes the receipt as
 * a parameter.
 * @throws DomainError throttled `lookups.throttled` beyond 30 a minute for users who may not see full numbers;
 *   `lookups.exhausted` when today's budget for this person is used up
 */
export async function guardLookups(
  context: AppContext,
  { by, permission, via, states, tries }: Guarded,
): Promise<LookUpReceipt> {
  if (states?.length === 0) return { [counted]: true }
  const at = context.now()
  const local = at.setZone(context.config.timeZone)
  const spending: Spending = {
    ...{ via, by, at, alarm: alarmOf(context), reach: reachOf(by, permission) },
    today: dayIn(at, context.config.timeZone),
  }
  const refusal = await context.db.transaction(async (tx): Promise<DomainError | undefined> => {
    const limited = !seesNumbers(by)
    if (limited && !(await spendMinute(tx, by.userId, local.toFormat("yyyy-MM-dd'T'HH:mm"), at))) {
      const seconds = Math.max(1, 60 - local.second)
      const message = `At most ${lookUpsPerMinute} numbers a minute. Wait a moment.`
      return new DomainError('throttled', 'lookups.throttled', message, { seconds })
    }
    const allowed = await spendLookups(tx, spending, await tries(tx))
    if (!allowed.includes(false)) return undefined
    const seconds = Math.max(1, Math.ceil(local.plus({ days: 1 }).startOf('day').diff(local).as('seconds')))
    const message = `${triesPerDay} different numbers were tried on this person today. Try again tomorrow.`
    return new DomainError('throttled', 'lookups.exhausted', message, { seconds })
  })
  if (refusal) throw refusal
  return { [counted]: true }
}
