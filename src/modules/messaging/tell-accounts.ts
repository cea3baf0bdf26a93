import { openActivationMessage, openLoginCode } from '#modules/accounts/index.ts'
import { activationKind, loginCodeKind } from './account-kinds.ts'
import type { MessagingContext } from './context.ts'
import { queueMessages } from './queue-messages.ts'

/** Tells somebody their one-time link, as long as it is good. */
export async function tellActivation(
  { db, keys, config, now }: MessagingContext,
  { activationId }: { activationId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    const found = await openActivationMessage(tx, keys, config.publicUrl, activationId, at)
    if (!found) return
    const { contactId, expiresAt } = found
    const subject = `activation:${activationId}`
    const about = {
      kind: activationKind,
      groupKey: subject,
      subjects: [subject],
      generation: 1,
      eventId: null,
    }
    await queueMessages(tx, [{ ...about, contactId, lane: 'change', expiresAt }], at)
  })
}

/** Tells somebody the code they asked for, at whatever hour they did. */
export async function tellLoginCode(
  { db, keys, now }: MessagingContext,
  { loginCodeId }: { loginCodeId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    const found = await openLoginCode(tx, keys, loginCodeId, at)
    if (!found) return
    const { contactId, expiresAt } = found
    const subject = `login-code:${loginCodeId}`
    const about = {
      kind: loginCodeKind,
      groupKey: subject,
      subjects: [subject],
      generation: 1,
      eventId: null,
    }
    await queueMessages(tx, [{ ...about, contactId, lane: 'urgent', expiresAt }], at)
  })
}
