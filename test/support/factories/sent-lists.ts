/** Lists as offices send them: workbooks with merged cells, hidden rows and sheets, dates; and what became of each row. */
import { strToU8 } from 'fflate'
import type { TestApp } from '#test/support/app.ts'
import { decisionsOf, importing, rawParts, rowsOf, type TestFile, zipped } from './spreadsheets.ts'

export type SentCell = string | number | Date | null

export interface SentSheet {
  name?: string
  rows: readonly (readonly SentCell[])[]
  /** `A1:B1` */
  merges?: readonly string[]
  /** The lines that are hidden, from 1. */
  hidden?: readonly number[]
  /** The columns that are hidden, from 1. */
  hiddenColumns?: readonly number[]
  state?: 'hidden' | 'veryHidden'
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships'
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** The number under which a spreadsheet program keeps a day or a moment. */
export const serialOf = (at: Date) => at.getTime() / 86_400_000 + 25_569

function cellXml(cell: SentCell, column: number, line: number): string {
  if (cell === null) return ''
  const r = `${String.fromCharCode(65 + column)}${line}`
  if (cell instanceof Date) return `<c r="${r}" s="1"><v>${serialOf(cell)}</v></c>`
  if (typeof cell === 'number') return `<c r="${r}"><v>${cell}</v></c>`
  return `<c r="${r}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

/** The XML of a sheet; its cells stand where they would in a spreadsheet program. */
export function sheetXml({ rows, merges = [], hidden = [], hiddenColumns = [] }: SentSheet): string {
  const cols = hiddenColumns.map((at) => `<col min="${at}" max="${at}" hidden="1"/>`).join('')
  const lines = rows.map((cells, at) => {
    const written = cells.map((cell, column) => cellXml(cell, column, at + 1)).join('')
    return `<row r="${at + 1}"${hidden.includes(at + 1) ? ' hidden="1"' : ''}>${written}</row>`
  })
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')
  return `${cols && `<cols>${cols}</cols>`}<sheetData>${lines.join('')}</sheetData>${merged && `<mergeCells>${merged}</mergeCells>`}`
}

/** A workbook with these sheets, of which some may not be shown. */
export function partsOf(sheets: readonly SentSheet[]): Record<string, Uint8Array> {
  const names = sheets.map(({ name }, at) => name ?? `Sheet${at + 1}`)
  const listed = sheets.map(
    ({ state }, at) =>
      `<sheet name="${escaped(names[at]!)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="s${at + 1}"/>`,
  )
  const relations = sheets.map(
    (_, at) =>
      `<Relationship Id="s${at + 1}" Type="${relationships}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  )
  const { 'xl/worksheets/sheet1.xml': _, ...others } = rawParts('', {
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}">${relations.join('')}<Relationship Id="st" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
  })
  const written = sheets.map((sheet, at) => [
    `xl/worksheets/sheet${at + 1}.xml`,
    strToU8(`<worksheet xmlns="${main}">${sheetXml(sheet)}</worksheet>`),
  ])
  return { ...others, ...Object.fromEntries(written) }
}

/** A list as a file: rows of one sheet, or sheets. */
export function sent(
  sheets: SentSheet | readonly SentSheet[] | readonly (readonly SentCell[])[],
  name = '名单.xlsx',
): TestFile {
  const isRows = Array.isArray(sheets) && Array.isArray(sheets[0])
  const all = isRows ? [{ rows: sheets }] : Array.isArray(sheets) ? sheets : [sheets]
  return { name, bytes: zipped(partsOf(all as SentSheet[])) }
}

const last4 = (phones: readonly string[] | undefined) => (phones ?? []).map((phone) => phone.slice(-4))
const people = [
  ['guardian', '家长'],
  ['secondGuardian', '家长2'],
  ['teacher', '教师'],
  ['liaison', '联络员'],
  ['leader', '负责人'],
] as const

// biome-ignore lint/suspicious/noExplicitAny: what the service answered
type View = any

/** A row in a line of words: its judgement, what was read, what is wrong, what is said, and what is asked. */
function told(row: View, asked: ReadonlyMap<string, string>): string {
  const { values: v } = row
  return [
    row.judgement,
    v.name,
    ...last4(v.phone),
    v.birthDate,
    v.identityNumber && '证',
    v.unit && `@${v.unit}`,
    v.team && `队:${v.team}`,
    v.class && `班:${v.class}`,
    v.role,
    ...people.flatMap(([field, called]) =>
      v[field] === undefined && v[`${field}Phone`] === undefined
        ? []
        : [`${called}:${[v[field], ...last4(v[`${field}Phone`])].filter(Boolean).join('/')}`],
    ),
    ...(v.otherPhones ?? []).map(({ value, whose }: View) => `${whose}:${value.slice(-4)}`),
    v.guardianConsent === undefined ? undefined : v.guardianConsent ? '同意' : '不同意',
    v.heads === undefined ? undefined : `${v.heads}人`,
    ...row.problems.map(({ code }: View) => `!${code}`),
    ...row.remarks.flatMap(({ code }: View) => (code === 'pupil.unconsented' ? [] : `~${code}`)),
    ...row.decisionIds.map((id: string) => `?${asked.get(id)}`),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ')
}

/** What became of a list: its rows, the columns that are not read, sheets without a reading, and files that are refused. */
export async function outcomeOf(app: TestApp, files: TestFile | readonly TestFile[]): Promise<string[]> {
  const judged = await importing(app, Array.isArray(files) ? files : [files as TestFile])
  const asked = new Map<string, string>(
    (await decisionsOf(app, judged.id)).map(({ id, kind, name }) => [id, `${kind}:${name}`]),
  )
  const rows = await rowsOf(app, judged.id)
  const sheets = judged.files.flatMap((file: View) => file.sheets)
  return [
    ...judged.files.flatMap(({ failure }: View) => (failure ? [`refused ${failure.code}`] : [])),
    ...sheets.flatMap(({ problem }: View) => (problem ? [problem] : [])),
    ...rows.map((row) => told(row, asked)),
    ...sheets.flatMap(({ unreadColumns }: View) =>
      unreadColumns.map(
        ({ heading, values, holdsPeople }: View) =>
          `unread ${heading} ${values}${holdsPeople ? ' people' : ''}`,
      ),
    ),
  ]
}
