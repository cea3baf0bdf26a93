import { Link } from 'react-router'
import { type ImportState, importStates } from '#modules/imports/words.ts'
import { type ImportSummary, listImports } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { PeoplePage } from '../organisation/people-page.tsx'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Listing } from '../ui/office/listing.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { addsText, isBusy } from './facts.ts'
import { Marks } from './marks.tsx'
import { useImportWords } from './words/index.ts'

type Query = InputOf<typeof listImports>['query']

/** Who imported which lists, and when? */
export function Component() {
  const i = useImportWords()
  const { search } = useFilters()
  const query = queryIn<Query>(search, ['cursor', 'limit'])
  const found = useAsk(
    listImports,
    { query },
    { every: (page) => (page?.items.some(({ state }) => isBusy(state)) ? 1500 : false) },
  )
  const start = <LinkButton to={paths.newImport()} primary text={i.start} />
  return (
    <PeoplePage help="imports" title={i.title} question={i.question} acts={start}>
      <Listing
        found={found}
        filtered={false}
        empty={{ all: i.empty, filtered: i.empty, act: start }}
        count={i.found}
      >
        {(imports, old) => <ImportTable imports={imports} old={old} />}
      </Listing>
    </PeoplePage>
  )
}

function ImportTable({ imports, old }: { imports: ImportSummary[]; old: boolean }) {
  const { say, language } = useWords()
  const i = useImportWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const columns: Column<ImportSummary>[] = [
    {
      key: 'files',
      title: i.files,
      names: true,
      cell: ({ id, fileNames, fileCount }) => (
        <Link to={paths.import(id)}>
          {fileCount > 1 ? (
            <span translate="no">{i.filesMore(fileNames[0] ?? '', fileCount)}</span>
          ) : (
            <Given>{fileNames[0] ?? i.noFiles}</Given>
          )}
        </Link>
      ),
    },
    { key: 'by', title: i.by, cell: ({ startedByName }) => <Given>{startedByName ?? '—'}</Given> },
    {
      key: 'at',
      title: i.at,
      cell: ({ createdAt }) => <span className="nowrap">{momentText(createdAt, zone, language)}</span>,
    },
    { key: 'state', title: i.state, cell: ({ state }) => say(importStates[state as ImportState]) },
    { key: 'adds', title: i.adds, cell: ({ adds }) => addsText(adds, i) },
    { key: 'rows', title: i.rows, cell: ({ counts }) => <Marks counts={counts} /> },
  ]
  return <DataTable caption={i.title} columns={columns} rows={imports} keyOf={({ id }) => id} old={old} />
}
