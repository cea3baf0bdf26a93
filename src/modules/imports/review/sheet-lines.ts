/** A sheet as it stands in its file, by lines, with what was read from each line. */
import { and, asc, between, eq, gte, sql } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Cell, isFault } from '#platform/files/cells.ts'
import type { Language } from '#platform/http/language.ts'
import { after, cursorOf } from '#platform/http/page.ts'
import { envelopeOf } from '../data-key.ts'
import { masked, writtenOf } from '../read/shown.ts'
import { cellKey, fromPlain, type PlainCell, partsMax, type SheetReading } from '../read/staged.ts'
import { type ImportRow, importRows } from '../schema.ts'
import type { CellKind, Judgement } from '../words.ts'
import { presentRow } from './present.ts'
import { rowContextOf } from './queries.ts'

export interface LineQuery {
  limit?: number
  cursor?: string
  fromLine?: number
  judgement?: Judgement
  full?: boolean
}

type StagedLine = (typeof importRows.$inferSelect)[]

/**
 * A keyset page of the lines of a sheet: the texts of its cells, merged and hidden marks, corrections, and the rows of the
 * preview. Numbers of people are masked unless `full`.
 * @throws DomainError `sheet.missing`
 */
export async function listLines(
  db: Reader,
  keys: KeyRing,
  { row, sheetId, language, ...query }: LineQuery & { row: ImportRow; sheetId: string; language: Language },
) {
  const envelope = envelopeOf(keys, row)
  const context = await rowContextOf(db, row, envelope, language)
  const reading = context.sheets.get(sheetId)?.reading
  if (!reading)
    throw new DomainError('missing', 'sheet.missing', 'This import has no such sheet.', { sheetId })
  const { limit = 50, full = false } = query
  const ordinals = await ordinalsOf(db, sheetId, { ...query, limit })
  const shown = ordinals.slice(0, limit)
  const lines = await linesAt(db, sheetId, shown)
  const hidden = new Set(reading.hiddenLines)
  const items = lines.map((rows) => {
    const [first] = rows as [StagedLine[number], ...StagedLine]
    const { line, kind } = first
    const cells = fromPlain(envelope.open<PlainCell[]>(first.cells, `cells/${first.id}`))
    return {
      line,
      kind,
      hidden: hidden.has(line),
      leftOut: first.leftOutAt !== null,
      cells: cells.map((cell, index) => presentCell(cell, { reading, line, index, full })),
      merges: reading.merges.filter(({ top, bottom }) => top <= line && line <= bottom),
      rows: rows.filter((each) => each.kind === 'data').map((each) => presentRow(each, context)),
    }
  })
  const last = ordinals.length > limit ? shown.at(-1) : undefined
  return { items, nextCursor: last === undefined ? null : cursorOf([last + partsMax - 1]) }
}

/** The ordinal of a line's first row. */
const firstOfLine = sql<number>`${importRows.ordinal} - ${importRows.ordinal} % ${sql.raw(String(partsMax))}`

/** The ordinals of the lines of a page, and of one more when there is a further page. */
async function ordinalsOf(
  db: Reader,
  sheetId: string,
  { limit, cursor, fromLine, judgement }: LineQuery & { limit: number },
): Promise<number[]> {
  const found = await db
    .selectDistinct({ ordinal: firstOfLine.mapWith(Number) })
    .from(importRows)
    .where(
      and(
        eq(importRows.sheetId, sheetId),
        judgement && eq(importRows.judgement, judgement),
        fromLine === undefined ? undefined : gte(importRows.line, fromLine),
        after([importRows.ordinal], cursor),
      ),
    )
    .orderBy(asc(firstOfLine))
    .limit(limit + 1)
  return found.map(({ ordinal }) => ordinal)
}

/** The rows of each line, the first person of the line first. */
async function linesAt(db: Reader, sheetId: string, ordinals: readonly number[]): Promise<StagedLine[]> {
  const [first, last] = [ordinals[0], ordinals.at(-1)]
  if (first === undefined || last === undefined) return []
  const wanted = new Set(ordinals)
  const rows = await db
    .select()
    .from(importRows)
    .where(and(eq(importRows.sheetId, sheetId), between(importRows.ordinal, first, last + partsMax - 1)))
    .orderBy(asc(importRows.ordinal))
  const byLine = Map.groupBy(rows, ({ ordinal }) => ordinal - (ordinal % partsMax))
  return [...byLine].flatMap(([ordinal, line]) => (wanted.has(ordinal) ? [line] : []))
}

function kindOf(cell: Cell | undefined): CellKind {
  if (cell === null || cell === undefined || cell === '') return 'empty'
  if (isFault(cell)) return 'fault'
  if (cell instanceof Date) return 'date'
  return typeof cell === 'number' ? 'number' : 'text'
}

function presentCell(
  cell: Cell | undefined,
  { reading, line, index, full }: { reading: SheetReading; line: number; index: number; full: boolean },
) {
  const { former = {}, layout } = reading
  const below = layout.headingLine !== null && line > layout.headingLine
  const field = (below ? layout.columns.find((column) => column.index === index)?.field : null) ?? null
  const textOf = (each: Cell | undefined) => {
    const text = writtenOf(each)
    return text === '' ? null : full ? text : masked(text, field)
  }
  const before = former[cellKey(line, index)]
  return {
    text: textOf(cell),
    kind: kindOf(cell),
    was: before === undefined ? null : (textOf(fromPlain([before])[0]) ?? ''),
  }
}
