import type { DateTime } from 'luxon'
import {
  observations,
  points,
  rounds,
  schemes,
  standards,
  standardUnits,
  visits,
} from '#modules/inspection/schema.ts'
import { pairsOf, worthOf } from '#modules/inspection/scoring/scoring-rules.ts'
import type { ObservationAnswer, PointClass, RoundKind } from '#modules/inspection/words.ts'
import type { Database } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'

const at = instantFrom('2026-02-01T00:00:00Z')
let made = 0

export interface StandardWanted {
  code: string
  pointClass?: PointClass | 'common'
  weight?: number
  mayNotApply?: boolean
  /** The unit that leads it in the whole city. */
  leadUnitId?: string
}

/** A published scheme with its standards. */
export async function aScheme(
  db: Database,
  { issuerUnitId, method = 'balanced' as const }: { issuerUnitId: string; method?: 'balanced' | 'pooled' },
  wanted: readonly StandardWanted[],
): Promise<{ id: string; standards: { id: string; code: string; weight: number }[] }> {
  const id = newId()
  const rows = wanted.map(({ code, weight = 1 }) => ({ id: newId(), code, weight }))
  await db.transaction(async (tx) => {
    const name = `测评体系${++made}`
    await tx.insert(schemes).values({
      ...{ id, seriesId: id, edition: 1, name, searchName: name, issuerUnitId, method, scale: 100 },
      ...{ indicators: [], publishedAt: at, createdAt: at },
    })
    await tx.insert(standards).values(
      rows.map((row, n) => ({
        ...{ ...row, schemeId: id, position: n + 1, text: `标准${row.code}`, observations: 1, createdAt: at },
        ...{
          answer: 'met' as const,
          photo: 'never' as const,
          dueClass: 'workdays:3',
          severity: 'ordinary' as const,
        },
        ...{ pointClass: wanted[n]!.pointClass ?? 'common', mayNotApply: wanted[n]!.mayNotApply ?? true },
      })),
    )
    const leading = wanted.flatMap(({ leadUnitId: unitId }, n) =>
      unitId
        ? [
            {
              id: newId(),
              standardId: rows[n]!.id,
              districtCode: '',
              unitId,
              role: 'lead' as const,
              createdAt: at,
            },
          ]
        : [],
    )
    if (leading.length > 0) await tx.insert(standardUnits).values(leading)
  })
  return { id, standards: rows }
}

export async function aPoint(
  db: Database,
  { zoneId, pointClass = 'compound', unitId }: { zoneId: string; pointClass?: PointClass; unitId?: string },
): Promise<{ id: string; code: string }> {
  const id = newId()
  const name = `点位${++made}`
  const row = {
    id,
    code: id,
    name,
    searchName: name,
    zoneId,
    pointClass,
    unitId: unitId ?? null,
    createdAt: at,
  }
  await db.transaction((tx) => tx.insert(points).values(row))
  return { id, code: id }
}

/** One drawn point of a round, with what was seen there: by standard, one or more answers. */
export interface VisitWanted {
  pointId: string
  zoneId: string
  districtCode: string
  pointClass?: PointClass
  inspectorUserId?: string
  inspectorUnitId?: string
  seen: readonly { standardId: string; weight: number; answer: ObservationAnswer }[]
}

export interface RoundWanted {
  schemeId: string
  issuerUnitId: string
  kind?: RoundKind
  closedAt?: DateTime | null
  /** Points in each stratum; by default as many as were visited. */
  points?: number
}

/** A round that was drawn, visited and, unless it is said otherwise, closed. */
export async function aVisitedRound(
  db: Database,
  { schemeId, issuerUnitId, kind = 'monthly', closedAt = at, points: size }: RoundWanted,
  wanted: readonly VisitWanted[],
): Promise<{ id: string; visitIds: string[]; observationIds: string[][] }> {
  const id = newId()
  const strata = Map.groupBy(wanted, (visit) => `${visit.districtCode} ${visit.pointClass ?? 'compound'}`)
  const rows = wanted.map((visit) => {
    const drawn = strata.get(`${visit.districtCode} ${visit.pointClass ?? 'compound'}`)!.length
    return visitRow(id, schemeId, visit, drawn / (size ?? drawn))
  })
  await db.transaction(async (tx) => {
    await tx.insert(rounds).values({
      ...{ id, year: 2026, number: 1000 + ++made, kind, title: '月度测评', schemeId, issuerUnitId },
      ...{ opensAt: at, endsAt: at.plus({ days: 20 }), spec: spec(wanted.length) },
      ...{ seedCommitment: '', seed: '', drawnAt: at, revealedAt: closedAt, closedAt, createdAt: at },
      strata: [...strata.values()].map((some) => ({
        districtCode: some[0]!.districtCode,
        pointClass: some[0]!.pointClass ?? 'compound',
        points: size ?? some.length,
        drawn: some.length,
        certain: 0,
      })),
    })
    for (const { visit } of rows) await tx.insert(visits).values(visit)
    for (const { seen } of rows) if (seen.length > 0) await tx.insert(observations).values(seen)
  })
  return {
    id,
    visitIds: rows.map(({ visit }) => visit.id),
    observationIds: rows.map(({ seen }) => seen.map((one) => one.id)),
  }
}

const spec = (size: number) => ({ size, reserve: 0, districtCodes: [], pointClasses: [] })

function visitRow(roundId: string, schemeId: string, wanted: VisitWanted, inclusion: number) {
  const { seen, pointClass = 'compound', ...place } = wanted
  const { balanced, pooled } = pairsOf(
    seen.map(({ standardId, weight, answer }) => ({ standardId, weight, x: worthOf(answer) })),
  )
  const id = newId()
  const many = (of: ObservationAnswer) => seen.filter(({ answer }) => answer === of).length
  const sequences = new Map<string, number>()
  return {
    visit: {
      ...{ id, roundId, schemeId, ...place, pointClass, role: 'sample' as const, attempt: 1, inclusion },
      ...{ opensAt: at, startedAt: at, endedAt: at, receivedAt: at, createdAt: at },
      ...{ balancedEarned: balanced.earned, balancedPossible: balanced.possible },
      ...{ pooledEarned: pooled.earned, pooledPossible: pooled.possible },
      ...{ valid: seen.length - many('not_applicable') - many('not_seen') },
      ...{ notApplicable: many('not_applicable'), unseen: many('not_seen') },
    },
    seen: seen.map(({ standardId, answer }) => {
      const sequence = (sequences.get(standardId) ?? 0) + 1
      sequences.set(standardId, sequence)
      const score = worthOf(answer)
      return { id: newId(), visitId: id, standardId, sequence, answer, score, pictureIds: [], createdAt: at }
    }),
  }
}
