import { Button } from 'antd'
import { Link } from 'react-router'
import {
  type ConfirmationState,
  confirmationKinds,
  confirmationStates,
  roleWords,
} from '#modules/accounts/words.ts'
import { AdminPage } from '../admin/page.tsx'
import {
  approveOfficerConfirmation,
  listOfficerConfirmations,
  type OfficerConfirmationView,
  refuseOfficerConfirmation,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { paths } from '../paths.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { useFilters } from '../ui/office/filters.ts'
import { Listing } from '../ui/office/listing.tsx'
import { Given } from '../ui/plain/given.tsx'
import { usersChanged } from './grants.tsx'
import { useAccountsWords } from './words.ts'

type Query = InputOf<typeof listOfficerConfirmations>['query']
type Confirmation = OfficerConfirmationView

/** Which changes of officers' accounts need a second officer? */
export function Component() {
  const { r, say } = useAccountsWords()
  const { search, set } = useFilters()
  const found = useAsk(listOfficerConfirmations, {
    query: queryIn<Query>(search, ['state', 'cursor', 'limit']),
  })
  const dialog = useDialog(['approve', 'refuse'])
  const asked = found.data?.items.find(({ id, state }) => id === dialog.of && state === 'pending')
  const states = (Object.keys(confirmationStates) as ConfirmationState[]).map((value) => ({
    value,
    label: say(confirmationStates[value]),
  }))
  return (
    <AdminPage title={r.confirmations} question={r.confirmationsQuestion}>
      <search className="filters">
        <Choice
          label={r.state}
          all={r.anyState}
          options={states}
          value={search.get('state')}
          onChange={(state) => set({ state })}
        />
      </search>
      <Listing
        found={found}
        filtered={search.has('state')}
        empty={{ all: r.noConfirmations, filtered: r.noConfirmations }}
        count={r.foundConfirmations}
      >
        {(items, old) => <ConfirmationTable items={items} old={old} open={dialog.open} />}
      </Listing>
      {dialog.act && asked && (
        <Decide asked={asked} approve={dialog.act === 'approve'} close={dialog.close} />
      )}
    </AdminPage>
  )
}

interface TableProps {
  items: Confirmation[]
  old: boolean
  open: (act: 'approve' | 'refuse', id: string) => void
}

function ConfirmationTable({ items, old, open }: TableProps) {
  const { r, say, language } = useAccountsWords()
  const mine = useStore(me)
  const at = (moment: string) => (
    <span className="nowrap">{momentText(moment, mine?.timeZone ?? 'UTC', language)}</span>
  )
  const columns: Column<Confirmation>[] = [
    { key: 'kind', title: r.kind, names: true, cell: (each) => <What asked={each} /> },
    {
      key: 'user',
      title: r.about,
      cell: ({ user }) => (
        <Link to={paths.user(user.id)}>
          <Given>{user.name}</Given>
        </Link>
      ),
    },
    { key: 'by', title: r.askedBy, cell: ({ requestedBy }) => <Given>{requestedBy.name}</Given> },
    { key: 'at', title: r.askedAt, cell: ({ requestedAt }) => at(requestedAt) },
    { key: 'until', title: r.expires, cell: ({ expiresAt }) => at(expiresAt) },
    { key: 'state', title: r.state, cell: ({ state }) => say(confirmationStates[state]) },
    {
      key: 'act',
      title: r.act,
      cell: ({ id, state, requestedBy }) =>
        state === 'pending' &&
        (requestedBy.id === mine?.userId ? (
          <span className="soft">{r.own}</span>
        ) : (
          <span className="acts">
            <Button size="small" onClick={() => open('refuse', id)}>
              {r.refuse}
            </Button>
            <Button size="small" type="primary" onClick={() => open('approve', id)}>
              {r.approve}
            </Button>
          </span>
        )),
    },
  ]
  return (
    <DataTable caption={r.confirmations} rows={items} columns={columns} keyOf={({ id }) => id} old={old} />
  )
}

function What({ asked: { kind, role, newPhone } }: { asked: Confirmation }) {
  const { r, say } = useAccountsWords()
  return (
    <>
      {say(confirmationKinds[kind])}
      {role && <small className="soft"> {say(roleWords[role])}</small>}
      {newPhone && (
        <small className="soft" translate="no">
          {' '}
          {r.newPhone(newPhone)}
        </small>
      )}
    </>
  )
}

function Decide({ asked, approve, close }: { asked: Confirmation; approve: boolean; close: () => void }) {
  const { r, say } = useAccountsWords()
  const kind = say(confirmationKinds[asked.kind])
  return (
    <ActDialog
      ready
      danger={!approve}
      title={approve ? r.approve : r.refuse}
      confirm={approve ? r.approve : r.refuse}
      close={close}
      act={async () => {
        const operation = approve ? approveOfficerConfirmation : refuseOfficerConfirmation
        await ask(operation, { params: { confirmationId: asked.id } })
        await usersChanged()
        return { text: approve ? r.approved : r.refused }
      }}
    >
      <p translate="no">{(approve ? r.approveLead : r.refuseLead)(kind, asked.user.name)}</p>
      <p className="soft">
        <What asked={asked} />
      </p>
    </ActDialog>
  )
}
