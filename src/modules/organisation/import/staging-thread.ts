/** Reads uploaded files, or staged rows again, where the event loop of the service does not wait for it. */

import { DomainError } from '#platform/errors.ts'
import { parseWorkbook } from '#platform/files/parse.ts'
import { answerFromThread } from '#platform/files/thread.ts'
import { newId } from '#platform/ids.ts'
import { Envelope } from './envelope.ts'
import { fillMerged, readRow, readSheetHead } from './read-sheet.ts'
import { fromPlain, type PlainCell, type SheetReading, type StagedRow, toPlain } from './staged.ts'

export interface StagingInput {
  key: Uint8Array
  /** `YYYY-MM-DD` */
  today: string
  files: { name: string; bytes: Uint8Array }[]
  /** Sheets whose rows are staged already, under headings that somebody corrected. */
  again: {
    fileName: string
    reading: SheetReading
    rows: { id: string; line: number; cells: Uint8Array }[]
  }[]
  rowsMax: number
}

/** Rows come in lots; their sealed cells lie one behind the other in `sealed`. */
export type StagingPart =
  | { progress: number }
  | { file: number; failure: { code: string; message: string; details: Record<string, unknown> } }
  | { file: number; sheet: number; reading: SheetReading }
  | { sheet: number; rows: StagedRow[]; sealed: Uint8Array; lengths: number[] }

const lot = 250

class Lots {
  #rows: StagedRow[] = []
  #sealed: Buffer[] = []
  readonly #tell: (part: StagingPart) => void

  constructor(tell: (part: StagingPart) => void) {
    this.#tell = tell
  }

  add(sheet: number, row: StagedRow, sealed: Buffer): void {
    this.#rows.push(row)
    this.#sealed.push(sealed)
    if (this.#rows.length >= lot) this.flush(sheet)
  }

  flush(sheet: number): void {
    if (this.#rows.length === 0) return
    const sealed = new Uint8Array(Buffer.concat(this.#sealed))
    this.#tell({ sheet, rows: this.#rows, sealed, lengths: this.#sealed.map(({ length }) => length) })
    this.#rows = []
    this.#sealed = []
  }
}

await answerFromThread<StagingInput, StagingPart, { rows: number }>(async (input, tell) => {
  const envelope = new Envelope(input.key)
  const lots = new Lots(tell)
  let rows = 0
  let sheets = 0
  const count = () => {
    if (++rows > input.rowsMax) {
      const message = `More than ${input.rowsMax} rows in one import. Upload the files in several.`
      throw new DomainError('too_large', 'import.too_large', message, { rows: input.rowsMax })
    }
    if (rows % 1000 === 0) tell({ progress: rows })
  }

  for (const [file, { name, bytes }] of input.files.entries()) {
    try {
      const workbook = await parseWorkbook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
      for (const each of workbook.sheets) {
        if (each.rows.length === 0) continue
        fillMerged(each)
        const sheet = sheets++
        const reading = readSheetHead(each, name)
        tell({ file, sheet, reading })
        for (const row of each.rows) {
          count()
          const id = newId()
          const sealed = envelope.seal(toPlain(row.cells), `cells/${id}`)
          lots.add(sheet, { id, line: row.line, ...readRow(row, reading.layout, input.today) }, sealed)
        }
        lots.flush(sheet)
      }
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'import.too_large') throw error
      const { code, message, details } = error
      tell({ file, failure: { code, message, details } })
    }
    // Memory of a file is not needed any more when the next one is read.
    input.files[file] = { name, bytes: new Uint8Array() }
  }

  for (const [sheet, { fileName, reading: before, rows: staged }] of input.again.entries()) {
    const opened = staged.map(({ id, line, cells }) => {
      count()
      return { id, line, cells: fromPlain(envelope.open<PlainCell[]>(cells, `cells/${id}`)) }
    })
    const { name, hidden, layout } = before
    const reading = readSheetHead({ name, hidden, rows: opened, merges: [] }, fileName, layout)
    tell({ file: 0, sheet, reading })
    for (const { id, ...row } of opened) {
      lots.add(sheet, { id, line: row.line, ...readRow(row, reading.layout, input.today) }, Buffer.alloc(0))
    }
    lots.flush(sheet)
  }
  return { rows }
})
