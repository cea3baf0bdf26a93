import { Input, InputNumber } from 'antd'
import { useState } from 'react'
import { type BodyKind, type BodyRole, bodyKinds, bodyRoles } from '#modules/command/words.ts'
import {
  addBodyMember,
  changeWorkingBody,
  closeWorkingBody,
  createWorkingBody,
  listPersons,
  listUnits,
  listWorkingBodies,
  readWorkingBody,
  removeBodyMember,
  reopenWorkingBody,
  type WorkingBody,
} from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { keptKeys } from '../core/draft.ts'
import { readAgain } from '../core/query.ts'
import { useDistricts } from '../grid/districts.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { ClosingDialog } from '../ui/office/closing-dialog.tsx'
import { EditDialog } from '../ui/office/edit-dialog.tsx'
import { type Editable, useEditing } from '../ui/office/editing.ts'
import { Field } from '../ui/office/field.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { Given } from '../ui/plain/given.tsx'
import { MemberName } from './bodies.tsx'
import { useCityWords } from './words.ts'

const numberMax = 999

/** Sets a working body up. Its members are added afterwards. */
export function NewBody({ close }: { close: () => void }) {
  const { r, say } = useCityWords()
  const [keyFor] = useState(() => keptKeys(newKey))
  const [kind, setKind] = useState<string | null>('group')
  const [number, setNumber] = useState<number | null>(null)
  const [name, setName] = useState('')
  const kinds = (Object.keys(bodyKinds) as BodyKind[]).map((value) => ({
    value,
    label: say(bodyKinds[value]),
  }))
  return (
    <ActDialog
      title={r.newBody}
      confirm={r.create}
      first="body-name"
      ready={kind !== null && name.trim() !== ''}
      close={close}
      again={() => readAgain(listWorkingBodies)}
      act={async () => {
        const body = { kind: kind as BodyKind, number, name: name.trim() }
        await ask(createWorkingBody, { body }, { key: keyFor(body) })
        await readAgain(listWorkingBodies)
        return { text: r.bodyWritten(name.trim()) }
      }}
    >
      <Field label={r.kind} name="body-kind">
        <Choice id="body-kind" label={r.kind} all={r.kind} options={kinds} value={kind} onChange={setKind} />
      </Field>
      <Field label={r.title} name="body-name">
        <Input id="body-name" maxLength={60} value={name} onChange={({ target }) => setName(target.value)} />
      </Field>
      <Field label={r.bodyOrder} name="body-number" hint={r.bodyOrderHint} optional>
        <InputNumber
          id="body-number"
          min={1}
          max={numberMax}
          precision={0}
          controls={false}
          value={number}
          onChange={(value) => setNumber(value)}
        />
      </Field>
    </ActDialog>
  )
}

interface BodyFields extends Record<string, unknown> {
  name: string
  number: number | null
}

function useEditable(): Editable<WorkingBody, BodyFields> {
  const { w } = useCityWords()
  return {
    fieldsOf: ({ name, number }) => ({ name, number }),
    problemsOf: ({ name }) => (name.trim() === '' ? { name: w.field.missing } : {}),
    async read({ id }) {
      const body = await ask(readWorkingBody, { params: { bodyId: id } })
      await readAgain(listWorkingBodies)
      return body
    },
    async send({ id, version }, _before, { name, number }) {
      const body = { name: name.trim(), number }
      const saved = await ask(changeWorkingBody, { params: { bodyId: id }, body }, { version })
      await readAgain(listWorkingBodies)
      return saved
    },
    fieldOf: ({ problem }) => (problem.code === 'body.number_taken' ? 'number' : undefined),
    inputOf: (field) => `edit-body-${field}`,
  }
}

/** Name and number of a working body. */
export function EditBody({ body, close }: { body: WorkingBody; close: () => void }) {
  const { r } = useCityWords()
  const editing = useEditing(body, useEditable(), close)
  const { mine, problems, set } = editing
  const labels: Record<string, string> = { name: r.title, number: r.bodyOrder }
  return (
    <EditDialog
      title={r.editBody}
      first="edit-body-name"
      editing={editing}
      label={(field) => labels[field] ?? field}
      show={(_, value) => (value ? <Given>{String(value)}</Given> : <span className="soft">{r.none}</span>)}
      close={close}
    >
      <Field label={r.title} name="edit-body-name" wrong={problems.name}>
        <Input
          id="edit-body-name"
          maxLength={60}
          value={mine.name}
          onChange={({ target }) => set({ name: target.value })}
        />
      </Field>
      <Field
        label={r.bodyOrder}
        name="edit-body-number"
        hint={r.bodyOrderHint}
        wrong={problems.number}
        optional
      >
        <InputNumber
          id="edit-body-number"
          min={1}
          max={numberMax}
          precision={0}
          controls={false}
          value={mine.number}
          onChange={(number) => set({ number })}
        />
      </Field>
    </EditDialog>
  )
}

/** What holds each role. A group of counsellors is in charge of units and of districts. */
const heldBy: Record<BodyRole, 'unit' | 'person' | 'either'> = {
  lead: 'unit',
  member: 'unit',
  chair: 'person',
  counsellor: 'person',
  charge: 'either',
}

/** Adds a unit, a person or a district to a working body. */
export function AddMember({ body, close }: { body: WorkingBody; close: () => void }) {
  const { r, say, w } = useCityWords()
  const [keyFor] = useState(() => keptKeys(newKey))
  const [role, setRole] = useState<string | null>('member')
  const [who, setWho] = useState<Named | null>(null)
  const [district, setDistrict] = useState<string | null>(null)
  const districts = useDistricts()
  const roles = (Object.keys(bodyRoles) as BodyRole[]).map((value) => ({
    value,
    label: say(bodyRoles[value]),
  }))
  const holder = role === null ? undefined : heldBy[role as BodyRole]
  const choose = (next: string | null) => {
    setRole(next)
    setWho(null)
    setDistrict(null)
  }
  return (
    <ActDialog
      title={r.addMember}
      confirm={r.addMember}
      first="member-role"
      ready={holder !== undefined && (who !== null) !== (district !== null)}
      close={close}
      again={() => readAgain(listWorkingBodies)}
      act={async () => {
        const member =
          district !== null
            ? { districtCode: district }
            : holder === 'person'
              ? { personId: who!.id }
              : { unitId: who!.id }
        const sent = { role: role as BodyRole, ...member }
        const input = { params: { bodyId: body.id }, body: sent }
        await ask(addBodyMember, input, { key: keyFor(sent) })
        await readAgain(listWorkingBodies)
        return { text: r.memberAdded }
      }}
    >
      <Field label={r.role} name="member-role">
        <Choice id="member-role" label={r.role} all={r.role} options={roles} value={role} onChange={choose} />
      </Field>
      {holder === 'person' && (
        <Field label={r.member} name="member-who">
          <RemoteSelect
            id="member-who"
            value={who}
            find={listPersons}
            detail={({ memberships }) => memberships[0]?.unit?.name}
            onChange={setWho}
          />
        </Field>
      )}
      {(holder === 'unit' || holder === 'either') && (
        <Field label={r.memberUnit} name="member-who" optional={holder === 'either'}>
          <RemoteSelect id="member-who" value={who} find={listUnits} onChange={setWho} />
        </Field>
      )}
      {holder === 'either' && (
        <Field label={w.shifts.district} name="member-district" optional>
          <Choice
            given
            id="member-district"
            label={w.shifts.district}
            all={r.none}
            options={districts.options}
            value={district}
            onChange={setDistrict}
          />
        </Field>
      )}
    </ActDialog>
  )
}

/** Ends a membership; what the member did for the body stays. */
export function RemoveMember({
  body,
  member,
  close,
}: {
  body: WorkingBody
  member: WorkingBody['members'][number]
  close: () => void
}) {
  const { r } = useCityWords()
  return (
    <ActDialog
      title={r.removeMember}
      confirm={r.removeMember}
      ready
      close={close}
      act={async () => {
        await ask(removeBodyMember, { params: { bodyId: body.id, memberId: member.id } })
        await readAgain(listWorkingBodies)
        return { text: r.memberRemoved }
      }}
    >
      <p>
        <MemberName member={member} />
        {r.colon}
        {r.removeMemberLead}
      </p>
    </ActDialog>
  )
}

/** Closes a working body, or opens it again. */
export function CloseBody({ body, close }: { body: WorkingBody; close: () => void }) {
  const { r } = useCityWords()
  const open = body.closedAt === null
  const words = { close: r.closeBody, reopen: r.reopenBody, closed: r.bodyClosed, reopened: r.bodyReopened }
  return (
    <ClosingDialog
      close={open}
      words={words}
      again={() => readAgain(listWorkingBodies)}
      done={close}
      become={async (closed, version = body.version) => {
        const operation = closed ? closeWorkingBody : reopenWorkingBody
        const after = await ask(operation, { params: { bodyId: body.id } }, { version })
        await readAgain(listWorkingBodies)
        return after.version
      }}
    >
      {(closing) => <p>{closing ? r.closeBodyLead : r.reopenBodyLead}</p>}
    </ClosingDialog>
  )
}
