import type { DateTime } from 'luxon'
import { type EvidenceGrade, outcomeOf, type Timing } from '#modules/attendance/index.ts'
import type { Figures } from './contract.ts'

/** One assignment with its attendance, as stored now. */
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
  grade: EvidenceGrade | null
  /** A late entry (补录) exists and is undecided. */
  pending: boolean
  minutes: number | null
  shiftEndsAt: DateTime
}

/** Heads counted without names. */
export interface CountFact {
  present: number
  adults: number
  companions: number
}

/** The assignment as it was at the cut-off; undefined when it did not exist yet. */
export function asOf(fact: AssignmentFact, cutOffAt: DateTime): AssignmentFact | undefined {
  const beforeCutOff = <T extends DateTime | null>(at: T) => (at && at <= cutOffAt ? at : null)
  if (fact.createdAt > cutOffAt) return undefined
  const answered = beforeCutOff(fact.answeredAt) !== null
  const checkInAt = beforeCutOff(fact.checkInAt)
  const checkOutAt = checkInAt && beforeCutOff(fact.checkOutAt)
  return {
    ...fact,
    answer: answered ? fact.answer : null,
    excusedAt: beforeCutOff(fact.excusedAt),
    cancelledAt: beforeCutOff(fact.cancelledAt),
    checkInAt,
    checkOutAt,
    timing: checkInAt && fact.timing,
    minutes: checkOutAt && fact.minutes,
  }
}

const gradeFigures = { A: 'gradeA', B: 'gradeB', C: 'gradeC', D: 'gradeD' } as const
const timingFigures = { early: 'early', on_time: 'onTime', late: 'late' } as const

/**
 * Adds up one line of the report. The six outcomes add up to `assigned`; early, on time and late add up to `arrived`,
 * because each assignment is counted in exactly one of each.
 */
export class Tally {
  readonly #figures: Figures
  readonly #people = new Set<string>()
  readonly #present = new Set<string>()

  constructor(sometimes: Partial<Pick<Figures, 'demanded' | 'asked' | 'pledged'>> = {}) {
    const none = {
      accepted: 0,
      arrived: 0,
      absent: 0,
      unanswered: 0,
      declined: 0,
      excused: 0,
      cancelled: 0,
      pending: 0,
    }
    const grades = { gradeA: 0, gradeB: 0, gradeC: 0, gradeD: 0 }
    const when = { early: 0, onTime: 0, late: 0, checkedOut: 0, minutes: 0, open: 0 }
    const heads = { countedHeads: 0, countedAdults: 0, companions: 0 }
    const asked = { demanded: null, asked: null, pledged: null, ...sometimes }
    this.#figures = {
      ...asked,
      assigned: 0,
      people: 0,
      peoplePresent: 0,
      ...none,
      ...grades,
      ...when,
      ...heads,
    }
  }

  /** Adds one assignment; `fact` is as of the cut-off. */
  add(fact: AssignmentFact, cutOffAt: DateTime): void {
    const figures = this.#figures
    const outcome = outcomeOf(fact)
    figures.assigned++
    figures[outcome]++
    this.#people.add(fact.personId)
    if (fact.answer === 'accepted') figures.accepted++
    if (outcome === 'absent' || outcome === 'unanswered') {
      if (fact.shiftEndsAt > cutOffAt) figures.open++
      if (fact.pending) figures.pending++
    }
    if (outcome !== 'arrived') return
    this.#present.add(fact.personId)
    figures[timingFigures[fact.timing ?? 'on_time']]++
    figures[gradeFigures[fact.grade ?? 'C']]++
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
