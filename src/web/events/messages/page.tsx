import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { type MessageState, messageStates } from '#modules/messaging/words.ts'
import {
  type EventDetail,
  listMessages,
  listMessageTemplates,
  type Message,
  type MessageTotals,
  readEventSteps,
  readMessageTotals,
  retryMessage,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAgain, readAll, useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { momentText } from '../../core/time.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { Listing } from '../../ui/office/listing.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { TakeList } from '../../ui/office/take-list.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { Failures } from './failures.tsx'
import { Holding } from './holding.tsx'

type Query = InputOf<typeof listMessages>['query']
const filters = ['state', 'kind'] as const
const names = [...filters, 'cursor', 'limit'] as const
/** The states that stand above the list, in the order of a message's way. */
const shownStates: readonly MessageState[] = [
  'queued',
  'sent',
  'delivered',
  'undelivered',
  'unknown',
  'suppressed',
  'expired',
  'cancelled',
  'dead',
]
const retried: readonly MessageState[] = ['dead', 'undelivered', 'expired']

/** Did the messages arrive? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      help="messages"
      title={w.messages.title}
      question={w.messages.question}
      acts={(event) => <Acts event={event} />}
    >
      {(event) => <Messages event={event} />}
    </EventPage>
  )
}

const useTotals = (event: EventDetail) => useAsk(readMessageTotals, { params: { eventId: event.id } })

function Acts({ event }: { event: EventDetail }) {
  const totals = useTotals(event).data
  const permissions = useStore(me)?.permissions ?? []
  // Sending is the organiser's, who may publish the event.
  const may = permissions.includes('messages.send') && event.allowed.includes('publishEvent')
  return may && totals?.eventId === event.id ? <Holding event={event} totals={totals} /> : null
}

function Messages({ event }: { event: EventDetail }) {
  const { w, language } = useWords()
  const { search } = useFilters()
  const totals = useTotals(event)
  const permissions = useStore(me)?.permissions ?? []
  const maySend = permissions.includes('messages.send') && event.allowed.includes('publishEvent')
  const query = { ...queryIn<Query>(search, names), eventId: event.id }
  const found = useAsk(listMessages, { query })
  return (
    <>
      {totals.data && <Figures totals={totals.data} />}
      {totals.data?.hold && (
        <p className="note warn" role="status">
          {w.messages.heldSince(momentText(totals.data.hold.heldAt, event.timeZone, language))}
        </p>
      )}
      {totals.data && <Failures event={event} totals={totals.data} maySend={maySend} />}
      <MessageFilters
        totals={totals.data}
        take={found.data && found.data.items.length > 0 && <TakeMessages event={event} />}
      />
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: w.messages.empty, filtered: w.messages.emptyFiltered }}
        count={w.messages.found}
      >
        {(messages, old) => <MessageTable event={event} messages={messages} old={old} />}
      </Listing>
    </>
  )
}

/** How many messages are in which state; each number leads to them. */
function Figures({ totals }: { totals: MessageTotals }) {
  const { w, say } = useWords()
  return (
    <div className="figures panel">
      <div>
        <strong>{totals.written}</strong>
        <span>{w.messages.written}</span>
      </div>
      {shownStates
        .filter((state) => (totals.byState[state] ?? 0) > 0)
        .map((state) => (
          <div key={state}>
            <Link to={{ search: `state=${state}` }}>
              <strong>{totals.byState[state]}</strong> <span>{say(messageStates[state])}</span>
            </Link>
          </div>
        ))}
      <p className="sum">
        {w.messages.segments} {totals.segments}
      </p>
    </div>
  )
}

/** The names of the kinds of messages. */
function useKindNames(): (kind: string) => string {
  const { say } = useWords()
  const found = useAsk(listMessageTemplates, {})
  const known = new Map(found.data?.items.map(({ kind, kindName }) => [kind, kindName]))
  return (kind) => {
    const name = known.get(kind)
    return name ? say(name) : ''
  }
}

function TakeMessages({ event }: { event: EventDetail }) {
  const { messages: m } = useWords().w
  const { search } = useFilters()
  const columns = useMessageColumns(event)
  const query = { ...queryIn<Query>(search, filters), eventId: event.id }
  return (
    <TakeList
      name={`${event.name}-${m.title}`}
      rows={() => readAll(listMessages, { query })}
      columns={() => columns}
    />
  )
}

function MessageFilters({ totals, take }: { totals: MessageTotals | undefined; take: ReactNode }) {
  const { w, say } = useWords()
  const { messages: m } = w
  const { search, set } = useFilters()
  const nameOf = useKindNames()
  const states = (Object.keys(messageStates) as MessageState[]).map((value) => ({
    value,
    label: say(messageStates[value]),
  }))
  const kinds = (totals?.kinds ?? []).map(({ kind }) => ({ value: kind, label: nameOf(kind) || '…' }))
  return (
    <search className="filters">
      <Choice
        label={m.state}
        all={m.anyState}
        options={states}
        value={search.get('state')}
        onChange={(state) => set({ state })}
      />
      <Choice
        label={m.kind}
        all={m.anyKind}
        options={kinds}
        value={search.get('kind')}
        onChange={(kind) => set({ kind })}
      />
      <ClearFilters />
      {take}
    </search>
  )
}

interface TableProps {
  event: EventDetail
  messages: Message[]
  old: boolean
}

function useMessageColumns(event: EventDetail): Column<Message>[] {
  const { w, say, language } = useWords()
  const { messages: m } = w
  const nameOf = useKindNames()
  const at = ({ stateAt }: Message) => momentText(stateAt, event.timeZone, language)
  return [
    {
      key: 'to',
      title: m.to,
      names: true,
      cell: ({ to }) => <span translate="no">{to}</span>,
      text: ({ to }) => to,
    },
    { key: 'kind', title: m.kind, cell: ({ kind }) => nameOf(kind), text: ({ kind }) => nameOf(kind) },
    {
      key: 'state',
      title: m.state,
      cell: ({ stateName }) => say(stateName),
      text: ({ stateName }) => say(stateName),
    },
    {
      key: 'reason',
      title: m.reason,
      cell: ({ reasonText }) => (reasonText ? say(reasonText) : <span className="soft">—</span>),
      text: ({ reasonText }) => reasonText && say(reasonText),
    },
    { key: 'at', title: m.at, cell: (each) => <span className="nowrap">{at(each)}</span>, text: at },
  ]
}

function MessageTable({ event, messages, old }: TableProps) {
  const { messages: m } = useWords().w
  const shown = useMessageColumns(event)
  const [error, setError] = useState<unknown>()
  const maySend = useStore(me)?.permissions.includes('messages.send') === true
  const again = async (messageId: string) => {
    setError(undefined)
    try {
      await ask(retryMessage, { params: { messageId } })
      await readAgain(listMessages, readMessageTotals, readEventSteps)
      tellDone({ text: m.retried })
    } catch (failed) {
      setError(failed)
    }
  }
  const columns: Column<Message>[] = [
    ...shown,
    {
      key: 'act',
      title: m.act,
      cell: ({ id, state }) =>
        maySend &&
        retried.includes(state) && (
          <Button size="small" onClick={() => void again(id)}>
            {m.retry}
          </Button>
        ),
    },
  ]
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      <DataTable caption={m.title} columns={columns} rows={messages} keyOf={({ id }) => id} old={old} />
    </>
  )
}
