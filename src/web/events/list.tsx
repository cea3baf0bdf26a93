import { Button } from 'antd'
import { listEvents } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { Age } from '../ui/office/age.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Empty, Page, Skeleton, Trouble } from '../ui/office/page.tsx'
import { Pager } from '../ui/office/pager.tsx'
import { useWords } from '../words/index.ts'
import { EventFilters } from './filters.tsx'
import { EventTable } from './table.tsx'

type Query = InputOf<typeof listEvents>['query']
const filters = ['search', 'state', 'organiserUnitId', 'campaignId', 'from', 'until'] as const
const names = [...filters, 'cursor', 'limit'] as const

/** Which events are there, and how far are they? */
export function Component() {
  const { w } = useWords()
  const { search, clear } = useFilters()
  const found = useAsk(listEvents, { query: queryIn<Query>(search, names) })
  const mayEdit = useStore(me)?.permissions.includes('events.edit') === true
  const create = mayEdit && <LinkButton to={paths.newEvent()} primary text={w.events.new} />
  const isFiltered = filters.some((name) => search.get(name))
  return (
    <Page title={w.events.title} windowTitle={w.events.title} question={w.events.question} acts={create}>
      <EventFilters />
      <div className="panel table">
        {found.isError && (
          <Trouble error={found.error} again={() => void found.refetch()}>
            {found.data && <Age readAt={found.dataUpdatedAt} />}
          </Trouble>
        )}
        {found.isPending && <Skeleton lines={10} />}
        {found.data?.items.length === 0 && isFiltered && (
          <Empty text={w.events.emptyFiltered} act={<Button onClick={clear}>{w.common.clear}</Button>} />
        )}
        {found.data?.items.length === 0 && !isFiltered && (
          <Empty text={mayEdit ? w.events.empty : w.events.emptyReader} act={create} />
        )}
        {found.data && found.data.items.length > 0 && (
          <>
            <EventTable events={found.data.items} old={found.isPlaceholderData} />
            <Pager
              text={`${w.events.found(found.data.items.length, found.data.nextCursor !== null)} · ${w.events.newestFirst}`}
              nextCursor={found.data.nextCursor}
            />
          </>
        )}
      </div>
    </Page>
  )
}
