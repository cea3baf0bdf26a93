import { Button, Dropdown, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type MemberRole, memberRoles } from '#modules/organisation/words.ts'
import { endMembership, listPersons, type Person, putMember, type Team } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { paths } from '../../paths.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { Field } from '../../ui/office/field.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { PersonSelect } from '../choose.tsx'
import { NumberOf } from '../persons/number-of.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { membersChanged } from './keep.ts'

type Query = InputOf<typeof listPersons>['query']

/** The members of the team with their roles, and how they come and go. */
export function Members({ team, mayEdit }: { team: Team; mayEdit: boolean }) {
  const { say } = useWords()
  const { teams: t, persons: p } = useOrganisationWords()
  const { search } = useFilters()
  const dialog = useDialog(['member'])
  const [error, setError] = useState<unknown>()
  const mayEnter = useStore(me)?.permissions.includes('persons.edit') === true
  const query = queryIn<Query>(search, ['cursor', 'limit'])
  const found = useAsk(listPersons, { query: { ...query, teamId: team.id } })
  const columns: Column<Person>[] = [
    {
      key: 'name',
      title: p.name,
      names: true,
      cell: ({ id, name }) => (
        <Link to={paths.person(id)}>
          <Given>{name}</Given>
        </Link>
      ),
    },
    {
      key: 'role',
      title: p.role,
      cell: (person) => {
        const role = roleIn(team, person)
        return role && say(memberRoles[role])
      },
    },
    { key: 'number', title: p.number, cell: (person) => <NumberOf person={person} /> },
  ]
  const acting: Column<Person> = {
    key: 'act',
    title: t.act,
    cell: (person) => <MemberActs team={team} person={person} failed={setError} />,
  }
  return (
    <section aria-label={t.members}>
      <div className="panelhead">
        <h2>{t.members}</h2>
        {mayEdit && (
          <span className="acts-here">
            {mayEnter && <LinkButton to={`${paths.newPerson()}?teamId=${team.id}`} text={t.enterPerson} />}
            <Button onClick={() => dialog.open('member')}>{t.addMember}</Button>
          </span>
        )}
      </div>
      {error !== undefined && <Trouble error={error} />}
      <Listing
        found={found}
        filtered={false}
        empty={{ all: t.noMembers, filtered: t.noMembers }}
        count={p.found}
      >
        {(people, old) => (
          <DataTable
            caption={t.members}
            columns={mayEdit ? [...columns, acting] : columns}
            rows={people}
            keyOf={({ id }) => id}
            old={old}
          />
        )}
      </Listing>
      {dialog.act === 'member' && mayEdit && <AddMember team={team} close={dialog.close} />}
    </section>
  )
}

const roleIn = (team: Team, person: Person): MemberRole | undefined =>
  person.memberships.find((each) => each.team.id === team.id)?.role

/** The roles there are in a team, and in a class. A leader is made by handing over. */
const rolesOf = ({ kind }: Team): readonly MemberRole[] =>
  kind === 'class' ? ['pupil', 'teacher', 'member'] : ['member', 'deputy']

interface ActsProps {
  team: Team
  person: Person
  failed: (error: unknown) => void
}

function MemberActs({ team, person, failed }: ActsProps) {
  const { say } = useWords()
  const { teams: t } = useOrganisationWords()
  const params = { teamId: team.id, personId: person.id }
  const role = roleIn(team, person)
  const put = async (become: MemberRole): Promise<string> => {
    await ask(putMember, { params, body: { role: become } })
    await membersChanged()
    return t.roleIs(person.name, say(memberRoles[become]))
  }
  const trying = async (work: () => Promise<void>) => {
    failed(undefined)
    await work().catch(failed)
  }
  const other = rolesOf(team).filter((each) => each !== role)
  const items = [
    ...other.map((become) => ({
      key: become,
      label: t.become(say(memberRoles[become])),
      onClick: () =>
        void trying(async () => {
          const text = await put(become)
          // Whoever led the team does so again only by a hand-over.
          const undoable = role !== undefined && role !== 'leader'
          tellDone(undoable ? { text, undo: () => put(role) } : { text })
        }),
    })),
    {
      key: 'leave',
      label: t.leave,
      danger: true,
      onClick: () =>
        void trying(async () => {
          await ask(endMembership, { params })
          await membersChanged()
          const text = t.left(person.name)
          tellDone(role && role !== 'leader' ? { text, undo: () => put(role) } : { text })
        }),
    },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <span translate="no">
        <Button size="small" aria-haspopup="menu" aria-label={t.actsOf(person.name)}>
          <span aria-hidden="true">…</span>
        </Button>
      </span>
    </Dropdown>
  )
}

/** Makes somebody who is known a member, in a role. */
function AddMember({ team, close }: { team: Team; close: () => void }) {
  const { say } = useWords()
  const { teams: t, persons: p, units: u } = useOrganisationWords()
  const roles = rolesOf(team)
  const [personId, setPersonId] = useState<string | null>(null)
  const [role, setRole] = useState<MemberRole>(roles[0] ?? 'member')
  return (
    <ActDialog
      first="member-person"
      title={t.addMember}
      confirm={t.addMember}
      ready={personId !== null}
      close={close}
      act={async () => {
        const params = { teamId: team.id, personId: personId ?? '' }
        await ask(putMember, { params, body: { role } })
        await membersChanged()
        return {
          text: t.added,
          undo: async () => {
            await ask(endMembership, { params })
            await membersChanged()
            return t.takenBack
          },
        }
      }}
    >
      <p>{t.addLead}</p>
      <Field label={p.name} name="member-person">
        <PersonSelect id="member-person" label={u.choosePerson} value={personId} onChange={setPersonId} />
      </Field>
      <Field label={p.role} name="member-role">
        <Select
          id="member-role"
          options={roles.map((value) => ({ value, label: say(memberRoles[value]) }))}
          value={role}
          onChange={setRole}
        />
      </Field>
    </ActDialog>
  )
}
