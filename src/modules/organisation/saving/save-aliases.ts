import type { DateTime } from 'luxon'
import { insertAll } from '#platform/database/insert-all.ts'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { searchNameOf } from '../names.ts'
import { unitAliases } from '../schema.ts'
import type { Change } from './changes.ts'

/** Writes aliases of units confirmed by a list. The caller has checked that they are free. */
export async function saveAliases(
  tx: Writer,
  aliases: readonly { unitId: string; alias: string }[],
  { by, at }: { by: string; at: DateTime },
): Promise<Change[]> {
  const rows = aliases.map(({ unitId, alias }) => ({
    id: newId(),
    unitId,
    alias,
    searchAlias: searchNameOf(alias),
    confirmedBy: by,
    confirmedAt: at,
  }))
  await insertAll(tx, unitAliases, rows)
  return rows.map(({ id }): Change => ({ table: 'unitAliases', id, before: null }))
}
