import type { DateTime } from 'luxon'
import { dayIn, instantFrom } from '#platform/time.ts'
import type { Step, StepFacts } from './step-rules.ts'
import type { StepReason } from './words.ts'

export interface EventSoFar<E> {
  event: E
  facts: StepFacts
  steps: readonly Step[]
}

export interface AgendaItem<E> {
  event: E
  step: Step['step']
  because: StepReason
  count: number | null
  /** By when: the start of the event; once it is over, nothing. */
  dueAt: string | null
}

/** What cannot wait, first. Whatever is not named comes after, in the order of the steps. */
const pressing: readonly StepReason[] = ['messages_held', 'below_min', 'publication_problems', 'plan_failed']
/** What a reader can neither do nor speed up is no item. */
const quiet: readonly StepReason[] = ['on_now', 'shifts', 'draft']

type Stated = { startsAt: string; endsAt: string; timeZone: string }

/** Sorts what the events say: on today, waiting for the reader, waiting for others. Pure. */
export function agendaOf<E extends Stated>(found: readonly EventSoFar<E>[], at: DateTime) {
  const today = found.filter(({ event, facts }) => facts.state === 'published' && isToday(event, at))
  const items = (state: 'needs_you' | 'under_way') =>
    found
      .flatMap(({ event, facts, steps }) =>
        steps.flatMap((step): AgendaItem<E>[] =>
          step.state === state && step.because !== null && !quiet.includes(step.because)
            ? [
                {
                  ...{ event, step: step.step, because: step.because, count: step.count },
                  dueAt: facts.over ? null : event.startsAt,
                },
              ]
            : [],
        ),
      )
      .toSorted((a, b) => rankOf(a) - rankOf(b))
  return {
    today: today.map(({ event, facts: { shifts, begun, over, people } }) => ({
      ...{ event, begun, over },
      ...{ shifts: shifts.all, taken: shifts.taken, belowMin: shifts.belowMin },
      accepted: people ? people.answered : null,
    })),
    waiting: items('needs_you'),
    others: items('under_way'),
  }
}

function rankOf({ because }: AgendaItem<unknown>): number {
  const at = pressing.indexOf(because)
  return at < 0 ? pressing.length : at
}

/** Whether any of it is on the present day, in its own zone. */
function isToday({ startsAt, endsAt, timeZone }: Stated, at: DateTime): boolean {
  const day = dayIn(at, timeZone)
  return dayIn(instantFrom(startsAt), timeZone) <= day && day <= dayIn(instantFrom(endsAt), timeZone)
}
