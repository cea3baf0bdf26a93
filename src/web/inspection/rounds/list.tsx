import { Link } from 'react-router'
import { roundKinds, roundStates } from '#modules/inspection/words.ts'
import { listRounds, type Round } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { periodText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { optionsOf } from '../options.ts'
import { InspectionPage, useMay } from '../page.tsx'
import { useRoundWords } from '../words/index.ts'

type Query = InputOf<typeof listRounds>['query']
const filters = ['kind', 'state', 'year'] as const

/** Which rounds are there, and how far are they? */
export function Component() {
  const { r, say } = useRoundWords()
  const { search, set } = useFilters()
  const mayRun = useMay('rounds.run')
  const found = useAsk(listRounds, { query: queryIn<Query>(search, [...filters, 'cursor', 'limit']) })
  return (
    <InspectionPage
      title={r.title}
      question={r.question}
      acts={mayRun && <LinkButton primary to={paths.newRound()} text={r.new} />}
    >
      <search className="filters">
        <Choice
          label={r.kind}
          all={r.anyKind}
          options={optionsOf(roundKinds, say)}
          value={search.get('kind')}
          onChange={(kind) => set({ kind })}
        />
        <Choice
          label={r.state}
          all={r.anyState}
          options={optionsOf(roundStates, say)}
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
        {(rounds, old) => <RoundTable rounds={rounds} old={old} />}
      </Listing>
    </InspectionPage>
  )
}

function RoundTable({ rounds, old }: { rounds: Round[]; old: boolean }) {
  const { r, say, language } = useRoundWords()
  const columns: Column<Round>[] = [
    { key: 'label', title: r.label, cell: ({ label }) => <Code>{label}</Code> },
    {
      key: 'name',
      title: r.name,
      names: true,
      cell: ({ id, title }) => (
        <Link to={paths.round(id)}>
          <Given>{title}</Given>
        </Link>
      ),
    },
    { key: 'kind', title: r.kind, cell: ({ kind }) => say(roundKinds[kind]) },
    {
      key: 'scheme',
      title: r.scheme,
      cell: ({ scheme }) => (
        <>
          <Given>{scheme.name}</Given> <span className="soft nowrap">{r.edition(scheme.edition)}</span>
        </>
      ),
    },
    {
      key: 'period',
      title: r.period,
      cell: ({ opensAt, endsAt }) => periodText(opensAt, endsAt, cityZone(), language),
    },
    { key: 'state', title: r.state, cell: ({ state }) => say(roundStates[state]) },
    {
      key: 'progress',
      title: r.progress,
      cell: ({ drawnAt, progress }) =>
        drawnAt ? r.visited(progress.received, progress.visits) : <span className="soft">—</span>,
    },
    { key: 'cases', title: r.cases, number: true, cell: ({ progress }) => progress.cases },
  ]
  return <DataTable caption={r.title} columns={columns} rows={rounds} keyOf={({ id }) => id} old={old} />
}
