import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import { users } from '#modules/accounts/schema.ts'
import { stillReached } from '#modules/organisation/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { pages } from '#platform/database/pages.ts'
import type { Database, Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import type { Language } from '#platform/http/language.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { type RefusalTexts, refusalTextOf } from '#platform/http/problem.ts'
import { envelopeOf } from '../data-key.ts'
import type { Envelope } from '../envelope.ts'
import { loadSheets } from '../judge/load-rows.ts'
import { progressOf } from '../progress.ts'
import { type ImportRow, importDecisions, importFiles, importRows, importSheets, imports } from '../schema.ts'
import type { Judgement, RowKind } from '../words.ts'
import {
  presentDecision,
  presentFile,
  presentImport,
  presentRow,
  presentSheet,
  presentSummary,
  type RowContext,
  type SayFailure,
} from './present.ts'

/**
 * An import is visible to users who may import for the whole organisation, and to the user who started it as long as
 * they may import for every part it was started for: whoever changed units leaves their lists behind.
 * @throws DomainError `import.missing`
 */
export async function findImport(db: Reader, actor: Actor, importId: string): Promise<ImportRow> {
  const [row] = await db.select().from(imports).where(eq(imports.id, importId))
  const seen = row ? await visibleAmong(db, actor, [row]) : []
  if (!row || seen.length === 0) {
    throw new DomainError('missing', 'import.missing', 'There is no such import.', { importId })
  }
  return row
}

async function visibleAmong(db: Reader, actor: Actor, rows: readonly ImportRow[]): Promise<ImportRow[]> {
  const reach = reachOf(actor, 'imports.run')
  if (reach.everything) return [...rows]
  const own = rows.filter(({ startedBy }) => startedBy === actor.userId)
  const reached = await stillReached(
    db,
    reach,
    own.map((row) => row.reach),
  )
  return own.filter((row) => reached.has(row.reach))
}

/** A keyset page of imports, the newest first: the user’s own, or all of them for a reach over everything. */
export async function listImports(
  db: Reader,
  keys: KeyRing,
  actor: Actor,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const page = pageOf(await newestFirst(db, actor, limit + 1, cursor), limit, ({ id }) => [id])
  const names = await namesOf(db, page.items)
  const files = await filesOf(db, keys, page.items)
  const items = page.items.map((row) => ({
    ...presentSummary(row, names.get(row.startedBy)),
    ...(files.get(row.id) ?? { fileCount: 0, fileNames: [] }),
  }))
  return { ...page, items }
}

/** The newest imports that the actor sees, up to so many. What is no longer seen is passed over. */
async function newestFirst(
  db: Reader,
  actor: Actor,
  wanted: number,
  cursor: string | undefined,
): Promise<ImportRow[]> {
  const own = reachOf(actor, 'imports.run').everything ? undefined : eq(imports.startedBy, actor.userId)
  const select = (last: ImportRow | undefined, size: number) =>
    db
      .select()
      .from(imports)
      .where(and(own, last ? lt(imports.id, last.id) : after([imports.id], cursor, 'desc')))
      .orderBy(desc(imports.id))
      .limit(size)
  const found: ImportRow[] = []
  for await (const rows of pages(select, wanted)) {
    found.push(...(await visibleAmong(db, actor, rows)))
    if (found.length >= wanted) break
  }
  return found.slice(0, wanted)
}

/** The names of the users who started imports, by their ids. */
async function namesOf(db: Reader, rows: readonly ImportRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map(({ startedBy }) => startedBy))]
  if (ids.length === 0) return new Map()
  const found = await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids))
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** The number of files whose names the list of imports shows. */
const filesShown = 5

/** The number of files of each import, and the names of the first ones. */
async function filesOf(db: Reader, keys: KeyRing, rows: readonly ImportRow[]) {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return new Map<string, { fileCount: number; fileNames: string[] }>()
  const { importId, ordinal, id, name } = importFiles
  const counts = await db
    .select({ importId, files: count() })
    .from(importFiles)
    .where(inArray(importId, ids))
    .groupBy(importId)
  const first = await db
    .select({ importId, id, name })
    .from(importFiles)
    .where(and(inArray(importId, ids), lt(ordinal, filesShown)))
    .orderBy(asc(ordinal))
  const countOf = new Map(counts.map((each) => [each.importId, each.files]))
  const byImport = Map.groupBy(first, (file) => file.importId)
  return new Map(
    rows.map((row) => {
      const envelope = envelopeOf(keys, row)
      const files = byImport.get(row.id) ?? []
      const fileNames = files.map((file) => envelope.open<string>(file.name, `file/${file.id}`))
      return [row.id, { fileCount: countOf.get(row.id) ?? 0, fileNames }]
    }),
  )
}

/** An import with its files and sheets. @param db the database whose progress in this process is shown */
export async function readImport(
  reader: Reader,
  { db, keys, language, texts }: { db: Database; keys: KeyRing; language: Language; texts: RefusalTexts },
  row: ImportRow,
) {
  const say: SayFailure = (failure) =>
    failure && { ...failure, text: refusalTextOf(failure, texts, language) }
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
  const names = await namesOf(reader, [row])
  return presentImport(row, {
    startedByName: names.get(row.startedBy),
    progress: progressOf(db, row.id) ?? row.progress,
    openDecisions: open?.decisions ?? 0,
    language,
    say,
    files: files.map((file) =>
      presentFile(
        file,
        envelope,
        (byFile.get(file.id) ?? []).map((sheet) =>
          presentSheet(sheet, envelope, row.sheetCounts && (row.sheetCounts[sheet.id] ?? {})),
        ),
        say,
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
  const context = await rowContextOf(db, row, envelopeOf(keys, row), language)
  return { ...page, items: page.items.map((each) => presentRow(each, context)) }
}

/** What rows need to be shown: their sheets and files, and the ids of the questions they wait for. */
export async function rowContextOf(
  db: Reader,
  row: ImportRow,
  envelope: Envelope,
  language: Language,
): Promise<RowContext> {
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
  return { envelope, sheets, fileOf, decisionIds, language }
}

/** Questions in the order of their ids. */
export async function listDecisions(
  db: Reader,
  keys: KeyRing,
  row: ImportRow,
  { limit = 50, cursor, answered }: { limit?: number; cursor?: string; answered?: boolean },
) {
  const { answer } = importDecisions
  const open = answered === undefined ? undefined : answered ? isNotNull(answer) : isNull(answer)
  const rows = await db
    .select()
    .from(importDecisions)
    .where(and(eq(importDecisions.importId, row.id), open, after([importDecisions.id], cursor)))
    .orderBy(asc(importDecisions.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ id }) => [id])
  const envelope = envelopeOf(keys, row)
  return { ...page, items: page.items.map((each) => presentDecision(each, envelope)) }
}
