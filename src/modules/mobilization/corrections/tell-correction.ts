import { queueMessages } from '#modules/messaging/index.ts'
import { decidedOwnRequest, minorsAmong } from '#modules/organisation/index.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { contactsFor } from '../contacts.ts'
import { kindNames } from '../messages/message-kind-names.ts'
import { subject } from '../subjects.ts'

/** Tells somebody, or a minor's guardian, what became of the correction they asked for. */
export async function tellCorrection(
  { db, keys, now, config }: AppContext,
  { requestId }: { requestId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    const request = await decidedOwnRequest(tx, requestId)
    if (!request) return
    const { personId } = request
    const minors = await minorsAmong(tx, keys, { personIds: [personId], day: dayIn(at, config.timeZone) })
    const contact = (await contactsFor(tx, [{ personId, minor: minors.has(personId) }])).get(personId)
    if (!contact) return
    const about = subject('correction', requestId)
    const message = {
      kind: kindNames.correction,
      contactId: contact.contactId,
      groupKey: about,
      generation: 1,
    }
    const told = {
      ...message,
      subjects: [{ subject: about, personId }],
      eventId: null,
      lane: 'change' as const,
    }
    await queueMessages(tx, [told], at)
  })
}
