/** Schemes, points, rounds, visits and cases of the matrix. */
import { eq } from 'drizzle-orm'
import { books, tasks } from '#modules/command/schema.ts'
import { cases, points, rounds, schemes, standards, visits } from '#modules/inspection/schema.ts'
import { sealSeed } from '#modules/inspection/sealed.ts'
import { units } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/support/app.ts'
import { aUser } from '#test/support/factories/accounts.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { since } from './world-people.ts'

export interface InspectionThings {
  /** A draft of the unit, with a standard. */
  scheme: string
  standard: string
  publishedScheme: string
  /** In the zone. */
  point: string
  /** Of the point. */
  openZone: string
  /** Of the unit: not drawn; drawn and not shown; closed, with a visit that came home. */
  round: string
  drawnRound: string
  drawnVisit: string
  closedRound: string
  visit: string
  /** On the task that the unit owes; and one that the unit could not issue. */
  case: string
  waitingCase: string
  /** In the district of the unit, and on another line. */
  besideUnit: string
}

const named = {
  name: '测评体系',
  searchName: '测评体系',
  edition: 1,
  method: 'balanced' as const,
  scale: 100,
}

export async function inspectionThings(
  app: TestApp,
  { unit, zone, task }: { unit: string; zone: string; task: string },
): Promise<InspectionThings> {
  const { db } = app
  const [scheme, publishedScheme, standard, seenStandard, point] = Array.from({ length: 5 }, () =>
    newId(),
  ) as [string, string, string, string, string]
  const common = { ...named, issuerUnitId: unit, indicators: [], createdAt: since }
  const seen = { pointClass: 'compound' as const, text: '楼道整洁', weight: 1, observations: 1 }
  const answered = { answer: 'met' as const, mayNotApply: false, photo: 'never' as const }
  await db.transaction(async (tx) => {
    await tx.insert(schemes).values([
      { ...common, id: scheme, seriesId: scheme },
      { ...common, id: publishedScheme, seriesId: publishedScheme, publishedAt: since },
    ])
    const fixed = { position: 1, severity: 'ordinary' as const, createdAt: since }
    await tx.insert(standards).values([
      { ...seen, ...answered, ...fixed, id: standard, schemeId: scheme, code: 'JT-01' },
      { ...seen, ...answered, ...fixed, id: seenStandard, schemeId: publishedScheme, code: 'JT-01' },
    ])
    const place = { name: '东明小区', searchName: '东明小区', zoneId: zone, pointClass: 'compound' as const }
    await tx.insert(points).values({ ...place, id: point, code: point, createdAt: since })
  })
  const inRounds = await roundsOf(app, { unit, zone, schemeId: publishedScheme, pointId: point })
  const found = await casesOf(app, { unit, zone, task, standardId: seenStandard, visitId: inRounds.visit })
  return { scheme, standard, publishedScheme, point, openZone: zone, ...inRounds, ...found }
}

let numbers = 0

async function roundsOf(
  { db, context }: TestApp,
  { unit, zone, schemeId, pointId }: { unit: string; zone: string; schemeId: string; pointId: string },
) {
  const [round, drawnRound, closedRound, drawnVisit, visit] = Array.from({ length: 5 }, () => newId()) as [
    string,
    string,
    string,
    string,
    string,
  ]
  const drawn = { drawnAt: since, frameDigest: '00', drawDigest: '00', strata: [] }
  const states = [
    { id: round },
    { id: drawnRound, ...drawn },
    { id: closedRound, ...drawn, revealedAt: since, closedAt: since },
  ]
  const spec = { size: 9, reserve: 0, districtCodes: [], pointClasses: [] }
  const common = { kind: 'monthly' as const, title: '3月测评', issuerUnitId: unit, schemeId, spec }
  const seen = { schemeId, pointId, zoneId: zone, districtCode: '210502', pointClass: 'compound' as const }
  const sample = { role: 'sample' as const, attempt: 1, createdAt: since }
  await db.transaction(async (tx) => {
    await tx.insert(rounds).values(
      states.map((state) => ({
        ...{ ...common, year: 2026, number: ++numbers, opensAt: since, endsAt: since.plus({ days: 30 }) },
        ...{ seedCommitment: '00', seed: sealSeed(context.keys, state.id, '00'), createdAt: since, ...state },
      })),
    )
    await tx.insert(visits).values([
      { ...seen, ...sample, id: drawnVisit, roundId: drawnRound },
      { ...seen, ...sample, id: visit, roundId: closedRound, receivedAt: since },
    ])
  })
  return { round, drawnRound, closedRound, drawnVisit, visit }
}

async function casesOf(
  { db }: TestApp,
  where: { unit: string; zone: string; task: string; standardId: string; visitId: string },
) {
  const { unit, zone, task, standardId, visitId } = where
  const { id: finder } = await aUser(db, { password: null })
  const [owed] = await db.read.select({ bookId: tasks.bookId }).from(tasks).where(eq(tasks.id, task))
  const [issued, waiting, book] = [newId(), newId(), newId()]
  const found = {
    source: 'sample' as const,
    visitId,
    observationId: newId(),
    zoneId: zone,
    districtCode: '210502',
  }
  const of = { standardId, standardCode: 'JT-01', severity: 'ordinary' as const, foundByUserId: finder }
  const numbered = () => {
    const sequence = ++numbers
    return { number: `M-${sequence}`, series: 'M', sequence, foundAt: since, createdAt: since }
  }
  await db.transaction(async (tx) => {
    const title = { title: '整改清单', searchTitle: '整改清单' }
    const own = { issuerUnitId: unit, publishedAt: since, createdAt: since }
    await tx.insert(books).values({ id: book, kind: 'rectification', ...title, ...own })
    await tx.insert(cases).values([
      { id: issued, ...found, ...of, ...numbered(), bookId: owed!.bookId, taskId: task, unitId: unit },
      { id: waiting, heldBecause: 'case.nobody_checks', ...found, ...of, ...numbered(), bookId: book },
    ])
  })
  const [{ districtCode } = { districtCode: null }] = await db.read
    .select({ districtCode: units.districtCode })
    .from(units)
    .where(eq(units.id, unit))
  const { id: besideUnit } = await aUnit(db, { districtCode })
  return { case: issued, waitingCase: waiting, besideUnit }
}
