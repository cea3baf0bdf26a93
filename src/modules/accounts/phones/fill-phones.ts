import { eq, isNull } from 'drizzle-orm'
import { recordAll } from '#platform/audit/index.ts'
import type { AppContext } from '#src/context.ts'
import { users } from '../schema.ts'
import { sealPhone } from '../sealed.ts'
import { firstPhonesOf } from './phones.ts'

const batch = 100

/**
 * One-time data migration: accounts from before `users.phone` get the number their links were sent to. Each account is
 * processed once, even if no number is found. Not done in SQL, because the number is encrypted with the row id.
 */
export async function fillPhones({ db, keys, now }: Pick<AppContext, 'db' | 'keys' | 'now'>): Promise<void> {
  for (let filled = batch; filled === batch; ) {
    filled = await db.transaction(async (tx) => {
      const at = now()
      const pending = await tx.select().from(users).where(isNull(users.phoneFilled)).limit(batch)
      const personIds = pending.flatMap(({ personId }) => personId ?? [])
      const phones = await firstPhonesOf(tx, keys, personIds)
      for (const { id, personId } of pending) {
        const sealed = sealPhone(keys, id, phones.get(personId ?? '') ?? null)
        await tx
          .update(users)
          .set({ ...sealed, phoneFilled: true })
          .where(eq(users.id, id))
      }
      const given = pending.filter(({ personId }) => phones.has(personId ?? ''))
      const action = 'user.phone_filled'
      await recordAll(
        tx,
        given.map(({ id }) => ({ action, subject: `user:${id}`, by: 'system' as const, at })),
      )
      return pending.length
    })
  }
}
