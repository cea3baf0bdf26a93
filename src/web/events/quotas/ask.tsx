import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type EventDetail, matchUnits, setQuotas } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { paths } from '../../paths.ts'
import { Field } from '../../ui/office/field.tsx'
import { useGoOn } from '../../ui/office/go-on.ts'
import { LeaveGuard } from '../../ui/office/leave-guard.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { type AskedRow, AskedRows, problemsOf } from './asked-rows.tsx'
import { readPasted } from './pasted.ts'
import { quotasChanged } from './pledge.tsx'

/** Which units are asked for how many people? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      title={w.quotas.ask}
      question={w.quotas.askQuestion}
      trail={(event) => <Link to={paths.eventStep(event.id, 'quotas')}>{w.quotas.title}</Link>}
    >
      {(event) => <Asking event={event} />}
    </EventPage>
  )
}

/** Reads what was pasted, and asks which units the names mean. */
async function rowsOf(text: string): Promise<{ rows: AskedRow[]; ignored: number }> {
  const { lines, ignored } = readPasted(text)
  if (lines.length === 0) return { rows: [], ignored }
  const { items } = await ask(matchUnits, { body: { names: lines.map(({ name }) => name) } })
  const rows = lines.map(({ name, heads }, at) => ({
    name,
    heads,
    unit: items[at]?.unit ?? null,
    candidates: items[at]?.candidates ?? [],
    certain: Boolean(items[at]?.unit),
    out: false,
  }))
  // What needs a decision comes first.
  return { rows: [...rows].sort((a, b) => Number(a.certain) - Number(b.certain)), ignored }
}

function Asking({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const { quotas: q } = w
  const [text, setText] = useState('')
  const [found, setFound] = useState<Awaited<ReturnType<typeof rowsOf>>>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const { gone, goOn } = useGoOn()
  const working = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    await work().catch(setError)
    setBusy(false)
  }
  const asked = found?.rows.filter(({ out }) => !out) ?? []
  const ready = asked.length > 0 && problemsOf(found?.rows ?? []).size === 0
  const send = () =>
    working(async () => {
      const quotas = asked.map(({ unit, heads }) => ({ unitId: unit?.id ?? '', asked: heads ?? 0 }))
      const { created, changed } = await ask(setQuotas, { params: { eventId: event.id }, body: { quotas } })
      await quotasChanged()
      tellDone({ text: q.sentDone(created, changed) })
      goOn(paths.eventStep(event.id, 'quotas'))
    })
  return (
    <Panel label={q.ask}>
      <div className="stack">
        {error !== undefined && <Trouble error={error} />}
        {!found?.rows.length && (
          <>
            <Field label={q.paste} name="quotas-pasted" hint={q.pasteHint}>
              <Input.TextArea
                id="quotas-pasted"
                value={text}
                translate="no"
                autoSize={{ minRows: 8, maxRows: 20 }}
                onChange={(event) => setText(event.target.value)}
              />
            </Field>
            {found && (
              <p className="note warn" role="alert">
                {q.nothing}
              </p>
            )}
            <Button
              type="primary"
              loading={busy}
              disabled={text.trim() === ''}
              onClick={() => void working(async () => setFound(await rowsOf(text)))}
            >
              {q.check}
            </Button>
          </>
        )}
        {found && found.rows.length > 0 && (
          <>
            <AskedRows
              rows={found.rows}
              ignored={found.ignored}
              onChange={(rows) => setFound({ ...found, rows })}
            />
            <div className="formfoot">
              <Button type="primary" disabled={!ready} loading={busy} onClick={() => void send()}>
                {q.send(
                  asked.length,
                  asked.reduce((sum, { heads }) => sum + (heads ?? 0), 0),
                )}
              </Button>
              <Button onClick={() => setFound(undefined)}>{q.again}</Button>
            </div>
          </>
        )}
      </div>
      <LeaveGuard dirty={!gone && text.trim() !== ''} />
    </Panel>
  )
}
