import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { pointClasses, visitRoles, visitStates } from '#modules/inspection/words.ts'
import { listRoundVisits, type Round, readRound, type Visit } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { DistrictFilter } from '../../grid/district-filter.tsx'
import { useDistricts } from '../../grid/districts.ts'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { Arriving } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { optionsOf } from '../options.ts'
import { InspectionPage } from '../page.tsx'
import { useRoundWords } from '../words/index.ts'
import { Assign } from './assign.tsx'

type Query = InputOf<typeof listRoundVisits>['query']
const filters = ['state', 'districtCode'] as const

/** Who goes where, and who was there? */
export function Component() {
  const { r } = useRoundWords()
  const { roundId = '' } = useParams()
  const found = useAsk(readRound, { params: { roundId } })
  const round = found.data?.id === roundId ? found.data : undefined
  return (
    <InspectionPage
      title={r.sample}
      question={r.sampleQuestion}
      trail={round && <Link to={paths.round(roundId)}>{<Given>{round.title}</Given>}</Link>}
      acts={<LinkButton to={paths.round(roundId)} text={r.toRound} />}
    >
      {round ? <Sample key={round.id} round={round} /> : <Arriving found={found} />}
    </InspectionPage>
  )
}

function Sample({ round }: { round: Round }) {
  const { r, say } = useRoundWords()
  const { search, set } = useFilters()
  const query = { limit: 200, ...queryIn<Query>(search, [...filters, 'cursor', 'limit']) }
  const params = { roundId: round.id }
  const found = useAsk(listRoundVisits, { params, query }, { once: round.revealedAt === null })
  const [selected, setSelected] = useState<ReadonlyMap<string, Visit>>(new Map())
  const [assigning, setAssigning] = useState(false)
  const open = (found.data?.items ?? []).filter(
    ({ state, role }) => state !== 'received' && role !== 'reserve',
  )
  const select = (visit: Visit, ticked: boolean) => {
    const next = new Map(selected)
    if (ticked) next.set(visit.id, visit)
    else next.delete(visit.id)
    setSelected(next)
  }
  return (
    <>
      {round.drawnAt && !round.revealedAt && <p className="note warn">{r.recorded}</p>}
      <search className="filters">
        <Choice
          label={r.visitState}
          all={r.anyState}
          options={optionsOf(visitStates, say)}
          value={search.get('state')}
          onChange={(state) => set({ state })}
        />
        <DistrictFilter />
        <ClearFilters />
      </search>
      {round.allowed.assign && (
        <div className="selection">
          {selected.size > 0 && <strong aria-live="polite">{r.selected(selected.size)}</strong>}
          <Button type="primary" disabled={selected.size === 0} onClick={() => setAssigning(true)}>
            {r.assign}
          </Button>
          <Button
            disabled={open.length === 0}
            onClick={() => setSelected(new Map(open.map((visit) => [visit.id, visit])))}
          >
            {r.selectOpen}
          </Button>
          {selected.size > 0 && (
            <Button type="link" onClick={() => setSelected(new Map())}>
              {r.selectNone}
            </Button>
          )}
        </div>
      )}
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: r.emptySample, filtered: r.emptySampleFiltered }}
        count={r.foundVisits}
      >
        {(visits, old) => (
          <SampleTable
            visits={visits}
            old={old}
            selected={round.allowed.assign ? selected : undefined}
            select={select}
          />
        )}
      </Listing>
      {assigning && (
        <Assign
          round={round}
          visits={[...selected.values()]}
          done={() => setSelected(new Map())}
          close={() => setAssigning(false)}
        />
      )}
    </>
  )
}

interface TableProps {
  visits: Visit[]
  old: boolean
  /** Absent: nobody is sent from here. */
  selected: ReadonlyMap<string, Visit> | undefined
  select: (visit: Visit, ticked: boolean) => void
}

function SampleTable({ visits, old, selected, select }: TableProps) {
  const { r, say, language } = useRoundWords()
  const districts = useDistricts()
  const moment = (at: string | null) =>
    at ? <span className="nowrap">{momentText(at, cityZone(), language)}</span> : r.none
  const columns: Column<Visit>[] = [
    {
      key: 'point',
      title: r.point,
      names: true,
      cell: ({ point, zone }) =>
        point ? (
          <>
            <Link to={paths.point(point.id)}>
              <Given>{point.name}</Given>
            </Link>
            <div className="soft">
              <Code>{point.code}</Code>
            </div>
          </>
        ) : (
          <Given>{zone.name}</Given>
        ),
    },
    {
      key: 'district',
      title: r.district,
      cell: ({ districtCode }) =>
        districtCode === '' ? r.city : <Given>{districts.nameOf(districtCode) ?? districtCode}</Given>,
    },
    {
      key: 'class',
      title: r.pointClass,
      cell: ({ pointClass }) => (pointClass ? say(pointClasses[pointClass]) : r.none),
    },
    {
      key: 'role',
      title: r.role,
      cell: ({ role, attempt }) => (
        <>
          {say(visitRoles[role])}
          {attempt > 1 && <div className="warn">{r.attempt(attempt)}</div>}
        </>
      ),
    },
    {
      key: 'chance',
      title: r.chance,
      number: true,
      cell: ({ inclusion }) => (inclusion === null ? r.none : `${(100 * inclusion).toFixed(1)}%`),
    },
    { key: 'state', title: r.visitState, cell: ({ state }) => say(visitStates[state]) },
    {
      key: 'at',
      title: r.receivedAt,
      cell: ({ receivedAt, afterClosure }) => (
        <>
          {moment(receivedAt)}
          {afterClosure && <div className="warn">{r.late}</div>}
        </>
      ),
    },
    {
      key: 'score',
      title: r.score,
      number: true,
      cell: ({ balanced }) => (balanced ? balanced.percent.toFixed(2) : r.none),
    },
  ]
  const sent: Column<Visit>[] = [
    {
      key: 'inspector',
      title: r.inspector,
      cell: ({ inspectorName, inspectorUnit }) =>
        inspectorName ? (
          <>
            <Given>{inspectorName}</Given>
            {inspectorUnit && (
              <div className="soft">
                <Given>{inspectorUnit.name}</Given>
              </div>
            )}
          </>
        ) : (
          r.none
        ),
    },
    { key: 'opensAt', title: r.opensAt, cell: ({ opensAt }) => moment(opensAt) },
  ]
  const selecting: Column<Visit> = {
    key: 'select',
    title: r.select,
    cell: (visit) =>
      visit.state !== 'received' && (
        <span translate="no">
          <Checkbox
            aria-label={r.selectOne(visit.point?.code ?? visit.zone.name)}
            checked={selected?.has(visit.id) === true}
            onChange={({ target }) => select(visit, target.checked)}
          />
        </span>
      ),
  }
  const [first, ...rest] = columns
  const all = selected ? [selecting, first!, ...rest.slice(0, 4), ...sent, ...rest.slice(4)] : columns
  return <DataTable caption={r.sample} columns={all} rows={visits} keyOf={({ id }) => id} old={old} />
}
