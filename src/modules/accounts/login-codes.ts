import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { readPhone } from '#modules/organisation/index.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { AppContext } from '#src/context.ts'
import { type AttemptLimit, takeAttempt } from './attempts.ts'
import { knowsPhone } from './known-browsers.ts'
import { usersOfPhone } from './phones/phones.ts'
import { loginCodes, roleGrants, users } from './schema.ts'
import { mayUseCode } from './scopes.ts'
import { openPhone } from './sealed.ts'
import { inForce } from './session-rows.ts'

type Needs = Pick<AppContext, 'db' | 'keys' | 'config' | 'now'>

/** How long a code is valid, and how many digits it has. */
export const codeMinutes = 10
/** The number of digits of a login code. */
export const codeDigits = 6

/** How many codes of one browser are valid at once: messages may arrive out of order. */
const liveCodes = 2

/** For one phone from one known browser, or from one address: one code per minute, then with growing waits. */
const perAsker: AttemptLimit = {
  free: 1,
  firstWaitSeconds: 60,
  longestWaitSeconds: 3600,
  forgetAfterSeconds: 3600,
}
/** Limit for one phone over all browsers it has not signed in from: protects it from a flood of messages. */
const perPhone: AttemptLimit = {
  free: 10,
  firstWaitSeconds: 60,
  longestWaitSeconds: 600,
  forgetAfterSeconds: 3600,
}
/** Limit for one IP address; high, because a whole office may share one. */
const perAddress: AttemptLimit = {
  free: 60,
  firstWaitSeconds: 60,
  longestWaitSeconds: 3600,
  forgetAfterSeconds: 3600,
}

/** @throws DomainError `phone.malformed` */
export function phoneFrom(typed: string): string {
  const phone = readPhone(typed)
  if (!phone) throw new DomainError('invalid', 'phone.malformed', 'This is not a phone number.')
  return phone
}

interface Asking {
  phone: string
  address: string
  /** A browser in which somebody with this number signed in before. */
  knownBrowser?: string | undefined
}

/**
 * Counts a code before it is sent to a phone, whatever the code is for. Requests from unknown browsers do not count for
 * a browser in which the owner has signed in before.
 * @throws DomainError throttled `attempts.wait`
 */
export async function takeCodeAttempts(
  tx: Writer,
  keys: KeyRing,
  { phone, address, knownBrowser }: Asking,
  at: DateTime,
): Promise<void> {
  const take = (what: string, limit: AttemptLimit) =>
    takeAttempt(tx, keys.keyedHash('attempts', what), limit, at)
  if (knownBrowser) return take(`code-for/${phone}/browser/${knownBrowser}`, perAsker)
  await take(`code-from/${address}`, perAddress)
  await take(`code-for/${phone}/from/${address}`, perAsker)
  await take(`code-for/${phone}`, perPhone)
}

/**
 * Requests a code. Whether the phone belongs to a user is looked up later, in a job, so that the answer and its time
 * are the same for every phone. The code is valid only in the browser that requested it.
 * @throws DomainError `phone.malformed`; throttled `attempts.wait`, also for unknown phones
 */
export async function requestLoginCode(
  { db, keys, now }: Needs,
  { phone: typed, address, browser }: { phone: string; address: string; browser: string },
): Promise<void> {
  const phone = phoneFrom(typed)
  const phoneIndexes = keys.blindIndexes('phone', phone)
  await db.transaction(
    async (tx) => {
      const knownBrowser = (await knowsPhone(tx, browser, phoneIndexes)) ? browser : undefined
      await takeCodeAttempts(tx, keys, { phone, address, knownBrowser }, now())
      await enqueue(tx, 'accounts.issue_login_code', { requestId: newId(), phoneIndexes, browser })
    },
    { isolation: 'statement' },
  )
}

/**
 * The users who may sign in with a code sent to this phone: they have an active role, and no role (even suspended) that
 * requires a password.
 */
export async function codeUsers(db: Reader, phoneIndexes: readonly string[]): Promise<string[]> {
  const grants = await db
    .select({
      userId: roleGrants.userId,
      role: roleGrants.role,
      open: sql<number>`case when ${inForce} then 1 else 0 end`,
    })
    .from(roleGrants)
    .leftJoin(units, eq(units.id, roleGrants.unitId))
    .leftJoin(teams, eq(teams.id, roleGrants.teamId))
    .where(
      and(inArray(roleGrants.userId, await usersOfPhone(db, phoneIndexes)), isNull(roleGrants.revokedAt)),
    )
  const held = Map.groupBy(grants, (grant) => grant.userId)
  return [...held]
    .filter(([, of]) => of.some(({ open }) => Number(open) === 1) && mayUseCode(of.map(({ role }) => role)))
    .map(([userId]) => userId)
}

/**
 * Issues a requested code if the phone belongs to a user who may use codes. The last two codes of a browser are valid.
 */
export async function issueLoginCodes(
  { db, keys, now }: Needs,
  { requestId, phoneIndexes, browser }: { requestId: string; phoneIndexes: string[]; browser: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    for (const userId of await codeUsers(tx, phoneIndexes)) {
      const id = newId()
      const codeHash = keys.deriveDigits('login-code', id, codeDigits).hash
      const expiresAt = at.plus({ minutes: codeMinutes })
      const issued = await tx
        .insert(loginCodes)
        .values({ id, userId, requestId, browserHash: browser, codeHash, createdAt: at, expiresAt })
        .onConflictDoNothing()
        .returning({ id: loginCodes.id })
      if (issued.length === 0) continue
      await endOlderCodes(tx, { userId, browser, at })
      await record(tx, { action: 'login_code.issued', subject: `user:${userId}`, by: 'system', at })
      await enqueue(tx, 'accounts.login_code_requested', { loginCodeId: id })
    }
  })
}

/** Ends all but the newest two codes of a browser. */
async function endOlderCodes(
  tx: Writer,
  { userId, browser, at }: { userId: string; browser: string; at: DateTime },
): Promise<void> {
  const live = await tx
    .select({ id: loginCodes.id })
    .from(loginCodes)
    .where(
      and(eq(loginCodes.userId, userId), eq(loginCodes.browserHash, browser), gt(loginCodes.expiresAt, at)),
    )
    .orderBy(desc(loginCodes.id))
  const older = live.slice(liveCodes).map(({ id }) => id)
  if (older.length > 0)
    await tx.update(loginCodes).set({ expiresAt: at }).where(inArray(loginCodes.id, older))
}

/** Ends all codes of a user. */
export async function endLoginCodes(tx: Writer, userId: string, at: DateTime): Promise<void> {
  await tx
    .update(loginCodes)
    .set({ expiresAt: at })
    .where(and(eq(loginCodes.userId, userId), gt(loginCodes.expiresAt, at)))
}

/** A valid code, with the number it is sent to and the account it is for. */
export interface OpenCode {
  digits: string
  phone: string
  personId: string | null
  expiresAt: DateTime
}

/** The digits of a valid code, for its message; undefined if it is no longer valid. */
export async function openLoginCode(
  db: Reader,
  keys: KeyRing,
  loginCodeId: string,
  at: DateTime,
): Promise<OpenCode | undefined> {
  const [code] = await db
    .select({
      codeHash: loginCodes.codeHash,
      expiresAt: loginCodes.expiresAt,
      user: { id: users.id, phone: users.phone, personId: users.personId },
    })
    .from(loginCodes)
    .innerJoin(users, eq(users.id, loginCodes.userId))
    .where(
      and(
        eq(loginCodes.id, loginCodeId),
        isNull(loginCodes.usedAt),
        gt(loginCodes.expiresAt, at),
        isNull(users.disabledAt),
      ),
    )
  const phone = code && openPhone(keys, code.user)
  if (!phone) return undefined
  const { digits } = keys.deriveDigits('login-code', loginCodeId, codeDigits, code.codeHash)
  return { digits, phone, personId: code.user.personId, expiresAt: code.expiresAt }
}
