import { useParams } from 'react-router'
import { responsibilityLevels, zoneKinds } from '#modules/grid/words.ts'
import { mapZones, readZone, whoAnswers } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { Bearer } from '../grid/who.tsx'
import { paths } from '../paths.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { QrCode } from '../ui/plain/qr.tsx'
import { MapDrawing } from './map-drawing.tsx'
import { sketchOf } from './outline.ts'
import { Sheet } from './sheet.tsx'
import { usePrintWords } from './words/index.ts'

/** The sheet of a zone, to hang up or to carry: where it is, who answers for it, and its page as a code. */
export function Component() {
  const { r, say } = usePrintWords()
  const { zoneId = '' } = useParams()
  const found = useAsk(readZone, { params: { zoneId } })
  const zone = found.data
  const who = useAsk(whoAnswers, { params: { zoneId }, query: {} })
  const around = useAsk(
    mapZones,
    { query: zone?.districtCode ? { districtCode: zone.districtCode } : {} },
    { skip: !zone },
  )
  const failed = [found, who, around].find((each) => each.isError)
  if (failed) return <Trouble error={failed.error} again={() => void failed.refetch()} />
  if (!zone || !who.data || !around.data) return <Skeleton lines={12} />
  return (
    <Sheet title={zone.name} papers={['A4']}>
      {() => (
        <>
          <div className="zonehead">
            <div>
              <h1>
                <Given>{zone.name}</Given>
              </h1>
              <p>
                {say(zoneKinds[zone.kind])} <span translate="no">{zone.code}</span>
              </p>
              <dl className="reading">
                {who.data?.levels.map(({ level, responsibilities }) => (
                  <div key={level} style={{ display: 'contents' }}>
                    <dt>{say(responsibilityLevels[level])}</dt>
                    <dd>
                      {responsibilities.length === 0 && '—'}
                      {responsibilities.map((duty) => (
                        <div key={duty.id}>
                          <Bearer duty={duty} />
                          {duty.duties && (
                            <>
                              {' '}
                              <Given>{duty.duties}</Given>
                            </>
                          )}
                        </div>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </div>
            <figure>
              <QrCode address={`${window.location.origin}${paths.zone(zone.id)}`} label={r.code} />
              <figcaption>{r.codeHint}</figcaption>
            </figure>
          </div>
          <MapDrawing sketch={sketchOf(around.data?.features ?? [])} chosen={zone.id} label={r.where} />
        </>
      )}
    </Sheet>
  )
}
