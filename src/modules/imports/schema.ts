/** The tables of imports. Spreadsheet content is encrypted with a key of its import: see README. */
import { bytes, index, instant, int, json, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { Reach } from '#platform/http/access.ts'
import type { Remark } from './reasons.ts'
import type { DecisionAnswer, DecisionKind, ImportState, Judgement, ListKind, RowKind } from './words.ts'

/**
 * The reach of the user who started the import: what they may see, and where each register may be written. Null: no
 * grant allows both the import and that edit.
 */
export type StoredReach = Reach & Record<'units' | 'teams' | 'persons', Reach | null>

/** Progress; `total` is 0 while unknown. */
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
/** The number of rows for each remark. */
export type RemarkCounts = Partial<Record<Remark, number>>

export interface StoredAnswer {
  answer: DecisionAnswer
  /** For `use`: the id of the unit, team or person. */
  id?: string
  /** The chosen alternative: a reading of a sheet, or a kind of role. */
  choice?: string
  /** For a new unit: its kind and where it belongs. */
  kind?: string
  parentId?: string | null
  districtCode?: string | null
}

/** An import: files that were uploaded together. */
export const imports = table(
  'imports',
  {
    id: text().primaryKey(),
    state: text<ImportState>().notNull(),
    /** A user's id. Without a foreign key. */
    startedBy: text().notNull(),
    reach: json<StoredReach>().notNull(),
    /** The data key of this import, encrypted by the key ring. */
    dataKey: text().notNull(),
    progress: json<ImportProgress>().notNull(),
    counts: json<ImportCounts>().notNull(),
    /** Null until the rows are judged. */
    remarks: json<RemarkCounts>(),
    /** The number of new things by register. Null until the rows are judged. */
    adds: json<Record<string, number>>(),
    /** The number of rows for each judgement, by the id of their sheet. Null until the rows are judged. */
    sheetCounts: json<Record<string, ImportCounts>>(),
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
    /** Encrypted: the file's name, which may contain names of people. */
    name: bytes().notNull(),
    /** How many `importFileParts` hold its content; 0 once its rows are staged. */
    parts: int().notNull().default(0),
    /** Why the file could not be read. */
    failure: json<ImportFailure>(),
  },
  (t) => [uniqueIndex('import_files_ordinal').on(t.importId, t.ordinal)],
)

/**
 * The content of an uploaded file in parts, until its rows are staged. They are written while the file arrives, so before
 * the file itself: those of an upload that was broken off belong to no file, and are deleted a day later.
 */
export const importFileParts = table(
  'import_file_parts',
  {
    id: text().primaryKey(),
    fileId: text().notNull(),
    /** From 0. */
    ordinal: int().notNull(),
    /** Encrypted. */
    content: bytes().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('import_file_parts_ordinal').on(t.fileId, t.ordinal)],
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
    /** Encrypted: its name, headings, and values from its title (`SheetReading`). */
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
    /** The row's position in the import, in the order of files, sheets and lines. */
    ordinal: int().notNull(),
    /** The row's number in its sheet, from 1, as a spreadsheet program shows it. */
    line: int().notNull(),
    kind: text<RowKind>().notNull(),
    /** Null for rows that are not data (titles, headings, notes …). */
    judgement: text<Judgement>(),
    /** Encrypted: the cells. When a line names several people, only the first person's row has the cells. */
    cells: bytes().notNull(),
    /** Encrypted: the values and the verdict of the row (`RowVerdict`). */
    verdict: bytes(),
    /** When a user chose to leave out the row. */
    leftOutAt: instant(),
  },
  (t) => [
    uniqueIndex('import_rows_ordinal').on(t.importId, t.ordinal),
    index('import_rows_judgement').on(t.importId, t.judgement, t.ordinal),
    index('import_rows_sheet').on(t.sheetId, t.ordinal),
  ],
)

/** A question that only a user can answer, and the answer. */
export const importDecisions = table(
  'import_decisions',
  {
    id: text().primaryKey(),
    importId: text()
      .notNull()
      .references(() => imports.id),
    kind: text<DecisionKind>().notNull(),
    /** A keyed hash of the subject of the question, so that the answer is found when rows are judged again. */
    topic: text().notNull(),
    /** Encrypted: the name as written in the list, and the proposals (`Question`). */
    question: bytes().notNull(),
    rows: int().notNull(),
    answer: json<StoredAnswer>(),
    decidedBy: text(),
    decidedAt: instant(),
  },
  (t) => [uniqueIndex('import_decisions_topic').on(t.importId, t.kind, t.topic)],
)

/** The changes of an import, in the order in which they were written, for the undo. */
export const importChanges = table(
  'import_changes',
  {
    id: text().primaryKey(),
    importId: text()
      .notNull()
      .references(() => imports.id),
    ordinal: int().notNull(),
    /** Encrypted: `Change[]`. */
    changes: bytes().notNull(),
  },
  (t) => [uniqueIndex('import_changes_ordinal').on(t.importId, t.ordinal)],
)

export type ImportRow = typeof imports.$inferSelect
