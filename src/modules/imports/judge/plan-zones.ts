import type { Boundary, KnownZone, ZoneField, ZonePlan, ZoneRecord } from '#modules/grid/index.ts'
import type { RowFault } from '../read/tables/zone-file.ts'

/**
 * Judges records against the stored zones. Plans are ordered parents first, so that each can be written after its parent.
 * A new zone with an unknown parent becomes a root, a known one keeps its parent; an error in a parent's row also refuses its children.
 * @param known by code: the zones of the records and of their parents
 * @param broken codes of rows that have errors already
 */
export function planZones(
  records: readonly ZoneRecord[],
  known: ReadonlyMap<string, KnownZone>,
  broken: ReadonlySet<string>,
): { plans: ZonePlan[]; faults: RowFault[]; roots: string[] } {
  const faults: RowFault[] = []
  const { ordered, circular } = parentsFirst(onlyOnce(records, faults))
  for (const record of circular)
    faults.push(faultOf(record, 'parent_code', record.parentCode, 'parent-cycle'))
  const inFile = new Set(ordered.map(({ code }) => code))
  const lost = new Set([...broken, ...circular.map(({ code }) => code)])
  const plans: ZonePlan[] = []
  const roots: string[] = []
  for (const record of ordered) {
    const { code, parentCode } = record
    const zone = known.get(code)
    if (parentCode && lost.has(parentCode) && !known.has(parentCode)) {
      faults.push(faultOf(record, 'parent_code', parentCode, 'parent-in-error'))
      lost.add(code)
      inFile.delete(code)
    } else if (!zone && record.name === undefined) {
      faults.push(faultOf(record, 'name', '', 'name-missing'))
      lost.add(code)
      inFile.delete(code)
    } else {
      const orphan = parentCode && !inFile.has(parentCode) && !known.has(parentCode)
      if (orphan) roots.push(code)
      plans.push(planOf(orphan ? { ...record, parentCode: null } : record, zone))
    }
  }
  return { plans, faults, roots }
}

function planOf(record: ZoneRecord, zone: KnownZone | undefined): ZonePlan {
  if (!zone) return { record, outcome: 'new' }
  const fields = differencesOf(zone, record)
  return fields.length > 0
    ? { record, outcome: 'update', zone, fields }
    : { record, outcome: 'unchanged', zone }
}

function differencesOf(zone: KnownZone, record: ZoneRecord): ZoneField[] {
  const { name, kind, level, parentCode, boundary, centre, minorsSuitable } = record
  const fields: ZoneField[] = []
  if (name !== undefined && name !== zone.name) fields.push('name')
  if (kind !== undefined && kind !== zone.kind) fields.push('kind')
  if (level !== undefined && level !== zone.level) fields.push('level')
  // An unknown parent makes a root of a new zone; it does not tear a known one out of the tree.
  if (parentCode !== undefined && parentCode !== null && parentCode !== zone.parentCode) fields.push('parent')
  if (boundary !== undefined && JSON.stringify(boundary) !== JSON.stringify(plain(zone.boundary)))
    fields.push('boundary')
  if (centre !== undefined && (centre[0] !== zone.centreLongitude || centre[1] !== zone.centreLatitude)) {
    fields.push('centre')
  }
  if (minorsSuitable !== undefined && minorsSuitable !== zone.minorsSuitable) fields.push('minorsSuitable')
  return fields
}

/** PostgreSQL's `jsonb` stores keys in its own order, so documents are compared without regard to it. */
function plain(boundary: Boundary | null) {
  return boundary && { type: boundary.type, coordinates: boundary.coordinates }
}

function onlyOnce(records: readonly ZoneRecord[], faults: RowFault[]): ZoneRecord[] {
  const seen = new Set<string>()
  return records.filter((record) => {
    if (!seen.has(record.code)) return seen.add(record.code)
    faults.push(faultOf(record, 'code', record.code, 'code-twice'))
    return false
  })
}

/** Orders records after their parents, otherwise as in the file; also returns those whose parents form a cycle. */
function parentsFirst(records: readonly ZoneRecord[]): { ordered: ZoneRecord[]; circular: ZoneRecord[] } {
  const byCode = new Map(records.map((record) => [record.code, record]))
  const done = new Set<string>()
  const ordered: ZoneRecord[] = []
  const circular = new Set<ZoneRecord>()
  for (const record of records) {
    const line: ZoneRecord[] = []
    const inLine = new Set<string>()
    for (let at: ZoneRecord | undefined = record; at && !done.has(at.code); ) {
      if (inLine.has(at.code)) {
        for (const each of line.slice(line.indexOf(at))) circular.add(each)
        break
      }
      inLine.add(at.code)
      line.push(at)
      at = at.parentCode ? byCode.get(at.parentCode) : undefined
    }
    for (const each of line.reverse()) {
      done.add(each.code)
      if (!circular.has(each)) ordered.push(each)
    }
  }
  return { ordered, circular: [...circular] }
}

function faultOf(record: ZoneRecord, column: string, value: unknown, reason: RowFault['reason']): RowFault {
  return { row: record.row, column, value: String(value ?? '').slice(0, 60), reason }
}
