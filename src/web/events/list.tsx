import { listEvents } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Listing } from '../ui/office/listing.tsx'
import { Page } from '../ui/office/page.tsx'
import { useWords } from '../words/index.ts'
import { EventFilters } from './filters.tsx'
import { EventTable } from './table.tsx'

type Query = InputOf<typeof listEvents>['query']
const filters = ['search', 'state', 'organiserUnitId', 'campaignId', 'from', 'until'] as const
const names = [...filters, 'cursor', 'limit'] as const

/** Which events are there, and how far are they? */
export function Component() {
  const { w } = useWords()
  const { search } = useFilters()
  const found = useAsk(listEvents, { query: queryIn<Query>(search, names) })
  const mayEdit = useStore(me)?.permissions.includes('events.edit') === true
  const create = mayEdit && <LinkButton to={paths.newEvent()} primary text={w.events.new} />
  const isFiltered = filters.some((name) => search.get(name))
  return (
    <Page title={w.events.title} windowTitle={w.events.title} question={w.events.question} acts={create}>
      <EventFilters />
      <Listing
        found={found}
        filtered={isFiltered}
        empty={{
          all: mayEdit ? w.events.empty : w.events.emptyReader,
          filtered: w.events.emptyFiltered,
          act: create,
        }}
        count={(shown, more) => `${w.events.found(shown, more)} · ${w.events.newestFirst}`}
      >
        {(events, old) => <EventTable events={events} old={old} />}
      </Listing>
    </Page>
  )
}
