import { mapZones } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { zoneFilters } from '../grid/filters.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { MapDrawing } from './map-drawing.tsx'
import { sketchOf } from './outline.ts'
import { Sheet } from './sheet.tsx'
import { usePrintWords } from './words/index.ts'

type Query = InputOf<typeof mapZones>['query']

/** The wall map of the zones that the address asks for: numbered on the drawing, named beside it. */
export function Component() {
  const { r } = usePrintWords()
  const { search } = useFilters()
  const found = useAsk(mapZones, { query: queryIn<Query>(search, [...zoneFilters]) })
  if (found.isError) return <Trouble error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Skeleton lines={16} />
  const sketch = sketchOf(found.data.features)
  const zones = sketch.outlines.filter(({ district }) => !district)
  return (
    <Sheet landscape title={r.wallMap} papers={['A3', 'A1']}>
      {() => (
        <>
          <h1>{r.wallMap}</h1>
          {found.data?.truncated && <p>{r.truncated}</p>}
          <div className="wall">
            <MapDrawing numbered sketch={sketch} label={r.wallMap} />
            <ol>
              {zones.map(({ id, name }) => (
                <li key={id}>
                  <Given>{name}</Given>
                </li>
              ))}
            </ol>
          </div>
        </>
      )}
    </Sheet>
  )
}
