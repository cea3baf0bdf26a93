import { mapZones } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { placed } from '../ui/office/outline-map.ts'
import { Outlines } from '../ui/office/outlines.tsx'
import { Empty, Skeleton, Trouble } from '../ui/office/page.tsx'
import { ZoneFilters, zoneFilters } from './filters.tsx'
import { GridPage } from './page.tsx'
import { useGridWords } from './words.ts'

type Query = InputOf<typeof mapZones>['query']

/** Which zones are there, and where? */
export function Component() {
  const { r } = useGridWords()
  const { search } = useFilters()
  const found = useAsk(mapZones, { query: queryIn<Query>(search, [...zoneFilters]) })
  const features = found.data?.features ?? []
  const shown = placed(features)
  return (
    <GridPage
      help="zones"
      title={r.map}
      question={r.mapQuestion}
      acts={<LinkButton to={`${paths.printMap()}?${search}`} text={r.print} />}
    >
      <ZoneFilters />
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.data?.truncated && <p className="note warn">{r.truncated}</p>}
      <div className="panel">
        {found.isPending && <Skeleton lines={16} />}
        {found.data && shown === 0 && <Empty text={features.length === 0 ? r.emptyFiltered : r.noPlaces} />}
        {shown > 0 && (
          <Outlines
            features={features}
            label={r.mapLabel}
            zoomIn={r.zoomIn}
            zoomOut={r.zoomOut}
            to={(id) => paths.zone(id)}
          />
        )}
      </div>
      {shown > 0 && <p className="sum">{r.onMap(shown)}</p>}
    </GridPage>
  )
}
