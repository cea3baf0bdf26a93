import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Event } from '../api/operations.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { periodText } from '../core/time.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { type EventColumn, useEventColumns } from './columns.tsx'
import { StateMark } from './state-mark.tsx'

/** The events of one page. `old`: still those of the page before. */
export function EventTable({ events, old }: { events: Event[]; old: boolean }) {
  const { w } = useWords()
  const cells = useCells()
  const name: Column<Event> = {
    key: 'name',
    title: w.events.name,
    names: true,
    cell: (event) => (
      <Link to={paths.event(event.id)}>
        <Given>{event.name}</Given>
      </Link>
    ),
  }
  const columns = useEventColumns().map((column) => ({
    key: column,
    title: w.events[column],
    number: column === 'shifts',
    cell: cells[column],
  }))
  return (
    <DataTable
      caption={w.events.title}
      rows={events}
      columns={[name, ...columns]}
      keyOf={({ id }) => id}
      old={old}
    />
  )
}

/** What each column shows of an event. */
function useCells(): Record<EventColumn, (event: Event) => ReactNode> {
  const { w, language } = useWords()
  const home = useStore(me)?.timeZone
  const none = <span className="soft">—</span>
  return {
    startsAt: ({ startsAt, endsAt, timeZone }) => (
      <span className="nowrap">
        {periodText(startsAt, endsAt, timeZone, language)}
        {timeZone !== home && (
          <span className="soft" translate="no" lang="en">
            {' '}
            {timeZone}
          </span>
        )}
      </span>
    ),
    organiser: ({ organiser }) => <Given>{organiser.name}</Given>,
    campaign: ({ campaign }) => (campaign ? <Given>{campaign.name}</Given> : none),
    theme: ({ theme }) => (theme ? <Given>{theme}</Given> : none),
    shifts: ({ shifts }) => <span title={w.about.shiftCount(shifts)}>{shifts}</span>,
    state: ({ state }) => <StateMark state={state} />,
  }
}
