import { Link, useParams } from 'react-router'
import { pointClasses } from '#modules/inspection/words.ts'
import { mapZones, type Point, readPoint } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { useDistricts } from '../../grid/districts.ts'
import { paths } from '../../paths.ts'
import { isDistrict } from '../../ui/office/outline-map.ts'
import { Outlines } from '../../ui/office/outlines.tsx'
import { Arriving, Skeleton } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { InspectionPage, useMay } from '../page.tsx'
import { usePointWords } from '../words/index.ts'
import { placeOf } from './map.tsx'
import { PointActs, PointEditor } from './point-editor.tsx'
import { placeText } from './point-fields.ts'
import { PointCases, PointVisits } from './point-history.tsx'

/** What was found here before? */
export function Component() {
  const { r } = usePointWords()
  const { pointId = '' } = useParams()
  const found = useAsk(readPoint, { params: { pointId } })
  const point = found.data?.id === pointId ? found.data : undefined
  return (
    <InspectionPage
      title={point?.name ?? r.point}
      given={point !== undefined}
      question={r.pointQuestion}
      trail={<Link to={paths.points()}>{r.title}</Link>}
      acts={point && <PointActs point={point} />}
    >
      {point ? <Sheet key={point.id} point={point} /> : <Arriving found={found} />}
    </InspectionPage>
  )
}

function Sheet({ point }: { point: Point }) {
  const { r } = usePointWords()
  const seesCases = useMay('cases.read')
  const mayEdit = point.allowed.edit && point.closedAt === null
  return (
    <div className="sheet">
      <div className="column">
        <section className="panel table" aria-label={r.visits}>
          <h2 className="padded">
            {r.visits} <small className="soft">{r.visitsLead}</small>
          </h2>
          <PointVisits point={point} />
        </section>
        {seesCases && (
          <section className="panel table" aria-label={r.cases}>
            <h2 className="padded">{r.cases}</h2>
            <PointCases point={point} />
          </section>
        )}
        {/* Whoever may move it sees it where it is moved. */}
        {!mayEdit && <Place point={point} />}
        {mayEdit ? (
          <Panel label={r.edit}>
            <PointEditor point={point} />
          </Panel>
        ) : (
          <p className="note">{point.closedAt ? r.isClosed : r.readOnly}</p>
        )}
      </div>
      <Panel aside label={r.facts}>
        <Facts point={point} />
      </Panel>
    </div>
  )
}

/** Where it is, in its zone and among those around it; of districts only its own, whose name then stands on the map whole. */
function Place({ point }: { point: Point }) {
  const { r } = usePointWords()
  const query = point.districtCode ? { districtCode: point.districtCode } : {}
  const around = useAsk(mapZones, { query })
  const place = placeOf(point)
  if (place.length === 0) return <p className="note warn">{r.nowhere}</p>
  if (around.isPending) return <Skeleton lines={8} />
  const zones = (around.data?.features ?? []).filter((zone) => zone.id === point.zone.id || !isDistrict(zone))
  return (
    <div className="panel">
      <Outlines
        features={[...zones, ...place]}
        chosen={point.zone.id}
        label={r.mapLabel}
        zoomIn={r.zoomIn}
        zoomOut={r.zoomOut}
        to={(id) => (id === point.id ? paths.point(id) : paths.zone(id))}
      />
    </div>
  )
}

function Facts({ point }: { point: Point }) {
  const { r, say } = usePointWords()
  const districts = useDistricts()
  const district = districts.nameOf(point.districtCode)
  const facts: [string, React.ReactNode][] = [
    [r.code, <Code key="code">{point.code}</Code>],
    [r.pointClass, say(pointClasses[point.pointClass])],
    [
      r.zone,
      <Link key="zone" to={paths.zone(point.zone.id)}>
        <Given>{point.zone.name}</Given>
      </Link>,
    ],
    [r.district, district ? <Given key="district">{district}</Given> : r.none],
    [r.unit, point.unit ? <Given key="unit">{point.unit.name}</Given> : r.none],
    [r.place, placeText(point) ?? r.nowhere],
    [r.state, point.closedAt ? r.closedOnly : r.openOnly],
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
