import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { searchNameOf } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { fullCampaign } from './campaigns.ts'
import type { EventCreation } from './contract.ts'
import { type FullEvent, fullEvent } from './event-queries.ts'
import { readPeriod } from './instants.ts'
import { assertOrganises } from './reach.ts'
import { eventDaysMax, isTimeZone } from './rules.ts'
import { events } from './schema.ts'

/**
 * Creates an event as a draft. The organiser must be a unit within the actor's reach.
 * @throws DomainError `unit.missing`, `campaign.missing`, `time_zone.unknown`, `period.invalid`, `period.too_long`,
 *   `access.out_of_reach`
 */
export async function createEvent(
  tx: Writer,
  { input, by, at }: { input: EventCreation; by: Actor; at: DateTime },
): Promise<FullEvent> {
  const { startsAt: from, endsAt: until, ...fields } = input
  const period = assertLength(readPeriod(from, until))
  assertTimeZone(input.timeZone)
  await assertOrganiser(tx, by, input.organiserUnitId)
  if (input.campaignId) await fullCampaign(tx, input.campaignId)
  const id = newId()
  await tx
    .insert(events)
    .values({ ...fields, ...period, id, searchName: searchNameOf(input.name), createdAt: at })
  await record(tx, { action: 'event.created', subject: `event:${id}`, by, at })
  return fullEvent(tx, id)
}

/** @throws DomainError `time_zone.unknown` */
export function assertTimeZone(timeZone: string): void {
  if (isTimeZone(timeZone)) return
  throw new DomainError(
    'invalid',
    'time_zone.unknown',
    'Name a zone of the IANA list, such as Asia/Shanghai.',
  )
}

/** Refuses a period longer than `eventDaysMax`. @throws DomainError `period.too_long` */
export function assertLength<P extends { startsAt: DateTime; endsAt: DateTime }>(period: P): P {
  if (period.endsAt.diff(period.startsAt, 'days').days <= eventDaysMax) return period
  const message = `An event lasts at most ${eventDaysMax} days; longer undertakings are campaigns.`
  throw new DomainError('invalid', 'period.too_long', message, { daysMax: eventDaysMax })
}

/**
 * The organiser must be an open unit within the actor's reach.
 * @throws DomainError `unit.missing`, `unit.closed`, `access.out_of_reach`
 */
export async function assertOrganiser(db: Reader, by: Actor, unitId: string): Promise<void> {
  const [unit] = await db.select({ closedAt: units.closedAt }).from(units).where(eq(units.id, unitId))
  if (!unit) throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
  if (unit.closedAt) throw new DomainError('conflict', 'unit.closed', 'The unit is closed.', { unitId })
  await assertOrganises(db, by, 'events.edit', unitId)
}
