/** 待办: the liaison's one number, late entries, and requests that wait for this user. */
import { type FormEvent, useState } from 'react'
import { listLateEntries, listMyAsks, listPersonRequests, pledgeQuota } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import type { AnswerOf } from '../core/operation.ts'
import { me } from '../core/session.ts'
import { periodText } from '../core/time.ts'
import { phonePaths } from '../paths.ts'
import { Given } from '../ui/plain/given.tsx'
import { Link } from './address.tsx'
import { LateEntries } from './late.tsx'
import { Empty, Field, Page, Shown, Trouble, useDoing } from './parts.tsx'
import { useAsk } from './reading.ts'
import { Requests } from './requests.tsx'
import { useWords } from './words/index.ts'

type Asked = AnswerOf<typeof listMyAsks>['items'][number]

const may = (permission: string) => me.get()?.permissions.includes(permission) ?? false

export function Asks() {
  const { w } = useWords()
  const asks = useAsk(listMyAsks, {}, { seconds: 60 })
  const late = useAsk(
    listLateEntries,
    { query: { state: 'pending', limit: 200 } },
    { skip: !may('attendance.read') },
  )
  const requests = useAsk(
    listPersonRequests,
    { query: { state: 'open', limit: 200 } },
    { skip: !may('persons.edit') },
  )
  const decidable = requests.data?.items.filter((each) => each.decidable) ?? []
  const noLate = !may('attendance.read') || late.data?.items.length === 0
  const nothing = noLate && decidable.length === 0
  return (
    <Page title={w.asks.title}>
      <Shown of={asks}>
        {({ items }) => (
          <>
            {items.length > 0 && (
              <section>
                <h2>{w.asks.quotas}</h2>
                {items.map((each) => (
                  <Pledge key={each.quota.id} asked={each} again={asks.again} />
                ))}
              </section>
            )}
            {items.length === 0 && nothing && <Empty text={w.asks.empty} />}
          </>
        )}
      </Shown>
      <LateEntries of={late} />
      <Requests requests={decidable} again={requests.again} />
    </Page>
  )
}

/** One ask alone, as the link in a message opens it. */
export function AskOf({ quotaId }: { quotaId: string }) {
  const { w } = useWords()
  const asks = useAsk(listMyAsks, {})
  const found = asks.data?.items.find(({ quota }) => quota.id === quotaId)
  return (
    <Page title={w.asks.quotas}>
      <Shown of={asks}>
        {() => (found ? <Pledge asked={found} again={asks.again} /> : <Empty text={w.asks.unlisted} />)}
      </Shown>
      <Link to={phonePaths.asks()} className="button">
        {w.asks.all}
      </Link>
    </Page>
  )
}

function Pledge({ asked: { quota, event }, again }: { asked: Asked; again: () => Promise<void> }) {
  const { w, language } = useWords()
  const [number, setNumber] = useState(quota.pledged === null ? '' : String(quota.pledged))
  const [note, setNote] = useState(quota.note ?? '')
  const [countOnly, setCountOnly] = useState(quota.countOnly)
  const [sent, setSent] = useState<number>()
  const [wrong, setWrong] = useState(false)
  const doing = useDoing()
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault()
    const pledged = Number(number)
    const fits = /^\d{1,5}$/.test(number)
    setWrong(!fits)
    if (!fits) return
    void doing.run(async () => {
      setSent(undefined)
      await ask(pledgeQuota, {
        params: { quotaId: quota.id },
        body: { pledged, countOnly, note: note.trim() || null },
      })
      setSent(pledged)
      await again()
    })
  }
  const state =
    quota.pledged === null ? '' : quota.pledged === 0 ? w.asks.refusedAsk : w.asks.pledged(quota.pledged)
  return (
    <form className="card" onSubmit={submit} noValidate>
      <p className="when">{periodText(event.startsAt, event.endsAt, event.timeZone, language)}</p>
      <strong>
        <Given>{event.name}</Given>
      </strong>
      <p>
        <Given>{quota.unit.name}</Given>
      </p>
      <p className="count">
        {w.asks.asked(quota.asked)}
        {state && <small>✓ {state}</small>}
      </p>
      <Field label={w.asks.people} hint={w.asks.zero} error={wrong ? w.asks.missingNumber : undefined}>
        <input
          inputMode="numeric"
          autoComplete="off"
          maxLength={5}
          value={number}
          aria-invalid={wrong}
          onChange={(event) => setNumber(event.target.value)}
        />
      </Field>
      <Field label={w.asks.note} hint={w.asks.noteHint}>
        <input maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <label className="check">
        <input type="checkbox" checked={countOnly} onChange={(event) => setCountOnly(event.target.checked)} />
        <span>
          {w.asks.countOnly}
          <small>{w.asks.countOnlyHint}</small>
        </span>
      </label>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      <button type="submit" className="primary" aria-disabled={doing.busy}>
        {w.asks.send}
      </button>
      <p role="status">{sent === undefined ? '' : `✓ ${w.asks.sent(sent)}`}</p>
    </form>
  )
}
