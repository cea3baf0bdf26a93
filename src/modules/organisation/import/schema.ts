/** The tables of imports. What a spreadsheet says is sealed with a key of its import: see README. */
import { bytes, index, instant, int, json, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { DecisionAnswer, DecisionKind, ImportState, Judgement, ListKind, RowKind } from './words.ts'

/** What the organisation looked like to whoever started the import: rows outside are errors. */
export type StoredReach =
  | { everything: true }
  | { everything: false; unitPaths: string[]; districtCodes: string[]; teamIds: string[] }

/** How far the work has come; `total` 0 while it is not known. */
export interface ImportProgress {
  phase: 'waiting' | 'reading' | 'judging' | 'staging' | 'writing' | 'restoring' | 'done'
  done: number
  total: number
}

export interface ImportFailure {
  code: string
  message: string
  details: Record<string, unknown>
}

export type ImportCounts = Partial<Record<Judgement, number>>

export interface StoredAnswer {
  answer: DecisionAnswer
  /** The unit, team or person of `use`. */
  id?: string
  /** For a new unit: its kind and where it belongs. */
  kind?: string
  parentId?: string | null
  districtCode?: string | null
}

/** Some files that were handed in together. */
export const imports = table(
  'imports',
  {
    id: text().primaryKey(),
    state: text<ImportState>().notNull(),
    /** A user's id. No foreign key: accounts lie above. */
    startedBy: text().notNull(),
    reach: json<StoredReach>().notNull(),
    /** The key of everything staged under this import, itself sealed by the key ring. */
    dataKey: text().notNull(),
    progress: json<ImportProgress>().notNull(),
    counts: json<ImportCounts>().notNull(),
    failure: json<ImportFailure>(),
    judgedAt: instant(),
    committedBy: text(),
    committedAt: instant(),
    undoneBy: text(),
    undoneAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [index('imports_started_by').on(t.startedBy, t.id)],
)

export const importFiles = table(
  'import_files',
  {
    id: text().primaryKey(),
    importId: text()
      .notNull()
      .references(() => imports.id),
    ordinal: int().notNull(),
    sizeBytes: int().notNull(),
    /** Sealed: the file's name, which may name people too. */
    name: bytes().notNull(),
    /** Sealed: the file as it was uploaded, until its rows are staged. */
    content: bytes(),
    /** Why nothing could be read from it. */
    failure: json<ImportFailure>(),
  },
  (t) => [uniqueIndex('import_files_ordinal').on(t.importId, t.ordinal)],
)

export const importSheets = table(
  'import_sheets',
  {
    id: text().primaryKey(),
    importId: text()
      .notNull()
      .references(() => imports.id),
    fileId: text()
      .notNull()
      .references(() => importFiles.id),
    ordinal: int().notNull(),
    list: text<ListKind>(),
    /** Sealed: its name, headings, and what its title says (`SheetReading`). */
    reading: bytes().notNull(),
    version: int().notNull().default(1),
  },
  (t) => [uniqueIndex('import_sheets_ordinal').on(t.importId, t.ordinal)],
)

export const importRows = table(
  'import_rows',
  {
    id: text().primaryKey(),
    importId: text()
      .notNull()
      .references(() => imports.id),
    sheetId: text()
      .notNull()
      .references(() => importSheets.id),
    /** Counts all rows of the import in the order of files, sheets and lines. */
    ordinal: int().notNull(),
    /** The row's number in its sheet, from 1, as a spreadsheet program shows it. */
    line: int().notNull(),
    kind: text<RowKind>().notNull(),
    /** Null for rows that are not data. */
    judgement: text<Judgement>(),
    /** Sealed: the cells as they were read. */
    cells: bytes().notNull(),
    /** Sealed: what they mean and what is to be said about them (`RowVerdict`). */
    verdict: bytes(),
  },
  (t) => [
    uniqueIndex('import_rows_ordinal').on(t.importId, t.ordinal),
    index('import_rows_judgement').on(t.importId, t.judgement, t.ordinal),
    index('import_rows_sheet').on(t.sheetId, t.ordinal),
  ],
)

/** A question only a person can answer, and the answer. */
export const importDecisions = table(
  'import_decisions',
  {
    id: text().primaryKey(),
    importId: text()
      .notNull()
      .references(() => imports.id),
    kind: text<DecisionKind>().notNull(),
    /** A keyed hash of what is asked about, so that the answer is found again when rows are judged anew. */
    topic: text().notNull(),
    /** Sealed: the name as it was written and the proposals (`Question`). */
    question: bytes().notNull(),
    rows: int().notNull(),
    answer: json<StoredAnswer>(),
    decidedBy: text(),
    decidedAt: instant(),
  },
  (t) => [uniqueIndex('import_decisions_topic').on(t.importId, t.kind, t.topic)],
)

/** What one row of an import wrote, in the order it was written, so that it can be undone exactly. */
export const importChanges = table(
  'import_changes',
  {
    id: text().primaryKey(),
    importId: text()
      .notNull()
      .references(() => imports.id),
    ordinal: int().notNull(),
    /** Sealed: `Change[]`. */
    changes: bytes().notNull(),
  },
  (t) => [uniqueIndex('import_changes_ordinal').on(t.importId, t.ordinal)],
)
