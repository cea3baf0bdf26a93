import { createHash } from 'node:crypto'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import type { Envelope } from './envelope.ts'
import { importDecisions, importRows, importSheets, type StoredAnswer } from './schema.ts'
import type { SheetReading } from './staged.ts'
import type { DataRow, JudgedSheet, RowVerdict } from './verdicts.ts'
import type { DecisionKind, Judgement } from './words.ts'

export interface LoadedSheet extends Omit<JudgedSheet, 'list'> {
  list: JudgedSheet['list'] | null
}

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
  /** A fingerprint of the staged verdict, to see whether another look changes it. */
  fingerprint: string
}

/** The same for two verdicts that say the same. */
export function fingerprintOf(verdict: RowVerdict): string {
  return createHash('sha256').update(JSON.stringify(verdict)).digest('base64url').slice(0, 22)
}

const page = 500

/** The staged rows of data in their order, opened a page at a time so that others have their turn. */
export async function loadDataRows(db: Reader, importId: string, envelope: Envelope): Promise<LoadedRow[]> {
  const sheets = await loadSheets(db, importId, envelope)
  const loaded: LoadedRow[] = []
  for (let last = -1; ; ) {
    const rows = await db
      .select()
      .from(importRows)
      .where(
        and(eq(importRows.importId, importId), eq(importRows.kind, 'data'), gt(importRows.ordinal, last)),
      )
      .orderBy(asc(importRows.ordinal))
      .limit(page)
    for (const { id, ordinal, line, sheetId, judgement, verdict } of rows) {
      const sheet = sheets.get(sheetId)
      if (!verdict || !sheet?.list) continue
      const opened = envelope.open<RowVerdict>(verdict, `verdict/${id}`)
      const { entry, problems, remarks } = opened.read
      const fingerprint = fingerprintOf(opened)
      loaded.push({
        entry,
        problems,
        remarks,
        id,
        ordinal,
        line,
        judgement,
        fingerprint,
        sheet: sheet as JudgedSheet,
      })
    }
    if (rows.length < page) return loaded
    last = rows.at(-1)?.ordinal ?? last
    await new Promise((turn) => setImmediate(turn))
  }
}

export async function loadAnswers(
  db: Reader,
  importId: string,
): Promise<{ kind: DecisionKind; topic: string; answer: StoredAnswer }[]> {
  const rows = await db.select().from(importDecisions).where(eq(importDecisions.importId, importId))
  return rows.flatMap(({ kind, topic, answer }) => (answer ? [{ kind, topic, answer }] : []))
}
