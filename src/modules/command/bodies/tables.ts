import { isNull, sql } from 'drizzle-orm'
import { persons, units } from '#modules/organisation/schema.ts'
import { check, day, index, instant, int, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { BodyKind, BodyRole } from '../words.ts'

/** 工作机构: a working group, its office, a group of counsellors, the office of a district. */
export const workingBodies = table(
  'working_bodies',
  {
    id: text().primaryKey(),
    kind: text<BodyKind>().notNull(),
    number: int(),
    name: text().notNull(),
    closedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('working_bodies_number').on(t.kind, t.number).where(isNull(sql`closed_at`))],
)

/** A unit, a person or a district in a working body, for [since, until). */
export const bodyMembers = table(
  'body_members',
  {
    id: text().primaryKey(),
    bodyId: text()
      .notNull()
      .references(() => workingBodies.id),
    role: text<BodyRole>().notNull(),
    /** Exactly one of the three. */
    unitId: text().references(() => units.id),
    personId: text().references(() => persons.id),
    districtCode: text(),
    since: day().notNull(),
    leftAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('body_members_body').on(t.bodyId),
    index('body_members_person').on(t.personId),
    index('body_members_unit_role').on(t.unitId, t.role),
    uniqueIndex('body_members_unit').on(t.bodyId, t.role, t.unitId).where(isNull(sql`left_at`)),
    uniqueIndex('body_members_live_person').on(t.bodyId, t.role, t.personId).where(isNull(sql`left_at`)),
    uniqueIndex('body_members_district').on(t.bodyId, t.role, t.districtCode).where(isNull(sql`left_at`)),
    check(
      'body_members_who',
      sql`(case when unit_id is null then 0 else 1 end) + (case when person_id is null then 0 else 1 end) + (case when district_code is null then 0 else 1 end) = 1`,
    ),
  ],
)
