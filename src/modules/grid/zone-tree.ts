import type { ZoneKind } from './words.ts'

/** Kinds of county level. A zone of such a kind is a district for district grants (块). */
const districtKinds: ReadonlySet<ZoneKind> = new Set([
  'district',
  'county',
  'county_city',
  'autonomous_county',
])

export interface TreeZone {
  id: string
  code: string | null
  kind: ZoneKind
  parentId: string | null
}

/** Maximum depth of the tree. More than any city needs; it keeps paths short. */
export const zoneDepthMax = 12

/**
 * The code of the district that contains a zone: its own if it is of county level, else that of its nearest such
 * ancestor, else the first six digits of its official code (GB/T 2260: the last two are not 00).
 * @param line the zone first, then its ancestors from the parent to the root
 */
export function districtCodeOf(line: readonly Pick<TreeZone, 'code' | 'kind'>[]): string | null {
  const district = line.find(({ kind, code }) => districtKinds.has(kind) && code !== null)
  if (district) return district.code
  for (const { code } of line) {
    if (code !== null && /^\d{6,12}$/.test(code) && code.slice(4, 6) !== '00') return code.slice(0, 6)
  }
  return null
}

/** The path and district code of a zone. Undefined when its ancestors form a cycle or are too many. */
export function placeOf(
  zone: TreeZone,
  byId: ReadonlyMap<string, TreeZone>,
): { path: string; districtCode: string | null } | undefined {
  const line: TreeZone[] = []
  for (
    let current: TreeZone | undefined = zone;
    current;
    current = current.parentId === null ? undefined : byId.get(current.parentId)
  ) {
    line.push(current)
    if (line.length > zoneDepthMax) return undefined
  }
  const path = `/${line
    .map(({ id }) => id)
    .reverse()
    .join('/')}/`
  return { path, districtCode: districtCodeOf(line) }
}
