/** A year of inspections for measurements: rounds, visits and observations of any number, written in bulk. */
import { and, eq, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { zones } from '#modules/grid/schema.ts'
import {
  observations,
  points,
  rounds,
  schemes,
  standards,
  standardUnits,
  visits,
} from '#modules/inspection/schema.ts'
import type { PointClass } from '#modules/inspection/words.ts'
import { saveUnits } from '#modules/organisation/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import type { AppContext } from '#src/context.ts'

const classes: PointClass[] = [
  'community',
  'compound',
  'main_road',
  'market',
  'park',
  'hospital',
  'school',
  'mall',
]
const districts = ['210502', '210503', '210504', '210505', '210521', '210522']
const standardsEach = 25
const departments = 40

export interface Inspected {
  issuerUnitId: string
  /** The latest round last. */
  roundIds: string[]
  visits: number
  observations: number
}

/** Inserts in lots that fit into one statement on either engine, each lot a transaction. */
async function inLots<T>(
  { db }: AppContext,
  rows: Iterable<T>,
  size: number,
  insert: (tx: Parameters<Parameters<AppContext['db']['transaction']>[0]>[0], some: T[]) => Promise<unknown>,
): Promise<number> {
  let count = 0
  let lot: T[] = []
  const write = async () => {
    const some = lot
    lot = []
    await db.transaction(async (tx) => {
      for (let from = 0; from < some.length; from += size) await insert(tx, some.slice(from, from + size))
    })
    count += some.length
  }
  for (const row of rows) {
    lot.push(row)
    if (lot.length >= size * 20) await write()
  }
  if (lot.length > 0) await write()
  return count
}

/** As many rounds of the same points as make so many observations: 25 standards at each visit, the last round the largest. */
export async function inspected(context: AppContext, wanted: number, roundCount: number): Promise<Inspected> {
  const { db } = context
  const at = context.now().minus({ months: 2 })
  const units = Array.from({ length: departments + 1 }, (_, n) => ({
    name: n === 0 ? '市文明办' : `市直部门${n}`,
    kind: 'government' as const,
    districtCode: '210500',
  }))
  const { ids } = await db.transaction((tx) => saveUnits(tx, units, at))
  const [issuerUnitId, ...leads] = ids as [string, ...string[]]
  const zoneIds = await somewhere(context, at)
  const schemeId = newId()
  const all = classes.flatMap((pointClass) =>
    Array.from({ length: standardsEach }, (_, n) => ({ id: newId(), pointClass, n })),
  )
  await db.transaction(async (tx) => {
    await tx.insert(schemes).values({
      ...{
        id: schemeId,
        seriesId: schemeId,
        edition: 1,
        name: '测评体系',
        searchName: '测评体系',
        issuerUnitId,
      },
      ...{ method: 'balanced', scale: 100, indicators: [], publishedAt: at, createdAt: at },
    })
    const common = {
      observations: 1,
      mayNotApply: true,
      photo: 'never' as const,
      severity: 'ordinary' as const,
    }
    for (const [position, { id, pointClass, n }] of all.entries()) {
      await tx.insert(standards).values({
        ...{ id, schemeId, code: `${pointClass}-${n}`, position: position + 1, pointClass, text: `标准${n}` },
        ...{ weight: 1 + (n % 3), answer: 'met', ...common, createdAt: at },
      })
      const lead = { standardId: id, districtCode: '', unitId: leads[position % departments]! }
      await tx.insert(standardUnits).values({ ...lead, id: newId(), role: 'lead', createdAt: at })
    }
  })
  const perVisit = standardsEach
  const visitCount = Math.ceil(wanted / perVisit)
  const each = Math.ceil(visitCount / roundCount)
  const places = Array.from({ length: each }, (_, n) => {
    const district = n % districts.length
    const pointClass = classes[Math.floor(n / districts.length) % classes.length]!
    return { id: newId(), district, pointClass, zoneId: zoneIds[district]! }
  })
  await inLots(
    context,
    places.map(({ id, pointClass, zoneId }) => ({
      ...{ id, code: id, name: `点位${id.slice(-4)}`, searchName: '点位', zoneId, pointClass, createdAt: at },
    })),
    100,
    (tx, some) => tx.insert(points).values(some),
  )
  const roundIds: string[] = []
  for (let number = 1; number <= roundCount; number += 1) {
    const roundId = newId()
    roundIds.push(roundId)
    const size = Math.ceil(each / (districts.length * classes.length))
    await db.transaction((tx) =>
      tx.insert(rounds).values({
        ...{
          id: roundId,
          year: 2026,
          number,
          kind: 'monthly',
          title: `第${number}轮`,
          schemeId,
          issuerUnitId,
        },
        ...{ opensAt: at, endsAt: at, spec: { size: each, reserve: 0, districtCodes: [], pointClasses: [] } },
        ...{ seedCommitment: '', seed: '', drawnAt: at, revealedAt: at, closedAt: at, createdAt: at },
        strata: districts.flatMap((districtCode) =>
          classes.map((pointClass) => ({
            districtCode,
            pointClass,
            points: size * 2,
            drawn: size,
            certain: 0,
          })),
        ),
      }),
    )
    const gone = places.map((place, n) => visitOf(place, { roundId, schemeId, at, n: n + number }))
    await inLots(context, gone, 100, (tx, some) => tx.insert(visits).values(some))
    await db.transaction((tx) => look(tx, roundId))
  }
  return {
    issuerUnitId,
    roundIds,
    visits: each * roundCount,
    observations: await db.read.$count(observations),
  }
}

/** A street in each district. */
async function somewhere({ db }: AppContext, at: DateTime): Promise<string[]> {
  const ids = districts.map(() => newId())
  await db.transaction(async (tx) => {
    for (const [n, id] of ids.entries()) {
      const name = `街道${n}`
      const names = { name, searchName: name, pinyin: name }
      const place = { path: `/${id}/`, kind: 'subdistrict' as const, districtCode: districts[n]! }
      await tx.insert(zones).values({ id, ...names, ...place, createdAt: at })
    }
  })
  return ids
}

interface Place {
  id: string
  district: number
  pointClass: PointClass
  zoneId: string
}

/** Of ten looks, two to four fail, by district and point. */
function visitOf(
  { id: pointId, district, pointClass, zoneId }: Place,
  { roundId, schemeId, at, n }: { roundId: string; schemeId: string; at: DateTime; n: number },
) {
  const good = standardsEach - (n % 5) - district
  const pair = {
    balancedEarned: good,
    balancedPossible: standardsEach,
    pooledEarned: good,
    pooledPossible: standardsEach,
  }
  const visit = {
    ...{ id: newId(), roundId, schemeId, pointId, zoneId, districtCode: districts[district]!, pointClass },
    ...{ role: 'sample' as const, attempt: 1, inclusion: 0.5, receivedAt: at, createdAt: at },
    ...{ ...pair, valid: standardsEach, notApplicable: 0, unseen: 0 },
  }
  return visit
}

/** What was seen on the visits of a round, in one statement: the first standards of a class are met. */
const look = (tx: Writer, roundId: string) =>
  tx.insert(observations).select(
    tx
      .select({
        id: sql<string>`${visits.id} || '-' || ${standards.code}`.as('id'),
        visitId: visits.id,
        standardId: standards.id,
        sequence: sql<number>`1`.as('sequence'),
        answer: sql<'met' | 'not'>`case when ${met} then 'met' else 'not' end`.as('answer'),
        count: nothing<number>('count'),
        score: sql<number>`case when ${met} then 1 else 0 end`.as('score'),
        note: nothing<string>('note'),
        pictureIds: sql<string[]>`'[]'`.as('picture_ids'),
        caseId: nothing<string>('case_id'),
        supersededById: nothing<string>('superseded_by_id'),
        createdAt: visits.createdAt,
      })
      .from(visits)
      .innerJoin(
        standards,
        and(eq(standards.schemeId, visits.schemeId), sql`${standards.pointClass} = ${visits.pointClass}`),
      )
      .where(eq(visits.roundId, roundId)),
  )
const met = sql`(${standards.position} - 1) % ${sql.raw(String(standardsEach))} < ${visits.balancedEarned}`
const nothing = <T>(name: string) => sql<T | null>`null`.as(name)
