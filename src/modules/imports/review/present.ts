import { maskEmail, maskIdentity, maskPhone } from '#platform/crypto/index.ts'
import { textOf } from '#platform/files/cells.ts'
import type { Language } from '#platform/http/language.ts'
import { isoOf } from '#platform/time.ts'
import type { Envelope } from '../envelope.ts'
import type { LoadedSheet } from '../judge/load-rows.ts'
import type { Question } from '../judge/verdicts.ts'
import type { Entry, Problem } from '../read/entry.ts'
import type { Layout } from '../read/layout.ts'
import { masked, shown } from '../read/shown.ts'
import { fromPlain, type PlainCell, type RowVerdict, type SheetReading } from '../read/staged.ts'
import { type Remark, remarks, sayReason } from '../reasons.ts'
import type {
  ImportCounts,
  ImportFailure,
  ImportProgress,
  ImportRow,
  importDecisions,
  importRows,
  importSheets,
} from '../schema.ts'
import { choices, type Judgement, judgements } from '../words.ts'

const isoOrNull = (at: Parameters<typeof isoOf>[0] | null) => (at ? isoOf(at) : null)

/** A failure with its text in the reader's language. */
export type SayFailure = (failure: ImportFailure | null) => (ImportFailure & { text: string }) | null

/** An import as the list of imports shows it, without its files. */
export function presentSummary(
  { id, state, startedBy, createdAt, committedAt, undoneAt, counts, adds }: ImportRow,
  startedByName: string | undefined,
) {
  return {
    id,
    state,
    startedBy,
    startedByName: startedByName ?? null,
    createdAt: isoOf(createdAt),
    committedAt: isoOrNull(committedAt),
    undoneAt: isoOrNull(undoneAt),
    counts: counts as Record<string, number>,
    adds: adds ?? {},
  }
}

/**
 * An import as the API shows it, with its files, its progress, and the number of rows for each judgement and remark.
 */
export function presentImport(
  row: ImportRow,
  {
    language,
    startedByName,
    say,
    ...found
  }: {
    startedByName: string | undefined
    progress: ImportProgress
    openDecisions: number
    files: ReturnType<typeof presentFile>[]
    language: Language
    say: SayFailure
  },
) {
  const kinds = Object.keys(judgements) as Judgement[]
  const counts = Object.fromEntries(kinds.map((kind) => [kind, row.counts[kind] ?? 0])) as Record<
    Judgement,
    number
  >
  return {
    ...presentSummary(row, startedByName),
    ...found,
    counts,
    remarks: (Object.keys(remarks) as Remark[]).flatMap((code) => {
      const rows = row.remarks?.[code] ?? 0
      return rows === 0 ? [] : [{ code, text: remarks[code][language], rows }]
    }),
    version: row.version,
    judgedAt: isoOrNull(row.judgedAt),
    rows: Object.values(counts).reduce((sum, each) => sum + each, 0),
    failure: say(row.failure),
  }
}

/** An uploaded file with its sheets as the API shows it; `failure` if it could not be read. */
export function presentFile(
  {
    id,
    name,
    sizeBytes,
    failure,
  }: { id: string; name: Buffer; sizeBytes: number; failure: ImportFailure | null },
  envelope: Envelope,
  sheets: ReturnType<typeof presentSheet>[],
  say: SayFailure,
) {
  return { id, name: envelope.open<string>(name, `file/${id}`), sizeBytes, failure: say(failure), sheets }
}

/**
 * A sheet as the API shows it: its reading, the possible other readings, and what is not read.
 * @param counts its rows by judgement; null before they are judged
 */
export function presentSheet(
  { id, reading: sealed, version }: typeof importSheets.$inferSelect,
  envelope: Envelope,
  counts: ImportCounts | null = null,
) {
  const reading = envelope.open<SheetReading>(sealed, `sheet/${id}`)
  const { name, hidden, layout, readings, doubt, unitName, leader, teacher, defaults, given, unread } =
    reading
  const { list, headingLine, columns } = layout
  return {
    id,
    name,
    hidden,
    hiddenRows: reading.hiddenLines.length,
    ...presentLayout(layout),
    unknownColumns: columns.filter(({ field }) => field === null).map(({ heading }) => heading),
    unreadColumns: unread,
    merges: reading.merges.slice(0, 2000),
    doubt,
    readings: readings.map(presentLayout),
    defaults: {
      class: given?.className ?? defaults.class ?? null,
      team: defaults.team ?? null,
      unitId: given?.unitId ?? null,
      teamId: given?.teamId ?? null,
    },
    teacher: teacher?.name ?? null,
    unit: unitName,
    leader: leader?.name ?? null,
    problem: problemOf(headingLine, list, counts),
    counts: (counts ?? {}) as Record<string, number>,
    leftOutLines: reading.leftOutLines ?? [],
    version,
  }
}

function presentLayout({ list, headingLine, headingLines, columns }: Layout) {
  return {
    list,
    headingLine,
    headingLines,
    columns: columns.map(({ index, heading, field, part, owner, resembles, hidden }) => ({
      index,
      heading,
      field,
      part: part ?? null,
      owner: owner ?? null,
      resembles: resembles ?? null,
      hidden: hidden === true,
    })),
  }
}

/** Why nothing comes of the sheet: an empty result is never left without a reason. */
function problemOf(
  headingLine: number | null,
  list: string | null,
  counts: ImportCounts | null,
): 'sheet.headings_missing' | 'sheet.list_unknown' | 'sheet.rows_missing' | null {
  if (headingLine === null) return 'sheet.headings_missing'
  if (list === null) return 'sheet.list_unknown'
  return counts !== null && Object.keys(counts).length === 0 ? 'sheet.rows_missing' : null
}

/** What rows need to be shown. */
export interface RowContext {
  envelope: Envelope
  sheets: ReadonlyMap<string, LoadedSheet>
  fileOf: ReadonlyMap<string, { id: string; name: string }>
  decisionIds: ReadonlyMap<string, string>
  language: Language
}

/** A row of the preview as the API shows it: numbers of people are masked, codes have their text. */
export function presentRow(row: typeof importRows.$inferSelect, context: RowContext) {
  const { envelope, sheets, fileOf, decisionIds, language } = context
  const verdict = row.verdict ? envelope.open<RowVerdict>(row.verdict, `verdict/${row.id}`) : undefined
  const file = fileOf.get(row.sheetId)
  const reading = sheets.get(row.sheetId)?.reading
  return {
    id: row.id,
    fileId: file?.id ?? '',
    file: file?.name ?? '',
    sheetId: row.sheetId,
    sheet: reading?.name ?? '',
    line: row.line,
    kind: row.kind,
    judgement: row.judgement,
    values: verdict ? maskedValues(verdict.read.entry) : {},
    text: verdict ? null : textOfRow(envelope.open<PlainCell[]>(row.cells, `cells/${row.id}`)),
    target: verdict?.target ?? null,
    changes: verdict?.changes ?? [],
    sameAsLine: verdict?.sameAs?.line ?? null,
    problems: (verdict?.problems ?? []).map(({ column, field, value, reason, line }) => ({
      column,
      index: reading ? indexOf(reading.layout, verdict?.read.block, { column, field }) : null,
      field,
      value,
      ...sayReason(reason, language),
      line: line ?? null,
    })),
    remarks: (verdict?.remarks ?? []).map((code) => ({ code, text: remarks[code][language] })),
    decisionIds: (verdict?.waitsFor ?? []).flatMap(
      ({ kind, topic }) => decisionIds.get(`${kind} ${topic}`) ?? [],
    ),
  }
}

/** The column of a problem, among those of the person the row is about. */
function indexOf(
  { columns }: Layout,
  block = 0,
  { column: heading, field }: Pick<Problem, 'column' | 'field'>,
): number | null {
  const own = columns.filter(({ part }) => part === undefined || part === block)
  const found =
    own.find((column) => column.field === field && column.heading === heading) ??
    (field === null ? undefined : own.find((column) => column.field === field))
  return found?.index ?? null
}

/** The text of a row that is not data. Titles and signatures may contain numbers of people, so those are masked. */
function textOfRow(cells: readonly PlainCell[]): string {
  return fromPlain(cells)
    .map((cell) => shown(textOf(cell), null))
    .filter((text) => text !== null)
    .join(' ')
    .slice(0, 300)
}

const numbers = [
  'phone',
  'teacherPhone',
  'guardianPhone',
  'secondGuardianPhone',
  'liaisonPhone',
  'leaderPhone',
] as const

/** The values of a row, with numbers of people masked as far as the importer does not need them. */
function maskedValues(entry: Entry): Record<string, unknown> {
  const view: Record<string, unknown> = { ...entry }
  for (const field of numbers) {
    if (entry[field]) view[field] = entry[field].map(maskPhone)
  }
  if (entry.otherPhones)
    view.otherPhones = entry.otherPhones.map(({ value, whose }) => ({ value: maskPhone(value), whose }))
  if (entry.identityNumber) {
    view.identityNumber = maskIdentity(entry.identityNumber)
    // A birth date is a large part of an identity number, so it is left out.
    delete view.birthDate
  }
  if (entry.email) view.email = maskEmail(entry.email)
  if (entry.more) view.more = maskedMore(entry.more)
  return view
}

/** Values of another slice's fields: any number long enough to be a person's is masked. */
function maskedMore(more: NonNullable<Entry['more']>): Record<string, unknown> {
  const one = (value: unknown) => (typeof value === 'string' ? masked(value, null) : value)
  const all = (value: unknown) => (Array.isArray(value) ? value.map(one) : one(value))
  return Object.fromEntries(Object.entries(more).map(([field, value]) => [field, all(value)]))
}

/** A question as the API shows it, with its proposals and its answer. */
export function presentDecision(row: typeof importDecisions.$inferSelect, envelope: Envelope) {
  const { name, within, proposals, mayCreate, sheetId, places } = envelope.open<Question>(
    row.question,
    `question/${row.id}`,
  )
  const { id, kind, rows, answer, decidedAt } = row
  return {
    id,
    kind,
    name,
    within,
    rows,
    mayCreate,
    answerBy: choices.has(kind) ? ('choice' as const) : ('id' as const),
    places,
    proposals,
    answer: answer ? { answer: answer.answer, id: answer.id ?? null, choice: answer.choice ?? null } : null,
    sheetId: sheetId ?? null,
    decidedAt: isoOrNull(decidedAt),
  }
}
