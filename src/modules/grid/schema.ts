import { sql } from 'drizzle-orm'
import { persons, units } from '#modules/organisation/schema.ts'
import {
  type AnyColumn,
  bool,
  check,
  day,
  index,
  instant,
  int,
  json,
  real,
  table,
  text,
  uniqueIndex,
} from '#platform/database/kit.ts'
import type { Boundary } from './geometry.ts'
import type { ResponsibilityLevel, ZoneKind } from './words.ts'

/** 区域, 网格: an area of the city (division, community, grid cell, street, park …). One tree. */
export const zones = table(
  'zones',
  {
    id: text().primaryKey(),
    /** Official or local code; unique where given. */
    code: text(),
    name: text().notNull(),
    searchName: text().notNull(),
    pinyin: text().notNull(),
    kind: text<ZoneKind>().notNull(),
    /** Level of an official division (2 city, 3 county, 4 township, 5 community); null for the rest. */
    level: int(),
    parentId: text().references((): AnyColumn => zones.id),
    /** The ids from the root to this zone, each followed by a slash: `/a/b/`. */
    path: text().notNull(),
    /** Code of the district or county that contains the zone: the zone itself or its nearest ancestor of that kind. */
    districtCode: text(),
    /** WGS-84. */
    boundary: json<Boundary>(),
    centreLatitude: real(),
    centreLongitude: real(),
    /** Bounding box of the boundary, or the centre alone. The map query compares it. */
    west: real(),
    south: real(),
    east: real(),
    north: real(),
    minorsSuitable: bool().notNull().default(false),
    closedAt: instant(),
    /** The zone that this one and others replaced. */
    splitFromId: text().references((): AnyColumn => zones.id),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('zones_split_from').on(t.splitFromId).where(sql`split_from_id is not null`),
    uniqueIndex('zones_code').on(t.code),
    index('zones_path').on(t.path),
    index('zones_parent').on(t.parentId),
    index('zones_district').on(t.districtCode, t.kind),
    index('zones_search_name').on(t.searchName),
    index('zones_pinyin').on(t.pinyin, t.id),
  ],
)

/** 三定: a standing duty, in force in [validFrom, validUntil): a unit or person is responsible for a zone at a level. */
export const responsibilities = table(
  'responsibilities',
  {
    id: text().primaryKey(),
    zoneId: text()
      .notNull()
      .references(() => zones.id),
    unitId: text().references(() => units.id),
    personId: text().references(() => persons.id),
    level: text<ResponsibilityLevel>().notNull(),
    scope: text(),
    duties: text(),
    validFrom: day().notNull(),
    validUntil: day(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('responsibilities_zone').on(t.zoneId, t.level, t.validFrom),
    index('responsibilities_unit').on(t.unitId),
    index('responsibilities_person').on(t.personId),
    check('responsibilities_bearer', sql`(unit_id is null) <> (person_id is null)`),
  ],
)
