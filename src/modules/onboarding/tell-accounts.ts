import type { DateTime } from 'luxon'
import {
  openActivationMessage,
  openHandOverMessage,
  openLoginCode,
  openOfficerMessage,
  openPhoneCode,
  sides,
} from '#modules/accounts/index.ts'
import { type AboutPerson, type Lane, queueMessages } from '#modules/messaging/index.ts'
import { contactIdOf } from '#modules/organisation/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { AppContext } from '#src/context.ts'
import {
  activationKind,
  handedOverKind,
  loginCodeKind,
  officerChangeKind,
  phoneChangedKind,
  phoneCodeKind,
} from './account-kinds.ts'
import { subject } from './subjects.ts'

interface Told extends AboutPerson {
  kind: string
  contactId: string
  lane: Lane
  expiresAt: DateTime | null
}

function queue(tx: Writer, { subject, personId, ...told }: Told, at: DateTime) {
  const about = { groupKey: subject, subjects: [{ subject, personId }], generation: 1, eventId: null }
  return queueMessages(tx, [{ ...told, ...about }], at)
}

/** Queues the message with a one-time link, while the link is valid. */
export async function tellActivation(
  { db, keys, config, now }: AppContext,
  { activationId }: { activationId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    const found = await openActivationMessage(tx, keys, config.publicUrl, activationId, at)
    if (!found) return
    const { phone, personId, expiresAt } = found
    const contactId = await contactIdOf(tx, keys, { kind: 'phone', value: phone }, at)
    const about = { subject: subject('activation', activationId), personId }
    await queue(tx, { kind: activationKind, ...about, contactId, lane: 'change', expiresAt }, at)
  })
}

/** Queues the message with a sign-in code; sent at any hour, because the user asked for it. */
export async function tellLoginCode(
  { db, keys, now }: AppContext,
  { loginCodeId }: { loginCodeId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    const found = await openLoginCode(tx, keys, loginCodeId, at)
    if (!found) return
    const { phone, personId, expiresAt } = found
    const contactId = await contactIdOf(tx, keys, { kind: 'phone', value: phone }, at)
    const about = { subject: subject('login-code', loginCodeId), personId }
    await queue(tx, { kind: loginCodeKind, ...about, contactId, lane: 'urgent', expiresAt }, at)
  })
}

/** Queues the codes for a change of number: one to the old number, another to the new one. */
export async function tellPhoneCodes(
  { db, keys, now }: AppContext,
  { phoneChangeId }: { phoneChangeId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    for (const side of sides) {
      const found = await openPhoneCode(tx, keys, { phoneChangeId, side }, at)
      if (!found) continue
      const { phone, personId, expiresAt } = found
      const contactId = await contactIdOf(tx, keys, { kind: 'phone', value: phone }, at)
      const about = { subject: subject(`phone-change-${side}`, phoneChangeId), personId }
      await queue(tx, { kind: phoneCodeKind, ...about, contactId, lane: 'urgent', expiresAt }, at)
    }
  })
}

/** Queues the message to the previous leader of a team. */
export async function tellHandOver(
  { db, keys, now }: AppContext,
  { grantId }: { grantId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    const found = await openHandOverMessage(tx, keys, grantId)
    if (!found) return
    const { phone, personId } = found
    const contactId = await contactIdOf(tx, keys, { kind: 'phone', value: phone }, at)
    const about = { subject: subject('handed-over', grantId), personId }
    await queue(tx, { kind: handedOverKind, ...about, contactId, lane: 'change', expiresAt: null }, at)
  })
}

/** Queues the message to the holder of an officer's account for which a change was requested. */
export async function tellOfficer(
  { db, keys, now }: AppContext,
  { confirmationId }: { confirmationId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    const found = await openOfficerMessage(tx, keys, confirmationId)
    if (!found) return
    const { phone, personId, expiresAt } = found
    const contactId = await contactIdOf(tx, keys, { kind: 'phone', value: phone }, at)
    const about = { subject: subject('officer-change', confirmationId), personId }
    await queue(tx, { kind: officerChangeKind, ...about, contactId, lane: 'urgent', expiresAt }, at)
  })
}

/** Queues the message to the old number of an account that its number has changed. */
export async function tellPhoneChanged(
  { db, now }: AppContext,
  {
    moveId,
    contactId,
    personId = null,
  }: { moveId: string; contactId: string; personId?: string | null | undefined },
): Promise<void> {
  const about = { subject: subject('phone-changed', moveId), personId }
  const told = { kind: phoneChangedKind, ...about, contactId, lane: 'urgent' as const, expiresAt: null }
  await db.transaction((tx) => queue(tx, told, now()))
}
