import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { actorNow } from '#modules/accounts/index.ts'
import { assertOpen, assertOrganises, type EventRow, eventRow, reachesUnit } from '#modules/events/index.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { polygonsOf } from '#modules/grid/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { ScreenPage } from './contract.ts'
import { schoolZones } from './read-live.ts'
import { screens } from './schema.ts'

/** 16 characters × 5 bits = 80 bits. */
const characters = 16
const purpose = 'screen'
/** Hours after the end of the event until which its screens show the day. */
const hoursAfterEnd = 12

export type ScreenRow = typeof screens.$inferSelect

const missing = () => new DomainError('missing', 'screen.missing', 'There is no such screen.')

/**
 * Makes a link that shows the figures of an event on a screen until it is revoked, or the event is over for half a day.
 * @throws DomainError `event.missing`, `access.out_of_reach`, `event.cancelled`, `event.closed`
 */
export async function issueScreen(
  tx: Writer,
  keys: KeyRing,
  { eventId, name, by, at }: { eventId: string; name: string; by: Actor; at: DateTime },
): Promise<{ row: ScreenRow; token: string }> {
  const event = await eventRow(tx, eventId)
  await assertOrganises(tx, by, 'events.edit', event.organiserUnitId)
  assertOpen(event)
  const id = newId()
  const { token, hash } = keys.deriveToken(purpose, id, 1, characters)
  const values = { id, eventId, name, tokenHash: hash, createdByUserId: by.userId, createdAt: at }
  const [row] = await tx.insert(screens).values(values).returning()
  await record(tx, {
    action: 'screen.issued',
    subject: `event:${eventId}`,
    by,
    at,
    details: { screenId: id },
  })
  return { row: row as ScreenRow, token }
}

/** The screens of an event that are neither revoked nor ended with the right of who issued them. @throws DomainError `event.missing`, `access.out_of_reach` */
export async function screensOf(db: Reader, eventId: string, by: Actor): Promise<ScreenRow[]> {
  const event = await eventRow(db, eventId)
  await assertOrganises(db, by, 'events.edit', event.organiserUnitId)
  const rows = await db
    .select()
    .from(screens)
    .where(and(eq(screens.eventId, eventId), isNull(screens.revokedAt)))
    .orderBy(asc(screens.id))
  const standing = new Set<string>()
  for (const [issuer, of] of Map.groupBy(rows, ({ createdByUserId }) => createdByUserId)) {
    if (await standsStill(db, of[0] as ScreenRow, event)) standing.add(issuer)
  }
  return rows.filter(({ createdByUserId }) => standing.has(createdByUserId))
}

/** Revokes a screen: it goes dark within three seconds. Idempotent. @throws DomainError `screen.missing`, `access.out_of_reach` */
export async function revokeScreen(
  tx: Writer,
  { screenId, by, at }: { screenId: string; by: Actor; at: DateTime },
): Promise<void> {
  const [screen] = await tx.select().from(screens).where(eq(screens.id, screenId))
  if (!screen) throw missing()
  const event = await eventRow(tx, screen.eventId)
  await assertOrganises(tx, by, 'events.edit', event.organiserUnitId)
  if (screen.revokedAt) return
  await tx.update(screens).set({ revokedAt: at }).where(eq(screens.id, screenId))
  const fact = { action: 'screen.revoked', subject: `event:${screen.eventId}`, details: { screenId } }
  await record(tx, { ...fact, by, at })
}

/**
 * The event that a screen shows, as long as whoever issued it could issue it today.
 * @throws DomainError missing `screen.unknown`, gone `screen.ended`
 */
export async function openScreen(
  db: Reader,
  keys: KeyRing,
  { token, now }: { token: string; now: DateTime },
): Promise<{ event: EventRow; organiser: string }> {
  for (const hash of keys.tokenHashes(purpose, token, characters)) {
    const [found] = await db
      .select({ screen: screens, event: events, organiser: units.name })
      .from(screens)
      .innerJoin(events, eq(events.id, screens.eventId))
      .innerJoin(units, eq(units.id, events.organiserUnitId))
      .where(eq(screens.tokenHash, hash))
    if (!found) continue
    const { screen, event, organiser } = found
    const over = event.cancelledAt || now >= event.endsAt.plus({ hours: hoursAfterEnd })
    if (screen.revokedAt || over || !(await standsStill(db, screen, event))) {
      throw new DomainError('gone', 'screen.ended', 'This screen has ended.')
    }
    return { event, organiser }
  }
  throw new DomainError('missing', 'screen.unknown', 'This screen is not known.')
}

/** A screen shows what its issuer may show: it ends with their account and with their right over the organiser. */
async function standsStill(db: Reader, screen: ScreenRow, event: EventRow): Promise<boolean> {
  const by = await actorNow(db, screen.createdByUserId)
  if (!by || !may(by, 'events.edit')) return false
  return reachesUnit(db, reachOf(by, 'events.edit'), event.organiserUnitId)
}

/** Where the zones of an event lie. School zones are not on the map. */
export async function placesOf(db: Reader, eventId: string): Promise<ScreenPage['places']> {
  const school = await schoolZones(db, eventId)
  const ids = db.select({ id: shifts.zoneId }).from(shifts).where(eq(shifts.eventId, eventId))
  const rows = await db
    .select({
      id: zones.id,
      latitude: zones.centreLatitude,
      longitude: zones.centreLongitude,
      boundary: zones.boundary,
    })
    .from(zones)
    .where(inArray(zones.id, ids))
    .orderBy(asc(zones.id))
  return rows
    .filter(({ id }) => !school.has(id))
    .map(({ id, latitude, longitude, boundary }) => ({
      id,
      centre: latitude === null || longitude === null ? null : [longitude, latitude],
      rings: boundary ? polygonsOf(boundary).flatMap(([outer]) => (outer ? [outer] : [])) : [],
    }))
}
