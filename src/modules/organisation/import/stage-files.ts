import { asc, eq, inArray } from 'drizzle-orm'
import { type Database, inChunks } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { readable } from '#platform/files/read.ts'
import { inThread } from '#platform/files/thread.ts'
import { newId } from '#platform/ids.ts'
import type { Envelope } from './envelope.ts'
import { tellProgress } from './progress.ts'
import { type ImportFailure, importFiles, importRows, importSheets } from './schema.ts'
import type { SheetReading, StagedRow } from './staged.ts'
import type { StagingInput, StagingPart } from './staging-thread.ts'
import type { DataRow, JudgedSheet, RowVerdict } from './verdicts.ts'
import type { Judgement } from './words.ts'

export interface Staging {
  db: Database
  importId: string
  key: Uint8Array
  envelope: Envelope
  /** `YYYY-MM-DD` */
  today: string
  soffice: string | undefined
}

/** Rows of one import, all kinds together. */
export const rowsMax = 100_000
const threadMs = 120_000
const threadUrl = new URL('./staging-thread.ts', import.meta.url)

type FileRow = typeof importFiles.$inferSelect
type SheetInsert = typeof importSheets.$inferInsert
type RowInsert = typeof importRows.$inferInsert

/** What was read from uploaded files, before it is judged and written. */
export interface Staged {
  /** The rows of data in their order. */
  rows: DataRow[]
  /** Writes everything with its verdicts, and drops the files. */
  write(
    verdictOf: (ordinal: number) => { judgement: Judgement; verdict: RowVerdict } | undefined,
  ): Promise<void>
}

/** Reads the uploaded files in a thread; undefined when there are none that were not read yet. */
export async function stageFiles(staging: Staging): Promise<Staged | undefined> {
  const { db, importId } = staging
  const files = await db.read
    .select()
    .from(importFiles)
    .where(eq(importFiles.importId, importId))
    .orderBy(asc(importFiles.ordinal))
  const waiting = files.filter(({ content }) => content !== null)
  if (waiting.length === 0) return undefined
  await clear(staging)
  const { read, failures } = await openFiles(staging, waiting)
  const gathered = new Gathered(staging, read)
  const input: StagingInput = {
    key: staging.key,
    today: staging.today,
    rowsMax,
    again: [],
    files: read.map(({ name, bytes }) => ({ name, bytes })),
  }
  await inThread<StagingInput, StagingPart, { rows: number }>(threadUrl, input, {
    maxMs: threadMs,
    transfer: read.map(({ bytes }) => bytes.buffer as ArrayBuffer),
    onPart: (part) => gathered.take(part),
  })
  return {
    rows: gathered.data,
    async write(verdictOf) {
      await gathered.write(verdictOf)
      const refused = new Map([...failures, ...gathered.failures])
      await db.transaction(async (tx) => {
        for (const file of waiting) {
          const failure = refused.get(file.id) ?? null
          await tx.update(importFiles).set({ content: null, failure }).where(eq(importFiles.id, file.id))
        }
      })
    },
  }
}

/** What an interrupted run left behind. */
async function clear({ db, importId }: Staging): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(importRows).where(eq(importRows.importId, importId))
    await tx.delete(importSheets).where(eq(importSheets.importId, importId))
  })
}

interface OpenedFile {
  id: string
  name: string
  bytes: Uint8Array
}

/** The files as they are read here; one that has to be converted and cannot be is refused alone. */
async function openFiles({ envelope, soffice }: Staging, files: readonly FileRow[]) {
  const read: OpenedFile[] = []
  const failures = new Map<string, ImportFailure>()
  for (const { id, name, content } of files) {
    const fileName = envelope.open<string>(name, `file/${id}`)
    try {
      const bytes = await readable(envelope.openBytes(content as Buffer, `content/${id}`), soffice)
      // A buffer of its own, so that it can move to the thread.
      read.push({ id, name: fileName, bytes: new Uint8Array(bytes) })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const { code, message, details } = error
      failures.set(id, { code, message, details })
    }
    await new Promise((turn) => setImmediate(turn))
  }
  return { read, failures }
}

/** What the thread has handed over. */
class Gathered {
  readonly failures = new Map<string, ImportFailure>()
  readonly #staging: Staging
  readonly #files: readonly OpenedFile[]
  readonly data: DataRow[] = []
  readonly #sheets: SheetInsert[] = []
  readonly #judged: JudgedSheet[] = []
  readonly #rows: RowInsert[] = []

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
    // Without a kind of list no row is data, and none is judged.
    this.#judged.push({ id, list: reading.layout.list ?? 'people', reading })
  }

  #lot({ sheet, rows, sealed, lengths }: Extract<StagingPart, { rows: StagedRow[] }>): void {
    const { importId } = this.#staging
    let from = 0
    for (const [at, { id, line, kind, read }] of rows.entries()) {
      const cells = Buffer.from(sealed.buffer, from, lengths[at])
      from += lengths[at] as number
      this.#rows.push({
        id,
        importId,
        sheetId: this.#sheets[sheet]?.id as string,
        ordinal: this.#rows.length,
        line,
        kind,
        cells,
      })
      if (read)
        this.data.push({
          ...read,
          ordinal: this.#rows.length - 1,
          line,
          sheet: this.#judged[sheet] as JudgedSheet,
        })
    }
  }

  /** Some rows in a transaction, so that others can write between. */
  async write(verdictOf: Parameters<Staged['write']>[0]): Promise<void> {
    const { db, importId, envelope } = this.#staging
    await db.transaction((tx) => inChunks(this.#sheets, 100, (some) => tx.insert(importSheets).values(some)))
    let done = 0
    await inChunks(this.#rows, 1000, async (lot) => {
      const sealed = lot.map((row) => {
        const said = verdictOf(row.ordinal)
        if (!said) return row
        return {
          ...row,
          judgement: said.judgement,
          verdict: envelope.seal(said.verdict, `verdict/${row.id}`),
        }
      })
      await db.transaction((tx) => inChunks(sealed, 200, (some) => tx.insert(importRows).values(some)))
      done += lot.length
      tellProgress(db, importId, { phase: 'staging', done, total: this.#rows.length })
    })
  }
}

/** What a row says before anything is known about it. */
function firstVerdict(read: NonNullable<StagedRow['read']>): RowVerdict {
  return { read, problems: [], remarks: [], target: null, changes: [], sameAs: null, waitsFor: [] }
}

/** Reads the rows of sheets again whose headings somebody corrected. */
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
  const { db, envelope, key, today } = staging
  const [file] = await db.read.select().from(importFiles).where(eq(importFiles.id, sheet.fileId))
  const rows = await db.read
    .select({ id: importRows.id, line: importRows.line, cells: importRows.cells })
    .from(importRows)
    .where(eq(importRows.sheetId, sheet.id))
    .orderBy(asc(importRows.ordinal))
  const fileName = file ? envelope.open<string>(file.name, `file/${file.id}`) : ''
  const input: StagingInput = { key, today, rowsMax, files: [], again: [{ fileName, reading, rows }] }
  const read: StagedRow[] = []
  let fresh = reading
  await inThread<StagingInput, StagingPart, { rows: number }>(threadUrl, input, {
    maxMs: threadMs,
    onPart: (part) => {
      if ('reading' in part) fresh = part.reading
      else if ('rows' in part) read.push(...part.rows)
    },
  })
  await inChunks(read, 1000, (lot) =>
    db.transaction(async (tx) => {
      for (const { id, kind, read: said } of lot) {
        const verdict = said ? envelope.seal(firstVerdict(said), `verdict/${id}`) : null
        await tx.update(importRows).set({ kind, judgement: null, verdict }).where(eq(importRows.id, id))
      }
    }),
  )
  await db.transaction((tx) =>
    tx
      .update(importSheets)
      .set({ list: fresh.layout.list, reading: envelope.seal(fresh, `sheet/${sheet.id}`) })
      .where(inArray(importSheets.id, [sheet.id])),
  )
}
