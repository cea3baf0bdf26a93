import { Button, Checkbox } from 'antd'
import { type ResponsibilityLevel, responsibilityLevels } from '#modules/grid/words.ts'
import { listResponsibilityGaps } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { Choice } from '../ui/office/choice.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { Listing } from '../ui/office/listing.tsx'
import { ZoneFilters, zoneFilters } from './filters.tsx'
import { GridPage } from './page.tsx'
import { ZoneTable } from './table.tsx'
import { useGridWords } from './words.ts'

type Query = InputOf<typeof listResponsibilityGaps>['query']

/** Which zones does nobody answer for? */
export function Component() {
  const { r, say } = useGridWords()
  const { search, set } = useFilters()
  const level = (search.get('level') ?? 'unit') as ResponsibilityLevel
  const query = queryIn<Query>(search, [...zoneFilters, 'inherited', 'on', 'cursor', 'limit'])
  const found = useAsk(listResponsibilityGaps, { query: { ...query, level } })
  const levels = (Object.keys(responsibilityLevels) as ResponsibilityLevel[]).map((value) => ({
    value,
    label: say(responsibilityLevels[value]),
  }))
  return (
    <GridPage
      help="gaps"
      title={r.gaps}
      question={r.gapsQuestion}
      acts={<Button onClick={() => window.print()}>{r.print}</Button>}
    >
      <ZoneFilters>
        <Choice
          label={r.level}
          all={say(responsibilityLevels.unit)}
          options={levels}
          value={level}
          onChange={(chosen) => set({ level: chosen })}
        />
        <Checkbox
          checked={search.get('inherited') === 'true'}
          onChange={({ target }) => set({ inherited: target.checked ? 'true' : null })}
        >
          {r.withAbove}
        </Checkbox>
      </ZoneFilters>
      <Listing
        found={found}
        filtered={zoneFilters.some((name) => search.get(name))}
        empty={{ all: r.emptyGaps, filtered: r.emptyGaps }}
        count={r.found}
      >
        {(zones, old) => <ZoneTable zones={zones} old={old} />}
      </Listing>
    </GridPage>
  )
}
