import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { envelopeOf } from '../data-key.ts'
import type { SheetRegister } from '../judge/register.ts'
import { writtenOf } from '../read/shown.ts'
import { cellKey, fromPlain, type PlainCell, type SheetReading } from '../read/staged.ts'
import { type ImportRow, importRows, importSheets } from '../schema.ts'
import type { CellCorrections } from '../sheet-contract.ts'
import { judgeAnew } from './decide.ts'

export interface Correcting {
  row: ImportRow
  sheetId: string
  version: number
  keys: KeyRing
  registers: readonly SheetRegister[]
  by: Actor
  at: DateTime
}

/**
 * Corrects cells of a sheet; its rows are read and judged again. The former contents are kept, and shown beside the new ones.
 * @throws DomainError `import.not_judged`, `sheet.missing`, `line.missing`, `version.stale`
 */
export async function correctCells(
  tx: Writer,
  { cells, ...correcting }: Correcting & CellCorrections,
): Promise<void> {
  const { row, sheetId, keys } = correcting
  const reading = await begin(tx, correcting)
  const envelope = envelopeOf(keys, row)
  const former = { ...reading.former }
  for (const [line, corrected] of Map.groupBy(cells, (cell) => cell.line)) {
    const rows = await tx
      .select()
      .from(importRows)
      .where(and(eq(importRows.sheetId, sheetId), eq(importRows.line, line)))
    // The row of a second person in the line has no cells.
    const first = rows.find((each) => each.cells.length > 0)
    if (!first) throw new DomainError('missing', 'line.missing', 'The sheet has no such line.', { line })
    const own = envelope.open<PlainCell[]>(first.cells, `cells/${first.id}`)
    for (const { index, text } of corrected) {
      while (own.length <= index) own.push(null)
      const key = cellKey(line, index)
      const before = former[key] ?? own[index] ?? null
      // The text of the file again is the cell of the file again: a date becomes a date.
      const restored = (text ?? '').trim() === writtenOf(fromPlain([before])[0])
      own[index] = restored ? before : text
      if (restored) delete former[key]
      else former[key] = before
    }
    const sealed = envelope.seal(own, `cells/${first.id}`)
    await tx.update(importRows).set({ cells: sealed }).where(eq(importRows.id, first.id))
  }
  await finish(tx, correcting, 'import.cells_corrected', { ...reading, former, corrected: true })
}

/**
 * Sets which lines of a sheet are left out. It replaces the earlier selection.
 * @throws DomainError `import.not_judged`, `sheet.missing`, `version.stale`
 */
export async function leaveOutLines(
  tx: Writer,
  { lines, ...correcting }: Correcting & { lines: readonly number[] },
): Promise<void> {
  const { sheetId, at } = correcting
  const reading = await begin(tx, correcting)
  const inSheet = eq(importRows.sheetId, sheetId)
  await tx.update(importRows).set({ leftOutAt: null }).where(inSheet)
  await inChunks(lines, 500, async (some) => {
    await tx
      .update(importRows)
      .set({ leftOutAt: at })
      .where(and(inSheet, inArray(importRows.line, [...some])))
  })
  const leftOutLines = [...new Set(lines)].sort((a, b) => a - b)
  await finish(tx, correcting, 'import.lines_left_out', { ...reading, leftOutLines })
}

/** The reading of the sheet, which nobody has changed since the caller saw it. */
async function begin(
  tx: Writer,
  { row, sheetId, version, keys, registers, by }: Correcting,
): Promise<SheetReading> {
  await judgeAnew(tx, { row, registers, by })
  const [sheet] = await tx
    .select()
    .from(importSheets)
    .where(and(eq(importSheets.id, sheetId), eq(importSheets.importId, row.id)))
  if (!sheet) throw new DomainError('missing', 'sheet.missing', 'This import has no such sheet.', { sheetId })
  assertVersion(sheet, version)
  return envelopeOf(keys, row).open<SheetReading>(sheet.reading, `sheet/${sheetId}`)
}

async function finish(
  tx: Writer,
  { row, sheetId, version, keys, by, at }: Correcting,
  action: 'import.cells_corrected' | 'import.lines_left_out',
  reading: SheetReading,
): Promise<void> {
  const sealed = envelopeOf(keys, row).seal(reading, `sheet/${sheetId}`)
  await updateVersioned(tx, importSheets, sheetId, version, { reading: sealed })
  await record(tx, { action, subject: `import:${row.id}`, by, at, details: { sheetId } })
}
