import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type AskList, listMyAsks, pledgeQuota, readAgenda } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Trouble } from '../ui/office/page.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'

type Ask = AskList['items'][number]

/** The event, and the way to it: whoever works for a unit has no list of events in the menu. */
function AskedBy({ event }: { event: Ask['event'] }) {
  return (
    <Link to={paths.event(event.id)}>
      <Given>{event.name}</Given>
    </Link>
  )
}

/** What my unit is asked for: a number typed in the row is the answer. */
export function Asks() {
  const { w, language } = useWords()
  const { home: h } = w
  const may = useStore(me)?.permissions.includes('quotas.edit') === true
  const found = useAsk(listMyAsks, {}, { skip: !may })
  const [error, setError] = useState<unknown>()
  const asks = found.data?.items ?? []
  if (asks.length === 0) return null
  const columns: Column<Ask>[] = [
    { key: 'event', title: h.ask, names: true, cell: ({ event }) => <AskedBy event={event} /> },
    { key: 'unit', title: h.forUnit, cell: ({ quota }) => <Given>{quota.unit.name}</Given> },
    {
      key: 'begins',
      title: h.begins,
      cell: ({ event }) => (
        <span className="nowrap">{momentText(event.startsAt, event.timeZone, language)}</span>
      ),
    },
    { key: 'asked', title: h.asked, number: true, cell: ({ quota }) => quota.asked },
    { key: 'answer', title: h.pledge, cell: (each) => <Answer each={each} failed={setError} /> },
  ]
  return (
    <section className="panel table" aria-label={h.asks}>
      <h2 className="padded">{h.asks}</h2>
      <p className="padded soft">{h.asksLead}</p>
      {error !== undefined && <Trouble error={error} />}
      <DataTable caption={h.asks} columns={columns} rows={asks} keyOf={({ quota }) => quota.id} />
    </section>
  )
}

function Answer({ each: { quota }, failed }: { each: Ask; failed: (error: unknown) => void }) {
  const { w } = useWords()
  const [typed, setTyped] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)
  const heads = typed ?? quota.pledged ?? quota.asked
  const params = { quotaId: quota.id }
  const send = async () => {
    setBusy(true)
    failed(undefined)
    const before = quota.pledged
    try {
      await ask(pledgeQuota, { params, body: { pledged: heads } })
      await readAgain(listMyAsks, readAgenda)
      tellDone({
        text: w.quotas.saved(heads),
        ...(before === null
          ? {}
          : {
              undo: async () => {
                await ask(pledgeQuota, { params, body: { pledged: before } })
                await readAgain(listMyAsks, readAgenda)
                return w.quotas.undone
              },
            }),
      })
    } catch (error) {
      failed(error)
    }
    setBusy(false)
  }
  return (
    <span className="acts">
      <InputNumber
        min={0}
        max={100_000}
        precision={0}
        controls={false}
        value={heads}
        aria-label={w.home.pledge}
        onChange={setTyped}
        onPressEnter={() => void send()}
      />
      <Button loading={busy} disabled={heads === quota.pledged} onClick={() => void send()}>
        {w.home.send}
      </Button>
      {quota.pledged !== null && <span className="soft">{w.home.sentAlready(quota.pledged)}</span>}
    </span>
  )
}
