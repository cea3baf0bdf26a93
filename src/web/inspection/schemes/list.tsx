import { Button } from 'antd'
import { Link } from 'react-router'
import { schemeMethods, schemeStates } from '#modules/inspection/words.ts'
import { listSchemes, type Scheme } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { dayText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { useFilters } from '../../ui/office/filters.ts'
import { Listing } from '../../ui/office/listing.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { optionsOf } from '../options.ts'
import { InspectionPage, useMay } from '../page.tsx'
import { useSchemeWords } from '../words/index.ts'
import { NewScheme } from './scheme-dialogs.tsx'

type Query = InputOf<typeof listSchemes>['query']
const filters = ['state', 'seriesId'] as const

/** By which standards is the city looked at? */
export function Component() {
  const { r, say } = useSchemeWords()
  const { search, set } = useFilters()
  const { act, open, close } = useDialog(['new'])
  const mayEdit = useMay('schemes.edit')
  const found = useAsk(listSchemes, { query: queryIn<Query>(search, [...filters, 'cursor', 'limit']) })
  return (
    <InspectionPage
      title={r.title}
      question={r.question}
      acts={
        mayEdit && (
          <Button type="primary" onClick={() => open('new')}>
            {r.new}
          </Button>
        )
      }
    >
      <search className="filters">
        <Choice
          label={r.state}
          all={r.anyState}
          options={optionsOf(schemeStates, say)}
          value={search.get('state')}
          onChange={(state) => set({ state })}
        />
        <ClearFilters />
      </search>
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: r.empty, filtered: r.emptyFiltered }}
        count={r.found}
      >
        {(schemes, old) => <SchemeTable schemes={schemes} old={old} />}
      </Listing>
      {mayEdit && act === 'new' && <NewScheme close={close} />}
    </InspectionPage>
  )
}

function SchemeTable({ schemes, old }: { schemes: Scheme[]; old: boolean }) {
  const { r, say, language } = useSchemeWords()
  const columns: Column<Scheme>[] = [
    {
      key: 'name',
      title: r.name,
      names: true,
      cell: ({ id, name }) => (
        <Link to={paths.scheme(id)}>
          <Given>{name}</Given>
        </Link>
      ),
    },
    { key: 'edition', title: r.edition, cell: ({ edition }) => r.editionOf(edition) },
    { key: 'issuer', title: r.issuer, cell: ({ issuer }) => <Given>{issuer.name}</Given> },
    { key: 'method', title: r.method, cell: ({ method }) => say(schemeMethods[method]) },
    {
      key: 'standards',
      title: r.standards,
      number: true,
      cell: ({ standards }) => r.standardCount(standards),
    },
    { key: 'state', title: r.state, cell: ({ state }) => say(schemeStates[state]) },
    {
      key: 'publishedAt',
      title: r.publishedAt,
      cell: ({ publishedAt }) => (publishedAt ? dayText(publishedAt, cityZone(), language) : r.none),
    },
  ]
  return <DataTable caption={r.title} columns={columns} rows={schemes} keyOf={({ id }) => id} old={old} />
}
