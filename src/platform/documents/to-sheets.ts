import { type OutCell, type OutSheet, toXlsx } from '../files/to-xlsx.ts'
import {
  type DocumentCell,
  isBand,
  type OutDocument,
  type Part,
  textOfCell,
  type Written,
  writable,
} from './parts.ts'
import { documentWords } from './words.ts'

const cellOf = (cell: DocumentCell): OutCell => (typeof cell === 'number' ? cell : writable(textOfCell(cell)))

/** A document as a workbook: what is said on one sheet, each table on its own. Numbers stay numbers. */
export async function toWorkbook(document: OutDocument): Promise<Written> {
  const { title, under = [], code, parts, language } = document
  const tables = parts.filter((part) => part.part === 'table')
  const said = [title, ...under, ...(code ? [`${code.caption} ${code.url}`] : []), ...parts.flatMap(linesOf)]
  const text: OutSheet = {
    name: documentWords.text[language],
    widths: [100],
    wrapped: true,
    rows: said.map((line) => [writable(line)]),
  }
  const sheets = tables.map((table, at) => sheetOf(table, table.caption ?? nameOf(document, at)))
  return {
    bytes: await toXlsx([...(said.length > 1 || sheets.length === 0 ? [text] : []), ...sheets]),
    missing: [],
  }
}

const nameOf = ({ language }: OutDocument, at: number) => `${documentWords.table[language]}${at + 1}`

function linesOf(part: Part): readonly string[] {
  if (part.part === 'table') return []
  return part.part === 'signature' ? part.lines : part.text.split('\n')
}

function sheetOf({ columns, rows }: Extract<Part, { part: 'table' }>, name: string): OutSheet {
  const shares = columns.reduce((sum, { width }) => sum + width, 0)
  return {
    name,
    headingRows: 1,
    wrapped: true,
    widths: columns.map(({ width }) => Math.max(6, Math.round((140 * width) / shares))),
    rows: [
      columns.map(({ title }) => title),
      ...rows.map((row) => (isBand(row) ? [writable(row.band)] : row.map(cellOf))),
    ],
  }
}
