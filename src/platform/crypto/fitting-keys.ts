/** Checks that a key file is the one a database was encrypted with. */
import { existsSync } from 'node:fs'
import { and, getTableColumns, getTableName, like, not, type SQL } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { hasColumn } from '#platform/database/dialect.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { createKeyFile } from './key-file.ts'
import { KeyRing } from './key-ring.ts'
import type { SealedColumn } from './sealed-columns.ts'
import { type Place, SealBroken, sealedWith } from './sealed-text.ts'

/** One encrypted value of a column; there is one sample for each key used in the column. */
export interface SealedSample {
  keyId: string
  place: Place
  sealed: string
}

export const columnOf = ({ table, column }: SealedColumn) =>
  getTableColumns(table)[column] as unknown as AnyColumn
export const idOf = ({ table }: SealedColumn) => getTableColumns(table).id as unknown as AnyColumn
export const sealedBy = (column: AnyColumn, keyId: string): SQL => like(column, `v1.${keyId}.%`)

/** The column's name in the database. */
export const storedName = ({ column }: SealedColumn) => toSnakeCase(column)

export function sampleOf({ place }: SealedColumn, id: string, sealed: string): SealedSample {
  return { keyId: sealedWith(sealed, `${place}/${id}`), place: `${place}/${id}`, sealed }
}

/** Samples of a database. It may be older than this release: columns that do not exist yet have no samples. */
export async function sealedSamples(db: Reader, columns: readonly SealedColumn[]): Promise<SealedSample[]> {
  const samples: SealedSample[] = []
  for (const each of columns) {
    if (!(await hasColumn(db, getTableName(each.table), storedName(each)))) continue
    const column = columnOf(each)
    for (const known: string[] = []; ; ) {
      const [row] = (await db
        .select({ id: idOf(each), value: column })
        .from(each.table as never)
        // An older release stored some of these columns unencrypted: such values need no key.
        .where(and(like(column, 'v1.%'), ...known.map((keyId) => not(sealedBy(column, keyId)))))
        .limit(1)) as { id: unknown; value: unknown }[]
      if (!row) break
      const sample = sampleOf(each, String(row.id), String(row.value))
      known.push(sample.keyId)
      samples.push(sample)
    }
  }
  return samples
}

/** @throws Error naming the file when it is missing, lacks a key, or has another secret under a key's id */
export function assertKeysFit(path: string, samples: readonly SealedSample[]): void {
  if (samples.length === 0) return
  const ids = [...new Set(samples.map(({ keyId }) => keyId))]
  if (!existsSync(path)) {
    throw new Error(
      `KEYS_FILE names ${path}, which is not there, but values are encrypted under the keys ${ids.join(', ')}: put the key file they were encrypted with there`,
    )
  }
  const keys = new KeyRing(path)
  const missing = ids.filter((id) => !keys.has('data', id))
  if (missing.length > 0) {
    throw new Error(
      `the key file ${path} lacks the keys ${missing.join(', ')}, which values are encrypted under: put the right key file there`,
    )
  }
  for (const { keyId, place, sealed } of samples) {
    try {
      keys.decrypt(sealed, place)
    } catch (cause) {
      if (!(cause instanceof SealBroken)) throw cause
      throw new Error(
        `the key ${keyId} in ${path} does not open the value at ${place}: put the right key file there`,
        { cause },
      )
    }
  }
}

/**
 * Opens the keys of a database. Creates the key file only when nothing is encrypted yet, and never creates its folder.
 * @throws Error naming the file when it is not the one the database was encrypted with
 */
export async function openKeyRing(
  db: Reader,
  path: string,
  columns: readonly SealedColumn[],
): Promise<KeyRing> {
  assertKeysFit(path, await sealedSamples(db, columns))
  createKeyFile(path)
  return new KeyRing(path)
}
