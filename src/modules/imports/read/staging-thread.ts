/**
 * Worker thread that reads uploaded files, or staged rows again, so that the event loop of the service is not blocked.
 */

import { DomainError } from '#platform/errors.ts'
import type { SheetRow } from '#platform/files/cells.ts'
import { parseWorkbook } from '#platform/files/parse.ts'
import { offerWork, wholeOf } from '#platform/files/work.ts'
import { newId } from '#platform/ids.ts'
import { Envelope } from '../envelope.ts'
import type { Reading } from './entry.ts'
import { Headings, isHelpSheet } from './headings.ts'
import type { SheetVocabulary } from './kinds.ts'
import { readRows, readSheetHead } from './read-sheet.ts'
import { fromPlain, type PlainCell, type SheetReading, type StagedRow, toPlain } from './staged.ts'
import { tablesOf } from './tables/split-tables.ts'

export interface StagingInput {
  key: Uint8Array
  /** `YYYY-MM-DD` */
  today: string
  areaCode: string | undefined
  /** Kinds of sheets and headings added by registers of other slices. */
  vocabularies: SheetVocabulary[]
  /** Their content is asked for, each by its place here. */
  files: { name: string }[]
  /** Sheets whose rows are already staged, with headings corrected by a user. */
  again: {
    fileName: string
    reading: SheetReading
    rows: { id: string; line: number; cells: Uint8Array }[]
  }[]
  rowsMax: number
}

/**
 * What the thread sends: progress, a file that cannot be read, a sheet, or a batch of rows whose encrypted cells are
 * concatenated in `sealed`.
 */
export type StagingPart =
  | { progress: number }
  | { file: number; failure: { code: string; message: string; details: Record<string, unknown> } }
  | { file: number; sheet: number; reading: SheetReading }
  | { sheet: number; rows: StagedRow[]; sealed: Uint8Array; lengths: number[] }

const lot = 250

/** Only the first person of a line has the cells. */
const nothing = Buffer.alloc(0)

const classGiven = ({ given }: SheetReading) =>
  given?.className === undefined ? {} : { class: given.className }

class Lots {
  #rows: StagedRow[] = []
  #sealed: Buffer[] = []
  readonly #tell: (part: StagingPart) => Promise<void>

  constructor(tell: (part: StagingPart) => Promise<void>) {
    this.#tell = tell
  }

  /** @returns to be awaited when it is time to let go of a lot */
  add(sheet: number, row: StagedRow, sealed: Buffer): Promise<void> | undefined {
    this.#rows.push(row)
    this.#sealed.push(sealed)
    return this.#rows.length >= lot ? this.flush(sheet) : undefined
  }

  async flush(sheet: number): Promise<void> {
    if (this.#rows.length === 0) return
    const sealed = new Uint8Array(Buffer.concat(this.#sealed))
    const part = { sheet, rows: this.#rows, sealed, lengths: this.#sealed.map(({ length }) => length) }
    this.#rows = []
    this.#sealed = []
    await this.#tell(part)
  }
}

offerWork<StagingInput, StagingPart, { rows: number }>(async (input, tell, chunk) => {
  const envelope = new Envelope(input.key)
  const lots = new Lots(tell)
  const reading: Reading = {
    today: input.today,
    areaCode: input.areaCode,
    headings: new Headings(input.vocabularies),
  }
  let rows = 0
  let sheets = 0
  const count = () => {
    if (++rows > input.rowsMax) {
      const message = `More than ${input.rowsMax} rows in one import. Upload the files in several.`
      throw new DomainError('too_large', 'import.too_large', message, { rows: input.rowsMax })
    }
    if (rows % 1000 === 0) void tell({ progress: rows })
  }

  for (const [file, { name }] of input.files.entries()) {
    try {
      const workbook = await parseWorkbook(await wholeOf(() => chunk(file)))
      const filled = workbook.sheets.filter((each) => each.rows.length > 0 && !isHelpSheet(each))
      if (filled.length === 0)
        throw new DomainError('invalid', 'file.no_rows', 'No sheet of the file has a row.')
      const shown = filled.filter(({ hidden }) => !hidden)
      for (const { sheet: each, outerTitles } of filled.flatMap((all) => tablesOf(all, reading.headings))) {
        const sheet = sheets++
        const amongOthers = shown.length > 1 && !each.hidden
        const said = readSheetHead(each, name, reading, { amongOthers, outerTitles })
        await tell({ file, sheet, reading: said })
        const cells = new Map(each.rows.map((row) => [row.line, row.cells]))
        for (const { line, kind, reads } of readRows(each, said, reading)) {
          count()
          const id = newId()
          const sealed = envelope.seal(toPlain(cells.get(line) ?? []), `cells/${id}`)
          await lots.add(sheet, { id, line, part: 0, kind, read: reads[0] ?? null }, sealed)
          for (const [part, read] of reads.entries()) {
            if (part > 0) await lots.add(sheet, { id: newId(), line, part, kind, read }, nothing)
          }
        }
        await lots.flush(sheet)
      }
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'import.too_large') throw error
      const { code, message, details } = error
      await tell({ file, failure: { code, message, details } })
    }
  }

  for (const [sheet, { fileName, reading: before, rows: staged }] of input.again.entries()) {
    const hiddenLines = new Set(before.hiddenLines)
    const opened = staged.map(({ line, cells, id }): SheetRow => {
      count()
      const row = { line, cells: fromPlain(envelope.open<PlainCell[]>(cells, `cells/${id}`)) }
      return hiddenLines.has(line) ? { ...row, hidden: true } : row
    })
    const ids = new Map(staged.map(({ id, line }) => [line, id]))
    const { name, hidden, layout, merges, hiddenColumns = [] } = before
    const whole = { name, hidden, rows: opened, merges, hiddenColumns }
    const { given, former, leftOutLines } = before
    const kept = { given, former, leftOutLines, defaults: { ...before.defaults, ...classGiven(before) } }
    const { outerTitles } = before
    const said = { ...readSheetHead(whole, fileName, reading, { given: layout, outerTitles }), ...kept }
    await tell({ file: 0, sheet, reading: said })
    for (const { line, kind, reads } of readRows(whole, said, reading)) {
      await lots.add(
        sheet,
        { id: ids.get(line) ?? newId(), line, part: 0, kind, read: reads[0] ?? null },
        nothing,
      )
      for (const [part, read] of reads.entries())
        if (part > 0) await lots.add(sheet, { id: newId(), line, part, kind, read }, nothing)
    }
    await lots.flush(sheet)
  }
  return { rows }
})
