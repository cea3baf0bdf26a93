import { listZones } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Listing } from '../ui/office/listing.tsx'
import { ZoneFilters, zoneFilters } from './filters.tsx'
import { GridPage } from './page.tsx'
import { ZoneTable } from './table.tsx'
import { useGridWords } from './words.ts'

type Query = InputOf<typeof listZones>['query']

/** Which zones are there, and what do they belong to? */
export function Component() {
  const { r } = useGridWords()
  const { search } = useFilters()
  const parentId = search.get('parentId')
  const mayEdit = useStore(me)?.permissions.includes('grid.edit') === true
  const found = useAsk(listZones, {
    query: queryIn<Query>(search, [...zoneFilters, 'parentId', 'cursor', 'limit']),
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
      <ZoneFilters />
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
