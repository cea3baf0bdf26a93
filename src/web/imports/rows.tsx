import { Link } from 'react-router'
import { type Judgement, judgements } from '#modules/imports/words.ts'
import { type Import, type ImportRow, listImportRows } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { Listing } from '../ui/office/listing.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { textOfValue } from './facts.ts'
import { useImportWords } from './words/index.ts'

type Query = InputOf<typeof listImportRows>['query']

/** The rows of one judgement, across all sheets; each leads to its line. */
export function RowsOfAll({ view, judgement }: { view: Import; judgement: Judgement }) {
  const { say } = useWords()
  const i = useImportWords()
  const { search } = useFilters()
  const query: Query = { ...queryIn<Query>(search, ['cursor', 'limit']), judgement }
  const found = useAsk(listImportRows, { params: { importId: view.id }, query })
  return (
    <>
      <div className="filters">
        <h2>{i.rowsTitle(say(judgements[judgement]))}</h2>
        <Link className="push" to={{ search: '' }}>
          {i.overview}
        </Link>
      </div>
      <Listing
        found={found}
        filtered={false}
        empty={{ all: i.noRows, filtered: i.noRows }}
        count={i.rowsFound}
      >
        {(rows, old) => <Rows rows={rows} old={old} judgement={judgement} />}
      </Listing>
    </>
  )
}

function Rows({ rows, old, judgement }: { rows: ImportRow[]; old: boolean; judgement: Judgement }) {
  const { say } = useWords()
  const i = useImportWords()
  const columns: Column<ImportRow>[] = [
    {
      key: 'what',
      title: i.what,
      names: true,
      cell: ({ values, text }) => <Given>{whatOf(values, text, i)}</Given>,
    },
    { key: 'file', title: i.file, cell: ({ file }) => <Given>{file}</Given> },
    {
      key: 'line',
      title: i.line,
      number: true,
      cell: ({ sheetId, line }) => (
        <Link to={{ search: `sheet=${sheetId}&line=${line}` }}>{i.lineOf(line)}</Link>
      ),
    },
    { key: 'why', title: i.why, cell: (row) => <Why row={row} /> },
  ]
  return (
    <DataTable
      caption={i.rowsTitle(say(judgements[judgement]))}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      old={old}
    />
  )
}

/** The first values of a row: enough to know which one it is. */
function whatOf(values: Record<string, unknown>, text: string | null, i: ReturnType<typeof useImportWords>) {
  const said = Object.values(values)
    .map((value) => textOfValue(value, i))
    .filter((value) => value !== undefined)
  return text ?? said.slice(0, 3).join(' ')
}

/** Why the row stands where it does: its problems, or what is remarked of it. */
export function Why({ row }: { row: ImportRow }) {
  const i = useImportWords()
  return (
    <ul className="lines">
      {row.problems.map(({ column, value, reason }) => (
        <li key={`${column}/${reason}`} className="bad">
          ✕ {column && <Given>{`${column}${value ? ` ${value}` : ''}`}</Given>} {reason}
        </li>
      ))}
      {row.sameAsLine !== null && <li>{i.sameAs(row.sameAsLine)}</li>}
      {row.remarks.map(({ code, text }) => (
        <li key={code} className="soft">
          {text}
        </li>
      ))}
    </ul>
  )
}
