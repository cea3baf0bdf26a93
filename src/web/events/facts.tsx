import type { ReactNode } from 'react'
import type { EventDetail } from '../api/operations.ts'
import { momentText } from '../core/time.ts'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { StateMark } from './state-mark.tsx'

/** What happened to the event so far, and how much hangs on it. */
export function Facts({ event }: { event: EventDetail }) {
  const { w, language } = useWords()
  const { about, events } = w
  const at = (moment: string | null) => moment && momentText(moment, event.timeZone, language)
  const facts: [string, ReactNode][] = [
    [events.state, <StateMark key="state" state={event.state} />],
    [about.publishedAt, at(event.publishedAt)],
    [about.closedAt, at(event.closedAt)],
    [about.cancelledAt, at(event.cancelledAt)],
    [about.cancelReason, event.cancelReason && <Given key="reason">{event.cancelReason}</Given>],
    [events.shifts, about.shiftCount(event.shifts)],
  ]
  return (
    <dl className="facts">
      {facts
        .filter(([, fact]) => fact)
        .map(([label, fact]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
    </dl>
  )
}
