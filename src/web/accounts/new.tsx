import { Input } from 'antd'
import { Link } from 'react-router'
import { officers } from '#modules/accounts/roles.ts'
import { AdminPage } from '../admin/page.tsx'
import { createUser, listPersons, listUsers } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import type { Refused } from '../core/refused.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { Field } from '../ui/office/field.tsx'
import { MakeForm, useMaking } from '../ui/office/making.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { grantOf, noRole, type RoleChoice, RoleFields } from './role-fields.tsx'
import { useAccountsWords } from './words.ts'

type Fields = {
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
  const { r, w } = useAccountsWords()
  const making = useMaking({
    begun: nothing,
    problemsOf: ({ name, login, role }) => ({
      ...(name.trim() ? {} : { name: w.field.missing }),
      ...(login.trim() ? {} : { login: w.field.missing }),
      ...(grantOf(role) ? {} : { role: w.field.missing }),
    }),
    async make({ name, login, person, role }, keyFor) {
      const grant = grantOf(role) as NonNullable<ReturnType<typeof grantOf>>
      const body = { name: name.trim(), login: login.trim(), personId: person?.id ?? null, grants: [grant] }
      const user = await ask(createUser, { body }, { key: keyFor(body) })
      await readAgain(listUsers)
      return { text: officers.includes(grant.role) ? r.waits : r.createdDone, to: paths.user(user.id) }
    },
    fieldOf,
    inputOf: (field) => (field === 'role' ? 'grant-role' : `user-${field}`),
  })
  const { fields, problems, set } = making
  return (
    <AdminPage
      narrow
      title={r.newTitle}
      question={r.newQuestion}
      trail={<Link to={paths.users()}>{r.title}</Link>}
    >
      <MakeForm making={making} create={r.create} from={paths.users()}>
        <div className="fields">
          <UserFields fields={fields} problems={problems} set={set} />
          <RoleFields choice={fields.role} wrong={problems.role} onChange={(role) => set({ role })} />
        </div>
        {fields.role.role && officers.includes(fields.role.role) && (
          <p className="note warn">{r.needsOther}</p>
        )}
      </MakeForm>
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
