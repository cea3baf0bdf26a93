import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { countedOf } from '../ranking/counted-visits.ts'
import { observations, rounds, standards, visits } from '../schema.ts'
import { type Pair, percentOf } from './scoring-rules.ts'

/** Plain values, so that a process of its own can be asked. */
export interface StandardsAsked {
  roundId: string
}

/** What was seen of a standard in a district. */
export interface StandardCell extends Pair {
  districtCode: string
  percent: string | null
  failed: number
  notApplicable: number
  unseen: number
}

export interface StandardFigures {
  roundId: string
  standards: { id: string; code: string; text: string; cells: StandardCell[] }[]
}

/**
 * 测评标准 × 县区: every observation of a round that stands, summed. One statement reads them all, so a large round is asked for
 * beside the main thread. Pooled: of one standard the weight is the same everywhere.
 */
export async function readStandardFigures(db: Reader, { roundId }: StandardsAsked): Promise<StandardFigures> {
  const many = (of: string) =>
    sql<number>`sum(case when ${observations.answer} = ${of} then 1 else 0 end)`.mapWith(Number)
  const rows = await db
    .select({
      standardId: observations.standardId,
      districtCode: visits.districtCode,
      earned: sql<number>`coalesce(sum(${observations.score}), 0)`.mapWith(Number),
      possible: sql<number>`count(${observations.score})`.mapWith(Number),
      failed: many('not'),
      notApplicable: many('not_applicable'),
      unseen: many('not_seen'),
    })
    .from(observations)
    .innerJoin(visits, eq(visits.id, observations.visitId))
    .where(and(countedOf([roundId]), isNull(observations.supersededById)))
    .groupBy(observations.standardId, visits.districtCode)
  const of = Map.groupBy(rows, ({ standardId }) => standardId)
  const all = await db
    .select({ id: standards.id, code: standards.code, text: standards.text })
    .from(standards)
    .innerJoin(rounds, eq(rounds.schemeId, standards.schemeId))
    .where(eq(rounds.id, roundId))
    .orderBy(asc(standards.position))
  return {
    roundId,
    standards: all.map((standard) => ({
      ...standard,
      cells: (of.get(standard.id) ?? [])
        .map(({ standardId: _, ...cell }) => {
          const percent = percentOf(cell)
          return { ...cell, percent: percent === null ? null : percent.toFixed(2) }
        })
        .sort((a, b) => (a.districtCode < b.districtCode ? -1 : 1)),
    })),
  }
}
