import { and, eq, gt, inArray, isNull, lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { readPhone } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { AppContext } from '#src/context.ts'
import { type AttemptLimit, takeAttempt } from './attempts.ts'
import { phoneOf, usersOfPhone } from './phones.ts'
import { loginCodes, roleGrants, users } from './schema.ts'
import { mayUseCode } from './scopes.ts'

type Needs = Pick<AppContext, 'db' | 'keys' | 'config' | 'now'>

/** How long a code is good, and how many digits it has. */
export const codeMinutes = 5
export const codeDigits = 6

/** One code a minute for one phone, then ever fewer; many for one address, behind which an office may sit. */
const perPhone: AttemptLimit = {
  free: 1,
  firstWaitSeconds: 60,
  longestWaitSeconds: 3600,
  forgetAfterSeconds: 3600,
}
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

/**
 * Asks for a code. Whether the phone is known is not looked up here but in a job, so that the answer and its time
 * are the same for everybody.
 * @throws DomainError `phone.malformed`; throttled `attempts.wait`, for unknown phones just the same
 */
export async function requestLoginCode(
  { db, keys, now }: Needs,
  { phone: typed, address }: { phone: string; address: string },
): Promise<void> {
  const phone = phoneFrom(typed)
  await db.transaction(
    async (tx) => {
      await takeAttempt(tx, keys.keyedHash('attempts', `code-from/${address}`), perAddress, now())
      await takeAttempt(tx, keys.keyedHash('attempts', `code-for/${phone}`), perPhone, now())
      const phoneIndexes = keys.blindIndexes('phone', phone)
      await enqueue(tx, 'accounts.issue-login-code', { requestId: newId(), phoneIndexes })
    },
    { isolation: 'statement' },
  )
}

/** Users who may sign in by a code to this phone: with roles for which that is enough, and no other. */
export async function codeUsers(db: Reader, phoneIndexes: readonly string[]): Promise<string[]> {
  const grants = await db
    .select({ userId: roleGrants.userId, role: roleGrants.role })
    .from(roleGrants)
    .where(
      and(inArray(roleGrants.userId, await usersOfPhone(db, phoneIndexes)), isNull(roleGrants.revokedAt)),
    )
  const held = Map.groupBy(grants, (grant) => grant.userId)
  return [...held].filter(([, of]) => mayUseCode(of.map((grant) => grant.role))).map(([userId]) => userId)
}

/** Issues what was asked for, if the phone belongs to somebody who may; older codes stop working. */
export async function issueLoginCodes(
  { db, keys, now }: Needs,
  { requestId, phoneIndexes }: { requestId: string; phoneIndexes: string[] },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    for (const userId of await codeUsers(tx, phoneIndexes)) {
      const id = newId()
      const codeHash = keys.deriveDigits('login-code', id, codeDigits).hash
      const expiresAt = at.plus({ minutes: codeMinutes })
      const issued = await tx
        .insert(loginCodes)
        .values({ id, userId, requestId, codeHash, createdAt: at, expiresAt })
        .onConflictDoNothing()
        .returning({ id: loginCodes.id })
      if (issued.length === 0) continue
      await tx
        .update(loginCodes)
        .set({ expiresAt: at })
        .where(and(eq(loginCodes.userId, userId), lt(loginCodes.id, id), gt(loginCodes.expiresAt, at)))
      await record(tx, { action: 'login-code.issued', subject: `user:${userId}`, by: 'system', at })
      await enqueue(tx, 'accounts.login-code-requested', { loginCodeId: id })
    }
  })
}

/** The digits of a code that is still good, for the message that carries them; undefined when it is not. */
export async function openLoginCode(
  db: Reader,
  keys: KeyRing,
  loginCodeId: string,
  at: DateTime,
): Promise<{ digits: string; contactId: string; expiresAt: DateTime } | undefined> {
  const [code] = await db
    .select({ codeHash: loginCodes.codeHash, expiresAt: loginCodes.expiresAt, personId: users.personId })
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
  const contactId = code && (await phoneOf(db, code.personId))
  if (!contactId) return undefined
  const { digits } = keys.deriveDigits('login-code', loginCodeId, codeDigits, code.codeHash)
  return { digits, contactId, expiresAt: code.expiresAt }
}
