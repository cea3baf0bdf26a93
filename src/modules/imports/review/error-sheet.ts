import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { memberRoles } from '#modules/organisation/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { pages } from '#platform/database/pages.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Cell, isFault, type SheetRow, textOf } from '#platform/files/cells.ts'
import { type OutCell, type OutSheet, writeWorkbook } from '#platform/files/write.ts'
import type { Language } from '#platform/http/language.ts'
import { envelopeOf } from '../data-key.ts'
import type { Envelope } from '../envelope.ts'
import { type LoadedSheet, loadSheets } from '../judge/load-rows.ts'
import { blocksOf, type Column } from '../read/blocks.ts'
import type { Entry } from '../read/entry.ts'
import { type GridRow, gridOf } from '../read/grid.ts'
import type { Headings } from '../read/headings.ts'
import { ownColumns } from '../read/headings.ts'
import type { Layout } from '../read/layout.ts'
import { titleOfFile } from '../read/said/titles.ts'
import { fromPlain, type PlainCell, type RowVerdict } from '../read/staged.ts'
import { sayReason } from '../reasons.ts'
import { type ImportRow, importFiles, importRows, importSheets } from '../schema.ts'
import { decisionKinds, judgements } from '../words.ts'

const returned = ['error', 'needs_decision', 'skipped'] as const
const none = { zh: '全部行均可入库', en: 'Every row can be taken' }
const anySheet = { zh: '名单', en: 'List' }

/** The errors of a line, for all its people. */
interface Returned {
  verdicts: string[]
  why: string[]
}

/**
 * The error sheet: the rows that were not imported, with their own headings and the reason beside each, to send back to the
 * author of the list. It can be uploaded again: titles are above, group names are part of the headings, merged cells and
 * ditto marks are expanded, every cell is text. It contains the full numbers of the list.
 */
export async function errorSheet(
  db: Reader,
  keys: KeyRing,
  row: ImportRow,
  { language, headings }: { language: Language; headings: Headings },
): Promise<Buffer> {
  const envelope = envelopeOf(keys, row)
  const sheets = await loadSheets(db, row.id, envelope)
  const bySheet = await returnedLines(db, row.id, envelope, language)
  const made: OutSheet[] = []
  for (const [id, lines] of bySheet) {
    const sheet = sheets.get(id)
    if (sheet) made.push(await sheetOf(db, envelope, sheet, lines, { language, headings }))
  }
  return writeWorkbook(made.length > 0 ? made : [{ name: anySheet[language], rows: [[none[language]]] }])
}

async function returnedLines(db: Reader, importId: string, envelope: Envelope, language: Language) {
  const bySheet = new Map<string, Map<number, Returned>>()
  const mine = and(eq(importRows.importId, importId), inArray(importRows.judgement, [...returned]))
  const select = (last: { ordinal: number } | undefined, size: number) =>
    db
      .select()
      .from(importRows)
      .where(and(mine, last && gt(importRows.ordinal, last.ordinal)))
      .orderBy(asc(importRows.ordinal))
      .limit(size)
  for await (const rows of pages(select, 500)) {
    for (const { id, sheetId, line, judgement, verdict } of rows) {
      if (!verdict || !judgement) continue
      const said = envelope.open<RowVerdict>(verdict, `verdict/${id}`)
      const lines = bySheet.get(sheetId) ?? new Map<number, Returned>()
      bySheet.set(sheetId, lines)
      const about = lines.get(line) ?? { verdicts: [], why: [] }
      lines.set(line, about)
      about.verdicts.push(judgements[judgement][language])
      about.why.push(whyOf(said, language))
    }
  }
  return bySheet
}

async function sheetOf(
  db: Reader,
  envelope: Envelope,
  sheet: LoadedSheet,
  lines: ReadonlyMap<number, Returned>,
  { language, headings: vocabulary }: { language: Language; headings: Headings },
): Promise<OutSheet> {
  const { layout, titles, name, merges } = sheet.reading
  const { line, verdict, why } = ownColumns[language]
  const { rows: staged, entries, dividing } = await rowsOf(db, envelope, sheet.id, lines)
  const added = saidElsewhere(layout, entries, vocabulary)
  const headings = headingsAgain([...layout.columns, ...added], vocabulary)
  const grid = gridOf(staged, merges, layout)
  const separator = language === 'zh' ? '；' : '; '
  const lineField = layout.list === null ? undefined : vocabulary.kinds[layout.list]?.dividers
  let standing: readonly string[] = []
  const rows = grid.flatMap((row): OutCell[][] => {
    const about = lines.get(row.line)
    if (!about) return []
    const people = entries.get(row.line) ?? []
    const values = [
      ...layout.columns.map((column) => textsOf(row, column) ?? saidOf(people, column)),
      ...added.map((column) => saidOf(people, column)),
    ]
    // The lines above a row say to which part of the list it belongs; those that stand already are not repeated.
    const above = linesOf(people, lineField)
    const changed = above.findIndex((text, at) => text !== standing[at])
    const fresh = changed < 0 ? [] : above.slice(changed)
    standing = above
    const cellsOf = (text: string) =>
      layout.columns.map(({ index }) => textOfCell(dividing.get(text)?.[index]) || null)
    return [
      ...fresh.map((text) => (cellsOf(text).some((cell) => cell !== null) ? cellsOf(text) : [text])),
      [
        ...values,
        String(row.line),
        [...new Set(about.verdicts)].join(separator),
        [...new Set(about.why)].join(separator),
      ],
    ]
  })
  // The defaults from the titles and the file's name are written, too.
  const said = new Set([...titles, ...(await fileTitle(db, envelope, sheet.id))])
  const above = [...said].filter((text) => text !== '')
  return {
    name: name || anySheet[language],
    asText: true,
    headingRows: above.length + 1,
    widths: [...headings.map(() => 16), 10, 12, 60],
    rows: [...above.map((text) => [text]), [...headings, line, verdict, why], ...rows],
  }
}

/** What lines between the rows, labels and the sheet's name say of a row: they do not come along. */
const fromElsewhere = ['unit', 'class', 'team', 'role', 'teacher', 'teacherPhone'] as const
const lists: ReadonlySet<string> = new Set(['people', 'classes'])

/** The dividing lines in effect for a row, for a list that keeps them. */
function linesOf(people: People, field: string | undefined): readonly string[] {
  const lines = field === undefined ? undefined : people[0]?.entry.more?.[field]
  return Array.isArray(lines) ? lines : []
}

type People = { block: number; entry: Entry }[]

/** Further columns for what a row was said by something else than its cells; one for each person of a row. */
function saidElsewhere(
  { list, parts, columns }: Layout,
  entries: ReadonlyMap<number, People>,
  vocabulary: Headings,
): Column[] {
  const people = [...entries.values()].flat()
  const missing = fromElsewhere.filter(
    (field) =>
      lists.has(list ?? '') &&
      !columns.some((column) => column.field === field) &&
      people.some(({ entry }) => entry[field] !== undefined),
  )
  const from = Math.max(-1, ...columns.map(({ index }) => index)) + 1
  return missing
    .flatMap((field) => Array.from({ length: parts }, (_, part) => ({ field, part })))
    .map(({ field, part }, at) => ({
      index: from + at,
      heading: vocabulary.words[field]?.zh ?? field,
      field,
      ...(parts > 1 ? { part } : {}),
    }))
}

/** The text of such a value, for an empty cell. */
function saidOf(people: People, { field, part }: Column): OutCell {
  const said = fromElsewhere.find((each) => each === field)
  if (said === undefined) return null
  const own = people.filter(({ block }) => part === undefined || block === part)
  const texts = own.map(({ entry }) => {
    if (said === 'role') return entry.role ? memberRoles[entry.role].zh : ''
    return [entry[said] ?? []].flat().join('、')
  })
  const [text, ...others] = new Set(texts)
  return text && others.length === 0 ? text : null
}

/** All rows of a sheet, because a merged cell may be in a row that was imported, and what was read from those returned. */
async function rowsOf(
  db: Reader,
  envelope: Envelope,
  sheetId: string,
  lines: ReadonlyMap<number, Returned>,
): Promise<{ rows: SheetRow[]; entries: Map<number, People>; dividing: Map<string, Cell[]> }> {
  const found: SheetRow[] = []
  const dividing = new Map<string, Cell[]>()
  const entries = new Map<number, People>()
  const select = (last: { ordinal: number } | undefined, size: number) =>
    db
      .select()
      .from(importRows)
      .where(and(eq(importRows.sheetId, sheetId), last && gt(importRows.ordinal, last.ordinal)))
      .orderBy(asc(importRows.ordinal))
      .limit(size)
  for await (const rows of pages(select, 500)) {
    for (const { id, line, cells, kind, verdict } of rows) {
      if (cells.length > 0) {
        const own = fromPlain(envelope.open<PlainCell[]>(cells, `cells/${id}`))
        found.push({ line, cells: own })
        if (kind === 'title') dividing.set(own.map((cell) => textOf(cell)).join(''), own)
      }
      if (!verdict || !lines.has(line)) continue
      const people = entries.get(line) ?? []
      entries.set(line, people)
      const { entry, block = 0 } = envelope.open<RowVerdict>(verdict, `verdict/${id}`).read
      people.push({ block, entry })
    }
  }
  return { rows: found, entries, dividing }
}

async function fileTitle(db: Reader, envelope: Envelope, sheetId: string): Promise<string[]> {
  const [file] = await db
    .select({ id: importFiles.id, name: importFiles.name })
    .from(importSheets)
    .innerJoin(importFiles, eq(importFiles.id, importSheets.fileId))
    .where(eq(importSheets.id, sheetId))
  return file ? [titleOfFile(envelope.open<string>(file.name, `file/${file.id}`))] : []
}

/** A cell as text, with the further lines of one person behind it. */
function textsOf({ cells, more }: GridRow, { index }: Column): OutCell {
  const all = [cells, ...more].map((each) => textOfCell(each[index])).filter((text) => text !== '')
  return [...new Set(all)].join('、') || null
}

const textOfCell = (cell: Cell | undefined) => (isFault(cell) ? cell.text : textOf(cell))

/**
 * Headings in one row that give the same columns when read again. A heading that would be read differently, in one row or
 * because a user corrected it, is replaced by the heading of its field.
 */
function headingsAgain(columns: readonly Column[], vocabulary: Headings): string[] {
  const headings = columns.map(({ heading }) => heading)
  for (let tries = 0; tries < columns.length; tries++) {
    const read = blocksOf(
      headings.map((heading) => [heading]),
      vocabulary,
    ).columns
    const wrong = columns.findIndex(({ field, part }, at) => {
      const again = read.find(({ index }) => index === at)
      return again?.field !== field || (again?.part ?? 0) !== (part ?? 0)
    })
    const column = columns[wrong]
    if (!column) break
    const words = column.field === null ? undefined : vocabulary.words[column.field]
    const called = words?.zh ?? `（${column.heading}）未读取`
    if (headings[wrong] === called) break
    headings[wrong] = called
  }
  return headings
}

function whyOf({ problems, waitsFor }: RowVerdict, language: Language): string {
  const [colon, separator] = language === 'zh' ? ['：', '；'] : [': ', '; ']
  const said = problems.map(({ column, reason, line }) => {
    const about = column ? `${column}${colon}` : ''
    return `${about}${sayReason(reason, language).reason}${line === undefined ? '' : ` (${line})`}`
  })
  const asked = waitsFor.map(({ kind }) => decisionKinds[kind][language])
  return [...said, ...new Set(asked)].join(separator)
}
