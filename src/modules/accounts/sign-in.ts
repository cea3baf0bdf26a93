import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import { DomainError } from '#platform/errors.ts'
import type { AppContext } from '#src/context.ts'
import { clearAttempts } from './attempts.ts'
import { rememberBrowser } from './known-browsers.ts'
import { normalizedLogin, type SecurityRules, securityRules } from './password-rules.ts'
import { passwordMatches } from './passwords.ts'
import { users } from './schema.ts'
import { startSession } from './session-rows.ts'
import { loginSubject, takePasswordTry } from './slow-down.ts'
import type { SessionKind } from './words.ts'

type Needs = Pick<AppContext, 'db' | 'keys' | 'config' | 'now' | 'metrics' | 'log'>

export interface Visitor {
  address: string
  userAgent: string | undefined
  /** See `browserOf`. */
  browser: string | undefined
}

export interface SignIn extends Visitor {
  login: string
  password: string
  kind: SessionKind
}

export interface SignedIn {
  sessionId: string
  userId: string
  /** The value of the cookie, or the id inside the bearer token. */
  reference: string
  startedAt: DateTime
  expiresAt: DateTime
}

/** One answer for every failure: unknown login, wrong password, disabled user, wrong code. */
export function signInFailed(): DomainError {
  return new DomainError('unauthenticated', 'sign_in.failed', 'What was entered does not fit together.')
}

/**
 * Checks a password. Attempts are counted before the check, also for unknown logins, and a failure takes as long as a
 * success.
 * @throws DomainError `attempts.wait`, `sign_in.failed`
 */
export async function provePassword(
  needs: Needs,
  { login: typed, password, address, browser }: Pick<SignIn, 'login' | 'password' | 'address' | 'browser'>,
): Promise<{ user: typeof users.$inferSelect; attempts: string[] }> {
  const { db, keys, now } = needs
  const login = normalizedLogin(typed)
  const attempts = await db.transaction(
    (tx) => takePasswordTry(tx, needs, { login, address, browser }, now()),
    { isolation: 'statement' },
  )
  const [user] = await db.read.select().from(users).where(eq(users.login, login))
  const matches = await passwordMatches(user?.passwordHash, password)
  if (user && matches && !user.disabledAt) return { user, attempts }
  await recordFailure(needs, { subject: loginSubject(keys, login), address, by: 'password' })
  throw signInFailed()
}

/** Records a failure in the audit trail, without login or number. */
export async function recordFailure(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  { subject, address, by }: { subject: string; address: string; by: 'password' | 'code' },
): Promise<void> {
  const fact = { action: 'sign_in.failed', subject, by: { anonymous: true as const, address }, at: now() }
  await db.transaction((tx) => record(tx, { ...fact, details: { by } }))
}

/**
 * Signs in by login and password.
 * @throws DomainError `attempts.wait`, `sign_in.failed`; forbidden `password.expired` when the password is correct
 *   but expired
 */
export async function signIn(needs: Needs, input: SignIn): Promise<SignedIn> {
  const { user, attempts } = await provePassword(needs, input)
  const rules = securityRules[needs.config.security.profile]
  const at = needs.now()
  if (passwordExpired(rules, user.passwordChangedAt, at)) {
    throw new DomainError('forbidden', 'password.expired', 'The password is too old. Choose a new one first.')
  }
  return needs.db.transaction(async (tx) => {
    // The user may have been disabled, or the password changed, while it was being checked.
    const [still] = await tx.select().from(users).where(eq(users.id, user.id))
    if (still?.disabledAt !== null || still.passwordHash !== user.passwordHash) throw signInFailed()
    await clearAttempts(tx, attempts)
    await rememberBrowser(tx, { userId: user.id, browser: input.browser, at })
    const session = await startSession(tx, { ...input, userId: user.id, at }, rules)
    await record(tx, {
      action: 'session.started',
      subject: `session:${session.id}`,
      by: { userId: user.id, address: input.address },
      at,
      details: { kind: input.kind, by: 'password' },
    })
    return {
      sessionId: session.id,
      userId: user.id,
      reference: session.reference,
      startedAt: at,
      expiresAt: session.expiresAt,
    }
  })
}

function passwordExpired(rules: SecurityRules, changedAt: DateTime | null, at: DateTime): boolean {
  return rules.expiryDays !== null && changedAt !== null && changedAt.plus({ days: rules.expiryDays }) <= at
}
