import { DomainError } from '#platform/errors.ts'
import { type Ineligibility, ineligibilities } from './words.ts'

/** Whether somebody can take a shift, and if not, the one reason why. */
export type Eligibility = { eligible: true } | { eligible: false; because: Ineligibility }

/** What a guardian said last. */
export type Consent = 'given' | 'withdrawn' | 'none'

export interface Candidate {
  minor: boolean
  consent: Consent
  /** A pupil of a school, whose own teachers may accompany it. */
  schooled: boolean
  skills: ReadonlySet<string>
}

/** Who of the candidate's school or unit is on the shift already. */
export interface Company {
  minors: number
  /** Teachers of its own school and registered guardians of its minors; nobody else counts. */
  escorts: number
  /** Whether the candidate's class is on other shifts of the event, too. */
  split: boolean
  /** Teachers of the candidate's own class on this shift. */
  ownTeachers: number
}

export interface Offer {
  closed: boolean
  minorsAllowed: boolean
  minorsPerAdult: number
  /** Places nobody has taken. */
  left: number
  /** How many people with each skill are still wanted. */
  missing: readonly { skill: string; missing: number }[]
}

const eligible: Eligibility = { eligible: true }
const not = (because: Ineligibility): Eligibility => ({ eligible: false, because })

/**
 * The reasons in the order in which they matter to the person: what nobody can change about the shift first, then
 * what protects a minor, then the person's own time and skills, and last whether there is room.
 */
export function eligibilityOf(
  offer: Offer,
  candidate: Candidate,
  { company, overlapping }: { company: Company; overlapping: boolean },
): Eligibility {
  if (offer.closed) return not('closed')
  if (candidate.minor) {
    if (!offer.minorsAllowed) return not('minor')
    if (!mayCome(candidate)) return not('not_consented')
    if (!accompanied(company, offer.minorsPerAdult)) return not('ratio')
  }
  if (overlapping) return not('overlaps')
  if (offer.left <= 0) return not('full')
  return isWanted(offer, candidate) ? eligible : not('unskilled')
}

/**
 * A minor comes with a guardian's consent, or with its school (PIPL 31, 未成年人保护法); never against what the
 * guardian said last.
 */
export function mayCome({ consent, schooled }: Pick<Candidate, 'consent' | 'schooled'>): boolean {
  return consent === 'given' || (consent === 'none' && schooled)
}

/** One more minor still has enough adults, and a class that is split has a teacher of its own in this part. */
export function accompanied(company: Company, minorsPerAdult: number): boolean {
  if (company.split && company.ownTeachers === 0) return false
  return company.minors + 1 <= company.escorts * minorsPerAdult
}

/** Places that are left go first to the skills that are still wanted. */
function isWanted({ left, missing }: Offer, { skills }: Candidate): boolean {
  const wanted = missing.filter((each) => each.missing > 0)
  if (wanted.some(({ skill }) => skills.has(skill))) return true
  return left > wanted.reduce((sum, each) => sum + each.missing, 0)
}

/** The refusal a request gets: 409 with the permanent code `shift.REASON`. */
export function refusalOf(because: Ineligibility, details: Record<string, unknown> = {}): DomainError {
  return new DomainError('conflict', `shift.${because}`, ineligibilities[because].en, details)
}

/** The answer of a participation, from those of its assignments: accepted as soon as one is, declined when all are. */
export function overallAnswer<A extends 'accepted' | 'declined'>(each: readonly (A | null)[]): A | null {
  if (each.includes('accepted' as A)) return 'accepted' as A
  return each.length > 0 && each.every((answer) => answer === 'declined') ? ('declined' as A) : null
}

/** What of an escort rule a group on one shift breaks: how many minors are too many. */
export function minorsTooMany(minors: number, escorts: number, minorsPerAdult: number): number {
  return Math.max(0, minors - escorts * minorsPerAdult)
}
