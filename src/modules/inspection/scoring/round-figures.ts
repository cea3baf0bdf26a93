import { and, eq, inArray, sql } from 'drizzle-orm'
import { districtNames } from '#modules/grid/index.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { countedVisits, frameOf } from '../ranking/counted-visits.ts'
import { fullRound } from '../rounds/round-queries.ts'
import { schemes, visits } from '../schema.ts'
import type { PointClass } from '../words.ts'
import { presentPair } from './contract.ts'
import { balancedOf, balancedOfCity, classSizes, meanOf, pooledOf, type Stratum } from './strata-rules.ts'

/**
 * Progress and scores of a round, by both methods, for the city, each district and each stratum.
 * @throws DomainError `round.missing`
 */
export async function readRoundFigures(db: Reader, roundId: string, reader: Actor) {
  const { round, scheme } = await fullRound(db, roundId, reader)
  const [{ method } = { method: 'balanced' as const }] = await db
    .select({ method: schemes.method })
    .from(schemes)
    .where(eq(schemes.id, scheme.id))
  const counted = await countedVisits(db, [round])
  const progress = await progressOf(db, roundId)
  const names = new Map((await districtNames(db)).map(({ code, name }) => [code, name]))
  const seen = Map.groupBy(counted, ({ districtCode, pointClass }) => `${districtCode} ${pointClass}`)
  const strataBy = (method: 'balanced' | 'pooled'): (Stratum & { pointClass: PointClass })[] =>
    frameOf([round]).map(({ districtCode, pointClass, points: size }) => ({
      ...{ districtCode, pointClass, size },
      visits: (seen.get(`${districtCode} ${pointClass}`) ?? []).map((visit) => ({
        ...visit[method],
        probability: visit.probability,
      })),
    }))
  const [balanced, pooled] = [strataBy('balanced'), strataBy('pooled')]
  const weights = classSizes(balanced)
  const within = <T extends { districtCode: string }>(some: readonly T[], code: string) =>
    some.filter(({ districtCode }) => districtCode === code)
  const districts = [...new Set(balanced.map(({ districtCode }) => districtCode))].sort()
  return {
    roundId,
    method,
    ...sumOf(progress),
    balanced: percent(balancedOfCity(balanced)),
    pooled: presentPair(pooledOf(pooled)),
    districts: districts.map((districtCode) => ({
      districtCode,
      name: names.get(districtCode) ?? '',
      ...sumOf(within(progress, districtCode)),
      balanced: percent(balancedOf(within(balanced, districtCode), weights)),
      pooled: presentPair(pooledOf(within(pooled, districtCode))),
      strata: within(balanced, districtCode).map(({ pointClass, size, visits }) => ({
        pointClass,
        points: size,
        ...sumOf(within(progress, districtCode).filter((one) => one.pointClass === pointClass)),
        balanced: percent(meanOf(visits)),
      })),
    })),
  }
}

/** Two decimals; null where nothing valid was seen. */
const percent = (value: number | null) => (value === null ? null : value.toFixed(2))

interface Progress {
  drawn: number
  received: number
}
const sumOf = (some: readonly Progress[]): Progress => ({
  drawn: some.reduce((sum, { drawn }) => sum + drawn, 0),
  received: some.reduce((sum, { received }) => sum + received, 0),
})

/** How many drawn points there are in each stratum, and at how many somebody was. */
async function progressOf(db: Reader, roundId: string) {
  return db
    .select({
      districtCode: visits.districtCode,
      pointClass: visits.pointClass,
      drawn:
        sql<number>`count(distinct case when ${visits.role} = 'sample' then ${visits.pointId} end)`.mapWith(
          Number,
        ),
      received:
        sql<number>`count(distinct case when ${visits.receivedAt} is not null then ${visits.pointId} end)`.mapWith(
          Number,
        ),
    })
    .from(visits)
    .where(and(eq(visits.roundId, roundId), inArray(visits.role, ['sample', 'reserve'])))
    .groupBy(visits.districtCode, visits.pointClass)
}
