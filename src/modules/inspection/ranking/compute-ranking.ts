import { eq, inArray } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { noFigures, type TaskFigures } from '#modules/command/pure.ts'
import type { Reader } from '#platform/database/port.ts'
import { rankings, rounds, schemes } from '../schema.ts'
import { meanOf, pooledOf, type ScoredVisit } from '../scoring/strata-rules.ts'
import type { PointClass, SchemeMethod } from '../words.ts'
import { allCases, countedCases } from './counted-cases.ts'
import { type CountedVisit, countedVisits, type FrameStratum, frameOf } from './counted-visits.ts'
import { partsByStandard } from './department-parts.ts'
import { type Member, type Members, membersOf } from './members.ts'
import { type Placed, rankGroup } from './ranking-rules.ts'
import type { LineFigures, RankingFigures } from './tables.ts'

/** Plain values, so that a process of its own can be asked. */
export interface RankingAsked {
  rankingId: string
  timeZone: string
}

export interface Computed {
  lines: { member: Member; placed: Placed; figures: LineFigures }[]
  figures: RankingFigures
}

/** Computes a ranking from visits and moves as they are now. It writes nothing. */
export async function computeRanking(db: Reader, { rankingId, timeZone }: RankingAsked): Promise<Computed> {
  const [ranking] = await db.select().from(rankings).where(eq(rankings.id, rankingId))
  const { group, roundIds, spec, seed, cutAt, month, issuerUnitId } = ranking!
  const some = await db
    .select({ id: rounds.id, schemeId: rounds.schemeId, strata: rounds.strata, method: schemes.method })
    .from(rounds)
    .innerJoin(schemes, eq(schemes.id, rounds.schemeId))
    .where(inArray(rounds.id, roundIds))
  const method = some[0]?.method ?? 'balanced'
  const frame = frameOf(some)
  const members = await membersOf(db, group, {
    districtCodes: new Set(frame.map(({ districtCode }) => districtCode)),
    schemeIds: some.map(({ schemeId }) => schemeId),
  })
  const visits = await countedVisits(db, some)
  const from = DateTime.fromISO(`${month}-01`, { zone: timeZone }).toUTC()
  const cases = await countedCases(db, { group, members, issuerUnitId, from, until: cutAt })
  const seen =
    group === 'departments'
      ? await partsByStandard(db, { roundIds, visits, members })
      : byPlace(visits, members)
  const strata = new Map(
    [...members.all.keys()].map((id) => [
      id,
      strataOf(seen.get(id) ?? [], { frame, method, sizes: sizesFor(group === 'departments', frame) }),
    ]),
  )
  const counted = (id: string): TaskFigures => cases.get(id) ?? noFigures
  const placed = rankGroup(
    [...strata].map(([id, some]) => ({
      id,
      strata: some,
      due: counted(id).dueNotSuspended,
      onTime: counted(id).onTime,
    })),
    {
      method,
      fieldWeight: spec.fieldWeight,
      pointsMin: spec.pointsMin,
      dueMin: spec.dueMin,
      samples: spec.samples,
      seed: Buffer.from(seed, 'hex'),
    },
  )
  const lines = placed.map((one) => ({
    member: members.all.get(one.id)!,
    placed: one,
    figures: {
      interval: one.interval,
      ...figuresOf(strata.get(one.id)!, seen.get(one.id) ?? [], counted(one.id)),
    },
  }))
  return { lines, figures: { method, visits: visits.length, cases: await allCases(db, cutAt) } }
}

function byPlace(visits: readonly CountedVisit[], members: Members): Map<string, CountedVisit[]> {
  const seen = new Map<string, CountedVisit[]>()
  for (const visit of visits) {
    const id = members.at(visit)
    if (id === undefined) continue
    const known = seen.get(id)
    if (known) known.push(visit)
    else seen.set(id, [visit])
  }
  return seen
}

/** What a stratum weighs: its class in the city, the same for every district; for departments of the city, its own points. */
function sizesFor(own: boolean, frame: readonly FrameStratum[]) {
  const sizes = new Map<string, number>()
  const keyOf = (stratum: { districtCode: string; pointClass: PointClass }) =>
    own ? `${stratum.districtCode} ${stratum.pointClass}` : stratum.pointClass
  for (const stratum of frame) sizes.set(keyOf(stratum), (sizes.get(keyOf(stratum)) ?? 0) + stratum.points)
  return (stratum: { districtCode: string; pointClass: PointClass }) => sizes.get(keyOf(stratum)) ?? 0
}

interface FilledStratum {
  districtCode: string
  pointClass: PointClass
  weight: number
  visits: ScoredVisit[]
}

function strataOf(
  visits: readonly CountedVisit[],
  {
    method,
    sizes,
  }: { frame: readonly FrameStratum[]; method: SchemeMethod; sizes: ReturnType<typeof sizesFor> },
): FilledStratum[] {
  const strata = Map.groupBy(visits, (visit) => `${visit.districtCode} ${visit.pointClass}`)
  return [...strata.values()].map((some) => {
    const { districtCode, pointClass } = some[0]!
    return {
      ...{ districtCode, pointClass, weight: sizes(some[0]!) },
      visits: some.map((visit) => ({ ...visit[method], probability: visit.probability })),
    }
  })
}

function figuresOf(
  strata: readonly FilledStratum[],
  seen: readonly CountedVisit[],
  cases: TaskFigures,
): Omit<LineFigures, 'interval'> {
  return {
    strata: strata
      .map(({ visits, ...stratum }) => ({
        ...stratum,
        points: visits.filter(({ possible }) => possible > 0).length,
        mean: meanOf(visits),
      }))
      .sort((a, b) => (`${a.districtCode} ${a.pointClass}` < `${b.districtCode} ${b.pointClass}` ? -1 : 1)),
    pooled: pooledOf([{ visits: seen.map(({ pooled }) => ({ ...pooled, probability: 1 })) }]),
    cases,
  }
}
