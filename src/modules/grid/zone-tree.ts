import type { ZoneKind } from './words.ts'

/** Kinds that are a district in the sense of the responsible line (块): the county level. */
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

/** More levels than any city has; keeps a path short. */
export const zoneDepthMax = 12

/**
 * The code of the district a zone lies in: its own if it is one, else that of its nearest ancestor that is,
 * else what the six first digits of an official code say (GB/T 2260: the last two are not 00).
 * @param line the zone first, then its ancestors upward
 */
export function districtCodeOf(line: readonly Pick<TreeZone, 'code' | 'kind'>[]): string | null {
  const district = line.find(({ kind, code }) => districtKinds.has(kind) && code !== null)
  if (district) return district.code
  for (const { code } of line) {
    if (code !== null && /^\d{6,12}$/.test(code) && code.slice(4, 6) !== '00') return code.slice(0, 6)
  }
  return null
}

/** Where a zone stands: its path and its district. Undefined when its line runs in a circle or is too deep. */
export function placeOf(
  zone: TreeZone,
  byId: ReadonlyMap<string, TreeZone>,
): { path: string; districtCode: string | null } | undefined {
  const line: TreeZone[] = []
  for (
    let at: TreeZone | undefined = zone;
    at;
    at = at.parentId === null ? undefined : byId.get(at.parentId)
  ) {
    line.push(at)
    if (line.length > zoneDepthMax) return undefined
  }
  const path = `/${line
    .map(({ id }) => id)
    .reverse()
    .join('/')}/`
  return { path, districtCode: districtCodeOf(line) }
}
