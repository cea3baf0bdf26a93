import { Button } from 'antd'
import { useNavigate, useSearchParams } from 'react-router'
import {
  type EventDetail,
  holdEventMessages,
  listMessages,
  type MessageTotals,
  readEventSteps,
  readMessageTotals,
  releaseEventMessages,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { useWords } from '../../words/index.ts'

/** Holds the sending of an event's messages, or lets it go on; each is the other's way back. */
export function Holding({ event, totals }: { event: EventDetail; totals: MessageTotals }) {
  const { messages: m } = useWords().w
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const held = totals.hold !== null
  const waiting = totals.byState.queued ?? 0
  const input = { params: { eventId: event.id } }
  const become = async (hold: boolean) => {
    await ask(hold ? holdEventMessages : releaseEventMessages, input)
    await readAgain(readMessageTotals, listMessages, readEventSteps)
    return hold ? m.held : m.released
  }
  const text = held ? m.release : m.hold
  return (
    <>
      <Button type={held ? 'primary' : 'default'} onClick={() => setSearch({ act: 'sending' })}>
        {text}
      </Button>
      {search.get('act') === 'sending' && (
        <ActDialog
          ready
          title={text}
          confirm={text}
          close={() => void navigate({ search: '' }, { replace: true })}
          act={async () => ({ text: await become(!held), undo: () => become(held) })}
        >
          <p>{held ? m.releaseLead(waiting) : m.holdLead(waiting)}</p>
        </ActDialog>
      )}
    </>
  )
}
