import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { ZoneHolder } from '#modules/grid/index.ts'
import { record } from '#platform/audit/index.ts'
import { assertZone } from './create-shift.ts'
import { eventRow } from './event-queries.ts'
import { assertServes } from './reach.ts'
import { shiftsById } from './revising/facts.ts'
import { revisableOf } from './revising/revision-rules.ts'
import { writeRevisions } from './revising/write.ts'
import { events, shifts } from './schema.ts'

/** The shifts to come of a zone, when the zone is split: they move to a part, and their people are told as of any move. */
export const shiftsOfZones: ZoneHolder = {
  kind: 'shift',

  async held(db, zoneId, at) {
    const rows = await db
      .select({ shift: shifts, event: events.name })
      .from(shifts)
      .innerJoin(events, eq(events.id, shifts.eventId))
      .where(
        and(
          eq(shifts.zoneId, zoneId),
          gt(shifts.endsAt, at),
          isNull(shifts.cancelledAt),
          isNull(events.cancelledAt),
          isNull(events.closedAt),
        ),
      )
      .orderBy(asc(shifts.startsAt), asc(shifts.id))
    return rows.map(({ shift: { id, version, work, startsAt }, event }) => {
      return { id, version, name: `${event} · ${work}`, startsAt, position: null }
    })
  },

  async move(tx, moves, { by, at }) {
    const found = await shiftsById(tx, [...moves.keys()])
    for (const [eventId, some] of Map.groupBy(found, ({ shift }) => shift.eventId)) {
      const event = await eventRow(tx, eventId)
      const { organiserUnitId } = event
      const zoneIds = some.map(({ shift }) => shift.zoneId)
      await assertServes(tx, by, 'events.edit', { organiserUnitId, zoneIds })
      for (const { shift } of some) await assertZone(tx, moves.get(shift.id)!, shift.minorsAllowed)
      const revisions = some.map((each) => {
        return { ...each, next: { ...revisableOf(each.shift), zoneId: moves.get(each.shift.id)! } }
      })
      await writeRevisions(tx, revisions, { event, at })
      const details = { shifts: some.length }
      await record(tx, { action: 'shifts.revised', subject: `event:${eventId}`, by, at, details })
    }
  },
}
