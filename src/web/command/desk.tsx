import { type Desk, desks } from '#modules/command/words.ts'
import { listTasks } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { Choice } from '../ui/office/choice.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { Listing } from '../ui/office/listing.tsx'
import { CityPage } from './page.tsx'
import { TaskTable } from './task-table.tsx'
import { useCityWords } from './words.ts'

type Query = InputOf<typeof listTasks>['query']

/** What waits for a decision? Reports first, because they are the most. */
export function Component() {
  const { r, say } = useCityWords()
  const { search, set } = useFilters()
  const desk = (search.get('desk') ?? 'reports') as Desk
  const found = useAsk(listTasks, { query: { ...queryIn<Query>(search, ['cursor', 'limit']), desk } })
  const options = (Object.keys(desks) as Desk[]).map((value) => ({ value, label: say(desks[value]) }))
  return (
    <CityPage title={r.desk} question={r.deskQuestion}>
      <search className="filters">
        <Choice
          label={r.desk}
          all={say(desks.reports)}
          options={options}
          value={desk}
          onChange={(chosen) => set({ desk: chosen })}
        />
      </search>
      <Listing
        found={found}
        filtered={false}
        empty={{ all: r.emptyDesk, filtered: r.emptyDesk }}
        count={r.found}
      >
        {(tasks, old) => <TaskTable tasks={tasks} old={old} />}
      </Listing>
    </CityPage>
  )
}
