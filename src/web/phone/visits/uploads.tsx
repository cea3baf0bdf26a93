/** 上传: what waits, what was taken, and what is held and why. */
import { useState } from 'react'
import { grouped } from '../../core/grouped.ts'
import { session } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { momentOfStamp, momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Button, Page, Trouble } from '../parts.tsx'
import { exported } from './export.ts'
import { keptVisits } from './keeping.ts'
import { nothingKept } from './kept.ts'
import type { Taken, Upload } from './kinds.ts'
import { Keeping } from './room.tsx'
import { drop, readTold, send, sending, tryAgain } from './store.ts'
import { useVisitWords } from './words/index.ts'

function useMoments() {
  const { language } = useVisitWords()
  return (at: number) => momentText(momentOfStamp(at), cityZone(), language)
}

export function Uploads() {
  const { v } = useVisitWords()
  const { uploads, taken } = useStore(keptVisits.value) ?? nothingKept
  return (
    <Page title={v.uploads.title}>
      <Keeping />
      <State count={uploads.length} taken={taken.length} />
      <section>
        <h2>{v.uploads.waiting}</h2>
        {uploads.length === 0 && <p className="soft">{v.uploads.none}</p>}
        {uploads.map((upload) => (
          <Waiting key={upload.operationId} upload={upload} />
        ))}
        {uploads.length > 0 && <Export uploads={uploads} />}
      </section>
      <section>
        <h2>{v.uploads.taken}</h2>
        {taken.length === 0 && <p className="soft">{v.uploads.noneTaken}</p>}
        {taken.map((each) => (
          <Told key={each.operationId} taken={each} />
        ))}
        {taken.length > 0 && <Button onPress={readTold}>{v.uploads.known}</Button>}
      </section>
    </Page>
  )
}

function State({ count, taken }: { count: number; taken: number }) {
  const { v } = useVisitWords()
  const state = useStore(sending)
  // Where the session is over the page says so, and nothing is under way.
  const open = useStore(session) === 'open'
  if (typeof state === 'object') return <Trouble error={state} again={() => void send()} />
  const text =
    state === 'waits'
      ? v.uploads.offline(count)
      : state === 'sending' && open
        ? v.uploads.sending
        : count === 0 && taken > 0
          ? `✓ ${v.uploads.allSent}`
          : ''
  return (
    <>
      <p className={state === 'waits' ? 'note warn' : 'state'} role="status">
        {text}
      </p>
      {state === 'waits' && (
        <Button kind="primary" onPress={() => void send()}>
          {v.uploads.now}
        </Button>
      )}
    </>
  )
}

function Waiting({ upload }: { upload: Upload }) {
  const { v } = useVisitWords()
  const moment = useMoments()
  const { title, place, finishedAt, pictures, received, arrived, refused, operationId } = upload
  const stuck = refused.length > 0
  return (
    <div className="card">
      <h3>
        <Given>{title}</Given>
      </h3>
      <p className="soft">
        <Given>{place}</Given> · {v.uploads.finished(moment(finishedAt))}
      </p>
      <p className={stuck ? 'wrong' : ''}>
        {stuck ? `▲ ${v.uploads.states.stuck}` : v.uploads.states[received ? 'received' : 'waits']}
        {pictures.length > 0 && ` · ${v.uploads.pictures(arrived.length, pictures.length)}`}
      </p>
      {refused.map(({ pictureId, text }) => (
        <p key={pictureId ?? ''}>{text || v.uploads.incomplete}</p>
      ))}
      {stuck && (
        <>
          <Button kind="primary" onPress={() => tryAgain(operationId)}>
            {v.uploads.again}
          </Button>
          <Drop operationId={operationId} />
        </>
      )}
    </div>
  )
}

/** Asks once more: nobody else has it. */
function Drop({ operationId }: { operationId: string }) {
  const { v } = useVisitWords()
  const [asked, setAsked] = useState(false)
  if (!asked) return <Button onPress={() => setAsked(true)}>{v.uploads.drop}</Button>
  return (
    <div className="note bad" role="alert">
      <p>{v.uploads.dropSure}</p>
      <Button kind="danger" onPress={() => void drop(operationId)}>
        {v.uploads.drop}
      </Button>
    </div>
  )
}

/** The last resort, where a phone never reaches the service again. */
function Export({ uploads }: { uploads: readonly Upload[] }) {
  const { v } = useVisitWords()
  const save = async () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await exported(uploads))
    link.download = `${v.uploads.file}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  return (
    <>
      <Button onPress={() => void save()}>{v.uploads.export}</Button>
      <small>{v.uploads.exportHint}</small>
    </>
  )
}

function Told({ taken }: { taken: Taken }) {
  const { v } = useVisitWords()
  const moment = useMoments()
  const { title, at, held, cases, pictures, remarks } = taken
  const heldOnes = remarks.filter(({ kept }) => !kept)
  const others = remarks.filter(({ kept }) => kept)
  return (
    <div className={held ? 'note warn' : 'card'}>
      <h3>
        {!held && <span aria-hidden="true">✓ </span>}
        <Given>{title}</Given>
        {held && <span className="mark over">{v.uploads.held}</span>}
      </h3>
      <p className="soft">
        {[
          v.uploads.at(moment(at)),
          pictures > 0 && v.uploads.picturesTaken(pictures),
          cases > 0 && v.uploads.cases(cases),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Remarks lead={held ? v.uploads.heldText : v.uploads.entriesHeld} remarks={heldOnes} />
      <Remarks lead={v.uploads.remarks} remarks={others} />
    </div>
  )
}

function Remarks({ lead, remarks }: { lead: string; remarks: Taken['remarks'] }) {
  if (remarks.length === 0) return null
  // The same remark about several entries is said once, with how often.
  const texts = [...grouped(remarks, ({ text }) => text)]
  return (
    <>
      <p>{lead}</p>
      <ul>
        {texts.map(([text, all]) => (
          <li key={text}>
            {text}
            {all.length > 1 && ` ×${all.length}`}
          </li>
        ))}
      </ul>
    </>
  )
}
