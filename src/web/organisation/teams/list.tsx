import { type TeamKind, teamKinds } from '#modules/organisation/words.ts'
import { listTeams } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAll, useAsk } from '../../core/query.ts'
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
import { TakeList } from '../../ui/office/take-list.tsx'
import { useWords } from '../../words/index.ts'
import { UnitSelect } from '../choose.tsx'
import { PeoplePage } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { TeamTable, useTeamColumns } from './table.tsx'

type Query = InputOf<typeof listTeams>['query']
const filters = ['search', 'kind', 'unitId', 'districtCode', 'closed'] as const

/** Which teams and classes are there, and who leads them? */
export function Component() {
  const { say } = useWords()
  const { teams: t, units: u } = useOrganisationWords()
  const { search, set } = useFilters()
  const mayEdit = useStore(me)?.permissions.includes('teams.edit') === true
  const found = useAsk(listTeams, { query: queryIn<Query>(search, [...filters, 'cursor', 'limit']) })
  const kinds = (Object.keys(teamKinds) as TeamKind[]).map((value) => ({
    value,
    label: say(teamKinds[value]),
  }))
  const columns = useTeamColumns()
  const unitId = search.get('unitId')
  const make = mayEdit && (
    <LinkButton primary to={`${paths.newTeam()}${unitId ? `?unitId=${unitId}` : ''}`} text={t.new} />
  )
  return (
    <PeoplePage title={t.title} question={t.question} acts={make}>
      <search className="filters">
        <SearchBox
          label={t.search}
          value={search.get('search') ?? ''}
          onSearch={(value) => set({ search: value })}
        />
        <Choice
          label={t.kind}
          all={t.anyKind}
          options={kinds}
          value={search.get('kind')}
          onChange={(kind) => set({ kind })}
        />
        <span className="remote">
          <UnitSelect label={t.unit} value={unitId} onChange={(chosen) => set({ unitId: chosen })} />
        </span>
        <DistrictFilter />
        <Choice
          label={u.state}
          all={u.openOnly}
          options={[{ value: 'true', label: u.closedOnly }]}
          value={search.get('closed')}
          onChange={(closed) => set({ closed })}
        />
        <ClearFilters />
        {found.data && found.data.items.length > 0 && (
          <TakeList
            name={t.title}
            rows={() => readAll(listTeams, { query: queryIn<Query>(search, filters) })}
            columns={() => columns}
          />
        )}
      </search>
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: t.empty, filtered: t.emptyFiltered, act: make }}
        count={t.found}
      >
        {(teams, old) => <TeamTable teams={teams} old={old} />}
      </Listing>
    </PeoplePage>
  )
}
