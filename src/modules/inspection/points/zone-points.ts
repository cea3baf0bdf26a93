import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { ZoneHolder } from '#modules/grid/index.ts'
import { points } from './tables.ts'

/** The points of a zone, when the zone is split: each goes to the part that it lies in. */
export const pointsOfZones: ZoneHolder = {
  kind: 'point',

  async held(db, zoneId) {
    const rows = await db
      .select()
      .from(points)
      .where(and(eq(points.zoneId, zoneId), isNull(points.closedAt)))
      .orderBy(asc(points.name), asc(points.id))
    return rows.map(({ id, version, name, latitude: y, longitude: x }) => {
      return { id, version, name, startsAt: null, position: x === null || y === null ? null : [x, y] }
    })
  },

  async move(tx, moves) {
    for (const [id, zoneId] of moves) {
      await tx
        .update(points)
        .set({ zoneId, version: sql`${points.version} + 1` })
        .where(eq(points.id, id))
    }
  },
}
