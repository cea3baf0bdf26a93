import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor, Doing } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { restore, suspend } from '../disable-user.ts'
import { insertGrant, takeOfficerRole } from '../grant-role.ts'
import { issueActivation } from '../invitations/activations.ts'
import { confirmedPermit, manages, userById } from '../manage.ts'
import { isHumanAmong } from '../one-human.ts'
import type { Permit } from '../permits.ts'
import { movePhone } from '../phones/change-phone.ts'
import { officerConfirmations } from '../schema.ts'
import { grantsWithAreas } from '../scope-areas.ts'
import { mayGrant } from '../scopes.ts'
import { openAskedPhone } from '../sealed.ts'
import { grantsOf } from '../session-rows.ts'
import { forgetOpeners } from '../start-anew.ts'
import { type Confirmation, confirmationById } from './ask-confirmation.ts'

export interface Decide extends Doing {
  confirmationId: string
  approved: boolean
}

/**
 * Approves or refuses a change another officer requested; an approved change is made at once. Neither the officer who
 * requested it nor the user it is about may decide. Repeating the same decision changes nothing.
 * @throws DomainError `confirmation.missing`; forbidden `confirmation.own`; conflict `confirmation.decided`,
 *   `confirmation.void` if the officer who requested it would no longer be allowed to, `user.disabled`,
 *   `user.unreachable`, `grant.clash`; gone `confirmation.expired`
 */
export async function decideConfirmation(
  tx: Writer,
  keys: KeyRing,
  { confirmationId, approved, by, at }: Decide,
): Promise<Confirmation> {
  const asked = await confirmationById(tx, confirmationId)
  if (asked.decidedAt && asked.decidedBy === by.userId && asked.approved === approved) return asked
  await assertDecidable(tx, asked, by, at)
  const [decided] = await tx
    .update(officerConfirmations)
    .set({ decidedBy: by.userId, decidedAt: at, approved })
    .where(and(eq(officerConfirmations.id, confirmationId), isNull(officerConfirmations.decidedAt)))
    .returning()
  if (!decided) throw alreadyDecided()
  const action = approved ? 'officer.change_approved' : 'officer.change_refused'
  const details = { kind: asked.kind, ...(asked.role ? { role: asked.role } : {}), confirmation: asked.id }
  await record(tx, { action, subject: `user:${asked.userId}`, by, at, details })
  if (approved) await carryOut(tx, keys, decided, { by, at })
  return decided
}

async function assertDecidable(db: Reader, asked: Confirmation, by: Actor, at: DateTime): Promise<void> {
  if (await isHumanAmong(db, by.userId, [asked.requestedBy, asked.userId])) {
    const message = 'Another officer has to decide this: neither who asked nor whose account it is.'
    throw new DomainError('forbidden', 'confirmation.own', message)
  }
  if (asked.decidedAt) throw alreadyDecided()
  if (asked.expiresAt <= at)
    throw new DomainError('gone', 'confirmation.expired', 'This waited too long, or was replaced. Ask again.')
}

const alreadyDecided = () => new DomainError('conflict', 'confirmation.decided', 'This was decided already.')

async function carryOut(tx: Writer, keys: KeyRing, asked: Confirmation, { by, at }: Doing): Promise<void> {
  const user = await userById(tx, asked.userId)
  await assertStillAsked(tx, asked)
  const permit = confirmedPermit(asked)
  if (asked.kind === 'suspension') return suspend(tx, { user, permit }, { by, at })
  if (asked.kind === 'restoration') return restore(tx, { user, permit }, { by, at })
  if (asked.kind === 'revocation' && asked.role)
    return takeOfficerRole(tx, permit, { role: asked.role, by, at })
  if (user.disabledAt) throw new DomainError('conflict', 'user.disabled', 'The user is disabled.')
  if (asked.kind === 'phone') {
    const phone = openAskedPhone(keys, asked)
    return movePhone(tx, keys, { permit, user, phone, confirmed: true, by, at })
  }
  if (user.phone === null) {
    const message = 'The account has no number that its link could go to: give it one first.'
    throw new DomainError('conflict', 'user.unreachable', message)
  }
  if (asked.kind === 'grant' && asked.role) {
    const giver = { userId: asked.requestedBy }
    await insertGrant(tx, permit, { role: asked.role, scope: {}, by: giver, at })
    // The user who created the account may have seen its first link.
    await forgetOpeners(tx, user.id, at)
  }
  await sendLink(tx, keys, permit, { by, at })
}

/** The officer who requested it may have lost the role since, or may no longer manage the account. */
async function assertStillAsked(tx: Writer, asked: Confirmation): Promise<void> {
  const asking = await userById(tx, asked.requestedBy)
  const asker = {
    userId: asking.id,
    sessionId: '',
    name: '',
    address: '',
    grants: await grantsOf(tx, asking.id),
  }
  const everything = { kind: 'everything', unitPath: null, districts: [], teamId: null } as const
  const may =
    asking.disabledAt === null &&
    // A user who may grant a role may revoke it, whatever other roles its holder has.
    (asked.kind === 'revocation' || manages(asker, await grantsWithAreas(tx, [asked.userId]))) &&
    (asked.role === null || mayGrant(asker.grants, asked.role, everything))
  if (!may) {
    const message = 'Whoever asked for this could not ask for it any more.'
    throw new DomainError('conflict', 'confirmation.void', message)
  }
}

async function sendLink(
  tx: Writer,
  keys: KeyRing,
  permit: Permit<'confirmed'>,
  { by, at }: Doing,
): Promise<void> {
  const activation = await issueActivation(tx, keys, permit, { by, at })
  await enqueue(tx, 'accounts.activation_requested', { activationId: activation.id })
}
