import { inArray } from 'drizzle-orm'
import { zones } from '#modules/grid/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { points, schemes, visits } from '../schema.ts'
import type { HeldUploadView, VisitUpload } from './contract.ts'
import type { UploadRow } from './receipt.ts'

export type PlaceOfUpload = HeldUploadView['place']

/** Where phones say that they were: at the visit or on the patrol that they name. Four statements for any number. */
export async function placesOfUploads(
  db: Reader,
  rows: readonly UploadRow[],
): Promise<ReadonlyMap<string, PlaceOfUpload>> {
  const bodies = rows.map(({ id, visitId, body }) => {
    const sent = body as VisitUpload
    return { id, visitId: visitId ?? sent.visitId ?? null, patrol: sent.patrol ?? null }
  })
  const visited = await db
    .select({ id: visits.id, schemeId: visits.schemeId, zoneId: visits.zoneId, pointId: visits.pointId })
    .from(visits)
    .where(inArray(visits.id, distinct(bodies.map(({ visitId }) => visitId))))
  const visitOf = new Map(visited.map((each) => [each.id, each]))
  const named = bodies.map(({ id, visitId, patrol }) => ({ id, at: visitOf.get(visitId ?? '') ?? patrol }))
  const knownSchemes = await db
    .select({ id: schemes.id, name: schemes.name })
    .from(schemes)
    .where(inArray(schemes.id, distinct(named.map(({ at }) => at?.schemeId))))
  const knownPoints = await db
    .select({ id: points.id, code: points.code, name: points.name, zoneId: points.zoneId })
    .from(points)
    .where(inArray(points.id, distinct(named.map(({ at }) => at?.pointId))))
  // A point lies in a zone of its own, whichever one the phone named.
  const pointOf = new Map(knownPoints.map((each) => [each.id, each]))
  const zoneOf = (at: (typeof named)[number]['at']) => pointOf.get(at?.pointId ?? '')?.zoneId ?? at?.zoneId
  const knownZones = await db
    .select({ id: zones.id, name: zones.name })
    .from(zones)
    .where(inArray(zones.id, distinct(named.map(({ at }) => zoneOf(at)))))
  return new Map(
    named.map(({ id, at }) => {
      const scheme = knownSchemes.find((each) => each.id === at?.schemeId)
      const zone = knownZones.find((each) => each.id === zoneOf(at))
      const point = pointOf.get(at?.pointId ?? '')
      const shown = point ? { id: point.id, code: point.code, name: point.name } : null
      return [id, scheme && zone ? { scheme, zone, point: shown } : null]
    }),
  )
}

const distinct = (ids: readonly (string | null | undefined)[]) => [...new Set(ids.flatMap((id) => id ?? []))]
