import { and, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import { type KeyRing, sameText } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { AppContext } from '#src/context.ts'
import { type AttemptLimit, clearAttempts, takeAttempt } from './attempts.ts'
import { rememberBrowser } from './known-browsers.ts'
import { codeDigits, codeUsers, phoneFrom } from './login-codes.ts'
import { securityRules } from './password-rules.ts'
import { loginCodes, users } from './schema.ts'
import { startSession } from './session-rows.ts'
import { recordFailure, type SignedIn, signInFailed, type Visitor } from './sign-in.ts'
import { loginSubject } from './slow-down.ts'
import type { SessionKind } from './words.ts'

type Needs = Pick<AppContext, 'db' | 'keys' | 'config' | 'now'>

/** How many attempts there are for each code. */
const codeTries = 5

/** Attempts for one phone in one browser, besides those for each code. Attempts in other browsers do not count. */
const perBrowser: AttemptLimit = {
  free: 20,
  firstWaitSeconds: 30,
  longestWaitSeconds: 300,
  forgetAfterSeconds: 3600,
}

interface Typed {
  /** The users who may sign in by a code to this phone. */
  userIds: string[]
  digits: string
  browser: string
}

/**
 * Counts an attempt at each valid code of the browser, and uses up the matching one. It does not throw, so that the
 * count is committed. If nobody has this phone, the same statement runs, to take the same time.
 */
async function useCode(tx: Writer, keys: KeyRing, { userIds, digits: typed, browser }: Typed, at: DateTime) {
  const tried = await tx
    .update(loginCodes)
    .set({ tries: sql`${loginCodes.tries} + 1` })
    .where(
      and(
        inArray(loginCodes.userId, userIds),
        eq(loginCodes.browserHash, browser),
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
 * Signs in by a code sent to the phone. A code works once, and only in the browser that requested it.
 * @throws DomainError `attempts.wait`, `sign_in.failed` for every other reason
 */
export async function signInByCode(
  needs: Needs,
  { phone: typed, code, kind, ...visitor }: Visitor & { phone: string; code: string; kind: SessionKind },
): Promise<SignedIn> {
  const { db, keys, config, now } = needs
  const { address, browser = `none/${address}` } = visitor
  const phone = phoneFrom(typed)
  const rules = securityRules[config.security.profile]
  const attempts = keys.keyedHash('attempts', `code/${phone}/${browser}`)
  const digits = code.normalize('NFKC').replace(/\D/g, '')
  const at = now()
  const fitting = await db.transaction(
    async (tx) => {
      await takeAttempt(tx, attempts, perBrowser, at)
      const userIds = await codeUsers(tx, keys.blindIndexes('phone', phone))
      return useCode(tx, keys, { userIds, digits, browser }, at)
    },
    { isolation: 'statement' },
  )
  if (!fitting) {
    await recordFailure(needs, { subject: loginSubject(keys, `code/${phone}`), address, by: 'code' })
    throw signInFailed()
  }
  const { userId } = fitting
  return db.transaction(async (tx) => {
    const [user] = await tx.select({ disabledAt: users.disabledAt }).from(users).where(eq(users.id, userId))
    if (user?.disabledAt !== null) throw signInFailed()
    await clearAttempts(tx, [attempts])
    await rememberBrowser(tx, { userId, browser, at })
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
