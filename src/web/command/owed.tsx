import { listMyTasks } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { useFilters } from '../ui/office/filters.ts'
import { Listing } from '../ui/office/listing.tsx'
import { CityPage } from './page.tsx'
import { TaskTable } from './task-table.tsx'
import { useCityWords } from './words.ts'

type Query = InputOf<typeof listMyTasks>['query']

/** What does our unit still owe? The earliest deadline first. */
export function Component() {
  const { r } = useCityWords()
  const { search } = useFilters()
  const found = useAsk(listMyTasks, { query: queryIn<Query>(search, ['cursor', 'limit']) })
  return (
    <CityPage title={r.owed} question={r.owedQuestion}>
      <Listing
        found={found}
        filtered={false}
        empty={{ all: r.emptyOwed, filtered: r.emptyOwed }}
        count={r.found}
      >
        {(tasks, old) => <TaskTable tasks={tasks} old={old} />}
      </Listing>
    </CityPage>
  )
}
