import { and, eq, gt, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { AppContext } from '#src/context.ts'
import { type AttemptLimit, takeAttempt } from '../attempts.ts'
import { codeDigits, codeMinutes, type OpenCode, phoneFrom, takeCodeAttempts } from '../login-codes.ts'
import { userById } from '../manage.ts'
import { phoneChanges, users } from '../schema.ts'
import { openNewPhone, openPhone, sealNewPhone } from '../sealed.ts'

type Needs = Pick<AppContext, 'db' | 'keys' | 'now'>

/** The old and the new number; each gets its own code. */
export type Side = 'old' | 'new'
/** Both sides of a phone change. */
export const sides: readonly Side[] = ['old', 'new']

/** A limit for each user, so that the code of the old number cannot be guessed by requesting new codes. */
const perUser: AttemptLimit = {
  free: 3,
  firstWaitSeconds: 60,
  longestWaitSeconds: 3600,
  forgetAfterSeconds: 86_400,
}

/**
 * The code for one side of a phone change, with its hash. Derived from a key, so only the hash is stored.
 * @param hash the stored hash: the code is derived from the key that made it, also after a rotation of keys
 */
export function sideCode(keys: KeyRing, phoneChangeId: string, side: Side, hash?: string) {
  return keys.deriveDigits(`phone-change/${side}`, phoneChangeId, codeDigits, hash)
}

/**
 * Starts moving the user's own account to another number: one code is sent to the old number, another to the new one.
 * Replaces an earlier request. Does not reveal whether the new number is used by others.
 * @throws DomainError `phone.malformed`; conflict `phone.absent` (a user who manages the account must set its first
 *   number), `phone.unchanged`; throttled `attempts.wait`
 */
export async function requestPhoneChange(
  { db, keys, now }: Needs,
  { phone: typed, by }: { phone: string; by: Actor },
): Promise<{ id: string; expiresAt: DateTime }> {
  const phone = phoneFrom(typed)
  return db.transaction(
    async (tx) => {
      const at = now()
      assertMovable(openPhone(keys, await userById(tx, by.userId)), phone)
      await takeAttempt(tx, keys.keyedHash('attempts', `phone-change/${by.userId}`), perUser, at)
      await takeCodeAttempts(tx, keys, { phone, address: by.address }, at)
      await endPhoneChanges(tx, by.userId, at)
      const id = newId()
      const expiresAt = at.plus({ minutes: codeMinutes })
      await tx.insert(phoneChanges).values({
        id,
        userId: by.userId,
        phone: sealNewPhone(keys, id, phone),
        oldCodeHash: sideCode(keys, id, 'old').hash,
        newCodeHash: sideCode(keys, id, 'new').hash,
        createdAt: at,
        expiresAt,
      })
      await record(tx, { action: 'user.phone_change_asked', subject: `user:${by.userId}`, by, at })
      await enqueue(tx, 'accounts.phone_change_requested', { phoneChangeId: id })
      return { id, expiresAt }
    },
    { isolation: 'statement' },
  )
}

function assertMovable(old: string | null, phone: string): void {
  if (old === null) {
    throw new DomainError(
      'conflict',
      'phone.absent',
      'Your account has no number yet; whoever manages it has to give it one.',
    )
  }
  if (old === phone) {
    throw new DomainError('conflict', 'phone.unchanged', 'This is the number your account has already.')
  }
}

/** Ends all unfinished phone changes of a user. */
export async function endPhoneChanges(tx: Writer, userId: string, at: DateTime): Promise<void> {
  await tx
    .update(phoneChanges)
    .set({ expiresAt: at })
    .where(and(eq(phoneChanges.userId, userId), isNull(phoneChanges.usedAt), gt(phoneChanges.expiresAt, at)))
}

/** The digits for one of the two numbers, and that number; undefined if the code is no longer valid. */
export async function openPhoneCode(
  db: Reader,
  keys: KeyRing,
  { phoneChangeId, side }: { phoneChangeId: string; side: Side },
  at: DateTime,
): Promise<OpenCode | undefined> {
  const [found] = await db
    .select({ change: phoneChanges, user: { id: users.id, phone: users.phone, personId: users.personId } })
    .from(phoneChanges)
    .innerJoin(users, eq(users.id, phoneChanges.userId))
    .where(
      and(
        eq(phoneChanges.id, phoneChangeId),
        isNull(phoneChanges.usedAt),
        gt(phoneChanges.expiresAt, at),
        isNull(users.disabledAt),
      ),
    )
  if (!found) return undefined
  const { change, user } = found
  const phone = side === 'old' ? openPhone(keys, user) : openNewPhone(keys, change)
  const hash = side === 'old' ? change.oldCodeHash : change.newCodeHash
  const { digits } = sideCode(keys, phoneChangeId, side, hash)
  return phone === null ? undefined : { digits, phone, personId: user.personId, expiresAt: change.expiresAt }
}
