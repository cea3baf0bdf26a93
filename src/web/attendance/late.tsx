import { Checkbox } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { lateLevels, lateOrigins, lateStates } from '#modules/attendance/words.ts'
import { type LateEntry, listLateEntries } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { clockText, momentText, periodText } from '../core/time.ts'
import { PeoplePage } from '../organisation/people-page.tsx'
import { paths } from '../paths.ts'
import { Choice } from '../ui/office/choice.tsx'
import { ClearFilters } from '../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { Listing } from '../ui/office/listing.tsx'
import { Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { Deciding, useAsked } from './deciding.tsx'
import { LateMany } from './late-many.tsx'
import { useLateWords } from './words/index.ts'
import '../organisation/people.css'

type Query = InputOf<typeof listLateEntries>['query']
const filters = ['state', 'drawn', 'eventId', 'shiftId'] as const

/** Which late entries wait for a second person? */
export function Component() {
  const { r } = useLateWords()
  const { search } = useFilters()
  const asked = queryIn<Query>(search, [...filters, 'cursor', 'limit'])
  // What waits comes first; whoever wants something else says so.
  const query = asked.state || asked.drawn ? asked : { ...asked, state: 'pending' as const }
  const found = useAsk(listLateEntries, { query })
  return (
    <PeoplePage title={r.title} question={r.question}>
      <p className="soft">{r.lead}</p>
      <Filters first={found.data?.items[0]} />
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: r.empty, filtered: r.emptyFiltered }}
        count={r.found}
      >
        {(entries, old) => <LateTable entries={entries} old={old} />}
      </Listing>
    </PeoplePage>
  )
}

function Filters({ first }: { first: LateEntry | undefined }) {
  const { r, say } = useLateWords()
  const { search, set } = useFilters()
  const mayReview = useStore(me)?.permissions.includes('attendance.review') === true
  const states = (['approved', 'refused'] as const).map((value) => ({ value, label: say(lateStates[value]) }))
  const drawn = mayReview ? [{ value: 'drawn', label: r.drawn }] : []
  const eventId = search.get('eventId')
  return (
    <search className="filters">
      <Choice
        label={r.state}
        all={say(lateStates.pending)}
        options={[...states, ...drawn]}
        value={search.get('drawn') ? 'drawn' : search.get('state')}
        onChange={(chosen) =>
          set(chosen === 'drawn' ? { state: null, drawn: 'true' } : { state: chosen, drawn: null })
        }
      />
      {eventId && first?.event.id === eventId && (
        <span className="soft" translate="no">
          {r.onlyEvent(first.event.name)}
        </span>
      )}
      {search.get('shiftId') && <span className="soft">{r.onlyShift}</span>}
      <ClearFilters />
    </search>
  )
}

function LateTable({ entries, old }: { entries: LateEntry[]; old: boolean }) {
  const { r, say, language } = useLateWords()
  const [error, setError] = useState<unknown>()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const decidable = entries.filter(useAsked())
  const chosen = decidable.filter(({ id }) => selected.has(id))
  const columns: Column<LateEntry>[] = [
    {
      key: 'who',
      title: r.who,
      names: true,
      cell: ({ person, team }) => (
        <>
          <Link to={paths.person(person.id)}>
            <Given>{person.name}</Given>
          </Link>
          {team && (
            <small className="soft line">
              <Given>{team.name}</Given>
            </small>
          )}
        </>
      ),
    },
    {
      key: 'shift',
      title: r.shift,
      cell: ({ event, shift }) => (
        <>
          <Link to={paths.shift(event.id, shift.id)}>
            <Given>{shift.zone.name}</Given>
          </Link>
          <small className="soft line">
            {periodText(shift.startsAt, shift.endsAt, event.timeZone, language)} · <Given>{event.name}</Given>
          </small>
        </>
      ),
    },
    {
      key: 'stated',
      title: r.stated,
      cell: ({ event, arrivedAt, leftAt, reason }) => (
        <>
          <span className="nowrap">
            {r.times(clockText(arrivedAt, event.timeZone), clockText(leftAt, event.timeZone))}
          </span>
          <small className="soft line">
            <Given>{reason}</Given>
          </small>
        </>
      ),
    },
    {
      key: 'origin',
      title: r.origin,
      cell: ({ origin, askedAt, event }) => (
        <>
          {say(lateOrigins[origin])}
          <small className="soft line">{r.askedAt(momentText(askedAt, event.timeZone, language))}</small>
        </>
      ),
    },
    { key: 'state', title: r.state, cell: (entry) => <State entry={entry} /> },
    { key: 'act', title: r.act, cell: (entry) => <Deciding entry={entry} failed={setError} /> },
  ]
  const selecting = useSelecting({ decidable, chosen, choose: setSelected })
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      <LateMany chosen={chosen} decidable={decidable} choose={setSelected} />
      <DataTable
        caption={r.title}
        columns={decidable.length > 1 ? [selecting, ...columns] : columns}
        rows={entries}
        keyOf={({ id }) => id}
        old={old}
      />
    </>
  )
}

interface Selecting {
  decidable: readonly LateEntry[]
  chosen: readonly LateEntry[]
  choose: (ids: ReadonlySet<string>) => void
}

/** A box for each entry that the reader may decide. Those of another shift wait: one decision is about one shift. */
function useSelecting({ decidable, chosen, choose }: Selecting): Column<LateEntry> {
  const { r } = useLateWords()
  const ids = new Set(chosen.map(({ id }) => id))
  const toggle = (id: string, on: boolean) =>
    choose(new Set(on ? [...ids, id] : [...ids].filter((each) => each !== id)))
  return {
    key: 'select',
    title: r.select,
    cell: ({ id, person, shift }) => {
      if (!decidable.some((each) => each.id === id)) return null
      const otherShift = chosen.length > 0 && chosen[0]?.shift.id !== shift.id
      return (
        <span translate="no" title={otherShift ? r.oneShift : undefined}>
          <Checkbox
            aria-label={r.selectOne(person.name)}
            checked={ids.has(id)}
            disabled={otherShift}
            onChange={({ target }) => toggle(id, target.checked)}
          />
        </span>
      )
    },
  }
}

/** Who is asked and until when; or what was decided, and what a second look found. */
function State({ entry }: { entry: LateEntry }) {
  const { r, say, language } = useLateWords()
  const { state, asked, climbsAt, decidedAt, decisionReason, drawn, upheld, event } = entry
  const at = (moment: string) => momentText(moment, event.timeZone, language)
  if (state === 'pending') {
    return (
      <>
        <span className="warn">{r.waitsFor(say(lateLevels[asked]))}</span>
        {climbsAt && <small className="soft line">{r.climbs(at(climbsAt))}</small>}
      </>
    )
  }
  const second = upheld === null ? r.drawnOpen : upheld ? r.upheld : r.notUpheld
  return (
    <>
      <span className={state === 'approved' && upheld !== false ? 'good' : 'bad'}>
        {say(lateStates[state])}
        {state === 'approved' && upheld !== false && ` · ${r.gradeD}`}
      </span>
      {decidedAt && <small className="soft line">{r.decidedAt(at(decidedAt))}</small>}
      {decisionReason && (
        <small className="soft line">
          <Given>{decisionReason}</Given>
        </small>
      )}
      {drawn && <small className="soft line">{second}</small>}
    </>
  )
}
