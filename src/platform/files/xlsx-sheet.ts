/** One sheet of a workbook, read as a stream: what is empty costs time but no memory. */
import type { Cell, Merge, Sheet, SheetRow } from './cells.ts'
import { corrupt, type FileLimits, tooLarge } from './limits.ts'
import { type Archive, type SheetPart, unescapeText } from './xlsx-parts.ts'
import { readXml } from './xml.ts'
import { unpack } from './zip.ts'

/** What all sheets of a workbook share, and what is left of its limits. */
export interface SheetContext {
  texts: readonly string[]
  dates: readonly boolean[]
  from1904: boolean
  limits: FileLimits
  used: { rows: number; characters: number }
  /** Called now and then with the number of rows read so far. */
  onRows?: (rows: number) => void
}

/** A cell while its elements arrive. */
interface OpenCell {
  column: number
  type: string
  style: number
  value: string
  hasValue: boolean
  formula: boolean
}

const linesMax = 1_048_576
const mergesMax = 50_000

/** `AB12` → column 27, line 12; undefined for anything else. */
export function positionOf(reference: string): { column: number; line: number } | undefined {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference)
  if (!found) return undefined
  let column = 0
  for (const letter of found[1] as string) column = column * 26 + letter.charCodeAt(0) - 64
  return { column: column - 1, line: Number(found[2]) }
}

/** Days since the end of 1899 as a moment in UTC. Excel counts a 29 February 1900 that never was. */
export function dateOfSerial(serial: number, from1904: boolean): Date | undefined {
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  if (days < 1 || days >= 2_958_466) return undefined
  return new Date(Math.round((days - 25_569) * 86_400_000))
}

function cellOf({ type, style, value, hasValue, formula }: OpenCell, context: SheetContext): Cell {
  if (formula && !hasValue) return { fault: 'formula', text: '' }
  if (type === 's') return value === '' ? null : (context.texts[Number(value)] ?? null)
  if (type === 'e') return { fault: 'error', text: value.slice(0, 20) }
  if (type === 'str' || type === 'inlineStr') return unescapeText(value)
  if (value === '') return null
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type === 'd') return new Date(/[zZ]|[+-]\d\d:\d\d$/.test(value) ? value : `${value.slice(0, 19)}Z`)
  const number = Number(value)
  if (!Number.isFinite(number)) return { fault: 'error', text: value.slice(0, 20) }
  return (context.dates[style] && dateOfSerial(number, context.from1904)) || number
}

/** Gathers the rows of a sheet, holding nothing of those that are empty. */
class Rows {
  readonly rows: SheetRow[] = []
  #line = 0
  #cells: Cell[] = []
  #read = 0
  readonly #context: SheetContext

  constructor(context: SheetContext) {
    this.#context = context
  }

  begin(reference: string | undefined): void {
    const line = reference === undefined ? this.#line + 1 : Number(reference)
    if (!(line > this.#line && line <= linesMax)) throw corrupt('The rows of a sheet are not in order.')
    this.#line = line
    this.#cells = []
  }

  /** The column of the next cell, by its reference or else after the last one. */
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
    while (this.#cells.length < column) this.#cells.push(null)
    this.#cells[column] = cell
  }

  end(): void {
    if (++this.#read % 2000 === 0) this.#context.onRows?.(this.#context.used.rows)
    if (this.#cells.length === 0) return
    const { limits, used } = this.#context
    if (++used.rows > limits.rows)
      throw tooLarge('rows', limits.rows, `More than ${limits.rows} rows in one file. Split it.`)
    this.rows.push({ line: this.#line, cells: this.#cells })
  }
}

function mergeOf(reference: string): Merge | undefined {
  const [first, last] = reference.split(':').map((end) => positionOf(end))
  if (!first || !last) return undefined
  return { top: first.line, left: first.column, bottom: last.line, right: last.column }
}

/** @throws DomainError `file.corrupt`, `file.too_large`, `file.bomb` */
export async function readSheet(archive: Archive, sheet: SheetPart, context: SheetContext): Promise<Sheet> {
  const rows = new Rows(context)
  const merges: Merge[] = []
  let cell: OpenCell | undefined
  let previous = -1
  let reading = false
  let phonetic = false
  await readXml(unpack(archive.data, sheet.part), {
    open(element, attributes) {
      switch (element) {
        case 'row':
          rows.begin(attributes().r)
          previous = -1
          break
        case 'c': {
          const { r, s, t = 'n' } = attributes()
          previous = rows.columnOf(r, previous)
          cell = {
            column: previous,
            type: t,
            style: Number(s ?? -1),
            value: '',
            hasValue: false,
            formula: false,
          }
          break
        }
        case 'f':
          if (cell) cell.formula = true
          break
        case 'v':
        case 'is':
          if (cell) cell.hasValue = true
          reading = element === 'v'
          break
        case 't':
          reading = !phonetic && (cell?.hasValue ?? false)
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
      cell.value += value
      if (cell.value.length > context.limits.cellCharacters)
        throw corrupt('A cell holds more text than a cell can.')
    },
    close(element) {
      if (element === 'v' || element === 't') reading = false
      else if (element === 'rPh') phonetic = false
      else if (element === 'row') rows.end()
      else if (element === 'c' && cell) {
        rows.put(cell.column, cellOf(cell, context))
        cell = undefined
      }
    },
  })
  return { name: sheet.name, hidden: sheet.hidden, rows: rows.rows, merges }
}
