import { and, asc, eq, inArray } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { isFault } from '#platform/files/cells.ts'
import { type OutCell, type OutSheet, writeWorkbook } from '#platform/files/write.ts'
import type { Language } from '#platform/http/language.ts'
import { envelopeOf } from './data-key.ts'
import type { ImportRow } from './judge-import.ts'
import { type LoadedSheet, loadSheets } from './load-rows.ts'
import { reasons } from './reasons.ts'
import { importRows } from './schema.ts'
import { fromPlain, type PlainCell } from './staged.ts'
import type { RowVerdict } from './verdicts.ts'
import { decisionKinds, judgements } from './words.ts'

const returned = ['error', 'needs_decision', 'skipped'] as const
const words = {
  zh: { line: '原表行号', verdict: '处理结果', why: '原因', none: '全部行均可入库', sheet: '表' },
  en: { line: 'Line', verdict: 'Result', why: 'Reason', none: 'Every row can be taken', sheet: 'Sheet' },
}

/**
 * The rows that are not taken, under their own headings and with the reason beside each, to be given back to whoever
 * wrote the list. Corrected, it can be uploaded as it is. Holds what the list held: full numbers too.
 */
export async function errorSheet(
  db: Reader,
  keys: KeyRing,
  row: ImportRow,
  language: Language,
): Promise<Buffer> {
  const envelope = envelopeOf(keys, row)
  const sheets = await loadSheets(db, row.id, envelope)
  const bySheet = new Map<string, OutCell[][]>()
  const rows = await db
    .select()
    .from(importRows)
    .where(and(eq(importRows.importId, row.id), inArray(importRows.judgement, [...returned])))
    .orderBy(asc(importRows.ordinal))
  for (const [at, { id, sheetId, line, judgement, cells, verdict }] of rows.entries()) {
    const sheet = sheets.get(sheetId)
    if (!sheet || !verdict || !judgement) continue
    const said = envelope.open<RowVerdict>(verdict, `verdict/${id}`)
    const own = fromPlain(envelope.open<PlainCell[]>(cells, `cells/${id}`))
    const values = sheet.reading.layout.columns.map(({ index }): OutCell => {
      const cell = own[index]
      return isFault(cell) ? cell.text : cell
    })
    const out = [...values, line, judgements[judgement][language], whyOf(said, language)]
    bySheet.set(sheetId, [...(bySheet.get(sheetId) ?? []), out])
    if (at % 500 === 499) await new Promise((turn) => setImmediate(turn))
  }
  const made = [...bySheet].map(([id, lines]) => sheetOf(sheets.get(id) as LoadedSheet, lines, language))
  return writeWorkbook(
    made.length > 0 ? made : [{ name: words[language].sheet, rows: [[words[language].none]] }],
  )
}

function sheetOf({ reading }: LoadedSheet, lines: OutCell[][], language: Language): OutSheet {
  const { line, verdict, why, sheet } = words[language]
  const headings = reading.layout.columns.map(({ heading }) => heading)
  return {
    name: reading.name || sheet,
    headingRows: 1,
    widths: [...headings.map(() => 16), 10, 12, 60],
    rows: [[...headings, line, verdict, why], ...lines],
  }
}

function whyOf({ problems, waitsFor }: RowVerdict, language: Language): string {
  const colon = language === 'zh' ? ':' : ': '
  const said = problems.map(({ column, reason, line }) => {
    const about = column ? `${column}${colon}` : ''
    return `${about}${reasons[reason][language]}${line === undefined ? '' : ` (${line})`}`
  })
  const asked = waitsFor.map(({ kind }) => decisionKinds[kind][language])
  return [...said, ...new Set(asked)].join(language === 'zh' ? ';' : '; ')
}
