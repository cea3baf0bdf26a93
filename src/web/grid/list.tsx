import { listZones } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { readAll, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Listing } from '../ui/office/listing.tsx'
import { TakeList } from '../ui/office/take-list.tsx'
import { ZoneFilters, zoneFilters } from './filters.tsx'
import { GridPage } from './page.tsx'
import { useZoneColumns, ZoneTable } from './table.tsx'
import { useGridWords } from './words.ts'

type Query = InputOf<typeof listZones>['query']
const narrowing = [...zoneFilters, 'parentId'] as const

/** Which zones are there, and what do they belong to? */
export function Component() {
  const { r } = useGridWords()
  const { search } = useFilters()
  const columns = useZoneColumns()
  const parentId = search.get('parentId')
  const mayEdit = useStore(me)?.permissions.includes('grid.edit') === true
  const found = useAsk(listZones, {
    query: queryIn<Query>(search, [...narrowing, 'cursor', 'limit']),
  })
  return (
    <GridPage
      help="zones"
      title={r.zones}
      question={r.zonesQuestion}
      acts={
        mayEdit && (
          <>
            <LinkButton to={`${paths.gridImport()}?of=zones`} text={r.importZones} />
            <LinkButton
              primary
              to={`${paths.newZone()}${parentId ? `?parentId=${parentId}` : ''}`}
              text={r.new}
            />
          </>
        )
      }
    >
      <ZoneFilters
        take={
          found.data &&
          found.data.items.length > 0 && (
            <TakeList
              name={r.zones}
              rows={() => readAll(listZones, { query: queryIn<Query>(search, narrowing) })}
              columns={() => columns}
            />
          )
        }
      />
      <Listing
        found={found}
        filtered={zoneFilters.some((name) => search.get(name))}
        empty={{ all: r.empty, filtered: r.emptyFiltered }}
        count={r.found}
      >
        {(zones, old) => <ZoneTable zones={zones} old={old} />}
      </Listing>
    </GridPage>
  )
}
