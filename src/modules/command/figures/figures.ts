/** What is counted of tasks at a moment. A rate is a numerator and a denominator; whoever shows it divides. Pure. */

import type { Division } from '../words.ts'

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
