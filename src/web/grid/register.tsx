import { Button } from 'antd'
import { Link } from 'react-router'
import { type ResponsibilityLevel, responsibilityLevels } from '#modules/grid/words.ts'
import { listResponsibilities, type Responsibility } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { readAll, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { Choice } from '../ui/office/choice.tsx'
import { ClearFilters } from '../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Listing } from '../ui/office/listing.tsx'
import { TakeList } from '../ui/office/take-list.tsx'
import { Given } from '../ui/plain/given.tsx'
import { DistrictFilter } from './district-filter.tsx'
import { KindFilter } from './filters.tsx'
import { GridPage } from './page.tsx'
import { Bearer } from './who.tsx'
import { useGridWords } from './words.ts'

type Query = InputOf<typeof listResponsibilities>['query']
const filters = ['level', 'districtCode', 'kind', 'zoneId', 'unitId', 'personId', 'on'] as const

/** Who answers for which zone? */
export function Component() {
  const { r, say } = useGridWords()
  const { search, set } = useFilters()
  const columns = useDutyColumns()
  const mayEdit = useStore(me)?.permissions.includes('responsibilities.edit') === true
  const found = useAsk(listResponsibilities, {
    query: queryIn<Query>(search, [...filters, 'cursor', 'limit']),
  })
  const levels = (Object.keys(responsibilityLevels) as ResponsibilityLevel[]).map((value) => ({
    value,
    label: say(responsibilityLevels[value]),
  }))
  return (
    <GridPage
      title={r.register}
      question={r.registerQuestion}
      acts={
        <>
          <Button onClick={() => window.print()}>{r.print}</Button>
          {mayEdit && (
            <LinkButton primary to={`${paths.gridImport()}?of=responsibilities`} text={r.importDuties} />
          )}
        </>
      }
    >
      <search className="filters">
        <Choice
          label={r.level}
          all={r.anyLevel}
          options={levels}
          value={search.get('level')}
          onChange={(level) => set({ level })}
        />
        <DistrictFilter />
        <KindFilter />
        <ClearFilters />
        {found.data && found.data.items.length > 0 && (
          <TakeList
            name={r.register}
            rows={() => readAll(listResponsibilities, { query: queryIn<Query>(search, filters) })}
            columns={() => columns}
          />
        )}
      </search>
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: r.emptyRegister, filtered: r.emptyRegisterFiltered }}
        count={r.foundDuties}
      >
        {(duties, old) => <DutyTable duties={duties} old={old} />}
      </Listing>
    </GridPage>
  )
}

function useDutyColumns(): Column<Responsibility>[] {
  const { r, say } = useGridWords()
  const none = <span className="soft">—</span>
  const given = (text: string | null) => (text ? <Given>{text}</Given> : none)
  return [
    {
      key: 'zone',
      title: r.zones,
      names: true,
      cell: ({ zone }) => (
        <Link to={paths.zone(zone.id)}>
          <Given>{zone.name}</Given>
        </Link>
      ),
      text: ({ zone }) => zone.name,
    },
    {
      key: 'level',
      title: r.level,
      cell: ({ level }) => say(responsibilityLevels[level]),
      text: ({ level }) => say(responsibilityLevels[level]),
    },
    {
      key: 'bearer',
      title: r.bearer,
      cell: (duty) => <Bearer duty={duty} />,
      text: ({ unit, person }) => (unit ?? person)?.name,
    },
    { key: 'scope', title: r.scope, cell: ({ scope }) => given(scope), text: ({ scope }) => scope },
    {
      key: 'duties',
      title: r.duties,
      cell: ({ duties: text }) => given(text),
      text: ({ duties: text }) => text,
    },
    {
      key: 'validity',
      title: r.validity,
      cell: ({ validFrom, validUntil }) => (
        <span className="nowrap">{validUntil ? r.between(validFrom, validUntil) : r.since(validFrom)}</span>
      ),
      text: ({ validFrom, validUntil }) =>
        validUntil ? r.between(validFrom, validUntil) : r.since(validFrom),
    },
  ]
}

function DutyTable({ duties, old }: { duties: Responsibility[]; old: boolean }) {
  const { r } = useGridWords()
  const columns = useDutyColumns()
  return <DataTable caption={r.register} rows={duties} columns={columns} keyOf={({ id }) => id} old={old} />
}
