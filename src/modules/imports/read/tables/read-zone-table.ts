import type { ZoneRecord } from '#modules/grid/pure.ts'
import type { Sheet } from '#platform/files/index.ts'
import { assertNotTooMany, type HiddenRows, readTable, type TableRow } from './table-columns.ts'
import { codeBelow, isCode, type RowFault, type ZoneFault, type ZoneFile } from './zone-file.ts'
import { readFlag, readKind, readPosition } from './zone-values.ts'

export const zoneRowsMax = 20_000

export const zoneHeadings = {
  code: ['adcode', '编码', '代码', '区域编码', '网格编码', '区划代码'],
  name: ['名称', '区域名称', '网格名称', '区域'],
  parent_code: ['parent', '上级编码', '上级代码', '上级区划代码', '父级编码', '所属编码'],
  level: ['级别', '层级'],
  kind: ['类型', '类别', '区域类型'],
  latitude: ['纬度', 'lat'],
  longitude: ['经度', 'lng', 'lon'],
  minors_suitable: ['适合未成年人', '未成年人', '是否适合未成年人', 'minors'],
} as const

/**
 * Reads the zones of a table: a division list (`code,name,parent_code,level,kind`) or a list of grid cells with centres.
 * An invalid row is a fault with its line.
 * @throws DomainError `table.headings_missing`
 */
export function readZoneTable(name: string, sheets: readonly Sheet[], hidden?: HiddenRows): ZoneFile {
  const table = readTable(sheets, zoneHeadings, ['code'], hidden)
  assertNotTooMany(table.rows.length, zoneRowsMax)
  const records: ZoneRecord[] = []
  const faults: RowFault[] = []
  for (const row of table.rows) {
    const reader = new RowReader(row)
    const record = reader.record(table.columns.has('parent_code'))
    if (reader.faults.length === 0) records.push(record)
    faults.push(...reader.faults)
  }
  for (const row of table.askedAbout)
    faults.push({ row: row.line, code: row.text('code'), column: '', value: '', reason: 'row-hidden' })
  return { name, records, faults, ignored: table.ignored, hiddenRows: table.hiddenRows }
}

class RowReader {
  readonly faults: RowFault[] = []
  readonly #row: TableRow

  constructor(row: TableRow) {
    this.#row = row
  }

  #fault(column: keyof typeof zoneHeadings, reason: ZoneFault): undefined {
    this.faults.push({
      row: this.#row.line,
      code: this.#row.text('code'),
      column,
      value: this.#row.text(column).slice(0, 60),
      reason,
    })
    return undefined
  }

  /** @param saysParents whether an empty parent means "no parent", not "unchanged" */
  record(saysParents: boolean): ZoneRecord {
    const fault = this.#row.codeFault('code') ?? this.#row.codeFault('parent_code')
    if (fault) this.#fault(this.#row.codeFault('code') ? 'code' : 'parent_code', fault)
    const code = this.#row.text('code') || codeBelow(this.#row.text('parent_code'), this.#row.text('name'))
    if (!fault && !isCode(code)) this.#fault('code', code === '' ? 'code-missing' : 'code-invalid')
    const name = this.#row.text('name')
    if (name.length > 100) this.#fault('name', 'name-too-long')
    const parent = this.#row.text('parent_code')
    return {
      row: this.#row.line,
      code,
      name: name || undefined,
      kind: this.#read('kind', readKind, 'kind-unknown'),
      parentCode: parent || (saysParents ? null : undefined),
      level: this.#read('level', readLevel, 'level-invalid'),
      minorsSuitable: this.#read('minors_suitable', readFlag, 'flag-unknown'),
      centre: this.#centre(),
    }
  }

  #read<T>(
    column: keyof typeof zoneHeadings,
    read: (text: string) => T | undefined,
    reason: ZoneFault,
  ): T | undefined {
    const text = this.#row.text(column)
    return text === '' ? undefined : (read(text) ?? this.#fault(column, reason))
  }

  #centre() {
    const [longitude, latitude] = [this.#row.text('longitude'), this.#row.text('latitude')]
    if (longitude === '' && latitude === '') return undefined
    return readPosition(longitude, latitude) ?? this.#fault('latitude', 'centre-invalid')
  }
}

function readLevel(text: string): number | undefined {
  return /^[1-9]$/.test(text) ? Number(text) : undefined
}
