import { Button, Dropdown } from 'antd'
import { useNavigate, useSearchParams } from 'react-router'
import { publicationProblems } from '#modules/events/words.ts'
import {
  cancelEvent,
  checkPublication,
  closeEvent,
  type EventDetail,
  publishEvent,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { ReasonDialog } from '../ui/office/reason-dialog.tsx'
import { useWords } from '../words/index.ts'
import { CopyEvent } from './copy.tsx'
import { keepEvent } from './editing.ts'

const kinds = ['publish', 'close', 'cancel'] as const
type Act = (typeof kinds)[number]

/** Which acts the state of an event allows, for whoever has the right. */
function actsOf({ state, allowed }: EventDetail): Act[] {
  const byRight = { publish: 'publishEvent', close: 'closeEvent', cancel: 'cancelEvent' } as const
  const byState: Record<EventDetail['state'], Act[]> = {
    draft: ['publish', 'cancel'],
    published: ['close', 'cancel'],
    closed: [],
    cancelled: [],
  }
  return byState[state].filter((act) => allowed.includes(byRight[act]))
}

/** What may happen to the event now. An open dialog is a part of the address, so that Back closes it. */
export function EventActs({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const possible = actsOf(event)
  const asked = kinds.find((act) => act === search.get('act'))
  const open = (act: Act) => setSearch({ act })
  const close = () => void navigate({ search: '' }, { replace: true })
  const mayCopy = useStore(me)?.permissions.includes('events.edit') === true
  const [first, ...more] = possible
  if (!first && !mayCopy) return null
  const items = [
    ...(mayCopy ? [{ key: 'copy', label: w.workspace.copy, danger: false }] : []),
    ...more.map((act) => ({ key: act, label: w.acts[act], danger: act === 'cancel' })),
  ]
  return (
    <>
      {items.length > 0 && (
        <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => setSearch({ act: key }) }}>
          <Button aria-haspopup="menu">
            {w.about.more} <span aria-hidden="true">▾</span>
          </Button>
        </Dropdown>
      )}
      {first && (
        <Button type="primary" onClick={() => open(first)}>
          {w.acts[first]}
        </Button>
      )}
      {search.get('act') === 'copy' && mayCopy && <CopyEvent event={event} close={close} />}
      {asked === 'publish' && possible.includes('publish') && <Publish event={event} close={close} />}
      {asked === 'close' && possible.includes('close') && <Close event={event} close={close} />}
      {asked === 'cancel' && possible.includes('cancel') && <Cancel event={event} close={close} />}
    </>
  )
}

interface DialogProps {
  event: EventDetail
  close: () => void
}

/** Nothing here can be taken back, and every dialog says so before and the bar says so after. */
function Publish({ event, close }: DialogProps) {
  const { w, say } = useWords()
  const params = { eventId: event.id }
  const check = useAsk(checkPublication, { params })
  const { acts } = w
  return (
    <ActDialog
      title={acts.publish}
      confirm={acts.publish}
      ready={check.data?.ready === true}
      close={close}
      act={async () => {
        keepEvent(await ask(publishEvent, { params }))
        return { text: acts.published }
      }}
    >
      {check.isPending && <Skeleton lines={3} />}
      {check.isError && <Trouble error={check.error} again={() => void check.refetch()} />}
      {check.data && !check.data.ready && (
        <div className="note warn">
          <p>{acts.publishBlocked}</p>
          <ul>
            {check.data.problems.map(({ because, shifts }) => (
              <li key={because}>{acts.publishProblem(say(publicationProblems[because]), shifts)}</li>
            ))}
          </ul>
        </div>
      )}
      {check.data?.ready && (
        <>
          <p>{acts.publishLead(event.shifts)}</p>
          <p>{acts.publishEffect}</p>
          <p className="note warn">{acts.publishFinal}</p>
        </>
      )}
    </ActDialog>
  )
}

function Close({ event, close }: DialogProps) {
  const { w } = useWords()
  const { acts } = w
  return (
    <ActDialog
      ready
      title={acts.close}
      confirm={acts.close}
      close={close}
      act={async () => {
        keepEvent(await ask(closeEvent, { params: { eventId: event.id } }))
        return { text: acts.closed }
      }}
    >
      <p>{acts.closeLead(event.shifts)}</p>
      <p>{acts.closeEffect}</p>
      <p className="note warn">{acts.closeFinal}</p>
    </ActDialog>
  )
}

function Cancel({ event, close }: DialogProps) {
  const { acts } = useWords().w
  const isDraft = event.state === 'draft'
  return (
    <ReasonDialog
      danger
      title={acts.cancel}
      confirm={acts.cancel}
      label={acts.reason}
      hint={isDraft ? undefined : acts.reasonHint}
      final={acts.cancelFinal}
      close={close}
      act={async (reason) => {
        keepEvent(await ask(cancelEvent, { params: { eventId: event.id }, body: { reason } }))
        return { text: acts.cancelled }
      }}
    >
      <p>{acts.cancelLead(event.shifts)}</p>
      <p>{isDraft ? acts.cancelEffectDraft : acts.cancelEffect}</p>
    </ReasonDialog>
  )
}
