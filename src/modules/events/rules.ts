import { type DateTime, IANAZone } from 'luxon'
import type { EventState, PublicationProblem } from './words.ts'

interface EventFacts {
  publishedAt: DateTime | null
  closedAt: DateTime | null
  cancelledAt: DateTime | null
}

/** The state of an event, derived from its times. */
export function stateOf({ publishedAt, closedAt, cancelledAt }: EventFacts): EventState {
  if (cancelledAt) return 'cancelled'
  if (closedAt) return 'closed'
  return publishedAt ? 'published' : 'draft'
}

/** Whether a name is a known IANA time zone. Fixed offsets are refused because they ignore daylight saving time. */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z]+(?:[_+-][A-Za-z0-9]+)*(?:\/[A-Za-z0-9_+-]+)*$/.test(name) && IANAZone.isValidZone(name)
}

export interface Demand {
  min: number
  target: number
  max: number
  skills: readonly { skill: string; min: number }[]
}

/**
 * The first violated rule of a demand, or undefined: 0 ≤ min ≤ target ≤ max, and no skill needs more people than max.
 */
export function demandProblem({
  min,
  target,
  max,
  skills,
}: Demand): 'order' | 'skills' | 'skill_twice' | undefined {
  if (!(min >= 0 && min <= target && target <= max && max >= 1)) return 'order'
  if (new Set(skills.map(({ skill }) => skill)).size < skills.length) return 'skill_twice'
  return skills.some((wanted) => wanted.min > max) ? 'skills' : undefined
}

/** Maximum length of an event in days. Anything longer is a campaign. */
export const eventDaysMax = 92
/**
 * Maximum number of different skills in the shifts of one event: the planner stores skills in a bit mask of 31 bits.
 */
export const eventSkillsMax = 31
/** Maximum length of one shift in hours. */
export const shiftHoursMax = 24

export interface ShiftToCheck {
  id: string
  startsAt: DateTime
  endsAt: DateTime
  inChargePersonId: string | null
  minorsAllowed: boolean
  risks: string | null
  insurance: string | null
  zone: { minorsSuitable: boolean; closedAt: DateTime | null }
}

/** All problems that prevent publication, each with its shifts. Empty: the event can be published. */
export function publicationProblemsOf(
  event: { startsAt: DateTime; endsAt: DateTime },
  shifts: readonly ShiftToCheck[],
  now: DateTime,
): { because: PublicationProblem; shiftIds: string[] }[] {
  const wrong: Partial<Record<PublicationProblem, (shift: ShiftToCheck) => boolean>> = {
    shift_outside_event: (shift) => shift.startsAt < event.startsAt || shift.endsAt > event.endsAt,
    shift_without_person_in_charge: (shift) => shift.inChargePersonId === null,
    minors_in_unsuitable_zone: (shift) => shift.minorsAllowed && !shift.zone.minorsSuitable,
    zone_closed: (shift) => shift.zone.closedAt !== null,
    risks_without_insurance: (shift) => shift.risks !== null && shift.insurance === null,
  }
  const found = Object.entries(wrong).map(([because, is]) => ({
    because: because as PublicationProblem,
    shiftIds: shifts.filter(is).map((shift) => shift.id),
  }))
  const ofEvent: PublicationProblem[] = []
  if (shifts.length === 0) ofEvent.push('no_shifts')
  if (event.endsAt <= now) ofEvent.push('event_over')
  return [
    ...ofEvent.map((because) => ({ because, shiftIds: [] })),
    ...found.filter(({ shiftIds }) => shiftIds.length > 0),
  ]
}
