import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { eventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { queueMessages } from '#modules/messaging/index.ts'
import { isWorkingOwnPhone } from '#modules/organisation/index.ts'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import { recordAll } from '#platform/audit/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { AppContext } from '#src/context.ts'
import { kindNames } from '../messages/message-kind-names.ts'
import { inChargeSubject } from './in-charge-subject.ts'
import { lastTold } from './tell-replaced.ts'

/**
 * The number of whoever is in charge is shown to the volunteers of a published shift. That it is, is recorded once for
 * each shift and person, and told to them once. A number shown so is no revelation.
 */
export async function publishNumbers(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  eventId: string,
): Promise<void> {
  const event = await eventRow(db.read, eventId)
  if (!event.publishedAt || event.cancelledAt || event.closedAt) return
  const all = await db.read
    .select({ id: shifts.id })
    .from(shifts)
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt)))
    .orderBy(asc(shifts.id))
  await inChunks(all, 200, (some) =>
    db.transaction(async (tx) => {
      const at = now()
      const shown = await numbersShown(
        tx,
        some.map(({ id }) => id),
      )
      const told = await lastTold(tx, eventId)
      const fresh = shown.filter(({ about }) => {
        const last = told.get(about)
        return last === undefined || (last.kind === kindNames.inChargeReplaced && last.left)
      })
      await queueMessages(
        tx,
        fresh.map(({ about, contactId, personId, startsAt, endsAt }) => ({
          ...{ kind: kindNames.inCharge, contactId, groupKey: `event:${eventId}`, eventId },
          generation: (told.get(about)?.generation ?? 0) + 1,
          ...{
            subjects: [{ subject: about, personId }],
            lane: 'change' as const,
            startsAt,
            expiresAt: endsAt,
          },
        })),
        at,
      )
      const first = fresh.filter(({ about }) => !told.has(about))
      await recordAll(
        tx,
        first.map(({ shiftId, personId }) => ({
          action: 'shift.number_published',
          subject: `shift:${shiftId}`,
          ...{ by: 'system' as const, at, details: { personId } },
        })),
      )
    }),
  )
}

/** Whose number the volunteers of these shifts see: of the person in charge, else of the deputy, if they have one. */
async function numbersShown(db: Reader, shiftIds: readonly string[]) {
  const rows = await db
    .select({
      shiftId: shifts.id,
      ...{ startsAt: shifts.startsAt, endsAt: shifts.endsAt },
      ...{ inCharge: shifts.inChargePersonId, deputy: shifts.deputyPersonId },
    })
    .from(shifts)
    .where(inArray(shifts.id, [...shiftIds]))
  const wanted = rows.flatMap(({ inCharge, deputy, ...shift }) => {
    const personId = inCharge ?? deputy
    return personId === null ? [] : { ...shift, personId }
  })
  const phones = await phonesOf(db, [...new Set(wanted.map(({ personId }) => personId))])
  return wanted.flatMap((shift) => {
    const contactId = phones.get(shift.personId)
    return contactId === undefined
      ? []
      : { ...shift, contactId, about: inChargeSubject(shift.shiftId, shift.personId) }
  })
}

async function phonesOf(db: Reader, personIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ personId: personContacts.personId, contactId: contacts.id })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(and(inArray(personContacts.personId, [...personIds]), isWorkingOwnPhone(db)))
    .orderBy(asc(personContacts.rank), asc(personContacts.id))
  // The first of each person is the one that is shown.
  return new Map(rows.toReversed().map(({ personId, contactId }) => [personId, contactId]))
}
