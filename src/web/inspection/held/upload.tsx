import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { readHeldUpload, type WholeHeldUpload } from '../../api/operations.ts'
import { OpenDialog } from '../../command/open-dialog.tsx'
import { useAsk } from '../../core/query.ts'
import { momentText, periodText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { useDialog } from '../../ui/office/dialogs.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Arriving } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { InspectionPage } from '../page.tsx'
import { PictureList } from '../picture-list.tsx'
import { Accept } from './accept.tsx'
import { EntryTable } from './entries.tsx'
import { Settle } from './settle.tsx'
import { useHeldWords } from './words/index.ts'

/** Why was it not taken, and what becomes of it? */
export function Component() {
  const { r } = useHeldWords()
  const { uploadId = '' } = useParams()
  const found = useAsk(readHeldUpload, { params: { uploadId } })
  const upload = found.data?.id === uploadId ? found.data : undefined
  return (
    <InspectionPage
      title={upload ? r.upload(upload.user.name) : r.title}
      given={upload !== undefined}
      question={r.uploadQuestion}
      acts={<LinkButton to={paths.heldUploads()} text={r.backToList} />}
    >
      {upload ? <Whole upload={upload} /> : <Arriving found={found} />}
    </InspectionPage>
  )
}

function Whole({ upload }: { upload: WholeHeldUpload }) {
  const { r } = useHeldWords()
  const { shows, open, close } = useDialog(['accept', 'settle'])
  const { accept, settle } = upload.allowed
  return (
    <div className="room">
      <Panel label={r.acts}>
        <h2>{r.acts}</h2>
        {upload.remarks
          .filter(({ entry }) => entry === null)
          .map(({ code, text, kept }) => (
            <p key={code} className={kept ? 'note warn' : 'note bad'}>
              {text}
            </p>
          ))}
        {!accept && !settle && <p className="soft">{r.nothing}</p>}
        <p className="case-acts">
          {accept && (
            <OpenDialog primary text={upload.visitId ? r.acceptRest : r.accept} open={() => open('accept')} />
          )}
          {settle && <OpenDialog primary={!accept} text={r.settle} open={() => open('settle')} />}
        </p>
      </Panel>
      <About upload={upload} />
      <EntryTable upload={upload} />
      {upload.pictures.length > 0 && (
        <Panel label={r.beside}>
          <h2>{r.beside}</h2>
          <PictureList pictures={upload.pictures} of={r.picture} />
        </Panel>
      )}
      {shows('accept', accept) && <Accept upload={upload} close={close} />}
      {shows('settle', settle) && <Settle upload={upload} close={close} />}
    </div>
  )
}

function About({ upload }: { upload: WholeHeldUpload }) {
  const { r, language } = useHeldWords()
  const { place } = upload
  const at = (moment: string) => momentText(moment, cityZone(), language)
  const facts: [string, ReactNode][] = [
    [r.sentBy, <Given key="user">{upload.user.name}</Given>],
    [r.at, at(upload.receivedAt)],
    [r.period, periodText(upload.startedAt, upload.endedAt, cityZone(), language)],
    [r.scheme, place ? <Given key="scheme">{place.scheme.name}</Given> : r.unknownPlace],
    [r.zone, place ? <Given key="zone">{place.zone.name}</Given> : r.unknownPlace],
    [
      r.point,
      place?.point ? <Given key="point">{place.point.name}</Given> : place ? r.noPoint : r.unknownPlace,
    ],
  ]
  return (
    <Panel label={r.about}>
      <h2>{r.about}</h2>
      <dl className="case-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {upload.settledAt && (
        <p className="note good">
          {r.settled(at(upload.settledAt))}
          {r.colon}
          <Given>{upload.settledNote ?? ''}</Given>
        </p>
      )}
    </Panel>
  )
}
