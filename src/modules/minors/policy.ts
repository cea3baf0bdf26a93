import { and, eq, exists, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import { appointersOf } from '#modules/accounts/index.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import type { Disclosed, MinorsPolicy } from '#modules/organisation/index.ts'
import { memberships, persons } from '#modules/organisation/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { disclosures } from './schema.ts'

/** What organisation asks about minors: see `MinorsPolicy`. */
export const minorsPolicy: MinorsPolicy = {
  appointers: async (db, userId) => (await appointersOf(db, userId)).belowOfficers,
  async disclosuresFor(db, { by, personIds, at }) {
    const open = and(
      eq(disclosures.requestedBy, by.userId),
      eq(disclosures.approved, true),
      isNull(disclosures.revokedAt),
      gt(disclosures.expiresAt, at),
    )
    const found = new Map<string, Disclosed>()
    await inChunks(personIds, 500, async (ids) => {
      const rows = await db
        .select({ personId: persons.id, disclosureId: disclosures.id, reason: disclosures.reason })
        .from(persons)
        .innerJoin(disclosures, open)
        .where(and(inArray(persons.id, [...ids]), isCovered(db)))
      for (const { personId, ...disclosed } of rows) found.set(personId, disclosed)
    })
    return found
  },
}

/** A condition on `persons` and `disclosures`: ever of the class, or invited to or placed in the event. */
export function isCovered(db: Reader) {
  const ofClass = db
    .select({ one: sql`1` })
    .from(memberships)
    .where(and(eq(memberships.personId, persons.id), eq(memberships.teamId, disclosures.teamId)))
  const invited = db
    .select({ one: sql`1` })
    .from(participations)
    .where(and(eq(participations.personId, persons.id), eq(participations.eventId, disclosures.eventId)))
  const placed = db
    .select({ one: sql`1` })
    .from(assignments)
    .where(and(eq(assignments.personId, persons.id), eq(assignments.eventId, disclosures.eventId)))
  return or(exists(ofClass), exists(invited), exists(placed))
}
