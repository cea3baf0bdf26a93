import { and, asc, count, desc, eq, isNull } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Database, Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import type { Language } from '#platform/http/language.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { envelopeOf } from './data-key.ts'
import type { ImportRow } from './judge-import.ts'
import { loadSheets } from './load-rows.ts'
import {
  presentDecision,
  presentFile,
  presentImport,
  presentRow,
  presentSheet,
  presentSummary,
} from './present.ts'
import { progressOf } from './progress.ts'
import { importDecisions, importFiles, importRows, importSheets, imports } from './schema.ts'
import type { Judgement, RowKind } from './words.ts'

/**
 * An import is seen by whoever started it, and by whoever imports for the whole organisation.
 * @throws DomainError `import.missing`
 */
export async function findImport(db: Reader, actor: Actor, importId: string): Promise<ImportRow> {
  const [row] = await db.select().from(imports).where(eq(imports.id, importId))
  if (!row || !(row.startedBy === actor.userId || reachOf(actor, 'imports.run').everything)) {
    throw new DomainError('missing', 'import.missing', 'There is no such import.', { importId })
  }
  return row
}

export async function listImports(
  db: Reader,
  actor: Actor,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const own = reachOf(actor, 'imports.run').everything ? undefined : eq(imports.startedBy, actor.userId)
  const rows = await db
    .select()
    .from(imports)
    .where(and(own, after([imports.id], cursor, 'desc')))
    .orderBy(desc(imports.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ id }) => [id])
  return { ...page, items: page.items.map(presentSummary) }
}

/** An import with its files and sheets. `db` tells how far the work of this process has come. */
export async function readImport(reader: Reader, db: Database, keys: KeyRing, row: ImportRow) {
  const envelope = envelopeOf(keys, row)
  const files = await reader
    .select({
      id: importFiles.id,
      name: importFiles.name,
      sizeBytes: importFiles.sizeBytes,
      failure: importFiles.failure,
    })
    .from(importFiles)
    .where(eq(importFiles.importId, row.id))
    .orderBy(asc(importFiles.ordinal))
  const sheets = await reader
    .select()
    .from(importSheets)
    .where(eq(importSheets.importId, row.id))
    .orderBy(asc(importSheets.ordinal))
  const [open] = await reader
    .select({ decisions: count() })
    .from(importDecisions)
    .where(and(eq(importDecisions.importId, row.id), isNull(importDecisions.answer)))
  const byFile = Map.groupBy(sheets, ({ fileId }) => fileId)
  return presentImport(row, {
    progress: progressOf(db, row.id) ?? row.progress,
    openDecisions: open?.decisions ?? 0,
    files: files.map((file) =>
      presentFile(
        file,
        envelope,
        (byFile.get(file.id) ?? []).map((sheet) => presentSheet(sheet, envelope)),
      ),
    ),
  })
}

export interface RowQuery {
  limit?: number
  cursor?: string
  judgement?: Judgement
  kind?: RowKind
  sheetId?: string
}

/** Rows in the order of files, sheets and lines. */
export async function listRows(
  db: Reader,
  keys: KeyRing,
  row: ImportRow,
  query: RowQuery,
  language: Language,
) {
  const { limit = 50, cursor, judgement, kind, sheetId } = query
  const rows = await db
    .select()
    .from(importRows)
    .where(
      and(
        eq(importRows.importId, row.id),
        judgement ? eq(importRows.judgement, judgement) : undefined,
        kind ? eq(importRows.kind, kind) : undefined,
        sheetId ? eq(importRows.sheetId, sheetId) : undefined,
        after([importRows.ordinal], cursor),
      ),
    )
    .orderBy(asc(importRows.ordinal))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ ordinal }) => [ordinal])
  const envelope = envelopeOf(keys, row)
  const sheets = await loadSheets(db, row.id, envelope)
  const decisions = await db
    .select({ id: importDecisions.id, kind: importDecisions.kind, topic: importDecisions.topic })
    .from(importDecisions)
    .where(eq(importDecisions.importId, row.id))
  const decisionIds = new Map(decisions.map(({ id, kind: of, topic }) => [`${of} ${topic}`, id]))
  const files = await db
    .select({ sheetId: importSheets.id, id: importFiles.id, name: importFiles.name })
    .from(importSheets)
    .innerJoin(importFiles, eq(importFiles.id, importSheets.fileId))
    .where(eq(importSheets.importId, row.id))
  const fileOf = new Map(
    files.map(({ sheetId: of, id, name }) => [of, { id, name: envelope.open<string>(name, `file/${id}`) }]),
  )
  return {
    ...page,
    items: page.items.map((each) => presentRow(each, { envelope, sheets, fileOf, decisionIds, language })),
  }
}

/** Open ones first to be asked about: the order is that of their ids. */
export async function listDecisions(
  db: Reader,
  keys: KeyRing,
  row: ImportRow,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const rows = await db
    .select()
    .from(importDecisions)
    .where(and(eq(importDecisions.importId, row.id), after([importDecisions.id], cursor)))
    .orderBy(asc(importDecisions.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ id }) => [id])
  const envelope = envelopeOf(keys, row)
  return { ...page, items: page.items.map((each) => presentDecision(each, envelope)) }
}
