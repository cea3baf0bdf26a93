import { getTableName } from 'drizzle-orm'
import { sampleOf, storedName } from '#platform/crypto/fitting-keys.ts'
import type { SealedColumn, SealedSample } from '#platform/crypto/index.ts'
import type { Bytes } from './cipher.ts'
import { linesOf, tableNamed } from './postgres-load.ts'

/** One encrypted value of a dump for each column and key; reads it to its end. */
export async function samplesOfDump(
  content: Bytes,
  columns: readonly SealedColumn[],
): Promise<SealedSample[]> {
  const samples = new Map<string, SealedSample>()
  let here: readonly SealedColumn[] = []
  for await (const line of linesOf(content)) {
    const table = tableNamed(line)
    if (table !== undefined) here = columns.filter((each) => getTableName(each.table) === table)
    else if (here.length > 0) {
      const row = JSON.parse(line) as Record<string, unknown>
      for (const each of here) {
        const value = row[storedName(each)]
        // An older release stored some of these columns unencrypted.
        if (typeof value !== 'string' || !value.startsWith('v1.')) continue
        const sample = sampleOf(each, String(row.id), value)
        samples.set(`${each.place}/${sample.keyId}`, sample)
      }
    }
  }
  return [...samples.values()]
}
