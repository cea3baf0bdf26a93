import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import type { UnitInput } from './changes.ts'
import { namesOf, pathUnder, saveUnits, type UnitRow } from './save-units.ts'
import { teams, units } from './schema.ts'
import { assertPersonWithin, assertUnitWithin, pathBelow } from './scope.ts'

interface Doing {
  by: Actor
  at: DateTime
}

/**
 * Creates a unit below a parent, or as a root for whoever reaches everything or its district.
 * @throws DomainError `unit.missing` when the new unit or its parent would lie out of reach,
 *   `person.missing`, `parent.missing`, `name.missing`, `unit.too-deep`
 */
export async function createUnit(tx: Writer, input: UnitInput, { by, at }: Doing): Promise<string> {
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
 * Changes what is given; a new `parentId` moves the unit with everything below it.
 * @throws DomainError `unit.missing`, `version.stale`, `unit.cycle`, `unit.too-deep`, `parent.closed`
 */
export async function changeUnit(
  tx: Writer,
  {
    unitId,
    version,
    changes,
    by,
    at,
  }: Doing & { unitId: string; version: number; changes: Partial<UnitInput> },
): Promise<void> {
  const reach = reachOf(by, 'units.edit')
  await assertUnitWithin(tx, reach, unitId)
  await assertPeopleWithin(tx, changes, by)
  const unit = await unitRow(tx, unitId)
  const { name, parentId, id: _, ...columns } = changes
  const set = { ...columns, ...(name === undefined ? {} : namesOf(name)) }
  await setUnit(tx, unit, version, set)
  if (parentId !== undefined && parentId !== unit.parentId) {
    if (parentId) await assertUnitWithin(tx, reach, parentId)
    await moveUnit(tx, unit, parentId)
  }
  await assertUnitWithin(tx, reach, unitId)
  const details = { changed: Object.keys(changes).sort() }
  await record(tx, { action: 'unit.changed', subject: `unit:${unitId}`, by, at, details })
}

/**
 * Closes a unit that has nothing open below it, or opens it again. Repeating changes nothing.
 * @throws DomainError `unit.missing`, `version.stale`, `unit.has-open-parts`
 */
export async function closeUnit(
  tx: Writer,
  { unitId, version, closed, by, at }: Doing & { unitId: string; version: number; closed: boolean },
): Promise<void> {
  await assertUnitWithin(tx, reachOf(by, 'units.edit'), unitId)
  const unit = await unitRow(tx, unitId)
  if (closed === (unit.closedAt !== null)) return
  if (closed) await refuseOpenParts(tx, unit)
  await setUnit(tx, unit, version, { closedAt: closed ? at : null })
  await record(tx, { action: closed ? 'unit.closed' : 'unit.reopened', subject: `unit:${unitId}`, by, at })
}

async function unitRow(db: Reader, unitId: string): Promise<UnitRow> {
  const [row] = await db.select().from(units).where(eq(units.id, unitId))
  if (!row) throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
  return row
}

/** Of two edits with the same version the second finds no row. */
async function setUnit(tx: Writer, unit: UnitRow, version: number, set: Partial<UnitRow>): Promise<void> {
  const changed = await tx
    .update(units)
    .set({ ...set, version: version + 1 })
    .where(and(eq(units.id, unit.id), eq(units.version, version)))
    .returning({ id: units.id })
  if (changed.length === 0) {
    throw new DomainError('stale', 'version.stale', 'Somebody changed this unit since.', {
      version: unit.version,
    })
  }
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

async function refuseOpenParts(db: Reader, unit: UnitRow): Promise<void> {
  const openUnits = await db.$count(
    units,
    and(pathBelow(units.path, unit.path), ne(units.id, unit.id), isNull(units.closedAt)),
  )
  const openTeams = await db.$count(teams, and(eq(teams.unitId, unit.id), isNull(teams.closedAt)))
  if (openUnits + openTeams === 0) return
  throw new DomainError('conflict', 'unit.has-open-parts', 'Close its units and teams first.', {
    openUnits,
    openTeams,
  })
}

/** Nobody makes a stranger visible by naming them: liaison and leader are people one can see already. */
async function assertPeopleWithin(db: Reader, input: Partial<UnitInput>, by: Actor): Promise<void> {
  for (const personId of [input.liaisonPersonId, input.leaderPersonId]) {
    if (personId) await assertPersonWithin(db, reachOf(by, 'persons.read'), personId)
  }
}
