import { Input } from 'antd'
import { useState } from 'react'
import { filePersonRequest, listPersonRequests, type Person } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { useOrganisationWords } from '../words/index.ts'

/** Asks whoever answers for the whole person to correct who they are. Filing compares nothing, so it reveals nothing. */
export function FileRequest({ person, close }: { person: Person; close: () => void }) {
  const { persons: p, person: one } = useOrganisationWords()
  const [name, setName] = useState('')
  const [birthDate, setBirthDate] = useState('')
  const [identityNumber, setIdentityNumber] = useState('')
  const [note, setNote] = useState('')
  const change = {
    ...(name.trim() ? { name: name.trim() } : {}),
    ...(birthDate ? { birthDate } : {}),
    ...(identityNumber.trim() ? { identityNumber: identityNumber.trim() } : {}),
  }
  const inputs = [
    { id: 'request-name', label: p.name, value: name, set: setName, hint: undefined },
    {
      id: 'request-birth',
      label: one.birthDate,
      value: birthDate,
      set: setBirthDate,
      hint: one.birthDateHint,
    },
    {
      id: 'request-identity',
      label: one.identityNumber,
      value: identityNumber,
      set: setIdentityNumber,
      hint: undefined,
    },
    { id: 'request-note', label: one.note, value: note, set: setNote, hint: undefined },
  ]
  return (
    <ActDialog
      first="request-name"
      title={one.requestTitle}
      confirm={one.request}
      ready={Object.keys(change).length > 0}
      close={close}
      act={async () => {
        const body = { change, ...(note.trim() ? { note: note.trim() } : {}) }
        await ask(filePersonRequest, { params: { personId: person.id }, body })
        await readAgain(listPersonRequests)
        return { text: one.requested }
      }}
    >
      <p>{one.requestLead}</p>
      {inputs.map(({ id, label, value, set, hint }) => (
        <Field key={id} optional label={label} name={id} hint={hint}>
          <Input
            id={id}
            value={value}
            maxLength={id === 'request-note' ? 200 : 60}
            autoComplete="off"
            onChange={(event) => set(event.target.value)}
          />
        </Field>
      ))}
      {Object.keys(change).length === 0 && <p className="soft">{one.nothing}</p>}
    </ActDialog>
  )
}
