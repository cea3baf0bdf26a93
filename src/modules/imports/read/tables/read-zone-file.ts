import { DomainError } from '#platform/errors.ts'
import { elsewhere } from '#platform/files/elsewhere.ts'
import { readWorkbook } from '#platform/files/index.ts'
import { chunksOf } from '#platform/files/read.ts'
import type { GeojsonInput } from './geojson-work.ts'
import { readZoneTable } from './read-zone-table.ts'
import type { HiddenRows } from './table-columns.ts'
import type { ZoneFile } from './zone-file.ts'

const geojsonWork = new URL('./geojson-work.ts', import.meta.url)
const readMs = 30_000

export const geojsonBytesMax = 8 * 1024 * 1024

/**
 * Reads a file of zones: GeoJSON by its first character, otherwise a spreadsheet (.xlsx, .csv).
 * @throws DomainError `geojson.…`, `table.headings_missing`, `file.…`
 */
export async function readZoneFile(name: string, data: Buffer, hidden?: HiddenRows): Promise<ZoneFile> {
  const start = data
    .subarray(0, 64)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (start.startsWith('{')) {
    if (data.length > geojsonBytesMax) {
      const message = `A GeoJSON file has at most ${geojsonBytesMax / 1024 / 1024} MB.`
      throw new DomainError('too_large', 'geojson.too_large', message)
    }
    return elsewhere<GeojsonInput, never, ZoneFile>(
      geojsonWork,
      { name },
      { chunk: chunksOf(data), maxMs: readMs },
    )
  }
  return readZoneTable(name, (await readWorkbook(data)).sheets, hidden)
}
