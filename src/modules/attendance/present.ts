import type { DateTime } from 'luxon'
import type { LinkedAssignment, LinkedParticipation, PlaceBefore } from '#modules/mobilization/index.ts'
import { maskName } from '#platform/crypto/index.ts'
import { isoOf } from '#platform/time.ts'
import type { AttendanceView, EventAttendance, GroupCountView, LinkView, RollEntry } from './contract.ts'
import type { GroupCountRow } from './count-group.ts'
import type { LateEntry } from './late/ask.ts'
import type { RollRow } from './queries.ts'
import type { Attendance } from './statements.ts'
import type { Totals, ZoneOfTotals } from './totals.ts'

/** An attendance as clients see it. */
export function presentAttendance(attendance: Attendance): AttendanceView {
  const { assignmentId, checkInAt, checkOutAt, timing, minutes, grade, via } = attendance
  return {
    assignmentId,
    checkInAt: checkInAt && isoOf(checkInAt),
    checkOutAt: checkOutAt && isoOf(checkOutAt),
    timing,
    minutes,
    grade,
    via,
  }
}

/** Data of a link that is stored outside the link: attendances by assignment, phone numbers by person. */
export interface Surroundings {
  attendances: Map<string, Attendance>
  phones: Map<string, string>
  /** A pupil's link: a guardian reads it, and teachers check the pupil in. */
  readByGuardian: boolean
  /** Place and time before the last change, by assignment; only for assignments that are asked for again. */
  before: ReadonlyMap<string, PlaceBefore>
  /** Late entries by assignment; and the assignments that can still get one, with the deadline. */
  lateEntries: Map<string, LateEntry>
  lateUntil: Map<string, DateTime>
}

/** What a personal link shows; the person's name is masked. */
export function presentLink(link: LinkedParticipation, around: Surroundings): LinkView {
  const { event } = link
  return {
    person: { maskedName: maskName(link.person.name) },
    event: {
      name: event.name,
      timeZone: event.timeZone,
      startsAt: isoOf(event.startsAt),
      endsAt: isoOf(event.endsAt),
      cancelledAt: event.cancelledAt && isoOf(event.cancelledAt),
    },
    answer: link.answer ?? 'unanswered',
    assignments: link.assignments.map((assignment) => presentLinked(link, assignment, around)),
  }
}

function presentLinked(
  { event }: LinkedParticipation,
  assignment: LinkedAssignment,
  { attendances, phones }: Surroundings,
): LinkView['assignments'][number] {
  const { shift, zone } = assignment
  const attendance = attendances.get(assignment.id)
  const cancelled = shift.cancelledAt ?? assignment.cancelledAt
  return {
    id: assignment.id,
    work: shift.work,
    startsAt: isoOf(shift.startsAt),
    endsAt: isoOf(shift.endsAt),
    zone: zone.name,
    meetingPoint: shift.meetingPoint,
    tools: shift.tools,
    risks: shift.risks,
    recordable: shift.recordable,
    answer: assignment.answer ?? 'unanswered',
    cancelledAt: cancelled && isoOf(cancelled),
    cancelReason: shift.cancelReason ?? (event.cancelledAt && event.cancelReason),
    askedAgainAt: assignment.askedAgainAt && isoOf(assignment.askedAgainAt),
    excusedAt: assignment.excusedAt && isoOf(assignment.excusedAt),
    contact: shift.contact && { name: shift.contact.name, phone: phones.get(shift.contact.id) ?? null },
    checkInOpensAt: isoOf(shift.startsAt.minus({ minutes: event.checkInOpensMin })),
    attendance: attendance ? presentAttendance(attendance) : null,
  }
}

/** One person of a roll-call. */
export function presentRoll({
  assignmentId,
  person,
  team,
  answer,
  excusedAt,
  attendance,
}: RollRow): RollEntry {
  return {
    assignmentId,
    person: { id: person.id, name: person.name },
    team,
    answer: answer ?? 'unanswered',
    excusedAt: excusedAt && isoOf(excusedAt),
    attendance: attendance && {
      checkInAt: attendance.checkInAt && isoOf(attendance.checkInAt),
      checkOutAt: attendance.checkOutAt && isoOf(attendance.checkOutAt),
      timing: attendance.timing,
      minutes: attendance.minutes,
      grade: attendance.grade,
      via: attendance.via,
      position: attendance.positionJudgement,
      flags: attendance.flags ?? [],
    },
  }
}

/** A head count of an allotment. */
export function presentCount(row: GroupCountRow): GroupCountView {
  const { allotmentId, shiftId, present, adults, companions, countedAt } = row
  return { allotmentId, shiftId, present, adults, companions, countedAt: isoOf(countedAt) }
}

const figures = [
  'shifts',
  'target',
  'expected',
  'present',
  'checkedOut',
  'late',
  'minutes',
  'counted',
  'countedAdults',
  'companions',
] as const satisfies (keyof Totals)[]

/** The totals of an event and of its zones. */
export function presentTotals(
  eventId: string,
  at: string,
  zones: readonly (ZoneOfTotals & Totals)[],
): EventAttendance {
  const sum = (figure: (typeof figures)[number]) => zones.reduce((total, zone) => total + zone[figure], 0)
  return {
    eventId,
    at,
    total: Object.fromEntries(figures.map((figure) => [figure, sum(figure)])) as unknown as Totals,
    zones: zones.map(({ zoneId, zone, ...rest }) => ({ zone: { id: zoneId, name: zone }, ...rest })),
  }
}
