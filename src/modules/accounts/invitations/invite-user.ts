import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { askConfirmation, type Confirmation } from '../confirmations/ask-confirmation.ts'
import { managedToOpen, managedToSend } from '../manage.ts'
import type { activations, users } from '../schema.ts'
import { issueActivation } from './activations.ts'

export interface InviteUser extends Doing {
  userId: string
  /** `message` sends the link to the account's number; `list` returns it to the caller, once. */
  deliver: 'message' | 'list'
}

type Invited =
  | { issued: typeof activations.$inferInsert; asked?: never }
  | { issued?: never; asked: Confirmation }

/**
 * Issues a one-time link for a user the caller manages. It is returned to the caller only if nobody has ever signed in
 * to the account; otherwise it can only be sent to the account's number. For an officer, the link waits until another
 * officer confirms it.
 * @throws DomainError `user.missing`; forbidden `user.self`, `user.out_of_reach`; conflict `user.disabled`,
 *   `user.unreachable`, `activation.by_message_only`
 */
export async function inviteUser(
  tx: Writer,
  keys: KeyRing,
  { userId, deliver, by, at }: InviteUser,
): Promise<Invited> {
  const opened = await (deliver === 'list' ? managedToOpen : managedToSend)(tx, by, userId, at)
  assertDeliverable(opened.user, deliver, 'officer' in opened)
  if ('officer' in opened)
    return { asked: await askConfirmation(tx, keys, opened.officer, { kind: 'link', by, at }) }
  const issued = await issueActivation(tx, keys, opened.permit, { by, at })
  if (deliver === 'message') await enqueue(tx, 'accounts.activation_requested', { activationId: issued.id })
  return { issued }
}

function assertDeliverable(
  { disabledAt, phone, lastSignInAt }: typeof users.$inferSelect,
  deliver: 'message' | 'list',
  officer: boolean,
): void {
  if (disabledAt) throw new DomainError('conflict', 'user.disabled', 'The user is disabled.')
  if (deliver === 'list' && (officer || lastSignInAt !== null)) {
    const message = 'The link of an account in use, and of an officer, goes to its number and nowhere else.'
    throw new DomainError('conflict', 'activation.by_message_only', message)
  }
  if (deliver === 'message' && phone === null) {
    const message = 'The account has no number; give it one, or ask for the link itself.'
    throw new DomainError('conflict', 'user.unreachable', message)
  }
}
