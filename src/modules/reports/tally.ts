import type { DateTime } from 'luxon'
import { outcomeOf, type Timing } from '#modules/attendance/index.ts'
import type { Figures } from './contract.ts'

/** One assignment and what came of it, as the rows say now. */
export interface AssignmentFact {
  personId: string
  createdAt: DateTime
  answer: 'accepted' | 'declined' | null
  answeredAt: DateTime | null
  excusedAt: DateTime | null
  cancelledAt: DateTime | null
  checkInAt: DateTime | null
  checkOutAt: DateTime | null
  timing: Timing | null
  minutes: number | null
  shiftEndsAt: DateTime
}

/** Heads counted without names. */
export interface CountFact {
  present: number
  adults: number
  companions: number
}

/** The assignment as it stood at the cut-off; undefined when it was not there yet. */
export function asOf(fact: AssignmentFact, cutOffAt: DateTime): AssignmentFact | undefined {
  const by = <T extends DateTime | null>(at: T) => (at && at <= cutOffAt ? at : null)
  if (fact.createdAt > cutOffAt) return undefined
  const answered = by(fact.answeredAt) !== null
  const checkInAt = by(fact.checkInAt)
  const checkOutAt = checkInAt && by(fact.checkOutAt)
  return {
    ...fact,
    answer: answered ? fact.answer : null,
    excusedAt: by(fact.excusedAt),
    cancelledAt: by(fact.cancelledAt),
    checkInAt,
    checkOutAt,
    timing: checkInAt && fact.timing,
    minutes: checkOutAt && fact.minutes,
  }
}

const timingFigures = { early: 'early', on_time: 'onTime', late: 'late' } as const

/**
 * Adds up one line of the report. The six outcomes add up to `assigned`, and early, on time and late to `arrived`:
 * each assignment is put into exactly one of each.
 */
export class Tally {
  readonly #figures: Figures
  readonly #people = new Set<string>()
  readonly #present = new Set<string>()

  constructor(sometimes: Partial<Pick<Figures, 'demanded' | 'asked' | 'pledged'>> = {}) {
    const none = { accepted: 0, arrived: 0, absent: 0, unanswered: 0, declined: 0, excused: 0, cancelled: 0 }
    const when = { early: 0, onTime: 0, late: 0, checkedOut: 0, minutes: 0, open: 0 }
    const heads = { countedHeads: 0, countedAdults: 0, companions: 0 }
    const asked = { demanded: null, asked: null, pledged: null, ...sometimes }
    this.#figures = { ...asked, assigned: 0, people: 0, peoplePresent: 0, ...none, ...when, ...heads }
  }

  /** `fact` as it stood at the cut-off. */
  add(fact: AssignmentFact, cutOffAt: DateTime): void {
    const figures = this.#figures
    const outcome = outcomeOf(fact)
    figures.assigned++
    figures[outcome]++
    this.#people.add(fact.personId)
    if (fact.answer === 'accepted') figures.accepted++
    if ((outcome === 'absent' || outcome === 'unanswered') && fact.shiftEndsAt > cutOffAt) figures.open++
    if (outcome !== 'arrived') return
    this.#present.add(fact.personId)
    figures[timingFigures[fact.timing ?? 'on_time']]++
    if (fact.checkOutAt) figures.checkedOut++
    figures.minutes += fact.minutes ?? 0
  }

  addCount({ present, adults, companions }: CountFact): void {
    this.#figures.countedHeads += present
    this.#figures.countedAdults += adults
    this.#figures.companions += companions
  }

  addAsked(more: Partial<Record<'demanded' | 'asked' | 'pledged', number>>): void {
    for (const [figure, number] of Object.entries(more) as ['demanded' | 'asked' | 'pledged', number][]) {
      this.#figures[figure] = (this.#figures[figure] ?? 0) + number
    }
  }

  get figures(): Figures {
    return { ...this.#figures, people: this.#people.size, peoplePresent: this.#present.size }
  }
}
