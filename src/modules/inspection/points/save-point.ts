import { and, eq, isNull } from 'drizzle-orm'
import { outOfReach } from '#modules/events/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { searchNameOf } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor, Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { points } from '../schema.ts'
import type { PointChange, PointCreation } from './contract.ts'
import { assertPlace } from './place-of-point.ts'
import { editablePoint, editsIn } from './point-queries.ts'

/**
 * Enters a point.
 * @throws DomainError `zone.missing`, `unit.missing`, `access.out_of_reach`; conflict `point.code_taken`; invalid
 * `point.place_unclear`, `point.outside_city`, `point.outside_zone`
 */
export async function createPoint(
  tx: Writer,
  { input, by, at }: Doing & { input: PointCreation },
): Promise<string> {
  await assertNamed(tx, input, by)
  await assertPosition(tx, input)
  const id = newId()
  const added = await tx
    .insert(points)
    .values({ ...input, id, searchName: searchNameOf(input.name), createdAt: at })
    .onConflictDoNothing()
    .returning({ id: points.id })
  if (added.length === 0) throw codeTaken(input.code)
  await record(tx, { action: 'point.created', subject: `point:${id}`, by, at })
  return id
}

/**
 * Changes a point. Rounds that were drawn keep what it was.
 * @throws DomainError as `createPoint`; `point.missing`, `version.stale`
 */
export async function changePoint(
  tx: Writer,
  { pointId, version, input, by, at }: Doing & { pointId: string; version: number; input: PointChange },
): Promise<void> {
  const { point } = await editablePoint(tx, pointId, by)
  assertVersion(point, version)
  await assertNamed(tx, input, by)
  const moved = ['latitude', 'longitude', 'zoneId'].some((field) => field in input)
  if (moved) await assertPosition(tx, { ...point, ...input })
  if (input.code !== undefined && input.code !== point.code) {
    if ((await tx.$count(points, eq(points.code, input.code))) > 0) throw codeTaken(input.code)
  }
  const searchName = input.name ? { searchName: searchNameOf(input.name) } : {}
  await updateVersioned(tx, points, pointId, version, { ...input, ...searchName })
  const details = { fields: Object.keys(input).sort() }
  await record(tx, { action: 'point.changed', subject: `point:${pointId}`, by, at, details })
}

/** A closed point is drawn no more. @throws DomainError `point.missing`, `version.stale` */
export async function closePoint(
  tx: Writer,
  { pointId, version, closed, by, at }: Doing & { pointId: string; version: number; closed: boolean },
): Promise<void> {
  const { point } = await editablePoint(tx, pointId, by)
  assertVersion(point, version)
  if ((point.closedAt !== null) === closed) return
  await updateVersioned(tx, points, pointId, version, { closedAt: closed ? at : null })
  const action = closed ? 'point.closed' : 'point.reopened'
  await record(tx, { action, subject: `point:${pointId}`, by, at })
}

async function assertNamed(tx: Writer, { zoneId, unitId }: PointChange, by: Actor): Promise<void> {
  if (zoneId) {
    const [zone] = await tx
      .select({ districtCode: zones.districtCode })
      .from(zones)
      .where(and(eq(zones.id, zoneId), isNull(zones.closedAt)))
    if (!zone) throw new DomainError('missing', 'zone.missing', 'There is no such zone.', { zoneId })
    if (!editsIn(by, zone.districtCode)) throw outOfReach()
  }
  if (unitId) {
    const open = and(eq(units.id, unitId), isNull(units.closedAt))
    if ((await tx.$count(units, open)) === 0)
      throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
  }
}

async function assertPosition(
  tx: Writer,
  { zoneId, latitude = null, longitude = null }: Pick<PointCreation, 'zoneId' | 'latitude' | 'longitude'>,
): Promise<void> {
  if ((latitude === null) !== (longitude === null))
    throw new DomainError('invalid', 'point.place_unclear', 'Give both latitude and longitude, or neither.')
  if (latitude !== null && longitude !== null) await assertPlace(tx, zoneId, { latitude, longitude })
}

const codeTaken = (code: string) =>
  new DomainError('conflict', 'point.code_taken', 'Another point has this code.', { code })
