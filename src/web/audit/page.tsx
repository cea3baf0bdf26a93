import { Button } from 'antd'
import { useSearchParams } from 'react-router'
import { AdminPage } from '../admin/page.tsx'
import { exportAudit, listAuditActions, listAuditEntries, listUsers, readUser } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { dayAfter, instantOf, type Wall, wallOf } from '../core/time.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { ClearFilters } from '../ui/office/clear-filters.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { useFilters } from '../ui/office/filters.ts'
import { Listing } from '../ui/office/listing.tsx'
import { MomentPicker } from '../ui/office/moment-picker.tsx'
import { RemoteSelect } from '../ui/office/remote-select.tsx'
import { saveFile } from '../ui/office/save-file.ts'
import { Chain } from './chain.tsx'
import { EntryTable } from './entries.tsx'
import { useAuditWords } from './words.ts'

type Query = InputOf<typeof listAuditEntries>['query']
const filters = ['action', 'actorId', 'subject', 'from', 'until'] as const
const names = [...filters, 'cursor', 'limit'] as const

/** Who did what, to what, and when? */
export function Component() {
  const { r } = useAuditWords()
  const { search } = useFilters()
  const found = useAsk(listAuditEntries, { query: queryIn<Query>(search, names) })
  const dialog = useDialog(['export'])
  return (
    <AdminPage
      title={r.title}
      question={r.question}
      acts={<Button onClick={() => dialog.open('export')}>{r.export}</Button>}
    >
      <Chain />
      <EntryFilters />
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: r.empty, filtered: r.emptyFiltered }}
        count={(shown, more) => `${r.found(shown, more)} · ${r.newest}`}
      >
        {(entries, old) => <EntryTable entries={entries} old={old} />}
      </Listing>
      {dialog.act && <Export close={dialog.close} />}
    </AdminPage>
  )
}

function EntryFilters() {
  const { r, say } = useAuditWords()
  const { search, set } = useFilters()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const actions = useAsk(listAuditActions, {})
  const actorId = search.get('actorId')
  const actor = useAsk(readUser, { params: { userId: actorId ?? '' } }, { skip: actorId === null })
  const actorName = actor.data?.id === actorId ? actor.data?.name : undefined
  const [from, until] = [search.get('from'), search.get('until')]
  const startOf = (wall: Wall | null) => wall && instantOf(`${wall.slice(0, 10)}T00:00`, zone)
  return (
    <search className="filters">
      <Choice
        label={r.what}
        all={r.anyAction}
        options={(actions.data?.items ?? []).map(({ action, zh, en }) => ({
          value: action,
          label: say({ zh, en }),
        }))}
        value={search.get('action')}
        onChange={(action) => set({ action })}
      />
      <span className="remote">
        <RemoteSelect
          find={listUsers}
          label={r.who}
          placeholder={r.anybody}
          value={actorId ? { id: actorId, name: actorName ?? '…' } : null}
          detail={({ login }) => login ?? undefined}
          onChange={(chosen) => set({ actorId: chosen?.id ?? null })}
        />
      </span>
      <MomentPicker
        dayOnly
        zone={zone}
        label={r.from}
        placeholder={r.from}
        value={from && wallOf(from, zone)}
        onChange={(wall) => set({ from: startOf(wall) })}
      />
      <MomentPicker
        dayOnly
        zone={zone}
        label={r.until}
        placeholder={r.until}
        value={until && wallOf(Date.parse(until) - 1, zone)}
        onChange={(wall) => set({ until: startOf(wall && dayAfter(wall)) })}
      />
      {search.get('subject') && (
        <span className="soft" translate="no">
          {r.onlyAbout(search.get('subject') ?? '')}
        </span>
      )}
      <ClearFilters />
    </search>
  )
}

/** Downloads what is filtered; whoever does is recorded. */
function Export({ close }: { close: () => void }) {
  const { r, language } = useAuditWords()
  const [search] = useSearchParams()
  return (
    <ActDialog
      ready
      title={r.exportTitle}
      confirm={r.export}
      close={close}
      act={async () => {
        const query = {
          ...queryIn<InputOf<typeof exportAudit>['query']>(search, [...filters]),
          lang: language,
        }
        const file = (await ask(exportAudit, { query })) as unknown as Blob
        saveFile(file, `${r.fileName}.xlsx`)
        await readAgain(listAuditEntries)
        return { text: r.exported }
      }}
    >
      <p>{r.exportLead}</p>
    </ActDialog>
  )
}
