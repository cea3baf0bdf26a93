/** Lists as offices send them, read as an import reads them: without a database, so that many can be tried. */
import { ownHeadings } from '#modules/imports/read/headings.ts'
import { readRows, readSheetHead } from '#modules/imports/read/read-sheet.ts'
import { tablesOf } from '#modules/imports/read/tables/split-tables.ts'
import type { Cell, Merge, Sheet } from '#platform/files/cells.ts'

export interface ListGiven {
  merges?: Merge[]
  hidden?: number[]
  name?: string
  file?: string
  amongOthers?: boolean
  areaCode?: string
}

const reading = { today: '2026-03-04', headings: ownHeadings }

/** What an import makes of one sheet, with all its tables. */
export function reads(rows: readonly (readonly Cell[])[], given: ListGiven = {}) {
  const {
    merges = [],
    hidden = [],
    name = 'Sheet1',
    file = '名单.xlsx',
    amongOthers = false,
    areaCode,
  } = given
  const sheet: Sheet = {
    name,
    hidden: false,
    merges,
    rows: rows.flatMap((cells, at) => {
      const row = { line: at + 1, cells: [...cells] }
      return cells.length === 0 ? [] : [hidden.includes(at + 1) ? { ...row, hidden: true as const } : row]
    }),
  }
  const tables = tablesOf(sheet, ownHeadings).map(({ sheet: each, outerTitles }) => {
    const head = readSheetHead(each, file, reading, { amongOthers, outerTitles })
    return { head, lines: readRows(each, head, { ...reading, areaCode }) }
  })
  const heads = tables.map(({ head }) => head)
  const lines = tables.flatMap((table) => table.lines)
  const people = lines.flatMap(({ reads: said }) => said)
  return {
    list: heads[0]?.layout.list ?? null,
    lists: heads.map(({ layout }) => layout.list),
    doubt: heads.find(({ doubt }) => doubt !== null)?.doubt ?? null,
    readings: heads.flatMap(({ readings }) => readings),
    unread: heads.flatMap(({ unread }) => unread),
    kinds: lines.map(({ kind }) => kind),
    entries: people.map(({ entry }) => entry),
    reasons: people.map(({ problems }) => problems.map(({ reason }) => reason)),
    remarks: people.map(({ remarks }) => remarks),
    hidden: people.map((each) => each.hidden === true),
  }
}

/** A merged range by its corners, as Excel writes it: `merged('B2:B3')`. */
export function merged(range: string): Merge {
  const [first = '', last = ''] = range.split(':')
  const at = (reference: string) => ({
    column: reference.charCodeAt(0) - 65,
    line: Number(reference.slice(1)),
  })
  const [a, b] = [at(first), at(last)]
  return { top: a.line, left: a.column, bottom: b.line, right: b.column }
}
