import { Button } from 'antd'
import { Link } from 'react-router'
import { AdminPage } from '../admin/page.tsx'
import { type Attention, acknowledgeAttention, listAttention } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { paths } from '../paths.ts'
import { Choice } from '../ui/office/choice.tsx'
import { ClearFilters } from '../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { useFilters } from '../ui/office/filters.ts'
import { Listing } from '../ui/office/listing.tsx'
import { ReasonDialog } from '../ui/office/reason-dialog.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useSystemWords } from './words.ts'

type Query = InputOf<typeof listAttention>['query']

/** Which alarms has nobody looked into? */
export function Component() {
  const { r } = useSystemWords()
  const { search, set } = useFilters()
  const dialog = useDialog(['looked'])
  const found = useAsk(listAttention, { query: queryIn<Query>(search, ['open', 'cursor', 'limit']) })
  const chosen = found.data?.items.find(({ id }) => id === dialog.of)
  return (
    <AdminPage title={r.alarms} question={r.alarmsQuestion}>
      <search className="filters">
        <Choice
          label={r.alarmState}
          all={r.alarmsOpen}
          options={[{ value: 'false', label: r.alarmsAll }]}
          value={search.get('open')}
          onChange={(open) => set({ open })}
        />
        <ClearFilters />
      </search>
      <Listing
        found={found}
        filtered={search.has('open')}
        empty={{ all: r.alarmsNone, filtered: r.alarmsNone }}
        count={r.alarmsFound}
      >
        {(alarms, old) => <Alarms alarms={alarms} old={old} look={(id) => dialog.open('looked', id)} />}
      </Listing>
      {dialog.act && chosen && <Looked alarm={chosen} close={dialog.close} />}
    </AdminPage>
  )
}

interface AlarmsProps {
  alarms: Attention[]
  old: boolean
  look: (id: string) => void
}

function Alarms({ alarms, old, look }: AlarmsProps) {
  const { r, say, language } = useSystemWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const at = (moment: string) => <span className="nowrap">{momentText(moment, zone, language)}</span>
  const columns: Column<Attention>[] = [
    { key: 'what', title: r.alarm, names: true, cell: ({ text }) => say(text) },
    { key: 'raised', title: r.raisedAt, cell: ({ raisedAt }) => at(raisedAt) },
    { key: 'last', title: r.lastAt, cell: ({ lastAt }) => at(lastAt) },
    { key: 'times', title: r.times, number: true, cell: ({ times }) => times },
    {
      key: 'trail',
      title: r.trail,
      // The same action and subject as in the audit trail.
      cell: ({ kind, subject }) => (
        <Link to={`${paths.audit()}?${new URLSearchParams({ action: kind, subject })}`}>{r.toTrail}</Link>
      ),
    },
    {
      key: 'act',
      title: r.act,
      cell: ({ id, acknowledgedAt, reason }) =>
        acknowledgedAt ? (
          <>
            <span className="good">✓ {r.lookedInto}</span> {at(acknowledgedAt)}
            {reason && (
              <small className="soft line">
                <Given>{reason}</Given>
              </small>
            )}
          </>
        ) : (
          <Button size="small" onClick={() => look(id)}>
            {r.look}
          </Button>
        ),
    },
  ]
  return <DataTable caption={r.alarms} columns={columns} rows={alarms} keyOf={({ id }) => id} old={old} />
}

function Looked({ alarm, close }: { alarm: Attention; close: () => void }) {
  const { r, say } = useSystemWords()
  return (
    <ReasonDialog
      title={r.look}
      confirm={r.look}
      label={r.outcome}
      hint={r.outcomeHint}
      final={r.lookFinal}
      close={close}
      act={async (reason) => {
        await ask(acknowledgeAttention, { params: { attentionId: alarm.id }, body: { reason } })
        await readAgain(listAttention)
        return { text: r.looked }
      }}
    >
      <p>
        <strong>{say(alarm.text)}</strong>
      </p>
    </ReasonDialog>
  )
}
