import { Button, Progress } from 'antd'
import { useSearchParams } from 'react-router'
import {
  cancelPlan,
  type EventDetail,
  listPlans,
  type Plan,
  readEventSteps,
  readPlan,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { Empty, Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { AcceptPlan, UndoAcceptance } from './accept.tsx'
import { Comparison } from './comparison.tsx'
import { PlanList } from './list.tsx'
import { Proposal } from './proposal.tsx'
import { StartPlan } from './start.tsx'

/** Is this a good proposal, and is it accepted? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      help="plan"
      title={w.plan.title}
      question={w.plan.question}
      acts={(event) => <Acts event={event} />}
    >
      {(event) => <Plans event={event} />}
    </EventPage>
  )
}

const isOpen = ({ state }: EventDetail) => state === 'draft' || state === 'published'
const isRunning = ({ state }: Plan) => state === 'queued' || state === 'running'

/** The proposals of the event, and the one the address names, else the latest. */
function usePlans(event: EventDetail) {
  const [search] = useSearchParams()
  const list = useAsk(
    listPlans,
    { params: { eventId: event.id }, query: { limit: 20 } },
    { every: (page) => (page?.items.some(isRunning) ? 1000 : false) },
  )
  const plans = list.data?.items
  const planId = search.get('plan') ?? plans?.[0]?.id ?? ''
  const one = useAsk(
    readPlan,
    { params: { planId } },
    {
      skip: planId === '',
      every: (plan) => (plan && (isRunning(plan) || plan.state === 'applying') ? 1000 : false),
    },
  )
  return { list, plans, one, plan: one.data?.id === planId ? one.data : undefined }
}

function Acts({ event }: { event: EventDetail }) {
  const permissions = useStore(me)?.permissions ?? []
  const { plan, plans } = usePlans(event)
  if (!isOpen(event)) return null
  const mayRun = permissions.includes('plans.run') && !plans?.some(isRunning)
  const isTaken = plan?.state === 'applied' || plan?.state === 'applying'
  const mayApply = permissions.includes('plans.apply') && plan?.quality && !isTaken
  const mayUndo = plan?.revocable && event.state === 'draft' && permissions.includes('plans.apply')
  return (
    <>
      {mayRun && <StartPlan event={event} primary={!mayApply} />}
      {mayUndo && <UndoAcceptance plan={plan} />}
      {mayApply && plan && <AcceptPlan event={event} plan={plan} />}
    </>
  )
}

function Plans({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const [search] = useSearchParams()
  const mayRun = useStore(me)?.permissions.includes('plans.run') === true
  const { list, plans, one, plan } = usePlans(event)
  const other = search.get('compare')
  if (list.isPending) {
    return (
      <div className="panel">
        <Skeleton lines={8} />
      </div>
    )
  }
  if (list.isError) return <Trouble error={list.error} again={() => void list.refetch()} />
  if (plans?.length === 0) {
    return (
      <div className="panel">
        <Empty text={mayRun ? w.plan.empty : w.plan.emptyReader} />
      </div>
    )
  }
  return (
    <>
      {one.isError && <Trouble error={one.error} again={() => void one.refetch()} />}
      {plan && other && <Comparison planId={plan.id} otherId={other} />}
      {plan && <OnePlan event={event} plan={plan} />}
      <PlanList event={event} plans={plans ?? []} shown={plan?.id} />
    </>
  )
}

function OnePlan({ event, plan }: { event: EventDetail; plan: Plan }) {
  const { w } = useWords()
  if (isRunning(plan)) return <Running plan={plan} />
  if (plan.quality) return <Proposal event={event} plan={plan} />
  return <p className="note warn">{plan.state === 'failed' ? w.plan.failed : w.plan.cancelledText}</p>
}

/** How far the run is, and the way to stop it. */
function Running({ plan }: { plan: Plan }) {
  const { w, say } = useWords()
  const mayRun = useStore(me)?.permissions.includes('plans.run') === true
  const stop = async () => {
    await ask(cancelPlan, { params: { planId: plan.id } })
    await readAgain(listPlans, readPlan, readEventSteps)
    tellDone({ text: w.plan.stopped })
  }
  const stage = w.plan.running(say(plan.stageName))
  return (
    <Panel label={w.plan.title}>
      <p role="status">{stage}</p>
      <Progress
        percent={plan.progress}
        aria-label={stage}
        format={(percent = 0) => w.plan.progress(percent)}
      />
      {mayRun && <Button onClick={() => void stop()}>{w.plan.stop}</Button>}
    </Panel>
  )
}
