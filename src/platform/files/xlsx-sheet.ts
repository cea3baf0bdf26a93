/** Reads one sheet of a workbook as a stream. Empty cells and rows take no memory. */
import type { Cell, Merge, Sheet, SheetRow } from './cells.ts'
import { corrupt, type FileLimits, tooLarge } from './limits.ts'
import { type Archive, type SheetPart, unescapeText } from './xlsx-parts.ts'
import { readXml } from './xml.ts'
import { unpack } from './zip.ts'

/** Data that all sheets of a workbook share, and how much of the limits is used so far. */
export interface SheetContext {
  texts: readonly string[]
  dates: readonly boolean[]
  from1904: boolean
  limits: FileLimits
  used: { rows: number; cells: number; characters: number }
  /** Called every 2,000 rows with the number of non-empty rows so far. */
  onRows?: (rows: number) => void
}

/** A cell that is being parsed. */
interface OpenCell {
  column: number
  type: string
  style: number
  value: string
  /** The inline string (`is`); undefined without one. Cells of type `inlineStr` use it instead of `v` (18.3.1.53). */
  inline: string | undefined
  hasValue: boolean
  formula: boolean
}

const linesMax = 1_048_576
const mergesMax = 50_000

/** Parses a cell reference: `AB12` → column 27 (counted from 0), line 12. Undefined for anything else. */
export function positionOf(reference: string): { column: number; line: number } | undefined {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference)
  if (!found) return undefined
  let column = 0
  for (const letter of found[1] as string) column = column * 26 + letter.charCodeAt(0) - 64
  return { column: column - 1, line: Number(found[2]) }
}

/** Converts a serial date of Excel to a moment in UTC. Excel counts a 29 February 1900, which did not exist. */
export function dateOfSerial(serial: number, from1904: boolean): Date | undefined {
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  if (days < 1 || days >= 2_958_466) return undefined
  const moment = Math.round((days - 25_569) * 86_400_000)
  const midnight = Math.round(moment / dayMs) * dayMs
  return new Date(Math.abs(moment - midnight) < minuteMs ? midnight : moment)
}

/**
 * Less than a minute from midnight is midnight. Programs that compute in local time are some seconds off for old dates,
 * and nobody types times to the second.
 */
const minuteMs = 60_000
const dayMs = 86_400_000

function cellOf({ type, style, value, inline, hasValue, formula }: OpenCell, context: SheetContext): Cell {
  if (formula && !hasValue) return { fault: 'formula', text: '' }
  if (type === 's') return value === '' ? null : sharedText(context.texts, value)
  if (type === 'e') return { fault: 'error', text: value.slice(0, 20) }
  if (type === 'inlineStr') return unescapeText(inline ?? value)
  if (type === 'str') return unescapeText(value)
  if (value === '' && inline !== undefined) return unescapeText(inline)
  if (value === '') return null
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type === 'd') return new Date(/[zZ]|[+-]\d\d:\d\d$/.test(value) ? value : `${value.slice(0, 19)}Z`)
  const number = Number(value)
  if (!Number.isFinite(number)) return { fault: 'error', text: value.slice(0, 20) }
  return (context.dates[style] && dateOfSerial(number, context.from1904)) || number
}

/** A missing text is an error: an empty cell instead would lose a person. @throws DomainError `file.corrupt` */
function sharedText(texts: readonly string[], at: string): string {
  const text = texts[Number(at)]
  if (text === undefined) throw corrupt('A cell refers to a text that is not in the file.')
  return text
}

/** Collects the rows of a sheet and checks the limits. Empty rows are not stored. */
class Rows {
  readonly rows: SheetRow[] = []
  #line = 0
  #hidden = false
  #cells: Cell[] = []
  #read = 0
  readonly #context: SheetContext

  constructor(context: SheetContext) {
    this.#context = context
  }

  begin(reference: string | undefined, hidden: boolean): void {
    this.#hidden = hidden
    const line = reference === undefined ? this.#line + 1 : Number(reference)
    if (!(line > this.#line && line <= linesMax)) throw corrupt('The rows of a sheet are not in order.')
    this.#line = line
    this.#cells = []
  }

  /** The column of a cell: from its reference, or the one after the previous cell. */
  columnOf(reference: string | undefined, previous: number): number {
    const column = reference === undefined ? previous + 1 : (positionOf(reference)?.column ?? -1)
    if (column < 0) throw corrupt('A cell of a sheet has no place.')
    return column
  }

  put(column: number, cell: Cell): void {
    if (cell === null || cell === '') return
    const { limits, used } = this.#context
    if (column >= limits.columns) {
      if (typeof cell === 'string' && cell.trim() === '') return
      throw tooLarge('columns', limits.columns, `A cell stands right of column ${limits.columns}.`)
    }
    if (typeof cell === 'string') {
      if (cell.length > limits.cellCharacters) throw corrupt('A cell holds more text than a cell can.')
      used.characters += cell.length
      if (used.characters > limits.characters)
        throw tooLarge(
          'characters',
          limits.characters,
          'The file holds more text than is read here. Split it.',
        )
    }
    used.cells += Math.max(0, column + 1 - this.#cells.length)
    if (used.cells > limits.cells)
      throw tooLarge('cells', limits.cells, `More than ${limits.cells} cells in one file. Split it.`)
    while (this.#cells.length < column) this.#cells.push(null)
    this.#cells[column] = cell
  }

  end(): void {
    if (++this.#read % 2000 === 0) this.#context.onRows?.(this.#context.used.rows)
    if (this.#cells.length === 0) return
    const { limits, used } = this.#context
    if (++used.rows > limits.rows)
      throw tooLarge('rows', limits.rows, `More than ${limits.rows} rows in one file. Split it.`)
    const row: SheetRow = { line: this.#line, cells: this.#cells }
    this.rows.push(this.#hidden ? { ...row, hidden: true } : row)
  }
}

/** Parses a boolean attribute (xsd:boolean). */
const isOn = (value: string) => value === '1' || value === 'true'

function mergeOf(reference: string): Merge | undefined {
  const [first, last] = reference.split(':').map((end) => positionOf(end))
  if (!first || !last) return undefined
  return { top: first.line, left: first.column, bottom: last.line, right: last.column }
}

/**
 * The rows, merged ranges and hidden columns of a sheet.
 * @throws DomainError `file.corrupt`, `file.too_large`, `file.bomb`
 */
export async function readSheet(archive: Archive, sheet: SheetPart, context: SheetContext): Promise<Sheet> {
  const rows = new Rows(context)
  const merges: Merge[] = []
  const hiddenColumns: number[] = []
  let cell: OpenCell | undefined
  let previous = -1
  let reading: 'v' | 'is' | undefined
  let phonetic = false
  await readXml(unpack(archive.data, sheet.part), {
    open(element, attributes) {
      switch (element) {
        case 'row': {
          const { r, hidden } = attributes()
          rows.begin(r, hidden !== undefined && isOn(hidden))
          previous = -1
          break
        }
        case 'col': {
          const { min, max, hidden } = attributes()
          if (hidden !== undefined && isOn(hidden))
            for (let at = Number(min); at <= Math.min(Number(max), context.limits.columns); at++)
              hiddenColumns.push(at - 1)
          break
        }
        case 'c': {
          const { r, s, t = 'n' } = attributes()
          previous = rows.columnOf(r, previous)
          cell = {
            column: previous,
            type: t,
            style: Number(s ?? -1),
            value: '',
            inline: undefined,
            hasValue: false,
            formula: false,
          }
          break
        }
        case 'f':
          if (cell) cell.formula = true
          break
        case 'v':
          if (cell) cell.hasValue = true
          reading = 'v'
          break
        case 'is':
          if (cell) {
            cell.hasValue = true
            cell.inline = ''
          }
          break
        case 't':
          if (!phonetic && cell?.inline !== undefined) reading = 'is'
          break
        case 'rPh':
          phonetic = true
          break
        case 'mergeCell': {
          const merge = mergeOf(attributes().ref ?? '')
          if (merge && merges.length < mergesMax) merges.push(merge)
        }
      }
    },
    text(value) {
      if (!cell || !reading) return
      const text = (reading === 'v' ? cell.value : (cell.inline ?? '')) + value
      if (reading === 'v') cell.value = text
      else cell.inline = text
      if (text.length > context.limits.cellCharacters)
        throw corrupt('A cell holds more text than a cell can.')
    },
    close(element) {
      if (element === 'v' || element === 't') reading = undefined
      else if (element === 'rPh') phonetic = false
      else if (element === 'row') rows.end()
      else if (element === 'c' && cell) {
        rows.put(cell.column, cellOf(cell, context))
        cell = undefined
      }
    },
  })
  const shown: Sheet = { name: sheet.name, hidden: sheet.hidden, rows: rows.rows, merges }
  return hiddenColumns.length > 0 ? { ...shown, hiddenColumns } : shown
}
