import { Link } from 'react-router'
import { roleWords } from '#modules/accounts/words.ts'
import { AdminPage } from '../admin/page.tsx'
import { listUnits, listUsers, readUnit, type UserView } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { DistrictFilter } from '../grid/district-filter.tsx'
import { paths } from '../paths.ts'
import { Choice } from '../ui/office/choice.tsx'
import { ClearFilters } from '../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Listing } from '../ui/office/listing.tsx'
import { RemoteSelect } from '../ui/office/remote-select.tsx'
import { SearchBox } from '../ui/office/search-box.tsx'
import { Given } from '../ui/plain/given.tsx'
import { Roles } from './roles.tsx'
import { UserState } from './state.tsx'
import { useAccountsWords } from './words.ts'

type Query = InputOf<typeof listUsers>['query']
const filters = ['search', 'role', 'unitId', 'districtCode', 'activated', 'disabled'] as const
const names = [...filters, 'cursor', 'limit'] as const

/** Who can get in, and what may they do? */
export function Component() {
  const { r } = useAccountsWords()
  const { search } = useFilters()
  const found = useAsk(listUsers, { query: queryIn<Query>(search, names) })
  const mayEdit = useStore(me)?.permissions.includes('accounts.edit') === true
  return (
    <AdminPage
      help="users"
      title={r.title}
      question={r.question}
      acts={
        mayEdit && (
          <>
            <LinkButton to={paths.newUser()} text={r.new} />
            <LinkButton to={paths.inviteMany()} primary text={r.inviteMany} />
          </>
        )
      }
    >
      <UserFilters />
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: r.empty, filtered: r.emptyFiltered }}
        count={r.found}
      >
        {(users, old) => <UserTable users={users} old={old} />}
      </Listing>
    </AdminPage>
  )
}

function UserTable({ users, old }: { users: UserView[]; old: boolean }) {
  const { r, language } = useAccountsWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const columns: Column<UserView>[] = [
    {
      key: 'name',
      title: r.name,
      names: true,
      cell: ({ id, name }) => (
        <Link className="nowrap" to={paths.user(id)}>
          <Given>{name}</Given>
        </Link>
      ),
    },
    {
      key: 'login',
      title: r.login,
      cell: ({ login }) =>
        login ? (
          <span translate="no" lang="en">
            {login}
          </span>
        ) : (
          <span className="soft">—</span>
        ),
    },
    {
      key: 'roles',
      title: r.roles,
      cell: ({ grants, whole }) => (
        <>
          <Roles grants={grants} />
          {!whole && <small className="soft">{r.hidden}</small>}
        </>
      ),
    },
    { key: 'state', title: r.state, cell: (user) => <UserState user={user} /> },
    {
      key: 'lastSignInAt',
      title: r.lastSignIn,
      cell: ({ lastSignInAt, whole }) => (
        <span className={lastSignInAt ? 'nowrap' : 'nowrap soft'}>
          {lastSignInAt ? momentText(lastSignInAt, zone, language) : whole ? r.never : '—'}
        </span>
      ),
    },
  ]
  return <DataTable caption={r.title} rows={users} columns={columns} keyOf={({ id }) => id} old={old} />
}

function UserFilters() {
  const { r, say } = useAccountsWords()
  const { search, set } = useFilters()
  const seesUnits = useStore(me)?.permissions.includes('units.read') === true
  const unitId = search.get('unitId')
  const unit = useAsk(readUnit, { params: { unitId: unitId ?? '' } }, { skip: unitId === null })
  const unitName = unit.data?.id === unitId ? unit.data?.name : undefined
  const yesNo = (yes: string, no: string) => [
    { value: 'true', label: yes },
    { value: 'false', label: no },
  ]
  return (
    <search className="filters">
      <SearchBox
        label={r.search}
        value={search.get('search') ?? ''}
        onSearch={(value) => set({ search: value })}
      />
      <Choice
        label={r.role}
        all={r.anyRole}
        options={Object.entries(roleWords).map(([value, text]) => ({ value, label: say(text) }))}
        value={search.get('role')}
        onChange={(role) => set({ role })}
      />
      {seesUnits && (
        <span className="remote">
          <RemoteSelect
            find={listUnits}
            label={r.unit}
            placeholder={r.unit}
            value={unitId ? { id: unitId, name: unitName ?? '…' } : null}
            onChange={(chosen) => set({ unitId: chosen?.id ?? null })}
          />
        </span>
      )}
      <DistrictFilter />
      <Choice
        label={r.activated}
        all={r.activatedAny}
        options={yesNo(r.activatedYes, r.activatedNo)}
        value={search.get('activated')}
        onChange={(activated) => set({ activated })}
      />
      <Choice
        label={r.disabled}
        all={r.disabledAny}
        options={yesNo(r.disabledYes, r.disabledNo)}
        value={search.get('disabled')}
        onChange={(disabled) => set({ disabled })}
      />
      <ClearFilters />
    </search>
  )
}
