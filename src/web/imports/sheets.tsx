import { Checkbox } from 'antd'
import { Link } from 'react-router'
import type { Import, ImportFile } from '../api/operations.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { Empty } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { nameOf, needsSomebody, peopleUnread, type SheetOfFile, sheetsOf } from './facts.ts'
import { useListNames } from './kinds.ts'
import { Marks } from './marks.tsx'
import { useImportWords } from './words/index.ts'

/** Every sheet of every file: what it was taken for, what was found, and whether somebody has to look. */
export function SheetList({ view }: { view: Import }) {
  const i = useImportWords()
  const { search, set } = useFilters()
  const mine = search.get('mine') === 'true'
  const failed = view.files.filter(({ failure }) => failure !== null)
  const all = sheetsOf(view)
  const shown = mine ? all.filter(({ sheet }) => needsSomebody(sheet)) : all
  if (all.length === 0 && failed.length === 0) return null
  return (
    <>
      <Failures files={failed} />
      {all.length > 0 && (
        <>
          <div className="filters">
            <h2>{i.sheets}</h2>
            <Checkbox
              className="push"
              checked={mine}
              onChange={(event) => set({ mine: event.target.checked ? 'true' : null })}
            >
              {i.onlyMine}
            </Checkbox>
          </div>
          <div className="panel table">
            {shown.length === 0 ? <Empty text={i.nothingMine} /> : <Sheets shown={shown} />}
          </div>
        </>
      )}
    </>
  )
}

function Failures({ files }: { files: ImportFile[] }) {
  const i = useImportWords()
  if (files.length === 0) return null
  return (
    <div className="note bad" role="alert">
      <p>
        <strong>{i.failedFile}</strong>
      </p>
      <ul>
        {files.map(({ id, name, failure }) => (
          <li key={id}>
            <Given>{name}</Given> · {failure?.text}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Sheets({ shown }: { shown: SheetOfFile[] }) {
  const i = useImportWords()
  const listName = useListNames()
  const columns: Column<SheetOfFile>[] = [
    {
      key: 'sheet',
      title: i.sheet,
      names: true,
      cell: ({ file, sheet }) => (
        <>
          <Link to={{ search: `sheet=${sheet.id}` }}>
            <Given>{nameOf({ file, sheet })}</Given>
          </Link>
          {sheet.hidden && <small className="soft"> {i.hiddenSheet}</small>}
        </>
      ),
    },
    { key: 'list', title: i.list, cell: ({ sheet }) => <ReadAs sheet={sheet} name={listName(sheet.list)} /> },
    {
      key: 'rows',
      title: i.judgementOf,
      cell: ({ sheet }) => (
        <Marks
          counts={sheet.counts}
          to={(judgement) => ({ search: `sheet=${sheet.id}&judgement=${judgement}` })}
        />
      ),
    },
  ]
  return <DataTable caption={i.sheets} columns={columns} rows={shown} keyOf={({ sheet }) => sheet.id} />
}

function ReadAs({ sheet, name }: { sheet: SheetOfFile['sheet']; name: string | null }) {
  const i = useImportWords()
  const unread = peopleUnread(sheet).length
  return (
    <>
      {name ?? <span className="warn">{i.unknownList}</span>}
      {sheet.problem && (
        <div className="bad">✕ {sheet.problem === 'sheet.rows_missing' ? i.needsRows : i.needsHeadings}</div>
      )}
      {sheet.doubt && <div className="warn">? {i.needsReading}</div>}
      {unread > 0 && <div className="bad">✕ {i.unreadPeople(unread)}</div>}
    </>
  )
}
