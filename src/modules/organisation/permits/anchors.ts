import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { noRows, unitsWithin } from '../reach-conditions.ts'
import { memberships, persons, teams, units } from '../schema.ts'

/** A reach that is limited to some units, districts or teams. */
export type LimitedReach = Extract<Reach, { everything: false }>

/**
 * An anchor ties a person to a part of the organisation. The query returns one row for each anchor, with two columns of
 * 1 or 0: `open` and `within` (inside the reach).
 */
export type AnchorQuery = { getSQL(): SQL }

/**
 * The anchors known to one slice; `app.ts` plugs in those of the slices above.
 * @param personId the column of the outer query that holds the person's id
 */
export type AnchorSource = (db: Reader, reach: LimitedReach, personId: AnyColumn) => AnchorQuery

const flag = (condition: SQL | undefined) =>
  sql<number>`case when ${condition ?? sql`1 = 1`} then 1 else 0 end`
/** The two columns of an anchor query. */
export const anchor = (open: SQL | undefined, within: SQL | undefined) => ({
  open: flag(open).as('open'),
  within: flag(within).as('within'),
})

const unitIsOpen = isNull(units.closedAt)
const teamIsOpen = and(isNull(teams.closedAt), unitIsOpen)

/** Whether the joined team (with its unit, if it has one) is inside the reach. */
export function joinedTeamWithin(reach: LimitedReach): SQL {
  return or(unitsWithin(reach), ...reach.ids.map((id) => eq(teams.id, id))) ?? noRows
}

/** The anchors known to this slice: open memberships, teams led, units as liaison or as leader. */
export const organisationAnchors: readonly AnchorSource[] = [
  (db, reach, personId) =>
    db
      .select(anchor(teamIsOpen, joinedTeamWithin(reach)))
      .from(memberships)
      .innerJoin(teams, eq(teams.id, memberships.teamId))
      .leftJoin(units, eq(units.id, teams.unitId))
      .where(and(eq(memberships.personId, personId), isNull(memberships.leftAt))),
  (db, reach, personId) =>
    db
      .select(anchor(teamIsOpen, joinedTeamWithin(reach)))
      .from(teams)
      .leftJoin(units, eq(units.id, teams.unitId))
      .where(eq(teams.leaderPersonId, personId)),
  ...[units.liaisonPersonId, units.leaderPersonId].map(
    (office): AnchorSource =>
      (db, reach, personId) =>
        db
          .select(anchor(unitIsOpen, unitsWithin(reach)))
          .from(units)
          .where(eq(office, personId)),
  ),
]

/**
 * A condition on `persons`: all anchors of the person are inside the reach. Closed anchors count only if there is no
 * open one. A person without any anchor is covered only by a reach of everything.
 */
export function anchoredWithin(db: Reader, reach: LimitedReach, sources: readonly AnchorSource[]): SQL {
  const all = sql.join(
    sources.map((source) => source(db, reach, persons.id).getSQL()),
    sql` union all `,
  )
  return sql`(select case when max(open) = 1 then min(case when open = 1 then within else 1 end) else min(within) end from (${all}) as anchors) = 1`
}
