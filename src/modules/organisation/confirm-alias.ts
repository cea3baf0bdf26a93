import { and, eq, isNull, ne } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { searchNameOf } from './names.ts'
import { unitAliases, units } from './schema.ts'
import { assertUnitWithin } from './scope.ts'

/**
 * Remembers another name of a unit, once somebody confirmed it. An alias means one unit.
 * Confirming what is known changes nothing.
 * @throws DomainError `name.missing`, `alias.taken`
 */
export async function confirmAlias(
  tx: Writer,
  { unitId, alias, by, at }: { unitId: string; alias: string; by: { userId: string }; at: DateTime },
): Promise<string> {
  const searchAlias = searchNameOf(alias)
  if (searchAlias === '') throw new DomainError('invalid', 'name.missing', 'A name is needed.')
  await refuseNameOfAnother(tx, unitId, searchAlias)
  const id = newId()
  const created = await tx
    .insert(unitAliases)
    .values({ id, unitId, alias: alias.trim(), searchAlias, confirmedBy: by.userId, confirmedAt: at })
    .onConflictDoNothing()
    .returning({ id: unitAliases.id })
  if (created.length === 0) {
    const [known] = await tx.select().from(unitAliases).where(eq(unitAliases.searchAlias, searchAlias))
    if (known?.unitId === unitId) return known.id
    throw new DomainError('conflict', 'alias.taken', 'This name stands for another unit.', {
      unitId: known?.unitId,
    })
  }
  await record(tx, { action: 'alias.confirmed', subject: `unit:${unitId}`, by, at, details: { aliasId: id } })
  return id
}

/** What is the name of one unit is not another name of a second. */
async function refuseNameOfAnother(db: Reader, unitId: string, searchAlias: string): Promise<void> {
  const named = and(eq(units.searchName, searchAlias), ne(units.id, unitId), isNull(units.closedAt))
  const [other] = await db.select({ id: units.id }).from(units).where(named)
  if (!other) return
  throw new DomainError('conflict', 'alias.taken', 'This name stands for another unit.', { unitId: other.id })
}

/** @throws DomainError `alias.missing` when there is none, or its unit is out of reach */
export async function forgetAlias(
  tx: Writer,
  { aliasId, by, at }: { aliasId: string; by: Actor; at: DateTime },
): Promise<void> {
  const gone = await tx.delete(unitAliases).where(eq(unitAliases.id, aliasId)).returning()
  if (gone.length === 0)
    throw new DomainError('missing', 'alias.missing', 'There is no such alias.', { aliasId })
  const { unitId } = gone[0]!
  await assertUnitWithin(tx, reachOf(by, 'units.edit'), unitId)
  await record(tx, { action: 'alias.forgotten', subject: `unit:${unitId}`, by, at, details: { aliasId } })
}
