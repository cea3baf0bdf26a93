import type { EventState } from '#modules/events/index.ts'
import type { PlanState } from '#modules/planning/index.ts'
import type { EventStep, StepReason, StepState } from './words.ts'

/** What is known of an event. A part that the reader may not see is absent, and so is its step. */
export interface StepFacts {
  state: EventState
  begun: boolean
  over: boolean
  /** Whether the reader may change and publish the event. */
  mine: boolean
  /** Kinds of problem that prevent publication; 0 after it. */
  problems: number
  shifts: { all: number; belowMin: number; belowTarget: number; taken: number }
  units?: { asked: number; answered: number; mayAsk: boolean }
  /** State of the latest proposal that was not cancelled; null: there is none. */
  plan?: { state: PlanState | null; mayApply: boolean }
  people?: { asked: number; answered: number }
  messages?: { written: number; waiting: number; failed: number; held: boolean; maySend: boolean }
  attendance?: boolean
  /** Late entries that nobody has decided; `mine`: at the reader's level. Only once the event has begun. */
  late?: { all: number; mine: number }
  snapshots?: { taken: number; mayTake: boolean }
}

export interface Step {
  step: EventStep
  state: StepState
  because: StepReason | null
  count: number | null
}

type Judged = Omit<Step, 'step'>

const step = (state: StepState, because: StepReason | null = null, count: number | null = null): Judged => ({
  state,
  because,
  count,
})
const notBegun = step('not_begun')
const done = step('done')

/** How far each step of an event is, in order. Pure. */
export function stepsOf(facts: StepFacts): Step[] {
  const { units, plan, people, messages, snapshots } = facts
  const judged: [EventStep, Judged | undefined][] = [
    ['about', aboutStep(facts)],
    ['shifts', shiftsStep(facts)],
    ['quotas', units && quotasStep(units)],
    ['plan', plan && planStep(plan)],
    ['board', units && boardStep(facts)],
    ['people', people && peopleStep(facts, people)],
    ['messages', messages && messagesStep(messages)],
    ['day', facts.attendance ? dayStep(facts) : undefined],
    ['report', snapshots && reportStep(facts, snapshots)],
  ]
  return judged.flatMap(([name, found]) => (found ? [{ step: name, ...settled(facts.state, found) }] : []))
}

/** Nothing of a cancelled event needs anybody. */
function settled(state: EventState, found: Judged): Judged {
  return state === 'cancelled' && found.state !== 'not_begun' ? done : found
}

function aboutStep({ state, mine, problems, shifts }: StepFacts): Judged {
  if (state !== 'draft') return done
  const ready = problems === 0 && shifts.taken > 0
  return ready && mine ? step('needs_you', 'ready_to_publish') : step('under_way', 'draft')
}

function shiftsStep({ mine, problems, shifts: { all } }: StepFacts): Judged {
  if (all === 0) return notBegun
  if (problems > 0) return step(mine ? 'needs_you' : 'under_way', 'publication_problems', problems)
  return step('done', 'shifts', all)
}

function quotasStep({ asked, answered, mayAsk }: NonNullable<StepFacts['units']>): Judged {
  if (asked === 0) return notBegun
  // Whoever asks waits for the units; a unit is waited for.
  if (answered < asked) return step(mayAsk ? 'under_way' : 'needs_you', 'units_unanswered', asked - answered)
  return done
}

function planStep({ state, mayApply }: NonNullable<StepFacts['plan']>): Judged {
  if (state === null || state === 'cancelled') return notBegun
  if (state === 'applied') return done
  if (state === 'proposed') return step(mayApply ? 'needs_you' : 'under_way', 'plan_waits')
  if (state === 'failed') return step(mayApply ? 'needs_you' : 'under_way', 'plan_failed')
  return step('under_way', 'plan_running')
}

function boardStep({ over, shifts }: StepFacts): Judged {
  if (shifts.taken === 0) return notBegun
  if (over) return done
  if (shifts.belowMin > 0) return step('needs_you', 'below_min', shifts.belowMin)
  if (shifts.belowTarget > 0) return step('under_way', 'below_target', shifts.belowTarget)
  return done
}

function peopleStep(
  { state, over, late }: StepFacts,
  { asked, answered }: NonNullable<StepFacts['people']>,
): Judged {
  if (late && late.mine > 0) return step('needs_you', 'late_waiting', late.mine)
  if (late && late.all > 0 && over) return step('under_way', 'late_waiting', late.all)
  if (asked === 0 || state === 'draft') return notBegun
  if (answered < asked && !over) return step('under_way', 'people_unanswered', asked - answered)
  return done
}

function messagesStep({ written, waiting, failed, held, maySend }: NonNullable<StepFacts['messages']>) {
  const need = maySend ? 'needs_you' : 'under_way'
  if (held) return step(need, 'messages_held')
  if (written === 0) return notBegun
  if (waiting > 0) return step('under_way', 'messages_waiting', waiting)
  return failed > 0 ? step(need, 'messages_failed', failed) : done
}

function dayStep({ state, begun, over }: StepFacts): Judged {
  if (state === 'draft' || !begun) return notBegun
  return over || state === 'closed' ? done : step('under_way', 'on_now')
}

function reportStep({ state, over }: StepFacts, { taken, mayTake }: NonNullable<StepFacts['snapshots']>) {
  if (taken > 0) return done
  if (state === 'draft' || !over) return notBegun
  return step(mayTake ? 'needs_you' : 'under_way', 'not_frozen')
}
