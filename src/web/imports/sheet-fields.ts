/** What somebody says of a sheet: its kind of list, where its headings are, and what each column means. */
import type { correctImportHeadings, ImportLine, ImportSheet } from '../api/operations.ts'
import type { InputOf } from '../core/operation.ts'

/** What a column means; `part`: of which person of a row, from 0, where a row has several. */
export interface Meaning {
  field: string | null
  part: number | null
}

/** With a field for each column, `column-0` and so on, so that two who correct different columns both have their way. */
export interface SheetFields extends Record<string, unknown> {
  list: string | null
  headingLine: number | null
  unitId: string | null
  teamId: string | null
  className: string
}

const start = 'column-'
export const isColumn = (field: string): boolean => field.startsWith(start)
export const indexOf = (field: string): number => Number(field.slice(start.length))

/** How many columns a sheet has, as far as its lines have been read. */
export function columnsIn({ columns }: ImportSheet, lines: readonly ImportLine[]): number {
  return Math.max(
    1,
    ...columns.map(({ index }) => index + 1),
    ...lines.slice(0, 200).map(({ cells }) => cells.length),
  )
}

export function fieldsOf(sheet: ImportSheet, count: number): SheetFields {
  const { list, headingLine, defaults, columns } = sheet
  const meanings = Array.from({ length: count }, (_, index): [string, Meaning] => {
    const column = columns.find((each) => each.index === index)
    return [start + index, { field: column?.field ?? null, part: column?.part ?? null }]
  })
  return {
    list,
    headingLine,
    unitId: defaults.unitId,
    teamId: defaults.teamId,
    className: defaults.class ?? '',
    ...Object.fromEntries(meanings),
  }
}

type Body = InputOf<typeof correctImportHeadings>['body']

/** The fields as the service takes them: every column, those that are not imported too. Only for fields without problems. */
export function bodyOf(fields: SheetFields): Body {
  const { list, headingLine, unitId, teamId, className } = fields
  const columns = Object.keys(fields)
    .filter(isColumn)
    .map((key) => {
      const { field, part } = fields[key] as Meaning
      return { index: indexOf(key), field, ...(part ? { part } : {}) }
    })
  const name = className.trim()
  const defaults = {
    ...(unitId ? { unitId } : {}),
    ...(teamId ? { teamId } : {}),
    ...(name ? { className: name } : {}),
  }
  return { list: list ?? '', headingLine: headingLine ?? 1, columns, defaults }
}
