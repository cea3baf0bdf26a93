import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { sameText } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import type { AppContext } from '#src/context.ts'
import { ownerPermit, userById } from '../manage.ts'
import { phoneChanges } from '../schema.ts'
import { openNewPhone } from '../sealed.ts'
import { movePhone } from './change-phone.ts'
import { sideCode } from './own-phone.ts'

type Needs = Pick<AppContext, 'db' | 'keys' | 'now'>
type PhoneChange = typeof phoneChanges.$inferSelect

/** How many attempts there are for the two codes. */
const changeTries = 5

export interface TypedCodes {
  phoneChangeId: string
  oldCode: string
  newCode: string
  by: Actor
}

const digitsOf = (typed: string) => typed.normalize('NFKC').replace(/\D/g, '')

/**
 * Moves the user's own account to the new number, with the codes sent to both numbers. Attempts are counted before the
 * codes are compared, so that concurrent guesses are limited; of several correct calls, one moves the account.
 * @throws DomainError gone `phone_change.over` when it is unknown, used, replaced, expired or out of attempts;
 *   forbidden `phone_change.code_wrong`, which does not say which code is wrong
 */
export async function confirmPhoneChange({ db, keys, now }: Needs, confirmation: TypedCodes): Promise<void> {
  const { phoneChangeId, oldCode, newCode, by } = confirmation
  const at = now()
  const change = await db.transaction((tx) => takeTry(tx, phoneChangeId, by.userId, at), {
    isolation: 'statement',
  })
  if (!change) throw over()
  const right = [
    sameText(sideCode(keys, change.id, 'old', change.oldCodeHash).digits, digitsOf(oldCode)),
    sameText(sideCode(keys, change.id, 'new', change.newCodeHash).digits, digitsOf(newCode)),
  ]
  if (right.includes(false)) {
    throw new DomainError(
      'forbidden',
      'phone_change.code_wrong',
      'The two codes are not those that were sent to the old and the new number.',
    )
  }
  await db.transaction(async (tx) => {
    const used = await tx
      .update(phoneChanges)
      .set({ usedAt: at })
      .where(live(phoneChangeId, by.userId, at))
      .returning({ id: phoneChanges.id })
    if (used.length === 0) throw over()
    const user = await userById(tx, by.userId)
    const permit = ownerPermit(by)
    await movePhone(tx, keys, { permit, user, phone: openNewPhone(keys, change), by, at })
  })
}

const live = (id: string, userId: string, at: DateTime) =>
  and(
    eq(phoneChanges.id, id),
    eq(phoneChanges.userId, userId),
    isNull(phoneChanges.usedAt),
    gt(phoneChanges.expiresAt, at),
  )

async function takeTry(
  tx: Writer,
  id: string,
  userId: string,
  at: DateTime,
): Promise<PhoneChange | undefined> {
  const [tried] = await tx
    .update(phoneChanges)
    .set({ tries: sql`${phoneChanges.tries} + 1` })
    .where(and(live(id, userId, at), lt(phoneChanges.tries, changeTries)))
    .returning()
  return tried
}

function over(): DomainError {
  return new DomainError('gone', 'phone_change.over', 'These codes are no longer good. Ask for new ones.')
}
