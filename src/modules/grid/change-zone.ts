import { and, eq, isNull, ne } from 'drizzle-orm'
import { pathBelow } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { violationOf } from '#platform/database/violations.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, type Reach, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { Position } from './geometry.ts'
import { readBoundary } from './read-boundary.ts'
import { settleAll, type ZoneRow, zoneNames } from './save-zones.ts'
import { zones } from './schema.ts'
import { zonesWithin } from './scope.ts'
import type { ZoneKind } from './words.ts'
import { placeColumns } from './zone-place.ts'

/** The fields of a zone that a client states. An undefined field stays unchanged. */
export interface ZoneInput {
  name?: string
  kind?: ZoneKind
  code?: string | null
  parentId?: string | null
  boundary?: unknown
  centre?: { latitude: number; longitude: number } | null
  minorsSuitable?: boolean
}

/**
 * Creates a zone, from a form or from a drawing on the map.
 * @throws DomainError `zone.missing` when the parent does not exist or the zone would be outside the actor's reach,
 *   `zone.code_taken`, `boundary.invalid`, `name.missing`, `zone.cycle` when too deep
 */
export async function createZone(
  tx: Writer,
  input: ZoneInput & { name: string; kind: ZoneKind },
  { by, at }: Doing,
): Promise<string> {
  const boundary = input.boundary == null ? null : readBoundary(input.boundary)
  if (input.parentId) await assertParentOpen(tx, input.parentId)
  const id = newId()
  const row: ZoneRow = {
    id,
    code: input.code ?? null,
    ...zoneNames(input.name),
    kind: input.kind,
    level: null,
    parentId: input.parentId ?? null,
    path: `/${id}/`,
    districtCode: null,
    ...placeColumns(boundary, positionOf(input.centre)),
    minorsSuitable: input.minorsSuitable ?? false,
    closedAt: null,
    splitFromId: null,
    version: 1,
    createdAt: at,
  }
  await codeUnique(() => tx.insert(zones).values(row))
  await settleAll(tx)
  await assertZoneWithin(tx, reachOf(by, 'grid.edit'), id)
  await record(tx, { action: 'zone.created', subject: `zone:${id}`, by, at })
  return id
}

/**
 * Changes a zone under its optimistic lock, and the paths and districts of the zones below it.
 * @throws DomainError `zone.missing`, `version.stale`, `zone.code_taken`, `zone.cycle`, `boundary.invalid`
 */
export async function changeZone(
  tx: Writer,
  { zoneId, version, changes, by, at }: Doing & { zoneId: string; version: number; changes: ZoneInput },
): Promise<void> {
  const reach = reachOf(by, 'grid.edit')
  await assertZoneWithin(tx, reach, zoneId)
  const zone = await zoneRow(tx, zoneId)
  if (changes.parentId) await assertParentOpen(tx, changes.parentId)
  await codeUnique(() => updateVersioned(tx, zones, zoneId, version, columnsOf(zone, changes)))
  if (changes.parentId !== undefined || changes.kind !== undefined || changes.code !== undefined)
    await settleAll(tx)
  await assertZoneWithin(tx, reach, zoneId)
  const details = { changed: Object.keys(changes).sort() }
  await record(tx, { action: 'zone.changed', subject: `zone:${zoneId}`, by, at, details })
}

function columnsOf(zone: ZoneRow, changes: ZoneInput): Partial<ZoneRow> {
  const { name, boundary, centre, ...columns } = changes
  const set: Partial<ZoneRow> = { ...columns, ...(name === undefined ? {} : zoneNames(name)) }
  if (boundary === undefined && centre === undefined) return set
  const kept = positionOf(
    zone.centreLatitude === null ? null : { latitude: zone.centreLatitude, longitude: zone.centreLongitude! },
  )
  const next = boundary === undefined ? zone.boundary : boundary === null ? null : readBoundary(boundary)
  // A null centre removes the stated one: the centre is then computed from the boundary.
  return { ...set, ...placeColumns(next, positionOf(centre), centre === null ? null : kept) }
}

/**
 * Closes a zone, or opens it again. A zone with open zones below it cannot be closed. Idempotent.
 * @throws DomainError `zone.missing`, `version.stale`, `zone.has_open_parts`
 */
export async function closeZone(
  tx: Writer,
  { zoneId, version, closed, by, at }: Doing & { zoneId: string; version: number; closed: boolean },
): Promise<void> {
  await assertZoneWithin(tx, reachOf(by, 'grid.edit'), zoneId)
  const zone = await zoneRow(tx, zoneId)
  if (closed === (zone.closedAt !== null)) return
  if (closed) {
    const below = and(pathBelow(zones.path, zone.path), ne(zones.id, zoneId), isNull(zones.closedAt))
    const open = await tx.$count(zones, below)
    if (open > 0)
      throw new DomainError('conflict', 'zone.has_open_parts', 'Close the zones below it first.', { open })
  }
  await updateVersioned(tx, zones, zoneId, version, { closedAt: closed ? at : null })
  await record(tx, { action: closed ? 'zone.closed' : 'zone.reopened', subject: `zone:${zoneId}`, by, at })
}

/** @throws DomainError `zone.missing` when the zone does not exist, or the reach does not cover it for changes */
export async function assertZoneWithin(db: Reader, reach: Reach, zoneId: string): Promise<void> {
  const found = await db
    .select({ id: zones.id })
    .from(zones)
    .where(and(eq(zones.id, zoneId), zonesWithin(reach)))
  if (found.length === 0) throw missing(zoneId)
}

async function assertParentOpen(db: Reader, parentId: string): Promise<void> {
  const { closedAt } = await zoneRow(db, parentId)
  if (closedAt) throw new DomainError('conflict', 'parent.closed', 'The zone above is closed.', { parentId })
}

/** @throws DomainError `zone.missing` */
export async function zoneRow(db: Reader, zoneId: string): Promise<ZoneRow> {
  const [row] = await db.select().from(zones).where(eq(zones.id, zoneId))
  if (!row) throw missing(zoneId)
  return row
}

function missing(zoneId: string): DomainError {
  return new DomainError('missing', 'zone.missing', 'There is no such zone.', { zoneId })
}

/** Turns a violation of the unique index on `code` into `zone.code_taken`. */
async function codeUnique(write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (violationOf(error)?.kind !== 'unique') throw error
    throw new DomainError('conflict', 'zone.code_taken', 'Another zone has this code.', {}, { cause: error })
  }
}

function positionOf(centre: { latitude: number; longitude: number } | null | undefined): Position | null {
  return centre ? [centre.longitude, centre.latitude] : null
}
