import { and, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import { type KeyRing, sameText } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { AppContext } from '#src/context.ts'
import { clearAttempts, takeAttempt } from './attempts.ts'
import { codeDigits, codeUsers, phoneFrom } from './login-codes.ts'
import { securityRules } from './password-rules.ts'
import { loginCodes, users } from './schema.ts'
import { startSession } from './session-rows.ts'
import { attemptKeys, attemptLimits, type SignedIn, signInFailed, type Visitor } from './sign-in.ts'
import type { SessionKind } from './words.ts'

type Needs = Pick<AppContext, 'db' | 'keys' | 'config' | 'now'>

/** How often a code may be tried. */
const codeTries = 5

/** Counts a try at each live code and uses up the one that fits. Never throws, so that the tries are kept. */
async function useCode(tx: Writer, keys: KeyRing, userIds: string[], typed: string, at: DateTime) {
  if (userIds.length === 0) return undefined
  const tried = await tx
    .update(loginCodes)
    .set({ tries: sql`${loginCodes.tries} + 1` })
    .where(
      and(
        inArray(loginCodes.userId, userIds),
        isNull(loginCodes.usedAt),
        gt(loginCodes.expiresAt, at),
        lt(loginCodes.tries, codeTries),
      ),
    )
    .returning()
  const fitting = tried.find(({ id, codeHash }) =>
    sameText(keys.deriveDigits('login-code', id, codeDigits, codeHash).digits, typed),
  )
  if (!fitting) return undefined
  await tx.update(loginCodes).set({ usedAt: at }).where(eq(loginCodes.id, fitting.id))
  return fitting
}

/**
 * Signs in by a code that was sent to the phone. A code works once.
 * @throws DomainError `attempts.wait`, `sign-in.failed`, whatever was wrong
 */
export async function signInByCode(
  { db, keys, config, now }: Needs,
  { phone: typed, code, kind, ...visitor }: Visitor & { phone: string; code: string; kind: SessionKind },
): Promise<SignedIn> {
  const phone = phoneFrom(typed)
  const rules = securityRules[config.security.profile]
  const attempts = attemptKeys(keys, `code/${phone}`, visitor.address)
  const limits = attemptLimits(rules)
  const digits = code.normalize('NFKC').replace(/\D/g, '')
  const at = now()
  const fitting = await db.transaction(
    async (tx) => {
      await takeAttempt(tx, attempts.anywhere, limits.anywhere, at)
      await takeAttempt(tx, attempts.here, limits.here, at)
      return useCode(tx, keys, await codeUsers(tx, keys.blindIndexes('phone', phone)), digits, at)
    },
    { isolation: 'statement' },
  )
  if (!fitting) throw signInFailed()
  const { userId } = fitting
  return db.transaction(async (tx) => {
    const [user] = await tx.select({ disabledAt: users.disabledAt }).from(users).where(eq(users.id, userId))
    if (user?.disabledAt !== null) throw signInFailed()
    await clearAttempts(tx, Object.values(attempts))
    const session = await startSession(tx, { ...visitor, userId, kind, at }, rules)
    const by = { userId, address: visitor.address }
    await record(tx, {
      action: 'session.started',
      subject: `session:${session.id}`,
      by,
      at,
      details: { kind, by: 'code' },
    })
    return {
      sessionId: session.id,
      userId,
      reference: session.reference,
      startedAt: at,
      expiresAt: session.expiresAt,
    }
  })
}
