/** What pages reckon from an import, without a browser. */
import type { Judgement } from '#modules/imports/words.ts'
import type { Import, ImportFile, ImportSheet } from '../api/operations.ts'
import type { ImportWords } from './words/zh.ts'

/** The judgements in the order of how much they need somebody. */
export const judgementOrder: readonly Judgement[] = [
  'error',
  'needs_decision',
  'new',
  'update',
  'unchanged',
  'duplicate',
  'skipped',
]

/** Whether the service is at work on it, and it will be different in a moment. */
export function isBusy(state: Import['state']): boolean {
  return state === 'received' || state === 'judging' || state === 'committing' || state === 'undoing'
}

/** What is added, in words: 单位2家、人员30人. */
export function addsText(adds: Record<string, number>, words: ImportWords): string {
  const { units = 0, teams = 0, persons = 0 } = adds
  const parts = [
    units > 0 && words.addsUnits(units),
    teams > 0 && words.addsTeams(teams),
    persons > 0 && words.addsPersons(persons),
  ].filter((part) => part !== false)
  return parts.length > 0 ? parts.join(words.yes === 'yes' ? ', ' : '、') : words.addsNothing
}

export interface SheetOfFile {
  file: ImportFile
  sheet: ImportSheet
}

export function sheetsOf({ files }: Import): SheetOfFile[] {
  return files.flatMap((file) => file.sheets.map((sheet) => ({ file, sheet })))
}

/** Columns with names or numbers of people that are not read. */
export function peopleUnread({ unreadColumns }: ImportSheet) {
  return unreadColumns.filter(({ holdsPeople }) => holdsPeople)
}

/** Whether somebody has to look at the sheet before it can be committed as it should be. */
export function needsSomebody(sheet: ImportSheet): boolean {
  const { counts, problem, doubt } = sheet
  return (
    problem !== null ||
    doubt !== null ||
    peopleUnread(sheet).length > 0 ||
    (counts.error ?? 0) > 0 ||
    (counts.needs_decision ?? 0) > 0
  )
}

/** The letter of a column, as spreadsheets have it: A, B … Z, AA. */
export function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last
}

/** What an import is called: its file, or the first of them and how many there are. */
export function titleOf({ files }: Import, words: ImportWords): string {
  const [first] = files
  if (!first) return words.noFiles
  return files.length === 1 ? first.name : words.filesMore(first.name, files.length)
}

/** How a sheet is called among the others: by its file where the file has one, else by both. */
export function nameOf({ file, sheet }: SheetOfFile): string {
  return file.sheets.length === 1 ? file.name : `${file.name} · ${sheet.name}`
}

/** A value that was read from a row, as a text. Undefined: it says nothing. */
export function textOfValue(value: unknown, words: ImportWords): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) {
    const texts = value.map((each) => textOfValue(each, words)).filter((text) => text !== undefined)
    return texts.length > 0 ? texts.join(words.yes === 'yes' ? ', ' : '、') : undefined
  }
  if (typeof value === 'object') return textOfValue(Object.values(value), words)
  return String(value)
}
