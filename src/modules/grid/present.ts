import { maskName } from '#platform/crypto/index.ts'
import { isoOf } from '#platform/time.ts'
import type { ResponsibilityView, ZoneView } from './contract.ts'
import type { responsibilities, zones } from './schema.ts'

type Named = { id: string; name: string }

export type LeanZone = Omit<typeof zones.$inferSelect, 'boundary'> & { hasBoundary: boolean }

export function centreView(zone: { centreLatitude: number | null; centreLongitude: number | null }) {
  const { centreLatitude: latitude, centreLongitude: longitude } = zone
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

export function presentZone(zone: LeanZone, parent: Named | null): ZoneView {
  const { id, version, code, name, kind, level, districtCode, hasBoundary, minorsSuitable } = zone
  return {
    ...{ id, version, code, name, kind, level, parent, districtCode, hasBoundary, minorsSuitable },
    centre: centreView(zone),
    createdAt: isoOf(zone.createdAt),
    closedAt: zone.closedAt && isoOf(zone.closedAt),
  }
}

export interface ResponsibilityParts {
  row: typeof responsibilities.$inferSelect
  zone: { id: string; name: string; code: string | null }
  unit: Named | null
  person: Named | null
}

/** @param names whether the reader may see who people are; a screen in a hall may not */
export function presentResponsibility(
  { row, zone, unit, person }: ResponsibilityParts,
  names: boolean,
): ResponsibilityView {
  const { id, version, level, scope, duties, validFrom, validUntil } = row
  return {
    ...{ id, version, level, scope, duties, validFrom, validUntil, zone, unit },
    person: person && { id: person.id, name: names ? person.name : maskName(person.name) },
    createdAt: isoOf(row.createdAt),
  }
}
