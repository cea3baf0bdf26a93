import type { Reachable } from '#modules/accounts/index.ts'
import { queueMessages, type Subject } from '#modules/messaging/index.ts'
import { contactIdOf } from '#modules/organisation/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { AppContext } from '#src/context.ts'
import { emergencyFacts } from './emergency-facts.ts'
import { alarmKind, emergencyKind } from './message-kinds.ts'
import { subject } from './subjects.ts'
import { toldOfAlarms, toldOfEmergencies } from './whom.ts'

/** Tells the school, the city office and the auditors that a guardian's number was opened in an emergency. */
export async function tellEmergency(
  { db, keys, now }: AppContext,
  { emergencyId }: { emergencyId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const facts = await emergencyFacts(tx, emergencyId)
    if (!facts) return
    const whom = await toldOfEmergencies(tx, keys, facts)
    const about = { kind: emergencyKind, about: subject('emergency', emergencyId), eventId: facts.eventId }
    await tell(tx, keys, whom, { ...about, at: now() })
  })
}

/** Tells the auditors that somebody reached the limit of the day. */
export async function tellAlarm(
  { db, keys, now }: AppContext,
  { userId, day }: { userId: string; day: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const whom = await toldOfAlarms(tx, keys)
    const about = { kind: alarmKind, about: subject('revelation-alarm', `${userId}.${day}`), eventId: null }
    await tell(tx, keys, whom, { ...about, at: now() })
  })
}

async function tell(
  tx: Writer,
  keys: KeyRing,
  whom: readonly Reachable[],
  {
    kind,
    about,
    eventId,
    at,
  }: { kind: string; about: Subject; eventId: string | null; at: ReturnType<AppContext['now']> },
): Promise<void> {
  for (const { phone } of whom) {
    const contactId = await contactIdOf(tx, keys, { kind: 'phone', value: phone }, at)
    const message = { kind, contactId, groupKey: about, subjects: [{ subject: about, personId: null }] }
    await queueMessages(tx, [{ ...message, generation: 1, eventId, lane: 'urgent' }], at)
  }
}
