import type { ImportFailure, ImportSheet } from '../api/operations.ts'
import { Given } from '../ui/plain/given.tsx'
import { letterOf } from './facts.ts'
import { useFieldNames } from './kinds.ts'
import { useImportWords } from './words/index.ts'

/** What has to be known of a sheet before its rows: what is not read of it, and what its titles said. */
export function SheetNotes({ sheet, failure }: { sheet: ImportSheet; failure: ImportFailure | null }) {
  const i = useImportWords()
  return (
    <>
      {failure && (
        <p className="note bad" role="alert">
          {failure.text}
        </p>
      )}
      {sheet.problem && (
        <p className="note bad" role="alert">
          {i.noteProblem[sheet.problem]}
        </p>
      )}
      <Unread sheet={sheet} />
      <Resembling sheet={sheet} />
      <Said sheet={sheet} />
    </>
  )
}

/** Columns that are not read: counted, and in red where they hold names or numbers of people. */
function Unread({ sheet }: { sheet: ImportSheet }) {
  const i = useImportWords()
  const columns = sheet.unreadColumns.filter(({ values }) => values > 0)
  if (columns.length === 0) return null
  const holds = columns.some(({ holdsPeople }) => holdsPeople)
  return (
    <div className={holds ? 'note bad' : 'note'}>
      <strong>{i.unread}</strong>
      <ul>
        {columns.map(({ index, heading, values, holdsPeople }) => (
          <li key={index} className={holdsPeople ? 'bad' : undefined}>
            {holdsPeople && '✕ '}
            <span translate="no">{i.unreadColumn(heading || i.noHeading(letterOf(index)), values)}</span>
            {holdsPeople && ` · ${i.unreadHolds}`}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Resembling({ sheet }: { sheet: ImportSheet }) {
  const i = useImportWords()
  const fieldName = useFieldNames()
  const alike = sheet.columns.filter(({ field, resembles }) => field === null && resembles !== null)
  if (alike.length === 0) return null
  return (
    <ul className="note warn">
      {alike.map(({ index, heading, resembles }) => (
        <li key={index} translate="no">
          {i.resembles(heading, fieldName(resembles) ?? '…')}
        </li>
      ))}
    </ul>
  )
}

/** What holds for rows that do not say it, from the sheet's titles and the names of sheet and file. */
function Said({ sheet }: { sheet: ImportSheet }) {
  const i = useImportWords()
  const { unit, leader, teacher, defaults } = sheet
  const said = { unit, team: defaults.team, class: defaults.class, leader, teacher }
  const there = (Object.keys(said) as (keyof typeof said)[]).filter((key) => said[key])
  if (there.length === 0 && sheet.hiddenRows === 0) return null
  return (
    <p className="soft said">
      {there.length > 0 && i.defaultsSaid}
      {there.map((key, at) => (
        <span key={key}>
          {at > 0 && ' · '}
          {i.fromTitle[key]} <Given>{said[key] ?? ''}</Given>
        </span>
      ))}
      {sheet.hiddenRows > 0 && (
        <span>
          {there.length > 0 && ' · '}
          {i.hiddenRows(sheet.hiddenRows)}
        </span>
      )}
    </p>
  )
}
