import type { Consent } from '#modules/organisation/index.ts'
import { DomainError } from '#platform/errors.ts'
import type { Busy } from './free-time.ts'
import { type Ineligibility, ineligibilities } from './words.ts'

/** Whether a person can take a shift; if not, one reason. */
export type Eligibility = { eligible: true } | { eligible: false; because: Ineligibility }

export interface Candidate {
  minor: boolean
  consent: Consent
  /** A pupil of a school, who may come with the school's own teachers. */
  schooled: boolean
  skills: ReadonlySet<string>
}

/** The people of the candidate's school or unit who are already on the shift. */
export interface Company {
  minors: number
  /** Number of teachers of the own school and of registered guardians of its minors. Other adults do not count. */
  escorts: number
  /** Whether the candidate's class is on other shifts of the event, too. */
  split: boolean
  /** Number of teachers of the candidate's own class on this shift. */
  ownTeachers: number
}

export interface Offer {
  closed: boolean
  minorsAllowed: boolean
  minorsPerAdult: number
  /** Number of free places. */
  left: number
  /** Number of people still needed with each skill. */
  missing: readonly { skill: string; missing: number }[]
}

const eligible: Eligibility = { eligible: true }
const not = (because: Ineligibility): Eligibility => ({ eligible: false, because })

/**
 * Checks the rules in a fixed order and returns the first reason: the state of the shift, the protection of minors, the
 * person's own time and skills, and last whether a place is free.
 */
export function eligibilityOf(
  offer: Offer,
  candidate: Candidate,
  { company, busy }: { company: Company; busy: Busy | undefined },
): Eligibility {
  if (offer.closed) return not('closed')
  if (candidate.minor) {
    if (!offer.minorsAllowed) return not('minor')
    if (!mayCome(candidate)) return not('not_consented')
    if (!accompanied(company, offer.minorsPerAdult)) return not('ratio')
  }
  if (busy) return not(busy)
  if (offer.left <= 0) return not('full')
  return isWanted(offer, candidate) ? eligible : not('unskilled')
}

/**
 * A minor needs a guardian's consent or comes with the school (PIPL 31, 未成年人保护法). A guardian's latest refusal always
 * counts.
 */
export function mayCome({ consent, schooled }: Pick<Candidate, 'consent' | 'schooled'>): boolean {
  return consent === 'given' || (consent === 'none' && schooled)
}

/** Escort rule for one more minor: enough adults, and a teacher of the own class in each part of a split class. */
export function accompanied(company: Company, minorsPerAdult: number): boolean {
  if (company.split && company.ownTeachers === 0) return false
  return company.minors + 1 <= company.escorts * minorsPerAdult
}

/** Free places are reserved for skills that are still needed. */
function isWanted({ left, missing }: Offer, { skills }: Candidate): boolean {
  const wanted = missing.filter((each) => each.missing > 0)
  if (wanted.some(({ skill }) => skills.has(skill))) return true
  return left > wanted.reduce((sum, each) => sum + each.missing, 0)
}

/** The error of a refused request: 409 with the stable code `shift.REASON`. */
export function refusalOf(because: Ineligibility, details: Record<string, unknown> = {}): DomainError {
  return new DomainError('conflict', `shift.${because}`, ineligibilities[because].en, details)
}

/** The overall answer of a participation: accepted if one assignment is, declined if all are, else null. */
export function overallAnswer<A extends 'accepted' | 'declined'>(each: readonly (A | null)[]): A | null {
  if (each.includes('accepted' as A)) return 'accepted' as A
  return each.length > 0 && each.every((answer) => answer === 'declined') ? ('declined' as A) : null
}

/** The number of minors above the escort rule in a group on one shift; 0 when the rule holds. */
export function minorsTooMany(minors: number, escorts: number, minorsPerAdult: number): number {
  return Math.max(0, minors - escorts * minorsPerAdult)
}
