import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { DomainError } from '#platform/errors.ts'
import type { AppContext } from '#src/context.ts'
import { type AttemptLimit, clearAttempts, takeAttempt } from './attempts.ts'
import { normalizedLogin, type SecurityRules, securityRules } from './password-rules.ts'
import { passwordMatches } from './passwords.ts'
import { users } from './schema.ts'
import { startSession } from './session-rows.ts'
import type { SessionKind } from './words.ts'

type Needs = Pick<AppContext, 'db' | 'keys' | 'config' | 'now'>

export interface Visitor {
  address: string
  userAgent: string | undefined
}

export interface SignIn extends Visitor {
  login: string
  password: string
  kind: SessionKind
}

export interface SignedIn {
  sessionId: string
  userId: string
  /** For the cookie, or the id inside a bearer token. */
  reference: string
  startedAt: DateTime
  expiresAt: DateTime
}

/** The one answer to every failure: an unknown login, a wrong password, a disabled user, a wrong code. */
export function signInFailed(): DomainError {
  return new DomainError('unauthenticated', 'sign-in.failed', 'Login and password do not fit together.')
}

/** Who tries: the login from this address, and the login from anywhere. Hashed, and kept for unknown logins too. */
export function attemptKeys(keys: KeyRing, login: string, address: string) {
  return {
    here: keys.keyedHash('attempts', `sign-in/${login}/${address}`),
    anywhere: keys.keyedHash('attempts', `sign-in/${login}`),
  }
}

export function attemptLimits(rules: SecurityRules): { here: AttemptLimit; anywhere: AttemptLimit } {
  const { firstWaitSeconds, longestWaitSeconds } = rules
  const common = { firstWaitSeconds, longestWaitSeconds, forgetAfterSeconds: 24 * 3600 }
  return {
    here: { ...common, free: rules.failuresFromAddress },
    anywhere: { ...common, free: rules.failuresFromAnywhere },
  }
}

/**
 * Checks a password with everything around it: tries are counted before the check and for logins that do not
 * exist, and every failure takes as long as a success.
 * @throws DomainError `attempts.wait`, `sign-in.failed`
 */
export async function provePassword(
  { db, keys, config, now }: Needs,
  { login: typed, password, address }: Pick<SignIn, 'login' | 'password' | 'address'>,
): Promise<{ user: typeof users.$inferSelect; attempts: string[] }> {
  const login = normalizedLogin(typed)
  const attempts = attemptKeys(keys, login, address)
  const limits = attemptLimits(securityRules[config.security.profile])
  await db.transaction(
    async (tx) => {
      await takeAttempt(tx, attempts.anywhere, limits.anywhere, now())
      await takeAttempt(tx, attempts.here, limits.here, now())
    },
    { isolation: 'statement' },
  )
  const [user] = await db.read.select().from(users).where(eq(users.login, login))
  const matches = await passwordMatches(user?.passwordHash, password)
  if (user && matches && !user.disabledAt) return { user, attempts: Object.values(attempts) }
  await db.transaction((tx) =>
    record(tx, {
      action: 'sign-in.failed',
      subject: `login:${attempts.anywhere}`,
      by: { anonymous: true, address },
      at: now(),
    }),
  )
  throw signInFailed()
}

/**
 * Signs in by login and password.
 * @throws DomainError `attempts.wait`, `sign-in.failed`; forbidden `password.expired` when it was right but too old
 */
export async function signIn(needs: Needs, input: SignIn): Promise<SignedIn> {
  const { user, attempts } = await provePassword(needs, input)
  const rules = securityRules[needs.config.security.profile]
  const at = needs.now()
  if (passwordExpired(rules, user.passwordChangedAt, at)) {
    throw new DomainError('forbidden', 'password.expired', 'The password is too old. Choose a new one first.')
  }
  return needs.db.transaction(async (tx) => {
    // Somebody may have disabled the user, or changed the password, while it was being checked.
    const [still] = await tx.select().from(users).where(eq(users.id, user.id))
    if (still?.disabledAt !== null || still.passwordHash !== user.passwordHash) throw signInFailed()
    await clearAttempts(tx, attempts)
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
