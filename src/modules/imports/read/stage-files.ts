import { asc, eq } from 'drizzle-orm'
import { insertAll } from '#platform/database/insert-all.ts'
import { type Database, inChunks } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { elsewhere } from '#platform/files/elsewhere.ts'
import { readableChunks } from '#platform/files/read.ts'
import type { Chunks } from '#platform/files/work.ts'
import { newId } from '#platform/ids.ts'
import type { Envelope } from '../envelope.ts'
import { tellProgress } from '../progress.ts'
import { type ImportFailure, importFiles, importRows, importSheets } from '../schema.ts'
import type { Judgement } from '../words.ts'
import { forgetContent, readParts } from './file-parts.ts'
import type { SheetVocabulary } from './kinds.ts'
import {
  type DataRow,
  type JudgedSheet,
  partsMax,
  type RowVerdict,
  type SheetReading,
  type StagedRow,
} from './staged.ts'
import type { StagingInput, StagingPart } from './staging-thread.ts'

export interface Staging {
  db: Database
  importId: string
  key: Uint8Array
  envelope: Envelope
  /** `YYYY-MM-DD` */
  today: string
  soffice: string | undefined
  areaCode: string | undefined
  /** Kinds of sheets and headings added by registers of other slices. */
  vocabularies: readonly SheetVocabulary[]
  /** Aborted when the service stops. */
  signal: AbortSignal
}

/** Maximum number of rows of one import, of all kinds. */
export const rowsMax = 150_000
/** Of the wall clock: the largest import takes some 20 s of processor time, which beside much else are minutes. */
const threadMs = 300_000
const threadUrl = new URL('./staging-thread.ts', import.meta.url)

type FileRow = typeof importFiles.$inferSelect
type SheetInsert = typeof importSheets.$inferInsert
type RowInsert = typeof importRows.$inferInsert

/** The content of the uploaded files, before it is judged and stored. */
export interface Staged {
  /** The data rows, in order. */
  data: DataRow[]
  sheets: SheetInsert[]
  rows: RowInsert[]
  /** The files; with the reason for those that could not be read. */
  fileIds: string[]
  failures: Map<string, ImportFailure>
}

/** Reads the uploaded files in a thread; undefined when all are already read. */
export async function stageFiles(staging: Staging): Promise<Staged | undefined> {
  const { db, importId } = staging
  const files = await db.read
    .select()
    .from(importFiles)
    .where(eq(importFiles.importId, importId))
    .orderBy(asc(importFiles.ordinal))
  const waiting = files.filter(({ parts }) => parts > 0)
  if (waiting.length === 0) return undefined
  await clear(staging)
  const { read, failures } = await openFiles(staging, waiting)
  const gathered = new Gathered(staging, read)
  const input: StagingInput = {
    key: staging.key,
    today: staging.today,
    areaCode: staging.areaCode,
    vocabularies: [...staging.vocabularies],
    rowsMax,
    again: [],
    files: read.map(({ name }) => ({ name })),
  }
  await elsewhere<StagingInput, StagingPart, { rows: number }>(threadUrl, input, {
    maxMs: threadMs,
    signal: staging.signal,
    onPart: (part) => gathered.take(part),
    chunk: async (file) => read[file]?.chunks(file),
  })
  return {
    ...gathered.staged,
    fileIds: waiting.map(({ id }) => id),
    failures: new Map([...failures, ...gathered.failures]),
  }
}

/**
 * Stores the rows with their verdicts, in several transactions, so that other writers can run between; deletes the
 * uploads.
 */
export async function writeStaged(
  { db, importId, envelope, signal }: Staging,
  { sheets, rows, fileIds, failures }: Staged,
  verdictOf: (ordinal: number) => { judgement: Judgement; verdict: RowVerdict } | undefined,
): Promise<void> {
  await db.transaction((tx) => insertAll(tx, importSheets, sheets))
  let done = 0
  await inChunks(rows, 1000, async (lot) => {
    signal.throwIfAborted()
    const sealed = lot.map((row) => {
      const said = verdictOf(row.ordinal)
      if (!said) return row
      const verdict = envelope.seal(said.verdict, `verdict/${row.id}`)
      return { ...row, judgement: said.judgement, verdict }
    })
    await db.transaction((tx) => insertAll(tx, importRows, sealed))
    done += lot.length
    tellProgress(db, importId, { phase: 'staging', done, total: rows.length })
  })
  await db.transaction(async (tx) => {
    await forgetContent(tx, importId)
    for (const id of fileIds) {
      const failure = failures.get(id) ?? null
      if (failure) await tx.update(importFiles).set({ failure }).where(eq(importFiles.id, id))
    }
  })
}

/** Deletes the rows of an interrupted run. */
async function clear({ db, importId }: Staging): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(importRows).where(eq(importRows.importId, importId))
    await tx.delete(importSheets).where(eq(importSheets.importId, importId))
  })
}

interface OpenedFile {
  id: string
  name: string
  chunks: Chunks
}

/** The files, converted where needed; if the conversion of one fails, only that file is refused. */
async function openFiles({ db, envelope, soffice }: Staging, files: readonly FileRow[]) {
  const read: OpenedFile[] = []
  const failures = new Map<string, ImportFailure>()
  for (const file of files) {
    const { id } = file
    const name = envelope.open<string>(file.name, `file/${id}`)
    try {
      const chunks = await readableChunks(() => readParts(db, envelope, file), soffice)
      read.push({ id, name, chunks })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const { code, message, details } = error
      failures.set(id, { code, message, details })
    }
  }
  return { read, failures }
}

/** Collects the results of the thread. */
class Gathered {
  readonly failures = new Map<string, ImportFailure>()
  readonly #staging: Staging
  readonly #files: readonly OpenedFile[]
  readonly data: DataRow[] = []
  readonly #sheets: SheetInsert[] = []
  readonly #judged: JudgedSheet[] = []
  readonly #rows: RowInsert[] = []
  #lines = -1

  constructor(staging: Staging, files: readonly OpenedFile[]) {
    this.#staging = staging
    this.#files = files
  }

  take(part: StagingPart): void {
    const { db, importId } = this.#staging
    if ('progress' in part) tellProgress(db, importId, { phase: 'reading', done: part.progress, total: 0 })
    else if ('failure' in part) this.failures.set(this.#files[part.file]?.id as string, part.failure)
    else if ('reading' in part) this.#sheet(part.file, part.reading)
    else this.#lot(part)
  }

  #sheet(file: number, reading: SheetReading): void {
    const id = newId()
    this.#sheets.push({
      id,
      importId: this.#staging.importId,
      fileId: this.#files[file]?.id as string,
      ordinal: this.#sheets.length,
      list: reading.layout.list,
      reading: this.#staging.envelope.seal(reading, `sheet/${id}`),
    })
    // Without a kind of list no row is data, so none is judged.
    this.#judged.push({ id, list: reading.layout.list ?? 'people', reading })
  }

  #lot({ sheet, rows, sealed, lengths }: Extract<StagingPart, { rows: StagedRow[] }>): void {
    const { importId } = this.#staging
    let from = 0
    for (const [at, { id, line, part, kind, read }] of rows.entries()) {
      const cells = Buffer.from(sealed.buffer, sealed.byteOffset + from, lengths[at])
      from += lengths[at] as number
      if (part === 0) this.#lines++
      const ordinal = this.#lines * partsMax + part
      const sheetId = this.#sheets[sheet]?.id as string
      this.#rows.push({ id, importId, sheetId, ordinal, line, kind, cells })
      if (read) this.data.push({ ...read, ordinal, line, sheet: this.#judged[sheet] as JudgedSheet })
    }
  }

  get staged(): Pick<Staged, 'data' | 'sheets' | 'rows'> {
    return { data: this.data, sheets: this.#sheets, rows: this.#rows }
  }
}

/** The first verdict of a row, before it is judged. */
function firstVerdict(read: NonNullable<StagedRow['read']>): RowVerdict {
  return { read, problems: [], remarks: [], target: null, changes: [], sameAs: null, waitsFor: [] }
}

/** Reads the rows of sheets again after a user corrected their headings. */
export async function rereadSheets(staging: Staging): Promise<void> {
  const { db, importId, envelope } = staging
  const sheets = await db.read.select().from(importSheets).where(eq(importSheets.importId, importId))
  for (const sheet of sheets) {
    const reading = envelope.open<SheetReading>(sheet.reading, `sheet/${sheet.id}`)
    if (reading.corrected) await reread(staging, sheet, reading)
  }
}

async function reread(
  staging: Staging,
  sheet: typeof importSheets.$inferSelect,
  reading: SheetReading,
): Promise<void> {
  const { db, envelope, key, today, importId, areaCode, vocabularies, signal } = staging
  const [file] = await db.read.select().from(importFiles).where(eq(importFiles.id, sheet.fileId))
  const known = await db.read
    .select()
    .from(importRows)
    .where(eq(importRows.sheetId, sheet.id))
    .orderBy(asc(importRows.ordinal))
  const lines = known.filter(({ ordinal }) => ordinal % partsMax === 0)
  const fileName = file ? envelope.open<string>(file.name, `file/${file.id}`) : ''
  const rows = lines.map(({ id, line, cells }) => ({ id, line, cells }))
  const input: StagingInput = {
    key,
    today,
    areaCode,
    vocabularies: [...vocabularies],
    rowsMax,
    files: [],
    again: [{ fileName, reading, rows }],
  }
  const read: StagedRow[] = []
  let fresh = reading
  await elsewhere<StagingInput, StagingPart, { rows: number }>(threadUrl, input, {
    maxMs: threadMs,
    signal,
    onPart: (part) => {
      if ('reading' in part) fresh = part.reading
      else if ('rows' in part) read.push(...part.rows)
    },
  })
  const byLine = new Map(lines.map((row) => [row.line, row]))
  // By line: another reading may find more people in a line that is left out.
  const leftOut = new Map(known.map(({ line, leftOutAt }) => [line, leftOutAt]))
  // One transaction for all, so that a sheet is never stored half in the old reading and half in the new one.
  await db.transaction(async (tx) => {
    await tx.delete(importRows).where(eq(importRows.sheetId, sheet.id))
    const rows = read.map(({ id, line, part, kind, read: said }): RowInsert => {
      const first = byLine.get(line)
      return {
        id,
        importId,
        sheetId: sheet.id,
        ordinal: (first?.ordinal ?? 0) + part,
        line,
        kind,
        cells: part === 0 ? (first?.cells as Buffer) : Buffer.alloc(0),
        verdict: said ? envelope.seal(firstVerdict(said), `verdict/${id}`) : null,
        leftOutAt: leftOut.get(line) ?? null,
      }
    })
    await insertAll(tx, importRows, rows)
    await tx
      .update(importSheets)
      .set({ list: fresh.layout.list, reading: envelope.seal(fresh, `sheet/${sheet.id}`) })
      .where(eq(importSheets.id, sheet.id))
  })
}
