import { readWorkbook } from '#platform/files/index.ts'
import { assertNotTooMany, type HiddenRows, readTable, type Table } from './table-columns.ts'

const headings = {
  zone_code: ['区域编码', '网格编码', '编码', 'zone', 'code'],
  level: ['层级', '级别', '责任层级'],
  unit: ['单位', '责任单位', '包保单位'],
  person: ['责任人', '姓名', '包保领导', '负责人'],
  volunteer_number: ['志愿者编号'],
  scope: ['范围', '责任范围'],
  duties: ['职责', '责任内容'],
  valid_from: ['开始日期', '起始日期', '自'],
  valid_until: ['结束日期', '截止日期', '至'],
} as const
export type ResponsibilityColumn = keyof typeof headings

export const responsibilityRowsMax = 5_000

/**
 * Reads a table of the register (.xlsx or .csv).
 * @throws DomainError `table.headings_missing`, `table.empty`, `table.too_many_rows`, `file.…`
 */
export async function readResponsibilities(data: Buffer, hidden?: HiddenRows): Promise<Table> {
  const table = readTable((await readWorkbook(data)).sheets, headings, ['zone_code', 'level'], hidden)
  assertNotTooMany(table.rows.length, responsibilityRowsMax)
  return table
}
