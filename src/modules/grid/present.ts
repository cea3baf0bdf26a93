import type { NameOf } from '#modules/organisation/index.ts'
import { isoOf } from '#platform/time.ts'
import type { ResponsibilityView, ZoneView } from './contract.ts'
import type { responsibilities, zones } from './schema.ts'

type Named = { id: string; name: string }

export type LeanZone = Omit<typeof zones.$inferSelect, 'boundary'> & { hasBoundary: boolean }

/** The centre as clients see it; null when the zone has none. */
export function presentCentre(zone: { centreLatitude: number | null; centreLongitude: number | null }) {
  const { centreLatitude: latitude, centreLongitude: longitude } = zone
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

/** A zone without its boundary, as clients see it. */
export function presentZone(zone: LeanZone, parent: Named | null): ZoneView {
  const { id, version, code, name, kind, level, districtCode, hasBoundary, minorsSuitable } = zone
  return {
    ...{ id, version, code, name, kind, level, parent, districtCode, hasBoundary, minorsSuitable },
    centre: presentCentre(zone),
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

/** A duty as clients see it. @param nameOf how people are named to the reader */
export function presentResponsibility(
  { row, zone, unit, person }: ResponsibilityParts,
  nameOf: NameOf,
): ResponsibilityView {
  const { id, version, level, scope, duties, validFrom, validUntil } = row
  return {
    ...{ id, version, level, scope, duties, validFrom, validUntil, zone, unit },
    person: person && { id: person.id, name: nameOf(person.id, person.name) },
    createdAt: isoOf(row.createdAt),
  }
}
