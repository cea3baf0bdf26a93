import { Input } from 'antd'
import { useState } from 'react'
import {
  listHeldUploads,
  readHeldUpload,
  settleHeldUpload,
  type WholeHeldUpload,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useHeldWords } from './words/index.ts'

/** Says what became of an upload that is taken as nothing. */
export function Settle({ upload, close }: { upload: WholeHeldUpload; close: () => void }) {
  const { r } = useHeldWords()
  const [note, setNote] = useState('')
  return (
    <ActDialog
      title={r.settle}
      confirm={r.settle}
      first="held-note"
      ready={note.trim() !== ''}
      close={close}
      again={() => readAgain(readHeldUpload, listHeldUploads)}
      now={<SettledNote upload={upload} />}
      act={async () => {
        const body = { note: note.trim() }
        await ask(settleHeldUpload, { params: { uploadId: upload.id }, body }, { version: upload.version })
        await readAgain(readHeldUpload, listHeldUploads)
        return { text: r.settledDone }
      }}
    >
      <p>{r.settleLead}</p>
      <NoteField note={note} set={setNote} />
    </ActDialog>
  )
}

/** What somebody else wrote of it meanwhile. */
export function SettledNote({ upload: { settledAt, settledNote } }: { upload: WholeHeldUpload }) {
  const { r, w, language } = useHeldWords()
  if (!settledAt) return null
  return (
    <p>
      {w.conflict.now}
      {r.settled(momentText(settledAt, cityZone(), language))}
      {r.colon}
      <Given>{settledNote ?? ''}</Given>
    </p>
  )
}

/** What the office found out. */
export function NoteField({ note, set }: { note: string; set: (note: string) => void }) {
  const { r } = useHeldWords()
  return (
    <Field label={r.note} name="held-note">
      <Input.TextArea
        id="held-note"
        rows={3}
        maxLength={500}
        value={note}
        onChange={({ target }) => set(target.value)}
      />
    </Field>
  )
}
