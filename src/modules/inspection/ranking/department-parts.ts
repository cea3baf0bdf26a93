import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { observations, standards, visits as visitRows } from '../schema.ts'
import { type CountedVisit, countedOf } from './counted-visits.ts'
import type { Members } from './members.ts'

/**
 * The part of each visit that belongs to a department: the observations of the standards it leads. One statement, which
 * reads every observation of the rounds.
 */
export async function partsByStandard(
  db: Reader,
  {
    roundIds,
    visits,
    members,
  }: { roundIds: readonly string[]; visits: readonly CountedVisit[]; members: Members },
): Promise<Map<string, CountedVisit[]>> {
  const counted = db.select({ id: visitRows.id }).from(visitRows).where(countedOf(roundIds))
  const rows = await db
    .select({
      visitId: observations.visitId,
      standardId: observations.standardId,
      weight: sql<number>`min(${standards.weight})`.mapWith(Number),
      sum: sql<number>`sum(${observations.score})`.mapWith(Number),
      count: sql<number>`count(${observations.score})`.mapWith(Number),
    })
    .from(observations)
    .innerJoin(standards, eq(standards.id, observations.standardId))
    .where(and(inArray(observations.visitId, counted), isNull(observations.supersededById)))
    .groupBy(observations.visitId, observations.standardId)
  const whole = new Map(visits.map((visit) => [visit.id, visit]))
  const parts = new Map<string, Map<string, CountedVisit>>()
  for (const { visitId, standardId, weight, sum, count } of rows) {
    const visit = whole.get(visitId)
    if (!visit || count === 0) continue
    for (const id of members.leading(standardId)) {
      const part = partOf(parts, id, visit)
      part.balanced.earned += (weight * sum) / count
      part.balanced.possible += weight
      part.pooled.earned += weight * sum
      part.pooled.possible += weight * count
    }
  }
  return new Map([...parts].map(([id, some]) => [id, [...some.values()]]))
}

/** The part of a visit for one department, begun at nothing. */
function partOf(
  parts: Map<string, Map<string, CountedVisit>>,
  id: string,
  visit: CountedVisit,
): CountedVisit {
  let some = parts.get(id)
  if (!some) {
    some = new Map()
    parts.set(id, some)
  }
  let part = some.get(visit.id)
  if (!part) {
    const nothing = () => ({ earned: 0, possible: 0 })
    part = { ...visit, balanced: nothing(), pooled: nothing() }
    some.set(visit.id, part)
  }
  return part
}
