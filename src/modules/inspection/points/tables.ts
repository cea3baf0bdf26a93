import { zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { index, instant, int, real, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { PointClass } from '../words.ts'

/** 点位: a place that is looked at. */
export const points = table(
  'points',
  {
    id: text().primaryKey(),
    code: text().notNull(),
    name: text().notNull(),
    searchName: text().notNull(),
    zoneId: text()
      .notNull()
      .references(() => zones.id),
    pointClass: text<PointClass>().notNull(),
    /** WGS-84. Null: not known; it lies in its zone. */
    latitude: real(),
    longitude: real(),
    /** Whose it is, where that is a unit: a market, a hall. */
    unitId: text().references(() => units.id),
    closedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('points_code').on(t.code),
    index('points_zone').on(t.zoneId, t.id),
    index('points_class').on(t.pointClass, t.id),
    index('points_unit').on(t.unitId),
    index('points_search_name').on(t.searchName),
  ],
)
