import { Link, useParams } from 'react-router'
import { zoneKinds } from '#modules/grid/words.ts'
import { mapZones, readZone, type ZoneDetail } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { History } from '../history/history.tsx'
import { paths } from '../paths.ts'
import { placed } from '../ui/office/outline-map.ts'
import { Outlines } from '../ui/office/outlines.tsx'
import { Arriving, Skeleton } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useDistricts } from './districts.ts'
import { GridPage } from './page.tsx'
import { Who } from './who.tsx'
import { useGridWords } from './words.ts'
import { ZoneActs, ZoneEditor } from './zone-editor.tsx'

/** Where is this zone, and who answers for it? */
export function Component() {
  const { r } = useGridWords()
  const { zoneId = '' } = useParams()
  const found = useAsk(readZone, { params: { zoneId } })
  const zone = found.data?.id === zoneId ? found.data : undefined
  return (
    <GridPage
      title={zone?.name ?? r.zone}
      given={zone !== undefined}
      question={r.zoneQuestion}
      trail={<Link to={paths.zones()}>{r.zones}</Link>}
      acts={zone && <ZoneActs zone={zone} />}
    >
      {zone ? (
        <div className="sheet" key={zone.id}>
          <div className="column">
            <Place zone={zone} />
            <Panel label={r.who}>
              <Who zone={zone} />
            </Panel>
            {zone.allowed.includes('changeZone') && !zone.closedAt ? (
              <Panel label={r.edit}>
                <ZoneEditor zone={zone} />
              </Panel>
            ) : (
              <p className="note">{zone.closedAt ? r.isClosed : r.readOnly}</p>
            )}
            <History subject={`zone:${zone.id}`} />
          </div>
          <Panel aside label={r.facts}>
            <Facts zone={zone} />
          </Panel>
        </div>
      ) : (
        <Arriving found={found} />
      )}
    </GridPage>
  )
}

/** The zone among those around it in its district. */
function Place({ zone }: { zone: ZoneDetail }) {
  const { r } = useGridWords()
  const query = zone.districtCode ? { districtCode: zone.districtCode } : {}
  const around = useAsk(mapZones, { query })
  const features = around.data?.features ?? []
  if (!zone.hasBoundary && !zone.centre) return <p className="note warn">{r.nowhere}</p>
  return (
    <div className="panel">
      {around.isPending && <Skeleton lines={8} />}
      {placed(features) > 0 && (
        <Outlines
          features={features}
          chosen={zone.id}
          label={r.mapLabel}
          zoomIn={r.zoomIn}
          zoomOut={r.zoomOut}
          to={(id) => paths.zone(id)}
        />
      )}
    </div>
  )
}

function Facts({ zone }: { zone: ZoneDetail }) {
  const { r, say } = useGridWords()
  const districts = useDistricts()
  const district = districts.nameOf(zone.districtCode)
  const facts: [string, React.ReactNode][] = [
    [r.kind, say(zoneKinds[zone.kind])],
    [
      r.code,
      zone.code ? (
        <span key="code" translate="no" lang="en">
          {zone.code}
        </span>
      ) : (
        '—'
      ),
    ],
    [
      r.parent,
      zone.parent ? (
        <Link key="parent" to={paths.zone(zone.parent.id)}>
          <Given>{zone.parent.name}</Given>
        </Link>
      ) : (
        '—'
      ),
    ],
    [r.district, district ? <Given key="district">{district}</Given> : '—'],
    [r.outline, zone.hasBoundary ? r.drawn : zone.centre ? r.centreOnly : r.nowhere],
    [r.minors, zone.minorsSuitable ? r.yes : r.no],
    [r.state, zone.closedAt ? r.closed : r.open],
  ]
  return (
    <dl className="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
