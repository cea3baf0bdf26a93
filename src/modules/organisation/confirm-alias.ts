import { and, eq, isNotNull, isNull, ne, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Reach, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { searchNameOf } from './names.ts'
import { assertUnitWithin, unitsWithin } from './reach-conditions.ts'
import { unitAliases, units } from './schema.ts'

/**
 * Stores another name (alias) of a unit after a user confirmed it. Within the reach of this user an alias means one
 * unit; units outside the reach may use the same name and are not revealed. Repeating changes nothing.
 * @throws DomainError `name.missing`, `unit.missing` when it is out of reach, `alias.taken`
 */
export async function confirmAlias(
  tx: Writer,
  { unitId, alias, by, at }: { unitId: string; alias: string; by: Actor; at: DateTime },
): Promise<string> {
  const searchAlias = searchNameOf(alias)
  if (searchAlias === '') throw new DomainError('invalid', 'name.missing', 'A name is needed.')
  const reach = reachOf(by, 'units.edit')
  await assertUnitWithin(tx, reach, unitId)
  await assertNameFree(tx, reach, unitId, searchAlias)
  const id = newId()
  const created = await tx
    .insert(unitAliases)
    .values({ id, unitId, alias: alias.trim(), searchAlias, confirmedBy: by.userId, confirmedAt: at })
    .onConflictDoNothing()
    .returning({ id: unitAliases.id })
  if (created.length === 0) {
    const [known] = await tx
      .select({ id: unitAliases.id })
      .from(unitAliases)
      .where(and(eq(unitAliases.unitId, unitId), eq(unitAliases.searchAlias, searchAlias)))
    return known!.id
  }
  await record(tx, { action: 'alias.confirmed', subject: `unit:${unitId}`, by, at, details: { aliasId: id } })
  return id
}

/** An alias must not be the name or the alias of another unit within reach. */
async function assertNameFree(db: Reader, reach: Reach, unitId: string, searchAlias: string): Promise<void> {
  const [other] = await db
    .select({ id: units.id })
    .from(units)
    .leftJoin(unitAliases, and(eq(unitAliases.unitId, units.id), eq(unitAliases.searchAlias, searchAlias)))
    .where(
      and(
        ne(units.id, unitId),
        or(and(eq(units.searchName, searchAlias), isNull(units.closedAt)), isNotNull(unitAliases.id)),
        unitsWithin(reach),
      ),
    )
    .limit(1)
  if (!other) return
  throw new DomainError('conflict', 'alias.taken', 'This name stands for another unit.', { unitId: other.id })
}

/** @throws DomainError `alias.missing` when there is none, or its unit is out of reach */
export async function forgetAlias(
  tx: Writer,
  { aliasId, by, at }: { aliasId: string; by: Actor; at: DateTime },
): Promise<void> {
  const [known] = await tx
    .select({ unitId: units.id })
    .from(unitAliases)
    .innerJoin(units, eq(units.id, unitAliases.unitId))
    .where(and(eq(unitAliases.id, aliasId), unitsWithin(reachOf(by, 'units.edit'))))
  if (!known) throw new DomainError('missing', 'alias.missing', 'There is no such alias.', { aliasId })
  await tx.delete(unitAliases).where(eq(unitAliases.id, aliasId))
  const { unitId } = known
  await record(tx, { action: 'alias.forgotten', subject: `unit:${unitId}`, by, at, details: { aliasId } })
}
