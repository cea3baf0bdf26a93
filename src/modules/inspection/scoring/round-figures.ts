import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { districtNames } from '#modules/grid/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may } from '#platform/http/access.ts'
import { countedVisits, frameOf } from '../ranking/counted-visits.ts'
import { rounds, schemes, visits } from '../schema.ts'
import type { PointClass } from '../words.ts'
import { presentPair } from './contract.ts'
import { balancedOf, balancedOfCity, classSizes, meanOf, pooledOf, type Stratum } from './strata-rules.ts'

/** Before a round is closed its figures would tell units where somebody was: only whoever makes rankings reads them. */
async function roundWith(db: Reader, roundId: string, reader: Actor) {
  const [found] = await db
    .select({
      id: rounds.id,
      schemeId: rounds.schemeId,
      strata: rounds.strata,
      method: schemes.method,
    })
    .from(rounds)
    .innerJoin(schemes, eq(schemes.id, rounds.schemeId))
    .where(
      and(
        eq(rounds.id, roundId),
        may(reader, 'rankings.edit') ? isNotNull(rounds.drawnAt) : isNotNull(rounds.closedAt),
      ),
    )
  if (!found) throw new DomainError('missing', 'round.figures_missing', 'It has no figures yet.', { roundId })
  return found
}

/** @throws DomainError `round.figures_missing` */
export async function assertFigures(db: Reader, roundId: string, reader: Actor): Promise<void> {
  await roundWith(db, roundId, reader)
}

/**
 * Progress and scores of a round, by both methods, for the city, each district and each stratum.
 * @throws DomainError `round.figures_missing`
 */
export async function readRoundFigures(db: Reader, roundId: string, reader: Actor) {
  const round = await roundWith(db, roundId, reader)
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
    method: round.method,
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
