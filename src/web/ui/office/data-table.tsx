import { memo, type ReactNode } from 'react'
import { Given } from '../plain/given.tsx'

export interface Column<T> {
  key: string
  title: string
  /** Whether the title is a name that people gave. */
  given?: boolean
  /** Numbers stand under each other. */
  number?: boolean
  /** Names the row: read aloud before each of its cells. */
  names?: boolean
  cell: (row: T) => ReactNode
  /** The same as text, where the list can be taken along. */
  text?: (row: T) => string | number | null | undefined
}

interface Props<T> {
  /** What the table is of, for whoever cannot see the page around it. */
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  /** Whether these are still the rows of the page before. */
  old?: boolean
}

/** Rows and columns, as HTML has them. */
export function DataTable<T>({ caption, columns, rows, keyOf, old }: Props<T>) {
  return (
    <table className={old ? 'data dim' : 'data'} aria-busy={old}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, title, given, number }) => (
            <th key={key} scope="col" className={number ? 'number' : undefined}>
              {given ? <Given>{title}</Given> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={keyOf(row)} row={row} columns={columns} />
        ))}
      </tbody>
    </table>
  )
}

/** Drawn again only when it changes: of a list whose columns stay, as that of the day, a few lines and not all. */
const Row = memo(PlainRow) as typeof PlainRow

function PlainRow<T>({ row, columns }: { row: T; columns: readonly Column<T>[] }) {
  return (
    <tr>
      {columns.map(({ key, number, names, cell }) =>
        names ? (
          <th key={key} scope="row">
            {cell(row)}
          </th>
        ) : (
          <td key={key} className={number ? 'number' : undefined}>
            {cell(row)}
          </td>
        ),
      )}
    </tr>
  )
}
