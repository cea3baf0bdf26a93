import { maskEmail, maskIdentity, maskPhone } from '#platform/crypto/index.ts'
import { textOf } from '#platform/files/cells.ts'
import type { Language } from '#platform/http/language.ts'
import { isoOf } from '#platform/time.ts'
import type { Entry } from './entries.ts'
import { shown } from './entries.ts'
import type { Envelope } from './envelope.ts'
import type { ImportRow } from './judge-import.ts'
import type { LoadedSheet } from './load-rows.ts'
import { reasons, remarks } from './reasons.ts'
import type { ImportFailure, ImportProgress, importDecisions, importRows, importSheets } from './schema.ts'
import { fromPlain, type PlainCell, type SheetReading } from './staged.ts'
import type { Question, RowVerdict } from './verdicts.ts'
import { type Judgement, judgements } from './words.ts'

const isoOrNull = (at: Parameters<typeof isoOf>[0] | null) => (at ? isoOf(at) : null)

export function presentSummary({
  id,
  state,
  startedBy,
  createdAt,
  committedAt,
  undoneAt,
  counts,
}: ImportRow) {
  return {
    id,
    state,
    startedBy,
    createdAt: isoOf(createdAt),
    committedAt: isoOrNull(committedAt),
    undoneAt: isoOrNull(undoneAt),
    counts: counts as Record<string, number>,
  }
}

export function presentImport(
  row: ImportRow,
  found: { progress: ImportProgress; openDecisions: number; files: ReturnType<typeof presentFile>[] },
) {
  const kinds = Object.keys(judgements) as Judgement[]
  const counts = Object.fromEntries(kinds.map((kind) => [kind, row.counts[kind] ?? 0])) as Record<
    Judgement,
    number
  >
  return {
    ...presentSummary(row),
    ...found,
    counts,
    version: row.version,
    judgedAt: isoOrNull(row.judgedAt),
    rows: Object.values(counts).reduce((sum, each) => sum + each, 0),
    failure: row.failure,
  }
}

export function presentFile(
  {
    id,
    name,
    sizeBytes,
    failure,
  }: { id: string; name: Buffer; sizeBytes: number; failure: ImportFailure | null },
  envelope: Envelope,
  sheets: ReturnType<typeof presentSheet>[],
) {
  return { id, name: envelope.open<string>(name, `file/${id}`), sizeBytes, failure, sheets }
}

export function presentSheet(
  { id, reading: sealed, version }: typeof importSheets.$inferSelect,
  envelope: Envelope,
) {
  const { name, layout, unitName, leader } = envelope.open<SheetReading>(sealed, `sheet/${id}`)
  const { list, headingLine, columns } = layout
  return {
    id,
    name,
    list,
    headingLine,
    columns,
    unknownColumns: columns.filter(({ field }) => field === null).map(({ heading }) => heading),
    unit: unitName,
    leader: leader?.name ?? null,
    problem: problemOf(headingLine, list),
    version,
  }
}

function problemOf(
  headingLine: number | null,
  list: string | null,
): 'sheet.headings_missing' | 'sheet.list_unknown' | null {
  if (headingLine === null) return 'sheet.headings_missing'
  return list === null ? 'sheet.list_unknown' : null
}

interface RowContext {
  envelope: Envelope
  sheets: ReadonlyMap<string, LoadedSheet>
  fileOf: ReadonlyMap<string, { id: string; name: string }>
  decisionIds: ReadonlyMap<string, string>
  language: Language
}

export function presentRow(row: typeof importRows.$inferSelect, context: RowContext) {
  const { envelope, sheets, fileOf, decisionIds, language } = context
  const verdict = row.verdict ? envelope.open<RowVerdict>(row.verdict, `verdict/${row.id}`) : undefined
  const file = fileOf.get(row.sheetId)
  return {
    id: row.id,
    fileId: file?.id ?? '',
    file: file?.name ?? '',
    sheetId: row.sheetId,
    sheet: sheets.get(row.sheetId)?.reading.name ?? '',
    line: row.line,
    kind: row.kind,
    judgement: row.judgement,
    values: verdict ? masked(verdict.read.entry) : {},
    text: verdict ? null : textOfRow(envelope.open<PlainCell[]>(row.cells, `cells/${row.id}`)),
    target: verdict?.target ?? null,
    changes: verdict?.changes ?? [],
    sameAsLine: verdict?.sameAs?.line ?? null,
    problems: (verdict?.problems ?? []).map(({ column, field, value, reason, line }) => ({
      column,
      field,
      value,
      code: reason,
      reason: reasons[reason][language],
      line: line ?? null,
    })),
    remarks: (verdict?.remarks ?? []).map((code) => ({ code, text: remarks[code][language] })),
    decisionIds: (verdict?.waitsFor ?? []).flatMap(
      ({ kind, topic }) => decisionIds.get(`${kind} ${topic}`) ?? [],
    ),
  }
}

/** Titles and signatures name people with their numbers too. */
function textOfRow(cells: readonly PlainCell[]): string {
  return fromPlain(cells)
    .map((cell) => shown(textOf(cell), null))
    .filter((text) => text !== null)
    .join(' ')
    .slice(0, 300)
}

/** What a row says, with numbers of people as far as whoever imports needs them. */
function masked(entry: Entry): Record<string, unknown> {
  const view: Record<string, unknown> = { ...entry }
  for (const field of ['phone', 'teacherPhone', 'guardianPhone', 'liaisonPhone', 'leaderPhone'] as const) {
    if (entry[field]) view[field] = entry[field].map(maskPhone)
  }
  if (entry.identityNumber) view.identityNumber = maskIdentity(entry.identityNumber)
  if (entry.email) view.email = maskEmail(entry.email)
  return view
}

export function presentDecision(row: typeof importDecisions.$inferSelect, envelope: Envelope) {
  const { name, within, proposals, mayCreate } = envelope.open<Question>(row.question, `question/${row.id}`)
  const { id, kind, rows, answer, decidedAt } = row
  return {
    id,
    kind,
    name,
    within,
    rows,
    mayCreate,
    proposals,
    answer: answer ? { answer: answer.answer, id: answer.id ?? null } : null,
    decidedAt: isoOrNull(decidedAt),
  }
}
