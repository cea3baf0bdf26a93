/** Schemes, standards and points of the matrix. */
import { points, schemes, standards } from '#modules/inspection/schema.ts'
import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/support/app.ts'
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
}

const named = {
  name: '测评体系',
  searchName: '测评体系',
  edition: 1,
  method: 'balanced' as const,
  scale: 100,
}

export async function inspectionThings(
  { db }: TestApp,
  { unit, zone }: { unit: string; zone: string },
): Promise<InspectionThings> {
  const [scheme, publishedScheme, standard, point] = [newId(), newId(), newId(), newId()]
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
      { ...seen, ...answered, ...fixed, id: newId(), schemeId: publishedScheme, code: 'JT-01' },
    ])
    const place = { name: '东明小区', searchName: '东明小区', zoneId: zone, pointClass: 'compound' as const }
    await tx.insert(points).values({ ...place, id: point, code: point, createdAt: since })
  })
  return { scheme, standard, publishedScheme, point, openZone: zone }
}
