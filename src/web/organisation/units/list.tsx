import { useQueries } from '@tanstack/react-query'
import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { type UnitKind, unitKinds } from '#modules/organisation/words.ts'
import { exportUnits, listUnits, type Unit } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { queryIn } from '../../core/list-query.ts'
import { addressOf, type InputOf } from '../../core/operation.ts'
import { queryKey, useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { DistrictFilter } from '../../grid/district-filter.tsx'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { SearchBox } from '../../ui/office/search-box.tsx'
import { useWords } from '../../words/index.ts'
import { UnitSelect } from '../choose.tsx'
import { PeoplePage } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { UnitTable } from './table.tsx'
import '../people.css'

type Query = InputOf<typeof listUnits>['query']
const filters = ['search', 'kind', 'districtCode', 'under', 'parentId', 'closed'] as const
/** As many units below one as a tree opens; the unit's own page leads to all of them. */
const belowMax = 200

/** Which units are there, and which belongs to which? As a tree, and once anything is asked for, as a list. */
export function Component() {
  const { language } = useWords()
  const { units: u } = useOrganisationWords()
  const { search } = useFilters()
  const permissions = useStore(me)?.permissions ?? []
  const filtered = filters.some((name) => search.get(name))
  const asked = queryIn<Query>(search, [...filters, 'cursor', 'limit'])
  const query: Query = filtered ? asked : { ...asked, top: true }
  const found = useAsk(listUnits, { query })
  const { cursor: _, limit: __, ...filter } = asked
  const href = addressOf(exportUnits, { query: { ...filter, lang: language } })
  const make = permissions.includes('units.edit') && <LinkButton primary to={paths.newUnit()} text={u.new} />
  return (
    <PeoplePage
      title={u.title}
      question={u.question}
      acts={
        <>
          <Button href={href} download>
            {u.export}
          </Button>
          {make}
        </>
      }
    >
      <Filters />
      <Listing
        found={found}
        filtered={filtered}
        empty={{ all: u.empty, filtered: u.emptyFiltered, act: make }}
        count={filtered ? u.found : u.foundTop}
      >
        {(units, old) => (filtered ? <UnitTable units={units} old={old} /> : <Tree top={units} old={old} />)}
      </Listing>
    </PeoplePage>
  )
}

function Filters() {
  const { say } = useWords()
  const { units: u } = useOrganisationWords()
  const { search, set } = useFilters()
  const kinds = (Object.keys(unitKinds) as UnitKind[]).map((value) => ({
    value,
    label: say(unitKinds[value]),
  }))
  return (
    <search className="filters">
      <SearchBox
        label={u.search}
        value={search.get('search') ?? ''}
        onSearch={(value) => set({ search: value })}
      />
      <Choice
        label={u.kind}
        all={u.anyKind}
        options={kinds}
        value={search.get('kind')}
        onChange={(kind) => set({ kind })}
      />
      <DistrictFilter />
      <span className="remote">
        <UnitSelect label={u.under} value={search.get('under')} onChange={(under) => set({ under })} />
      </span>
      <Choice
        label={u.state}
        all={u.openOnly}
        options={[{ value: 'true', label: u.closedOnly }]}
        value={search.get('closed')}
        onChange={(closed) => set({ closed })}
      />
      <ClearFilters />
    </search>
  )
}

/** Units below their units. Which are open is a part of the address, so that Back finds them so. */
function Tree({ top, old }: { top: Unit[]; old: boolean }) {
  const { search } = useFilters()
  const navigate = useNavigate()
  const open = new Set((search.get('open') ?? '').split(',').filter(Boolean))
  const below = useBelow([...open])
  const depths = new Map<string, number>()
  const rows: Unit[] = []
  const put = (units: readonly Unit[], depth: number) => {
    for (const unit of units) {
      depths.set(unit.id, depth)
      rows.push(unit)
      if (open.has(unit.id)) put(below.get(unit.id) ?? [], depth + 1)
    }
  }
  put(top, 0)
  const toggle = (id: string) => {
    const next = new URLSearchParams(search)
    const ids = open.has(id) ? [...open].filter((each) => each !== id) : [...open, id]
    if (ids.length > 0) next.set('open', ids.join(','))
    else next.delete('open')
    void navigate({ search: next.toString() }, { replace: true })
  }
  const tree = { depthOf: (id: string) => depths.get(id) ?? 0, isOpen: (id: string) => open.has(id), toggle }
  return <UnitTable units={rows} old={old} tree={tree} />
}

/** The units below each of these, as far as they have been read. */
function useBelow(ids: readonly string[]): ReadonlyMap<string, readonly Unit[]> {
  const found = useQueries({
    queries: ids.map((parentId) => {
      const input = { query: { parentId, limit: belowMax } }
      return {
        queryKey: queryKey(listUnits, input),
        queryFn: ({ signal }: { signal: AbortSignal }) => ask(listUnits, input, { signal }),
      }
    }),
  })
  return new Map(ids.map((id, at) => [id, found[at]?.data?.items ?? []]))
}
