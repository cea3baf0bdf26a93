/** What is counted of tasks at a moment. A rate is a numerator and a denominator; whoever shows it divides. Pure. */

import type { Division, TaskState } from '../words.ts'

export interface TaskFigures {
  /** 交办: issued by then. It is what is open, closed and cancelled. */
  issued: number
  open: number
  closed: number
  /** 撤销, false findings (误报) among them. */
  cancelled: number
  falseFindings: number
  /** 挂账. */
  suspended: number
  overdue: number
  /** 整改率 = closed ÷ all of those with a date. */
  dated: number
  closedDated: number
  /** 结案率 = closed ÷ all that were due by then. */
  due: number
  closedDue: number
  /** 按期结案率 = reported in time what passed ÷ due and not suspended. */
  dueNotSuspended: number
  onTime: number
  /** 此前各轮: cycles that ended late or signed off and were followed by another one. They count in `dueNotSuspended` and `onTime`, too. */
  earlierCycles: number
  /** 返工率 = sent back at least once ÷ reported at least once. */
  reported: number
  sentBack: number
  /** 延期率 = extended ÷ dated. */
  extended: number
  /** 反弹率 = opened again after it was closed ÷ closed at least once. */
  everClosed: number
  reopened: number
}

export const noFigures: TaskFigures = {
  issued: 0,
  open: 0,
  closed: 0,
  cancelled: 0,
  falseFindings: 0,
  suspended: 0,
  overdue: 0,
  dated: 0,
  closedDated: 0,
  due: 0,
  closedDue: 0,
  dueNotSuspended: 0,
  onTime: 0,
  earlierCycles: 0,
  reported: 0,
  sentBack: 0,
  extended: 0,
  everClosed: 0,
  reopened: 0,
}
export const figureKeys = Object.keys(noFigures) as (keyof TaskFigures)[]

export function added(some: readonly TaskFigures[]): TaskFigures {
  const total = { ...noFigures }
  for (const figures of some) for (const key of figureKeys) total[key] += figures[key]
  return total
}

/** What is true of a task at a moment, beside its state. Its position is its bit where SQL tells all of them at once. */
export const taskFacts = [
  /** It has a deadline. */
  'dated',
  /** The deadline had come. */
  'due',
  /** Reported before the deadline. */
  'inTime',
  'falseFinding',
  'asksExtension',
  'reported',
  'sentBack',
  'extended',
  'reopened',
] as const
export type TaskFact = (typeof taskFacts)[number]

export const bitOf = (fact: TaskFact) => 1 << taskFacts.indexOf(fact)

export function factsIn(bits: number): ReadonlySet<TaskFact> {
  return new Set(taskFacts.filter((fact) => bits & bitOf(fact)))
}

/** What so many tasks count for which were in this state at the moment, with these facts. */
export function figuresOf(state: TaskState, facts: ReadonlySet<TaskFact>, tasks: number): TaskFigures {
  const has = (fact: TaskFact) => facts.has(fact)
  const cancelled = state === 'cancelled'
  const closed = state === 'closed'
  const live = !cancelled
  const dated = live && has('dated')
  const due = dated && has('due')
  const isWorking = state === 'issued' || state === 'accepted'
  const counts: Record<keyof TaskFigures, boolean> = {
    issued: true,
    open: live && !closed,
    closed,
    cancelled,
    falseFindings: cancelled && has('falseFinding'),
    suspended: state === 'suspended',
    overdue: due && isWorking && !has('asksExtension'),
    dated,
    closedDated: dated && closed,
    due,
    closedDue: due && closed,
    dueNotSuspended: due && state !== 'suspended',
    onTime: due && closed && has('inTime'),
    earlierCycles: false,
    reported: live && has('reported'),
    sentBack: live && has('sentBack'),
    extended: dated && has('extended'),
    everClosed: live && (closed || has('reopened')),
    reopened: live && has('reopened'),
  }
  const figures = { ...noFigures }
  for (const key of figureKeys) if (counts[key]) figures[key] = tasks
  return figures
}

/** A rate in per cent with two decimals; null where nothing is counted: it prints as “—”. */
export function rateOf(part: number, whole: number): string | null {
  return whole === 0 ? null : ((part / whole) * 100).toFixed(2)
}

/** More than a tenth of what is open is suspended: every report says so. */
export const suspendsTooMuch = ({ suspended, open }: TaskFigures) => open > 0 && suspended * 10 > open

/** Figures as a notice told them. */
export interface BookFigures {
  at: string
  by: Division
  total: TaskFigures
  groups: ({ id: string; name: string } & TaskFigures)[]
}
