import { Checkbox } from 'antd'
import { useState } from 'react'
import { observationAnswers } from '#modules/inspection/words.ts'
import {
  acceptHeldUpload,
  countCases,
  listCases,
  listHeldUploads,
  listPoints,
  listSchemes,
  listZones,
  readHeldUpload,
  type WholeHeldUpload,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { Field } from '../../ui/office/field.tsx'
import { type Named, RemoteSelect } from '../../ui/office/remote-select.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { NoteField, SettledNote } from './settle.tsx'
import { useHeldWords } from './words/index.ts'

/** Takes an upload as a patrol of whoever sent it, where the office says that it was. */
export function Accept({ upload, close }: { upload: WholeHeldUpload; close: () => void }) {
  const { r } = useHeldWords()
  const { place } = upload
  const schemes = useAsk(listSchemes, { query: { state: 'published', limit: 200 } })
  const [schemeId, setSchemeId] = useState(place?.scheme.id ?? null)
  const [zone, setZone] = useState<Named | null>(place?.zone ?? null)
  // What did not fit the point of a visit fits, if anywhere, beside it: there standards of every class do.
  const [point, setPoint] = useState<Named | null>(upload.visitId ? null : (place?.point ?? null))
  const [note, setNote] = useState('')
  const left = upload.entries.filter(({ observationId }) => observationId === null)
  const [chosen, setChosen] = useState(() =>
    left.filter(({ remarks }) => !isTwice(remarks)).map(({ entry }) => entry),
  )
  const partly = upload.visitId !== null
  return (
    <ActDialog
      title={partly ? r.acceptRest : r.accept}
      confirm={r.acceptCount(chosen.length)}
      first="held-note"
      ready={schemeId !== null && zone !== null && chosen.length > 0 && note.trim() !== ''}
      close={close}
      again={() => readAgain(readHeldUpload, listHeldUploads)}
      now={<SettledNote upload={upload} />}
      act={async () => {
        const body = {
          ...{ schemeId: schemeId!, zoneId: zone!.id, pointId: point?.id ?? null },
          entries: chosen,
          note: note.trim(),
        }
        await ask(acceptHeldUpload, { params: { uploadId: upload.id }, body }, { version: upload.version })
        await readAgain(readHeldUpload, listHeldUploads, listCases, countCases)
        return { text: r.acceptDone }
      }}
    >
      <p>{partly ? r.acceptRestLead : r.acceptLead}</p>
      <Entries entries={left} chosen={chosen} set={setChosen} />
      <Field label={r.scheme} name="held-scheme">
        <Choice
          given
          id="held-scheme"
          label={r.scheme}
          all={r.chooseScheme}
          options={(schemes.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={schemeId}
          onChange={setSchemeId}
        />
      </Field>
      <Field label={r.zone} name="held-zone">
        <RemoteSelect
          id="held-zone"
          value={zone}
          find={listZones}
          placeholder={r.chooseZone}
          onChange={setZone}
        />
      </Field>
      <Field label={r.point} name="held-point" optional>
        <RemoteSelect
          id="held-point"
          value={point}
          find={listPoints}
          placeholder={r.choosePoint}
          onChange={setPoint}
        />
      </Field>
      <NoteField note={note} set={setNote} />
    </ActDialog>
  )
}

type Entry = WholeHeldUpload['entries'][number]

const isTwice = (remarks: Entry['remarks']) => remarks.some(({ code }) => code === 'observation.twice')

/** Which entries are taken; the others stay as they were sent, with the note. */
function Entries(props: {
  entries: readonly Entry[]
  chosen: readonly number[]
  set: (chosen: number[]) => void
}) {
  const { entries, chosen, set } = props
  const { r, say } = useHeldWords()
  return (
    <fieldset className="plain">
      <legend className="label">{r.chooseEntries}</legend>
      <div className="lines">
        {entries.map(({ entry, standard, answer, count }) => (
          <Checkbox
            key={entry}
            checked={chosen.includes(entry)}
            onChange={({ target }) =>
              set(
                target.checked ? [...chosen, entry].sort((a, b) => a - b) : chosen.filter((n) => n !== entry),
              )
            }
          >
            {r.nth(entry + 1)}{' '}
            {standard ? <Given>{`${standard.code} ${standard.text}`}</Given> : r.unknownStandard}{' '}
            <strong>
              {answer ? say(observationAnswers[answer]) : count === null ? r.noAnswer : ''}
              {count !== null && ` ${r.counted(count)}`}
            </strong>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}
