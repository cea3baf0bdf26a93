import { Button } from 'antd'
import { useEffect, useState } from 'react'
import {
  type AskAgainPreview,
  askFurther,
  type EventDetail,
  listMessages,
  listParticipations,
  previewFurtherAsk,
  readMessageTotals,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAgain } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { useFilters } from '../../ui/office/filters.ts'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'

type Spec = InputOf<typeof previewFurtherAsk>['body']
const filters = ['search', 'reached', 'districtCode', 'teamId', 'unitId', 'shiftId', 'zoneId'] as const

/** Asks those again who did not answer: of the list as it is filtered, whom the preview names and counts. */
export function AskAgain({ event }: { event: EventDetail }) {
  const { people: p } = useWords().w
  const dialog = useDialog(['ask'])
  const may = useStore(me)?.permissions.includes('messages.send') === true
  if (!may || event.state !== 'published') return null
  return (
    <>
      <Button type="primary" onClick={() => dialog.open('ask')}>
        {p.askAgain}
      </Button>
      {dialog.act === 'ask' && <AskDialog event={event} close={dialog.close} />}
    </>
  )
}

function AskDialog({ event, close }: { event: EventDetail; close: () => void }) {
  const { people: p } = useWords().w
  const { search } = useFilters()
  const [preview, setPreview] = useState<AskAgainPreview>()
  const [error, setError] = useState<unknown>()
  const { reached, ...named } = queryIn<Record<string, string>>(search, [...filters])
  const spec = JSON.stringify({ ...named, ...(reached ? { reached: reached === 'true' } : {}) })
  useEffect(() => {
    const stop = new AbortController()
    const input = { params: { eventId: event.id }, body: JSON.parse(spec) as Spec }
    ask(previewFurtherAsk, input, { signal: stop.signal }).then(
      setPreview,
      (failed) => !stop.signal.aborted && setError(failed),
    )
    return () => stop.abort()
  }, [event.id, spec])
  return (
    <ActDialog
      title={p.askAgain}
      confirm={p.askThese(preview?.people ?? 0)}
      ready={preview !== undefined}
      close={close}
      act={async () => {
        await ask(askFurther, { params: { eventId: event.id }, body: { token: preview?.token ?? '' } })
        await readAgain(listParticipations, listMessages, readMessageTotals)
        return { text: p.askedAgain(preview?.messages ?? 0) }
      }}
    >
      <p>{p.askLead}</p>
      {error !== undefined && <Trouble error={error} />}
      {!preview && error === undefined && <Skeleton lines={3} />}
      {preview && (
        <>
          <p>
            <strong>{p.willAsk(preview.people, preview.messages)}</strong>
          </p>
          {preview.lately > 0 && <p className="soft">{p.lately(preview.lately)}</p>}
          {preview.unreachable > 0 && <p className="note warn">{p.unreachable(preview.unreachable)}</p>}
          <ul className="names">
            {preview.sample.map(({ id, name }) => (
              <li key={id}>
                <Given>{name}</Given>
              </li>
            ))}
          </ul>
          {preview.people > preview.sample.length && (
            <p className="soft">{p.andMore(preview.people - preview.sample.length)}</p>
          )}
        </>
      )}
    </ActDialog>
  )
}
