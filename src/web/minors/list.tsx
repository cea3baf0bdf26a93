import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { type DisclosureState, disclosureReasons, disclosureStates } from '#modules/minors/words.ts'
import { type Disclosure, exportMinorAccesses, listDisclosures } from '../api/operations.ts'
import { queryIn } from '../core/list-query.ts'
import { addressOf, type InputOf } from '../core/operation.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText, serverNow, wallOf } from '../core/time.ts'
import { PeoplePage } from '../organisation/people-page.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { ClearFilters } from '../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { useFilters } from '../ui/office/filters.ts'
import { Listing } from '../ui/office/listing.tsx'
import { Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { DisclosureActs } from './acts.tsx'
import { AskAccess } from './ask.tsx'
import { useMinorsWords } from './words/index.ts'
import '../organisation/people.css'

type Query = InputOf<typeof listDisclosures>['query']

/** Who asks to see the data of minors, why, and who allowed it? */
export function Component() {
  const { r, say } = useMinorsWords()
  const { search, set } = useFilters()
  const dialog = useDialog(['ask'])
  const permissions = useStore(me)?.permissions ?? []
  const found = useAsk(listDisclosures, { query: queryIn<Query>(search, ['state', 'cursor', 'limit']) })
  const states = (Object.keys(disclosureStates) as DisclosureState[]).map((value) => ({
    value,
    label: say(disclosureStates[value]),
  }))
  const ask = permissions.includes('persons.reveal') && (
    <Button type="primary" onClick={() => dialog.open('ask')}>
      {r.ask}
    </Button>
  )
  return (
    <PeoplePage
      title={r.title}
      question={r.question}
      acts={
        <>
          {permissions.includes('audit.read') && <YearlyExport />}
          {ask}
        </>
      }
    >
      <search className="filters">
        <Choice
          label={r.state}
          all={r.anyState}
          options={states}
          value={search.get('state')}
          onChange={(state) => set({ state })}
        />
        <ClearFilters />
      </search>
      <Listing
        found={found}
        filtered={search.has('state')}
        empty={{ all: r.empty, filtered: r.emptyFiltered, act: ask }}
        count={r.found}
      >
        {(disclosures, old) => <AccessTable disclosures={disclosures} old={old} />}
      </Listing>
      {dialog.act === 'ask' && <AskAccess close={dialog.close} />}
    </PeoplePage>
  )
}

/** The years of which there may be something to export. */
const yearsBack = 5

/** Every access to the data of minors of one year, as a sheet. */
function YearlyExport() {
  const { r, language } = useMinorsWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const present = Number(wallOf(serverNow(), zone).slice(0, 4))
  const items = Array.from({ length: yearsBack }, (_, back) => present - back).map((year) => ({
    key: year,
    label: (
      <a href={addressOf(exportMinorAccesses, { query: { year, lang: language } })} download>
        {r.year(year)}
      </a>
    ),
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button aria-haspopup="menu">
        {r.yearly} <span aria-hidden="true">▾</span>
      </Button>
    </Dropdown>
  )
}

function AccessTable({ disclosures, old }: { disclosures: Disclosure[]; old: boolean }) {
  const { r, say, language } = useMinorsWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const [error, setError] = useState<unknown>()
  const at = (moment: string) => <span className="nowrap">{momentText(moment, zone, language)}</span>
  const columns: Column<Disclosure>[] = [
    {
      key: 'over',
      title: r.over,
      names: true,
      cell: ({ team, event }) => (
        <>
          <Given>{(team ?? event)?.name ?? ''}</Given>
          <small className="soft line">{team ? r.ofTeam : r.ofEvent}</small>
        </>
      ),
    },
    {
      key: 'why',
      title: r.why,
      cell: ({ reason, explanation }) => (
        <>
          {say(disclosureReasons[reason])}
          <span className="soft line">
            <Given>{explanation}</Given>
          </span>
        </>
      ),
    },
    {
      key: 'by',
      title: r.by,
      cell: ({ requestedBy, requestedAt, mine }) => (
        <>
          {mine ? r.me : <Given>{requestedBy.name}</Given>}
          <span className="soft line">{at(requestedAt)}</span>
        </>
      ),
    },
    { key: 'hours', title: r.hours, number: true, cell: ({ hours }) => hours },
    { key: 'state', title: r.state, cell: (disclosure) => <State disclosure={disclosure} /> },
    {
      key: 'act',
      title: r.act,
      cell: (disclosure) => <DisclosureActs disclosure={disclosure} failed={setError} />,
    },
  ]
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      <DataTable caption={r.title} columns={columns} rows={disclosures} keyOf={({ id }) => id} old={old} />
    </>
  )
}

/** How it stands, until when, and who decided. */
function State({ disclosure }: { disclosure: Disclosure }) {
  const { r, say, language } = useMinorsWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const { state, expiresAt, decidedBy, refusal } = disclosure
  const tone = { pending: 'warn', approved: 'good', refused: 'bad' }[state as string]
  const until = momentText(expiresAt, zone, language)
  return (
    <>
      <span className={tone}>{say(disclosureStates[state])}</span>
      {state === 'pending' && <span className="soft line">{r.decideBy(until)}</span>}
      {state === 'approved' && <span className="soft line">{r.openUntil(until)}</span>}
      {decidedBy && (
        <span className="soft line">
          {r.decidedBy} <Given>{decidedBy.name}</Given>
        </span>
      )}
      {refusal && (
        <span className="soft line">
          <Given>{refusal}</Given>
        </span>
      )}
    </>
  )
}
