import { hash } from 'node:crypto'
import { and, asc, eq, gt } from 'drizzle-orm'
import { pages } from '#platform/database/pages.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Envelope } from '../envelope.ts'
import type { DataRow, JudgedSheet, RowVerdict, SheetReading } from '../read/staged.ts'
import { importDecisions, importRows, importSheets, type StoredAnswer } from '../schema.ts'
import type { DecisionKind, Judgement } from '../words.ts'

export interface LoadedSheet extends Omit<JudgedSheet, 'list'> {
  list: JudgedSheet['list'] | null
}

/** The staged sheets by id, in order, decrypted. */
export async function loadSheets(
  db: Reader,
  importId: string,
  envelope: Envelope,
): Promise<Map<string, LoadedSheet>> {
  const rows = await db
    .select()
    .from(importSheets)
    .where(eq(importSheets.importId, importId))
    .orderBy(asc(importSheets.ordinal))
  return new Map(
    rows.map(({ id, list, reading }) => [
      id,
      { id, list, reading: envelope.open<SheetReading>(reading, `sheet/${id}`) },
    ]),
  )
}

export interface LoadedRow extends DataRow {
  id: string
  judgement: Judgement | null
  /** A fingerprint of the staged verdict, to detect changes. */
  fingerprint: string
}

/** Equal for equal verdicts. */
export const fingerprintOf = (verdict: RowVerdict): string => fingerprintOfText(JSON.stringify(verdict))

const fingerprintOfText = (stored: string) => hash('sha256', stored, 'base64url').slice(0, 22)

/** The staged data rows in order, decrypted by pages, with a yield to the event loop between pages. */
export async function loadDataRows(db: Reader, importId: string, envelope: Envelope): Promise<LoadedRow[]> {
  const sheets = await loadSheets(db, importId, envelope)
  const loaded: LoadedRow[] = []
  const data = and(eq(importRows.importId, importId), eq(importRows.kind, 'data'))
  // Without the cells, which judging does not need.
  const { id, ordinal, line, sheetId, judgement, verdict, leftOutAt } = importRows
  const columns = { id, ordinal, line, sheetId, judgement, verdict, leftOutAt }
  const select = (last: { ordinal: number } | undefined, size: number) =>
    db
      .select(columns)
      .from(importRows)
      .where(and(data, last && gt(importRows.ordinal, last.ordinal)))
      .orderBy(asc(importRows.ordinal))
      .limit(size)
  for await (const rows of pages(select, 500)) {
    for (const row of rows) {
      const sheet = sheets.get(row.sheetId)
      if (!row.verdict || !sheet?.list) continue
      const stored = envelope.openText(row.verdict, `verdict/${row.id}`)
      const { read } = JSON.parse(stored) as RowVerdict
      loaded.push({
        ...read,
        id: row.id,
        ordinal: row.ordinal,
        line: row.line,
        judgement: row.judgement,
        leftOut: row.leftOutAt !== null,
        sheet: sheet as JudgedSheet,
        fingerprint: fingerprintOfText(stored),
      })
    }
  }
  return loaded
}

/** The answers given so far, by kind and topic of the question. */
export async function loadAnswers(
  db: Reader,
  importId: string,
): Promise<{ kind: DecisionKind; topic: string; answer: StoredAnswer }[]> {
  const rows = await db.select().from(importDecisions).where(eq(importDecisions.importId, importId))
  return rows.flatMap(({ kind, topic, answer }) => (answer ? [{ kind, topic, answer }] : []))
}
