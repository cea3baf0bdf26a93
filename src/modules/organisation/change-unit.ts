import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, type Reach, reachOf } from '#platform/http/access.ts'
import { assertMoves, outOfReach } from './assert-move.ts'
import { withCurrentPeople } from './current-person.ts'
import { reachPerson } from './permits/permits.ts'
import { assertUnitWithin, pathBelow, unitsWithin } from './reach-conditions.ts'
import type { UnitInput } from './saving/changes.ts'
import { namesOf, pathUnder, saveUnits, type UnitRow } from './saving/save-units.ts'
import { teams, units } from './schema.ts'

/**
 * Creates a unit below a parent. A root unit can be created by a user who reaches everything or the unit's district.
 * @throws DomainError `unit.missing` when the new unit or its parent would lie out of reach, `person.missing`,
 *   `parent.missing`, `name.missing`, `unit.too_deep`
 */
export async function createUnit(tx: Writer, stated: UnitInput, { by, at }: Doing): Promise<string> {
  const input = await withCurrentPeople(tx, stated, peopleNamed)
  const reach = reachOf(by, 'units.edit')
  await assertPeopleWithin(tx, input, by)
  if (input.parentId) await assertUnitWithin(tx, reach, input.parentId)
  const { ids } = await saveUnits(tx, [{ ...input, id: undefined }], at)
  const unitId = ids[0]!
  await assertUnitWithin(tx, reach, unitId)
  await record(tx, { action: 'unit.created', subject: `unit:${unitId}`, by, at })
  return unitId
}

/**
 * Changes the given fields. A new `parentId` moves the unit with everything below it; a new `districtCode` moves only
 * this unit.
 * @throws DomainError `unit.missing`, `version.stale`, `unit.cycle`, `unit.too_deep`, `parent.closed`, and what
 *   `assertMoves` throws
 */
export async function changeUnit(
  tx: Writer,
  {
    unitId,
    version,
    changes: stated,
    by,
    at,
  }: Doing & { unitId: string; version: number; changes: Partial<UnitInput> },
): Promise<void> {
  const reach = reachOf(by, 'units.edit')
  await assertUnitWithin(tx, reach, unitId)
  const changes = await withCurrentPeople(tx, stated, peopleNamed)
  await assertPeopleWithin(tx, changes, by)
  const unit = await unitRow(tx, unitId)
  const { name, parentId, id: _, ...columns } = changes
  const { districtCode = unit.districtCode } = columns
  await assertMoves(tx, reach, [
    {
      unit: { from: unit.parentId, to: parentId === undefined ? unit.parentId : parentId },
      district: { from: unit.districtCode, to: districtCode },
    },
  ])
  const set = { ...columns, ...(name === undefined ? {} : namesOf(name)) }
  await updateVersioned(tx, units, unitId, version, set)
  if (parentId !== undefined && parentId !== unit.parentId) {
    await assertAllBelowWithin(tx, reach, unit)
    await moveUnit(tx, unit, parentId)
  }
  await assertUnitWithin(tx, reach, unitId)
  const details = { changed: Object.keys(changes).sort() }
  await record(tx, { action: 'unit.changed', subject: `unit:${unitId}`, by, at, details })
}

/**
 * Closes a unit that has no open units or teams below it, or reopens it. Repeating changes nothing.
 * @throws DomainError `unit.missing`, `version.stale`, `unit.has_open_parts`
 */
export async function closeUnit(
  tx: Writer,
  { unitId, version, closed, by, at }: Doing & { unitId: string; version: number; closed: boolean },
): Promise<void> {
  await assertUnitWithin(tx, reachOf(by, 'units.edit'), unitId)
  const unit = await unitRow(tx, unitId)
  if (closed === (unit.closedAt !== null)) return
  if (closed) await assertNothingOpenBelow(tx, unit)
  await updateVersioned(tx, units, unitId, version, { closedAt: closed ? at : null })
  await record(tx, { action: closed ? 'unit.closed' : 'unit.reopened', subject: `unit:${unitId}`, by, at })
}

async function unitRow(db: Reader, unitId: string): Promise<UnitRow> {
  const [row] = await db.select().from(units).where(eq(units.id, unitId))
  if (!row) throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
  return row
}

/**
 * A move changes who is responsible for everything below the unit, so the user must reach all of it, including units
 * below that are in another district.
 */
async function assertAllBelowWithin(db: Reader, reach: Reach, unit: UnitRow): Promise<void> {
  const below = pathBelow(units.path, unit.path)
  const [all, within] = [
    await db.$count(units, below),
    await db.$count(units, and(below, unitsWithin(reach))),
  ]
  if (within < all) throw outOfReach('unit')
}

async function moveUnit(tx: Writer, unit: UnitRow, parentId: string | null): Promise<void> {
  const parent = parentId === null ? undefined : await unitRow(tx, parentId)
  if (parent?.path.startsWith(unit.path)) {
    throw new DomainError('conflict', 'unit.cycle', 'A unit cannot report to itself or to a unit below it.')
  }
  if (parent?.closedAt) throw new DomainError('conflict', 'parent.closed', 'The parent unit is closed.')
  const path = pathUnder(parent, unit.id)
  // `substr` counts from 1; ids and slashes are ASCII, so characters and bytes agree.
  await tx
    .update(units)
    .set({ path: sql`${path} || substr(${units.path}, ${unit.path.length + 1})` })
    .where(pathBelow(units.path, unit.path))
  await tx.update(units).set({ parentId }).where(eq(units.id, unit.id))
}

async function assertNothingOpenBelow(db: Reader, unit: UnitRow): Promise<void> {
  const openUnits = await db.$count(
    units,
    and(pathBelow(units.path, unit.path), ne(units.id, unit.id), isNull(units.closedAt)),
  )
  const openTeams = await db.$count(teams, and(eq(teams.unitId, unit.id), isNull(teams.closedAt)))
  if (openUnits + openTeams === 0) return
  throw new DomainError('conflict', 'unit.has_open_parts', 'Close its units and teams first.', {
    openUnits,
    openTeams,
  })
}

/** The fields of a unit that hold the id of a person. */
const peopleNamed = ['liaisonPersonId', 'leaderPersonId'] as const

/** Liaison and leader must already be within the user's reach: naming a person must not be a way to see them. */
async function assertPeopleWithin(db: Reader, input: Partial<UnitInput>, by: Actor): Promise<void> {
  for (const field of peopleNamed) {
    const personId = input[field]
    if (personId) await reachPerson(db, reachOf(by, 'persons.read'), personId)
  }
}
