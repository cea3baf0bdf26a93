import type { ComponentProps, ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { type EventDetail, readEvent } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { Arriving, Page } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { StateMark } from './state-mark.tsx'
import { Steps } from './steps.tsx'

interface Props {
  title: string
  question: string
  /** The page about the event itself has its name as the title. */
  named?: boolean
  /** A page below a step: where it belongs, after the event. */
  trail?: (event: EventDetail) => ReactNode
  acts?: (event: EventDetail) => ReactNode
  help?: ComponentProps<typeof Page>['help']
  children: (event: EventDetail) => ReactNode
}

/** A page of one event, in the frame of all its pages: whose page it is, and the list of steps. */
export function EventPage({ title, question, named, trail, acts, help, children }: Props) {
  const { eventId = '' } = useParams()
  const found = useAsk(readEvent, { params: { eventId } })
  const event = found.data?.id === eventId ? found.data : undefined
  if (!event) {
    return (
      <Page key="none" title={title} windowTitle={title} question={question} trail={<Trail />}>
        <Arriving found={found} />
      </Page>
    )
  }
  return (
    <Page
      key={event.id}
      title={named ? <Given>{event.name}</Given> : title}
      windowTitle={named ? event.name : `${title} · ${event.name}`}
      question={question}
      trail={named ? <Trail /> : <Trail event={event} more={trail?.(event)} />}
      acts={acts?.(event)}
      help={help}
    >
      <div className="workspace">
        <Steps eventId={event.id} />
        <div className="room">{children(event)}</div>
      </div>
    </Page>
  )
}

function Trail({ event, more }: { event?: EventDetail; more?: ReactNode }) {
  const { w } = useWords()
  return (
    <ol className="crumbs">
      <li>
        <Link to={paths.events()}>{w.events.title}</Link>
      </li>
      {event && (
        <li>
          <Link to={paths.event(event.id)}>
            <Given>{event.name}</Given>
          </Link>
        </li>
      )}
      {more && <li>{more}</li>}
      {event && (
        <li className="tag">
          <StateMark state={event.state} />
        </li>
      )}
    </ol>
  )
}
