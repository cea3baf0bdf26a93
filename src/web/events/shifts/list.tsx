import { useState } from 'react'
import { type EventDetail, listShifts, readDemand } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAll, useAsk } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { TakeList } from '../../ui/office/take-list.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { ShiftFilters, shiftFilters } from './filters.tsx'
import { ManyShifts } from './many.tsx'
import { NameInCharge } from './name-in-charge.tsx'
import { ShiftTable, useFillColumns, useShiftColumns } from './table.tsx'

type Query = InputOf<typeof listShifts>['query']
const names = [...shiftFilters, 'cursor', 'limit'] as const

/** Where, when, and how many people are needed? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      help="shifts"
      title={w.shifts.title}
      question={w.shifts.question}
      acts={(event) =>
        mayMake(event) && (
          <>
            {event.shifts > 0 && <NameInCharge event={event} />}
            <MakeButton event={event} />
          </>
        )
      }
    >
      {(event) => <Shifts event={event} />}
    </EventPage>
  )
}

/** Whether shifts are still made, by whoever changes the event. */
function mayMake({ state, allowed }: EventDetail): boolean {
  return (state === 'draft' || state === 'published') && allowed.includes('changeEvent')
}

function MakeButton({ event }: { event: EventDetail }) {
  const { w } = useWords()
  return <LinkButton primary to={paths.newShifts(event.id)} text={w.shifts.bulk} />
}

/** Which shifts are selected on this page, and what is done with them. */
function useSelection() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  return {
    selected,
    none: () => setSelected(new Set()),
    select(id: string, ticked: boolean) {
      const next = new Set(selected)
      if (ticked) next.add(id)
      else next.delete(id)
      setSelected(next)
    },
  }
}

function Shifts({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const { search } = useFilters()
  const params = { eventId: event.id }
  const found = useAsk(listShifts, { params, query: queryIn<Query>(search, names) })
  const columns = [...useShiftColumns(event), ...useFillColumns()]
  const selection = useSelection()
  const isFiltered = shiftFilters.some((name) => search.get(name))
  return (
    <>
      <ShiftFilters
        take={
          found.data &&
          found.data.items.length > 0 && (
            <TakeList
              name={`${event.name}-${w.shifts.title}`}
              rows={() => readAll(listShifts, { params, query: queryIn<Query>(search, shiftFilters) })}
              columns={() => columns}
            />
          )
        }
      />
      {mayMake(event) && <ManyShifts event={event} {...selection} />}
      <Listing
        found={found}
        filtered={isFiltered}
        empty={{
          all: mayMake(event) ? w.shifts.empty : w.shifts.emptyReader,
          filtered: w.shifts.emptyFiltered,
          act: mayMake(event) && <MakeButton event={event} />,
        }}
        count={w.shifts.found}
      >
        {(shifts, old) => (
          <ShiftTable
            event={event}
            shifts={shifts}
            old={old}
            selected={mayMake(event) ? selection.selected : undefined}
            select={selection.select}
          />
        )}
      </Listing>
      <Totals event={event} />
    </>
  )
}

/** What all shifts of the event ask for together. */
function Totals({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const demand = useAsk(readDemand, { params: { eventId: event.id } })
  if (!demand.data || demand.data.total.shifts === 0) return null
  const { shifts, target, taken } = demand.data.total
  return <p className="sum">{w.shifts.totals(shifts, target, taken)}</p>
}
