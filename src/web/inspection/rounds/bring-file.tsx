import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import {
  bringVisit,
  bringVisitPicture,
  listHeldUploads,
  listRoundVisits,
  type Round,
  readRound,
  readRoundProgress,
  type VisitReceipt,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { Field } from '../../ui/office/field.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useMayEverywhere } from '../page.tsx'
import { useRoundWords } from '../words/index.ts'
import { useInspectors } from './inspectors.ts'
import { type PhoneFile, phoneFileIn, pictureIn, picturesOf, type SavedVisit } from './phone-file.ts'

/** What became of one visit of the file. */
interface Became {
  receipt?: VisitReceipt
  error?: unknown
  /** Pictures that could not be taken. */
  failed: number
}

/** Takes in what a phone saved as a file: each visit by itself, each answered; the same file again does nothing twice. */
export function BringFile({ round, close }: { round: Round; close: () => void }) {
  const { r } = useRoundWords()
  const [file, setFile] = useState<PhoneFile | 'none'>()
  const [chosen, setChosen] = useState<string | null>(null)
  const [became, setBecame] = useState<ReadonlyMap<string, Became>>(new Map())
  const { options } = useInspectors()
  const known = file && file !== 'none' ? file : undefined
  const owner = chosen ?? known?.inspector?.id ?? null
  const bring = async () => {
    for (const visit of known?.visits ?? []) {
      const one = await broughtOf(visit, { file: known!, roundId: round.id, inspectorUserId: owner! })
      setBecame((all) => new Map([...all, [visit.operationId, one]]))
    }
    await readAgain(readRound, readRoundProgress, listRoundVisits, listHeldUploads)
  }
  return (
    <ActDialog
      title={r.bring}
      confirm={r.bringCount(known?.visits.length ?? 0)}
      ready={known !== undefined && owner !== null}
      stays
      close={close}
      act={async () => {
        await bring()
        return undefined
      }}
    >
      <p>{r.bringLead}</p>
      <Chooser
        text={r.chooseFile}
        read={(text) => {
          setBecame(new Map())
          setFile(phoneFileIn(text) ?? 'none')
        }}
      />
      {file === 'none' && (
        <p className="note bad" role="alert">
          {r.notOfPhone}
        </p>
      )}
      {known && (
        <>
          <Field label={r.whosePhone} name="bring-inspector" hint={r.whosePhoneHint}>
            <Choice
              given
              id="bring-inspector"
              label={r.whosePhone}
              all={r.chooseInspector}
              options={
                known.inspector && !options.some(({ value }) => value === known.inspector?.id)
                  ? [...options, { value: known.inspector.id, label: known.inspector.name }]
                  : options
              }
              value={owner}
              onChange={setChosen}
            />
          </Field>
          <ol className="brought">
            {known.visits.map((visit) => (
              <Brought
                key={visit.operationId}
                visit={visit}
                file={known}
                became={became.get(visit.operationId)}
              />
            ))}
          </ol>
        </>
      )}
    </ActDialog>
  )
}

/** Brings one visit and its pictures. What was refused is told, and keeps nothing else from being taken. */
async function broughtOf(
  visit: SavedVisit,
  { file, roundId, inspectorUserId }: { file: PhoneFile; roundId: string; inspectorUserId: string },
): Promise<Became> {
  const body = { inspectorUserId, visit }
  try {
    const first = await ask(bringVisit, { params: { roundId }, body })
    const ids = picturesOf(visit, file)
    let failed = 0
    for (const pictureId of ids) {
      const form = new FormData()
      form.append('files', pictureIn(file.pictures[pictureId]!), 'seen.jpg')
      const params = { roundId, operationId: visit.operationId, pictureId }
      await ask(bringVisitPicture, { params, query: {}, body: form }).catch(() => {
        failed += 1
      })
    }
    // Asked once more it says which pictures it has now.
    const receipt = ids.length > 0 ? await ask(bringVisit, { params: { roundId }, body }) : first
    return { receipt, failed }
  } catch (error) {
    return { error, failed: 0 }
  }
}

function Brought({
  visit,
  file,
  became,
}: {
  visit: SavedVisit
  file: PhoneFile
  became: Became | undefined
}) {
  const { r, language } = useRoundWords()
  const { startedAt, observations, visitId } = visit
  const receipt = became?.receipt
  return (
    <li>
      <strong>{visitId ? r.savedVisit : r.savedPatrol}</strong>
      {` · ${momentText(startedAt, cityZone(), language)} · ${r.savedEntries(observations.length, picturesOf(visit, file).length)}`}
      {became?.error !== undefined && <Trouble error={became.error} />}
      {receipt && <Answered receipt={receipt} failed={became.failed} />}
    </li>
  )
}

function Answered({ receipt, failed }: { receipt: VisitReceipt; failed: number }) {
  const { r } = useRoundWords()
  const decides = useMayEverywhere('rounds.run')
  const { held, id, remarks, pictures, caseIds } = receipt
  const arrived = pictures.filter((each) => each.arrived).length
  const lost = remarks.filter(({ kept }) => !kept).length
  return (
    <div className={held || failed > 0 ? 'note warn' : 'note good'} role="status">
      <p>
        {held ? r.broughtHeld : r.broughtTaken(caseIds.length)}
        {pictures.length > 0 && ` · ${r.broughtPictures(arrived, pictures.length)}`}
      </p>
      {remarks.map(({ entry, code, text }) => (
        <p key={`${entry} ${code}`}>
          {entry === null ? '' : `${r.nthEntry(entry + 1)} `}
          {text}
        </p>
      ))}
      {lost > 0 && decides && <Link to={paths.heldUpload(id)}>{r.toHeld}</Link>}
    </div>
  )
}

function Chooser({ text, read }: { text: string; read: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  return (
    <p className="chosen-file">
      <Button onClick={() => input.current?.click()}>{text}</Button>
      <input
        ref={input}
        type="file"
        aria-label={text}
        accept=".json,application/json"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          currentTarget.value = ''
          if (!file) return
          setName(file.name)
          void file.text().then(read)
        }}
      />
      {name && <Given>{name}</Given>}
    </p>
  )
}
