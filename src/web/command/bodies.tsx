import { Button, Checkbox } from 'antd'
import { type BodyRole, bodyKinds, bodyRoles } from '#modules/command/words.ts'
import { listWorkingBodies, type WorkingBody } from '../api/operations.ts'
import { grouped } from '../core/grouped.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { useDistricts } from '../grid/districts.ts'
import { useDialog } from '../ui/office/dialogs.ts'
import { useFilters } from '../ui/office/filters.ts'
import { Empty, Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { AddMember, CloseBody, EditBody, NewBody, RemoveMember } from './body-dialogs.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { CityPage } from './page.tsx'
import { useCityWords } from './words.ts'

type Member = WorkingBody['members'][number]
type Act = 'member' | 'edit' | 'close' | 'remove'

/** Who leads which part of the campaign, and who advises whom? */
export function Component() {
  const { r } = useCityWords()
  const { search, set } = useFilters()
  const { act, of, open, close } = useDialog(['new', 'member', 'edit', 'close', 'remove'])
  const closed = search.get('closed') === 'true'
  const found = useAsk(listWorkingBodies, { query: { limit: 200, ...(closed ? { closed } : {}) } })
  const mayEdit = useStore(me)?.permissions.includes('bodies.edit') === true
  const bodies = found.data?.items ?? []
  const [bodyId, memberId] = of?.split('.') ?? []
  const chosen = bodies.find(({ id }) => id === bodyId)
  const member = chosen?.members.find(({ id }) => id === memberId)
  return (
    <CityPage
      title={r.bodies}
      question={r.bodiesQuestion}
      acts={mayEdit && <OpenDialog primary text={r.newBody} open={() => open('new')} />}
    >
      <search className="filters">
        <Checkbox checked={closed} onChange={({ target }) => set({ closed: target.checked ? 'true' : null })}>
          {r.closedBodies}
        </Checkbox>
      </search>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={8} />}
      {found.isSuccess && bodies.length === 0 && (
        <section className="panel">
          <Empty text={closed ? r.emptyFiltered : r.emptyBodies} />
        </section>
      )}
      {bodies.map((body) => (
        <Body key={body.id} body={body} open={mayEdit ? open : undefined} />
      ))}
      {act === 'new' && <NewBody close={close} />}
      {chosen && act === 'member' && <AddMember body={chosen} close={close} />}
      {chosen && act === 'edit' && <EditBody body={chosen} close={close} />}
      {chosen && act === 'close' && <CloseBody body={chosen} close={close} />}
      {chosen && member && act === 'remove' && <RemoveMember body={chosen} member={member} close={close} />}
    </CityPage>
  )
}

interface BodyProps {
  body: WorkingBody
  /** Absent: whoever looks may change nothing. */
  open: ((act: Act, of: string) => void) | undefined
}

function Body({ body, open }: BodyProps) {
  const { r, say } = useCityWords()
  const { id, kind, number, name, members, closedAt } = body
  const byRole = grouped(members, ({ role }) => role)
  const roles = (Object.keys(bodyRoles) as BodyRole[]).filter((role) => byRole.has(role))
  return (
    <section className="panel padded" aria-labelledby={`body-${id}`}>
      <h2 id={`body-${id}`}>
        <Given>{name}</Given>
      </h2>
      <p className="soft">
        {say(bodyKinds[kind])}
        {number !== null && ` · ${r.bodyNumber(number)}`}
        {closedAt && ` · ${r.bodyClosed}`}
      </p>
      {members.length === 0 && <p className="soft">{r.noMembers}</p>}
      {roles.map((role) => (
        <div key={role} className="body-role">
          <h3>{say(bodyRoles[role])}</h3>
          <ul>
            {byRole.get(role)!.map((member) => (
              <li key={member.id}>
                <MemberName member={member} />
                {open && !closedAt && (
                  <Button type="link" size="small" onClick={() => open('remove', `${id}.${member.id}`)}>
                    {r.removeMember}
                    <span className="hear">
                      {' '}
                      <MemberName member={member} />
                    </span>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {open && (
        <div className="task-acts">
          {!closedAt && <Button onClick={() => open('member', id)}>{r.addMember}</Button>}
          {!closedAt && <Button onClick={() => open('edit', id)}>{r.editBody}</Button>}
          <Button onClick={() => open('close', id)}>{closedAt ? r.reopenBody : r.closeBody}</Button>
        </div>
      )}
    </section>
  )
}

/** A member is a unit, a person or a district. */
export function MemberName({ member }: { member: Member }) {
  const { nameOf } = useDistricts()
  return <Given>{member.unit?.name ?? member.person?.name ?? nameOf(member.districtCode) ?? ''}</Given>
}
