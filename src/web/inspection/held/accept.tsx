import { useState } from 'react'
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
import { NoteField } from './settle.tsx'
import { useHeldWords } from './words/index.ts'

/** Takes an upload as a patrol of whoever sent it, where the office says that it was. */
export function Accept({ upload, close }: { upload: WholeHeldUpload; close: () => void }) {
  const { r } = useHeldWords()
  const { place } = upload
  const schemes = useAsk(listSchemes, { query: { state: 'published', limit: 200 } })
  const [schemeId, setSchemeId] = useState(place?.scheme.id ?? null)
  const [zone, setZone] = useState<Named | null>(place?.zone ?? null)
  const [point, setPoint] = useState<Named | null>(place?.point ?? null)
  const [note, setNote] = useState('')
  return (
    <ActDialog
      title={r.accept}
      confirm={r.accept}
      first="held-note"
      ready={schemeId !== null && zone !== null && note.trim() !== ''}
      close={close}
      act={async () => {
        const body = {
          ...{ schemeId: schemeId!, zoneId: zone!.id, pointId: point?.id ?? null },
          note: note.trim(),
        }
        await ask(acceptHeldUpload, { params: { uploadId: upload.id }, body }, { version: upload.version })
        await readAgain(readHeldUpload, listHeldUploads, listCases, countCases)
        return { text: r.acceptDone }
      }}
    >
      <p>{r.acceptLead}</p>
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
