import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { type MessageState, messageStates, type Reason, reasons } from '#modules/messaging/words.ts'
import {
  type EventDetail,
  listMessages,
  type MessageRetryPreview,
  type MessageTotals,
  previewMessageRetries,
  readEventSteps,
  readMessageTotals,
  retryMessages,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAgain } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { useWords } from '../../words/index.ts'

type Failure = MessageTotals['reasons'][number]

/** Why messages did not arrive, and the way to send those of one reason again, together. */
export function Failures({
  event,
  totals,
  maySend,
}: {
  event: EventDetail
  totals: MessageTotals
  maySend: boolean
}) {
  const { w, say } = useWords()
  const { messages: m } = w
  const dialog = useDialog(['again'])
  const keyOf = ({ state, reason }: Failure) => `${state} ${reason ?? ''}`
  const chosen = totals.reasons.find((each) => keyOf(each) === dialog.of)
  if (totals.reasons.length === 0) return null
  const columns: Column<Failure>[] = [
    {
      key: 'reason',
      title: m.reason,
      names: true,
      cell: ({ reason }) => (reason ? say(reasons[reason as Reason]) : m.noReason),
    },
    { key: 'state', title: m.state, cell: ({ state }) => say(messageStates[state as MessageState]) },
    { key: 'count', title: m.count, number: true, cell: ({ count }) => count },
  ]
  const acting: Column<Failure> = {
    key: 'act',
    title: m.act,
    cell: (failure) => (
      <Button size="small" onClick={() => dialog.open('again', keyOf(failure))}>
        {m.retryAll(failure.count)}
      </Button>
    ),
  }
  return (
    <section className="panel table" aria-label={m.failures}>
      <h2 className="padded">{m.failures}</h2>
      <DataTable
        caption={m.failures}
        columns={maySend ? [...columns, acting] : columns}
        rows={totals.reasons}
        keyOf={keyOf}
      />
      {dialog.act === 'again' && maySend && chosen && (
        <RetryAll event={event} failure={chosen} close={dialog.close} />
      )}
    </section>
  )
}

type Spec = InputOf<typeof previewMessageRetries>['body']

/** Shows what would be sent again, and does exactly that. */
function RetryAll({ event, failure, close }: { event: EventDetail; failure: Failure; close: () => void }) {
  const { w } = useWords()
  const { messages: m } = w
  const [preview, setPreview] = useState<MessageRetryPreview>()
  const [error, setError] = useState<unknown>()
  const params = { eventId: event.id }
  const { state, reason } = failure
  useEffect(() => {
    const stop = new AbortController()
    const body = { state, ...(reason ? { reason } : {}) } as Spec
    ask(previewMessageRetries, { params: { eventId: event.id }, body }, { signal: stop.signal }).then(
      setPreview,
      (failed) => !stop.signal.aborted && setError(failed),
    )
    return () => stop.abort()
  }, [event.id, state, reason])
  return (
    <ActDialog
      title={m.retryTitle}
      confirm={m.retryAll(preview?.messages ?? 0)}
      ready={preview !== undefined}
      close={close}
      act={async () => {
        await ask(retryMessages, { params, body: { token: preview?.token ?? '' } })
        await readAgain(readMessageTotals, listMessages, readEventSteps)
        return { text: m.retriedAll(preview?.messages ?? 0) }
      }}
    >
      {error !== undefined && <Trouble error={error} />}
      {!preview && error === undefined && <Skeleton lines={2} />}
      {preview && <p>{m.retryLead(preview.messages)}</p>}
      {preview && preview.perhapsTwice > 0 && (
        <p className="note warn">{m.perhapsTwice(preview.perhapsTwice)}</p>
      )}
    </ActDialog>
  )
}
