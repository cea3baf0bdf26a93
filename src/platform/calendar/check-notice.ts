import type { PublishedNotice } from './known-years.ts'
import { isWeekend, mayName, type Notice } from './rules.ts'
import type { YearProblem } from './words.ts'

export interface NoticeProblem {
  because: YearProblem
  /** The days concerned; empty when the problem concerns the notice as a whole. */
  days: string[]
}

/** 全国年节及纪念日放假办法: 11 days from 2008, 13 since the change that is in force from 2025. */
function lawfulDays(year: number): number {
  return year >= 2025 ? 13 : 11
}

/**
 * How many days off a notice grants beyond the law: 0, except for one-time days, such as 3 September 2015.
 * For every weekday that is moved there is a make-up working day, and a holiday on a weekend is given back; so days
 * off on weekdays less make-up working days are what the law gives.
 */
export function grantedDays({ year, restDays, makeUpWorkdays }: Notice): number {
  return restDays.filter((day) => !isWeekend(day)).length - makeUpWorkdays.length - lawfulDays(year)
}

/** The problems of a notice entered on `today` with this many one-time days off; empty when it is right. */
export function problemsOf(notice: PublishedNotice, granted: number, today: string): NoticeProblem[] {
  const { year, restDays, makeUpWorkdays, publishedOn } = notice
  const days: Partial<Record<YearProblem, string[]>> = {
    outside_year: [...restDays, ...makeUpWorkdays].filter((day) => !mayName(year, day)),
    rest_and_workday: makeUpWorkdays.filter((day) => restDays.includes(day)),
    make_up_on_weekday: makeUpWorkdays.filter((day) => !isWeekend(day)),
  }
  const problems = Object.entries(days)
    .filter(([, found]) => found.length > 0)
    .map(([because, found]) => ({ because: because as YearProblem, days: found }))
  const plausible =
    publishedOn >= `${year - 1}-01-01` && publishedOn <= `${year}-12-31` && publishedOn <= today
  if (!plausible) problems.push({ because: 'publication_implausible', days: [publishedOn] })
  // Counted only when the days themselves are right; otherwise it would report the same problem twice.
  if (problems.length === 0 && grantedDays(notice) !== granted) {
    problems.push({ because: 'days_do_not_add_up', days: [] })
  }
  return problems
}
