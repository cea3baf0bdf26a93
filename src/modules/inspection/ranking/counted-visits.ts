import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { type rounds, visits } from '../schema.ts'
import type { Pairs } from '../scoring/scoring-rules.ts'
import type { PointClass } from '../words.ts'

/** A visit that enters scores. */
export interface CountedVisit extends Pairs {
  id: string
  districtCode: string
  zoneId: string
  pointClass: PointClass
  /** π of its point; of one that stood in for another, that of its stratum. */
  probability: number
}

export type RoundOfScores = Pick<typeof rounds.$inferSelect, 'id' | 'schemeId' | 'strata'>

/** SQL condition on `visits`: drawn for these rounds, and received before they were closed. */
export const countedOf = (roundIds: readonly string[]) =>
  and(
    inArray(visits.roundId, [...roundIds]),
    inArray(visits.role, ['sample', 'reserve']),
    isNotNull(visits.receivedAt),
    eq(visits.afterClosure, false),
  )

/** The visits that count, of several attempts at a point the last one: one statement. */
export async function countedVisits(db: Reader, some: readonly RoundOfScores[]): Promise<CountedVisit[]> {
  const rows = await db
    .select({
      id: visits.id,
      roundId: visits.roundId,
      pointId: visits.pointId,
      attempt: visits.attempt,
      districtCode: visits.districtCode,
      zoneId: visits.zoneId,
      pointClass: visits.pointClass,
      inclusion: visits.inclusion,
      balancedEarned: visits.balancedEarned,
      balancedPossible: visits.balancedPossible,
      pooledEarned: visits.pooledEarned,
      pooledPossible: visits.pooledPossible,
    })
    .from(visits)
    .where(countedOf(some.map(({ id }) => id)))
  const last = new Map<string, (typeof rows)[number]>()
  for (const row of rows) {
    const key = `${row.roundId} ${row.pointId}`
    const known = last.get(key)
    if (!known || known.attempt < row.attempt) last.set(key, row)
  }
  const rates = samplingRates(some)
  return [...last.values()].flatMap((row) => {
    if (row.pointClass === null) return []
    const { id, districtCode, zoneId, pointClass } = row
    const rate = rates.get(`${row.roundId} ${districtCode} ${pointClass}`) ?? 1
    return {
      ...{ id, districtCode, zoneId, pointClass, probability: row.inclusion ?? rate },
      balanced: { earned: row.balancedEarned ?? 0, possible: row.balancedPossible ?? 0 },
      pooled: { earned: row.pooledEarned ?? 0, possible: row.pooledPossible ?? 0 },
    }
  })
}

function samplingRates(some: readonly RoundOfScores[]): Map<string, number> {
  return new Map(
    some.flatMap(({ id, strata }) =>
      (strata ?? []).map((stratum): [string, number] => [
        `${id} ${stratum.districtCode} ${stratum.pointClass}`,
        stratum.drawn / stratum.points,
      ]),
    ),
  )
}

export interface FrameStratum {
  districtCode: string
  pointClass: PointClass
  points: number
}

/** The strata of several rounds; one that several rounds drew from has the points of its largest frame. */
export function frameOf(some: readonly RoundOfScores[]): FrameStratum[] {
  const found = new Map<string, FrameStratum>()
  for (const { strata } of some)
    for (const { districtCode, pointClass, points } of strata ?? []) {
      const key = `${districtCode} ${pointClass}`
      const known = found.get(key)
      if (!known || known.points < points) found.set(key, { districtCode, pointClass, points })
    }
  return [...found.values()]
}
