import { and, asc, eq, gte, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { phonesOf } from '#modules/attendance/index.ts'
import { assertServes, eventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { namesShown } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'

const action = 'in_charge.numbers_seen'

const shownUntil = ({ endsAt }: { endsAt: DateTime }) => endsAt.plus({ hours: hoursAfterEnd })

interface Asked {
  eventId: string
  zoneId: string
  by: Actor
  at: DateTime
}

/** Hours after the end of a shift in which its number is still shown. */
const hoursAfterEnd = 2

/**
 * Who is in charge in a zone of a published event, with the one number of each shift that volunteers were given, until two
 * hours after its end: no reason is asked for, and the audit trail has one entry for each user, event and day.
 * @throws DomainError `event.missing`, `event.unpublished`, `access.out_of_reach`
 */
export async function inChargeOf(tx: Writer, keys: KeyRing, { eventId, zoneId, by, at }: Asked) {
  const event = await eventRow(tx, eventId)
  const { organiserUnitId, timeZone } = event
  await assertServes(tx, by, 'attendance.read', { organiserUnitId, zoneIds: [zoneId] })
  if (!event.publishedAt) {
    throw new DomainError(
      'conflict',
      'event.unpublished',
      'Numbers are given out when the event is published.',
    )
  }
  const rows = await tx
    .select()
    .from(shifts)
    .where(and(eq(shifts.eventId, eventId), eq(shifts.zoneId, zoneId), isNull(shifts.cancelledAt)))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
  const ids = rows.flatMap(({ inChargePersonId, deputyPersonId }) => [inChargePersonId, deputyPersonId])
  const people = ids.filter((id) => id !== null)
  // A deputy's number is given to nobody while there is somebody in charge, and they were not told that it would be.
  const given = rows.flatMap(({ inChargePersonId, deputyPersonId, endsAt }) =>
    at < shownUntil({ endsAt }) ? (inChargePersonId ?? deputyPersonId ?? []) : [],
  )
  const names = await tx
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(inArray(persons.id, people))
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  // Whose number is not given is named as anywhere else: to whoever reaches them.
  const nameShown = await namesShown(tx, by, people)
  const phones = await phonesOf(tx, keys, given)
  await noteOnce(tx, {
    subject: `event:${eventId}`,
    by,
    at,
    since: at.setZone(timeZone).startOf('day').toUTC(),
  })
  return rows.map((shift) => ({
    shift,
    people: (['in_charge', 'deputy'] as const).flatMap((role) => {
      const id = role === 'deputy' ? shift.deputyPersonId : shift.inChargePersonId
      const shown = id === (shift.inChargePersonId ?? shift.deputyPersonId) && at < shownUntil(shift)
      if (id === null) return []
      const name = nameOf.get(id) ?? ''
      const phone = (shown && phones.get(id)) || null
      return { role, name: phone === null ? nameShown(id, name) : name, phone }
    }),
  }))
}

async function noteOnce(
  tx: Writer,
  { subject, by, at, since }: { subject: string; by: Actor; at: DateTime; since: DateTime },
): Promise<void> {
  const today = and(
    eq(auditEntries.subject, subject),
    eq(auditEntries.action, action),
    eq(auditEntries.actorId, by.userId),
    gte(auditEntries.at, since),
  )
  if ((await tx.$count(auditEntries, today)) === 0) await record(tx, { action, subject, by, at })
}
