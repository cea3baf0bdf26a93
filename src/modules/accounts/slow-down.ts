import type { DateTime } from 'luxon'
import { Counter } from 'prom-client'
import { raiseAttention } from '#platform/attention/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { afterCommit, type Writer } from '#platform/database/port.ts'
import type { AppContext } from '#src/context.ts'
import { type AttemptLimit, countAttempt, takeAttempt } from './attempts.ts'
import { knowsLogin } from './known-browsers.ts'
import { type SecurityRules, securityRules } from './password-rules.ts'

type Needs = Pick<AppContext, 'keys' | 'config' | 'metrics' | 'log'>

export interface Trying {
  login: string
  address: string
  /** See `browserOf`. */
  browser: string | undefined
}

const day = 86_400

/** The keys attempts are counted under. Hashed; unknown logins are counted too. */
function attemptKeys(keys: KeyRing, { login, address, browser }: Trying) {
  return {
    browser: keys.keyedHash('attempts', `sign-in/${login}/browser/${browser}`),
    here: keys.keyedHash('attempts', `sign-in/${login}/${address}`),
    anywhere: keys.keyedHash('attempts', `sign-in/${login}`),
  }
}

/** The keys to clear after the user has set a new password here. */
export const triesHere = (keys: KeyRing, login: string, address: string) => [
  attemptKeys(keys, { login, address, browser: undefined }).here,
]

function limitOf(rules: SecurityRules, free: number): AttemptLimit {
  const { firstWaitSeconds, longestWaitSeconds } = rules
  return { free, firstWaitSeconds, longestWaitSeconds, forgetAfterSeconds: day }
}

/** Identifies a login in the audit trail without revealing it. */
export const loginSubject = (keys: KeyRing, login: string) =>
  `login:${keys.keyedHash('attempts', `sign-in/${login}`)}`

/**
 * Counts an attempt at a password. A known browser has its own counter, which nobody else can use up. Other browsers
 * are limited by login and address; after many attempts at one login from everywhere, each address has one attempt
 * before it must wait, and an alarm is raised. So nobody can lock a user out by guessing.
 * @returns the keys to clear after a success
 * @throws DomainError throttled `attempts.wait`
 */
export async function takePasswordTry(
  tx: Writer,
  needs: Needs,
  trying: Trying,
  at: DateTime,
): Promise<string[]> {
  const rules = securityRules[needs.config.security.profile]
  const keys = attemptKeys(needs.keys, trying)
  if (await knowsLogin(tx, trying.browser, trying.login)) {
    await takeAttempt(tx, keys.browser, limitOf(rules, rules.failuresInKnownBrowser), at)
    return [keys.browser]
  }
  const tries = await countAttempt(tx, keys.anywhere, day, at)
  const attacked = tries > rules.failuresFromAnywhere
  await takeAttempt(tx, keys.here, limitOf(rules, attacked ? 1 : rules.failuresFromAddress), at)
  if (tries === rules.failuresFromAnywhere + 1) await raiseAlarm(tx, needs, trying, at)
  return [keys.here, keys.anywhere]
}

/** Recorded once per period for each login under attack: as an alarm, in the log and the metrics. */
async function raiseAlarm(
  tx: Writer,
  { keys, log, metrics }: Needs,
  { login, address }: Trying,
  at: DateTime,
): Promise<void> {
  const subject = loginSubject(keys, login)
  await raiseAttention(tx, [{ action: 'sign_in.attacked', subject, by: { anonymous: true, address }, at }])
  afterCommit(tx, () => {
    alarms(metrics).inc()
    log.warn({ subject }, 'one login is tried again and again')
  })
}

const metric = 'muster_sign_in_attacks_total'

function alarms(metrics: AppContext['metrics']): Counter {
  const known = metrics.getSingleMetric(metric) as Counter | undefined
  const help = 'Logins that were tried again and again from unknown browsers'
  return known ?? new Counter({ name: metric, help, registers: [metrics] })
}
