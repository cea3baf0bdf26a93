import { type DateTime, IANAZone } from 'luxon'
import type { EventState, PublicationProblem } from './words.ts'

interface EventFacts {
  publishedAt: DateTime | null
  closedAt: DateTime | null
  cancelledAt: DateTime | null
}

/** What an event is, from what happened to it. */
export function stateOf({ publishedAt, closedAt, cancelledAt }: EventFacts): EventState {
  if (cancelledAt) return 'cancelled'
  if (closedAt) return 'closed'
  return publishedAt ? 'published' : 'draft'
}

/** Whether a name is an IANA zone this service can reckon with. Fixed offsets are refused: they know no summer. */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z]+(?:[_+-][A-Za-z0-9]+)*(?:\/[A-Za-z0-9_+-]+)*$/.test(name) && IANAZone.isValidZone(name)
}

/** The calendar day a moment falls on in a zone of time, `YYYY-MM-DD`. */
export function dayIn(at: DateTime, timeZone: string): string {
  return at.setZone(timeZone).toFormat('yyyy-MM-dd')
}

export interface Demand {
  min: number
  target: number
  max: number
  skills: readonly { skill: string; min: number }[]
}

/** Why a demand makes no sense, or undefined. 0 ≤ min ≤ target ≤ max, and no skill asked of more than fit in. */
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

/** The longest an event may last. Longer undertakings are campaigns. */
export const eventDaysMax = 92
/** The longest one shift may last. */
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

/** Everything that stands in the way of a publication, with the shifts concerned; none: it may go out. */
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
