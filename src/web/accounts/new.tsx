import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { officers } from '#modules/accounts/roles.ts'
import { AdminPage } from '../admin/page.tsx'
import { createUser, listPersons, listUsers } from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { keptKeys } from '../core/draft.ts'
import { readAgain } from '../core/query.ts'
import { Refused } from '../core/refused.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { Field } from '../ui/office/field.tsx'
import { LeaveGuard } from '../ui/office/leave-guard.tsx'
import { Trouble } from '../ui/office/page.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { refusalText } from '../words/refusals.ts'
import { grantOf, noRole, type RoleChoice, RoleFields } from './role-fields.tsx'
import { useAccountsWords } from './words.ts'

interface Fields {
  name: string
  login: string
  person: Named | null
  role: RoleChoice
}
const nothing: Fields = { name: '', login: '', person: null, role: noRole }
type Problems = Partial<Record<keyof Fields, string>>

/** The field that a refusal is about, where it is about one. */
function fieldOf({ problem }: Refused): keyof Fields | undefined {
  const [thing] = problem.code.split('.')
  return ({ login: 'login', person: 'person', grant: 'role', unit: 'role', team: 'role' } as const)[
    thing ?? ''
  ]
}

/** A new account with its first role. It is of no use until its holder set a password by a link. */
export function Component() {
  const speech = useAccountsWords()
  const { r, w } = speech
  const navigate = useNavigate()
  const [fields, setFields] = useState(nothing)
  const [problems, setProblems] = useState<Problems>({})
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState(false)
  const [keyFor] = useState(() => keptKeys(newKey))
  const set = (change: Partial<Fields>) => {
    setFields({ ...fields, ...change })
    setProblems(Object.fromEntries(Object.entries(problems).filter(([field]) => !(field in change))))
  }

  const create = async () => {
    const grant = grantOf(fields.role)
    const found: Problems = {
      ...(fields.name.trim() ? {} : { name: w.field.missing }),
      ...(fields.login.trim() ? {} : { login: w.field.missing }),
      ...(grant ? {} : { role: w.field.missing }),
    }
    setProblems(found)
    setError(undefined)
    const [first] = Object.keys(found)
    if (first || !grant)
      return document.getElementById(first === 'role' ? 'grant-role' : `user-${first}`)?.focus()
    setBusy(true)
    try {
      const { name, login, person } = fields
      const body = { name: name.trim(), login: login.trim(), personId: person?.id ?? null, grants: [grant] }
      const user = await ask(createUser, { body }, { key: keyFor(body) })
      setMade(true)
      await readAgain(listUsers)
      tellDone({ text: officers.includes(grant.role) ? r.waits : r.createdDone })
      setTimeout(() => void navigate(paths.user(user.id), { replace: true }))
    } catch (failed) {
      const field = failed instanceof Refused ? fieldOf(failed) : undefined
      if (field) setProblems({ [field]: refusalText(failed as Refused, speech) })
      else setError(failed)
    }
    setBusy(false)
  }

  return (
    <AdminPage
      narrow
      title={r.newTitle}
      question={r.newQuestion}
      trail={<Link to={paths.users()}>{r.title}</Link>}
    >
      <form
        className="panel padded"
        noValidate
        onSubmit={(submitted) => {
          submitted.preventDefault()
          void create()
        }}
      >
        {error !== undefined && <Trouble error={error} />}
        <div className="fields">
          <UserFields fields={fields} problems={problems} set={set} />
          <RoleFields choice={fields.role} wrong={problems.role} onChange={(role) => set({ role })} />
        </div>
        {fields.role.role && officers.includes(fields.role.role) && (
          <p className="note warn">{r.needsOther}</p>
        )}
        <div className="formfoot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {r.create}
          </Button>
          <Button onClick={() => void navigate(paths.users())}>{w.common.cancel}</Button>
        </div>
        <LeaveGuard dirty={!made && JSON.stringify(fields) !== JSON.stringify(nothing)} />
      </form>
    </AdminPage>
  )
}

interface FieldsProps {
  fields: Fields
  problems: Problems
  set: (change: Partial<Fields>) => void
}

function UserFields({ fields, problems, set }: FieldsProps) {
  const { r } = useAccountsWords()
  const seesPeople = useStore(me)?.permissions.includes('persons.read') === true
  return (
    <>
      <Field label={r.name} name="user-name" wrong={problems.name}>
        <Input
          id="user-name"
          value={fields.name}
          maxLength={60}
          aria-required
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Field label={r.login} name="user-login" hint={r.loginHint} wrong={problems.login}>
        <Input
          id="user-login"
          value={fields.login}
          maxLength={64}
          autoComplete="off"
          aria-required
          onChange={(event) => set({ login: event.target.value })}
        />
      </Field>
      {seesPeople && (
        <Field wide optional label={r.person} name="user-person" hint={r.personHint} wrong={problems.person}>
          <RemoteSelect
            id="user-person"
            find={listPersons}
            placeholder={r.choosePerson}
            value={fields.person}
            detail={({ memberships }) => memberships[0]?.team.name}
            onChange={(person) => set({ person, ...(person && !fields.name ? { name: person.name } : {}) })}
          />
        </Field>
      )}
    </>
  )
}
