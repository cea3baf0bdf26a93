import { mapPoints, mapZones, type Point, type PointPlaces } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { type Feature, isDistrict } from '../../ui/office/outline-map.ts'
import { Outlines } from '../../ui/office/outlines.tsx'
import { Empty, Skeleton, Trouble } from '../../ui/office/page.tsx'
import { InspectionPage } from '../page.tsx'
import { usePointWords } from '../words/index.ts'
import { PointFilters, pointFilters } from './filters.tsx'

type Query = InputOf<typeof mapPoints>['query']

/** Where are the points? Districts are drawn around them; the list says the same to whoever sees no map. */
export function Component() {
  const { r } = usePointWords()
  const { search } = useFilters()
  const districtCode = search.get('districtCode')
  const found = useAsk(mapPoints, { query: queryIn<Query>(search, pointFilters) })
  const around = useAsk(mapZones, { query: districtCode ? { districtCode } : {} })
  const { places, unplaced }: PointPlaces = found.data ?? { places: [], unplaced: 0 }
  const districts = (around.data?.features ?? []).filter(isDistrict)
  const features = places.flatMap(placeOf)
  const opened = (id: string) =>
    features.some((feature) => feature.id === id) ? paths.point(id) : paths.zone(id)
  return (
    <InspectionPage
      title={r.map}
      question={r.mapQuestion}
      acts={<LinkButton to={`${paths.points()}?${search}`} text={r.toList} />}
    >
      <PointFilters />
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      <div className="panel">
        {(found.isPending || around.isPending) && <Skeleton lines={16} />}
        {found.data && features.length === 0 && (
          <Empty text={unplaced === 0 ? r.emptyFiltered : r.nothingPlaced} />
        )}
        {features.length > 0 && !around.isPending && (
          <Outlines
            features={[...districts, ...features]}
            label={r.mapLabel}
            zoomIn={r.zoomIn}
            zoomOut={r.zoomOut}
            to={opened}
          />
        )}
      </div>
      {features.length > 0 && <p className="sum">{r.onMap(features.length, features.length + unplaced)}</p>}
    </InspectionPage>
  )
}

/** A point as it is drawn; nothing where its place is not known. */
export function placeOf({
  id,
  name,
  latitude,
  longitude,
}: Pick<Point, 'id' | 'name' | 'latitude' | 'longitude'>): Feature[] {
  if (latitude === null || longitude === null) return []
  const geometry = { type: 'Point', coordinates: [longitude, latitude] }
  return [{ id, geometry, properties: { name, kind: 'point' } }]
}
