/** A closed round of the matrix, its ranking, and an appeal against it. */

import { eq } from 'drizzle-orm'
import { usualTerms } from '#modules/inspection/ranking/ranking-rules.ts'
import {
  appeals,
  observations,
  points,
  rankingLines,
  rankings,
  rounds,
  standards,
  visits,
} from '#modules/inspection/schema.ts'
import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/support/app.ts'
import { since } from './world-people.ts'

export interface RankingThings {
  rankedRound: string
  /** At a point of the unit's district, in the line of the ranking. */
  rankedVisit: string
  /** Of the unit, open to appeals no more. */
  ranking: string
  line: string
  /** Its task is owed by the unit. */
  appeal: string
}

interface Around {
  unit: string
  district: string
  zone: string
  task: string
  publishedScheme: string
  point: string
}

let made = 0

export async function rankingThings({ db }: TestApp, around: Around): Promise<RankingThings> {
  const { unit: issuerUnitId, district: districtCode, zone: zoneId, task: taskId } = around
  const { publishedScheme: schemeId, point: pointId } = around
  const [rankedRound, rankedVisit, observationId, ranking, line, appeal] = Array.from({ length: 6 }, newId)
  const times = { opensAt: since, endsAt: since, drawnAt: since, revealedAt: since, closedAt: since }
  const pair = { balancedEarned: 1, balancedPossible: 1, pooledEarned: 1, pooledPossible: 1 }
  const [standard] = await db.read.select().from(standards).where(eq(standards.schemeId, schemeId))
  await db.transaction(async (tx) => {
    await tx.update(points).set({ unitId: issuerUnitId }).where(eq(points.id, pointId))
    await tx.insert(rounds).values({
      ...{
        id: rankedRound!,
        year: 2025,
        number: ++made,
        kind: 'monthly',
        title: '月度测评',
        schemeId,
        issuerUnitId,
      },
      ...times,
      spec: { size: 1, reserve: 0, districtCodes: [], pointClasses: [] },
      strata: [{ districtCode, pointClass: 'compound', points: 1, drawn: 1, certain: 0 }],
      ...{ seedCommitment: '', seed: '', createdAt: since },
    })
    await tx.insert(visits).values({
      ...{ id: rankedVisit!, roundId: rankedRound!, schemeId, pointId, zoneId, districtCode },
      ...{
        pointClass: 'compound',
        role: 'sample',
        attempt: 1,
        inclusion: 1,
        receivedAt: since,
        createdAt: since,
      },
      ...pair,
    })
    const seen = { sequence: 1, answer: 'met' as const, score: 1, pictureIds: [], createdAt: since }
    await tx
      .insert(observations)
      .values({ ...seen, id: observationId!, visitId: rankedVisit!, standardId: standard!.id })
    const { fieldWeight, pointsMin, dueMin, samples } = usualTerms
    await tx.insert(rankings).values({
      ...{ id: ranking!, month: '2026-01', group: 'city_districts', issuerUnitId, roundIds: [rankedRound!] },
      ...{ spec: { fieldWeight, pointsMin, dueMin, samples }, seed: '', cutAt: since },
      ...{ draftedAt: since, appealableUntil: since, createdAt: since },
    })
    const counts = { onTimePart: 0, onTimeWhole: 0, points: 1 }
    await tx
      .insert(rankingLines)
      .values({ id: line!, rankingId: ranking!, position: 1, name: '平山区', districtCode, ...counts })
    await tx.insert(appeals).values({
      ...{ id: appeal!, rankingId: ranking!, taskId, visitId: rankedVisit!, observationId: observationId! },
      ...{ answer: 'not', outcome: 'refused', decidedAt: since, createdAt: since },
    })
  })
  return {
    rankedRound: rankedRound!,
    rankedVisit: rankedVisit!,
    ranking: ranking!,
    line: line!,
    appeal: appeal!,
  }
}
