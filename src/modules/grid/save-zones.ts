import { and, eq, inArray, not, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { pinyinOf, searchNameOf } from '#modules/organisation/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { zones } from './schema.ts'
import { zonesWithin } from './scope.ts'
import { placeColumns } from './zone-place.ts'
import type { KnownZone, ZonePlan, ZoneRecord } from './zone-records.ts'
import { placeOf, type TreeZone } from './zone-tree.ts'

export type ZoneRow = typeof zones.$inferSelect

/** The stored zones with these codes, with the fields that a file can change. */
export async function knownZones(db: Reader, codes: Iterable<string>): Promise<Map<string, KnownZone>> {
  const rows: Omit<KnownZone, 'parentCode'>[] = []
  await inChunks([...new Set(codes)], 500, async (some) => {
    const { id, name, kind, level, parentId, boundary, centreLatitude, centreLongitude, minorsSuitable } =
      zones
    const columns = {
      id,
      name,
      kind,
      level,
      parentId,
      boundary,
      centreLatitude,
      centreLongitude,
      minorsSuitable,
    }
    const found = await db
      .select({ ...columns, code: zones.code })
      .from(zones)
      .where(inArray(zones.code, some))
    for (const row of found) rows.push({ ...row, code: row.code! })
  })
  const codeOf = new Map<string, string | null>()
  await inChunks([...new Set(rows.flatMap(({ parentId }) => parentId ?? []))], 500, async (some) => {
    const found = await db
      .select({ id: zones.id, code: zones.code })
      .from(zones)
      .where(inArray(zones.id, some))
    for (const { id, code } of found) codeOf.set(id, code)
  })
  return new Map(
    rows.map((row) => [
      row.code,
      { ...row, parentCode: row.parentId === null ? null : (codeOf.get(row.parentId) ?? null) },
    ]),
  )
}

interface Lean extends TreeZone {
  path: string
  districtCode: string | null
}

/** The whole zone tree in memory, without names and boundaries: about 60 bytes a zone. */
async function leanTree(db: Reader): Promise<Map<string, Lean>> {
  const { id, code, kind, parentId, path, districtCode } = zones
  const rows = await db.select({ id, code, kind, parentId, path, districtCode }).from(zones)
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Writes zone plans: inserts new zones in chunks of 200, updates changed ones one by one, then recomputes `path` and
 * `districtCode` of all zones that moved. Parents must come before their children. Returns the number of written zones.
 * @param reach the writer's reach; every written zone must be within it afterwards
 * @throws DomainError `zone.cycle` when a zone would be its own ancestor, or too deep; `zone.out_of_reach`
 */
export async function saveZones(
  tx: Writer,
  plans: readonly ZonePlan[],
  { reach, at }: { reach: Reach; at: DateTime },
): Promise<number> {
  const tree = await leanTree(tx)
  const idOf = new Map(
    [...tree.values()].flatMap(({ id, code }) => (code === null ? [] : [[code, id] as const])),
  )
  const parentIdOf = ({ parentCode }: ZoneRecord) => (parentCode ? (idOf.get(parentCode) ?? null) : null)
  const written: string[] = []
  const created: ZoneRow[] = []
  for (const plan of plans) {
    if (plan.outcome !== 'new') continue
    const row = newZone(plan.record, parentIdOf(plan.record), at)
    tree.set(row.id, row)
    idOf.set(plan.record.code, row.id)
    Object.assign(row, placed(row, tree))
    created.push(row)
    written.push(row.id)
  }
  await inChunks(created, 200, (chunk) => tx.insert(zones).values(chunk))
  for (const plan of plans) {
    if (plan.outcome !== 'update') continue
    const { id } = plan.zone
    const set = changedColumns(plan.record, plan.zone, plan.fields, parentIdOf(plan.record))
    const known = tree.get(id)!
    Object.assign(known, { kind: set.kind ?? known.kind, parentId: set.parentId ?? known.parentId })
    await tx
      .update(zones)
      .set({ ...set, version: sql`${zones.version} + 1` })
      .where(eq(zones.id, id))
    written.push(id)
  }
  await settleTree(tx, tree)
  await assertZonesWithin(tx, written, reach)
  return written.length
}

async function assertZonesWithin(db: Reader, ids: readonly string[], reach: Reach): Promise<void> {
  const within = zonesWithin(reach)
  if (!within) return
  await inChunks(ids, 500, async (some) => {
    const [outside] = await db
      .select({ code: zones.code, name: zones.name })
      .from(zones)
      .where(and(inArray(zones.id, some), not(within)))
      .limit(1)
    if (!outside) return
    throw new DomainError('forbidden', 'zone.out_of_reach', 'A zone lies outside your districts.', {
      code: outside.code,
    })
  })
}

function placed(zone: TreeZone, tree: ReadonlyMap<string, TreeZone>) {
  const place = placeOf(zone, tree)
  if (place) return place
  throw new DomainError(
    'conflict',
    'zone.cycle',
    'A zone cannot lie below itself, nor more than 12 levels deep.',
    {
      code: zone.code,
    },
  )
}

/** Recomputes `path` and `districtCode` of every zone from the parents, and writes those that differ. */
async function settleTree(tx: Writer, tree: ReadonlyMap<string, Lean>): Promise<void> {
  for (const zone of tree.values()) {
    const { path, districtCode } = placed(zone, tree)
    if (path === zone.path && districtCode === zone.districtCode) continue
    await tx.update(zones).set({ path, districtCode }).where(eq(zones.id, zone.id))
  }
}

/** Reads the tree and settles it, after one zone got another parent, kind or code. */
export async function settleAll(tx: Writer): Promise<void> {
  await settleTree(tx, await leanTree(tx))
}

/** The stored name with its search forms. @throws DomainError `name.missing` */
export function zoneNames(name: string) {
  const searchName = searchNameOf(name)
  if (searchName === '') throw new DomainError('invalid', 'name.missing', 'A name is needed.')
  return { name: name.trim(), searchName, pinyin: pinyinOf(name) }
}

/** The default kind of a zone: a six-digit official code of county level is a district. */
function kindOf({ kind, code }: ZoneRecord) {
  return kind ?? (/^\d{4}(?!00)\d{2}$/.test(code) ? 'district' : 'other')
}

function newZone(record: ZoneRecord, parentId: string | null, at: DateTime): ZoneRow {
  return {
    id: newId(),
    code: record.code,
    ...zoneNames(record.name!),
    kind: kindOf(record),
    level: record.level ?? null,
    parentId,
    path: '',
    districtCode: null,
    ...placeColumns(record.boundary ?? null, record.centre ?? null),
    minorsSuitable: record.minorsSuitable ?? false,
    closedAt: null,
    splitFromId: null,
    version: 1,
    createdAt: at,
  }
}

function changedColumns(
  record: ZoneRecord,
  zone: KnownZone,
  fields: readonly string[],
  parentId: string | null,
): Partial<ZoneRow> {
  const set: Partial<ZoneRow> = {}
  if (fields.includes('name')) Object.assign(set, zoneNames(record.name!))
  if (fields.includes('kind')) set.kind = record.kind!
  if (fields.includes('level')) set.level = record.level!
  if (fields.includes('parent')) set.parentId = parentId
  if (fields.includes('minorsSuitable')) set.minorsSuitable = record.minorsSuitable!
  if (fields.includes('boundary') || fields.includes('centre')) {
    const { centreLatitude: y, centreLongitude: x } = zone
    const boundary = record.boundary ?? zone.boundary
    Object.assign(
      set,
      placeColumns(boundary, record.centre ?? null, x === null || y === null ? null : [x, y]),
    )
  }
  return set
}
