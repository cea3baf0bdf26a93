import type { LinkedAssignment, LinkedParticipation } from '#modules/mobilization/index.ts'
import { maskName } from '#platform/crypto/index.ts'
import { isoOf } from '#platform/time.ts'
import type { AttendanceView, EventAttendance, GroupCountView, LinkView, RollEntry } from './contract.ts'
import type { GroupCountRow } from './count-group.ts'
import type { RollRow } from './queries.ts'
import { opensBeforeMin } from './rules.ts'
import type { Attendance } from './statements.ts'
import type { Totals, ZoneOfTotals } from './totals.ts'

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

/** What belongs to a link but lies elsewhere: attendances by assignment, phones by person. */
export interface Surroundings {
  attendances: Map<string, Attendance>
  phones: Map<string, string>
}

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
    assignments: link.assignments.map((assignment) => presentLinked(assignment, around)),
  }
}

function presentLinked(
  assignment: LinkedAssignment,
  { attendances, phones }: Surroundings,
): LinkView['assignments'][number] {
  const { shift, zone } = assignment
  const attendance = attendances.get(assignment.id)
  const inCharge = shift.inCharge ?? shift.deputy
  return {
    id: assignment.id,
    task: shift.task,
    startsAt: isoOf(shift.startsAt),
    endsAt: isoOf(shift.endsAt),
    zone: zone.name,
    meetingPoint: shift.meetingPoint,
    tools: shift.tools,
    risks: shift.risks,
    recordable: shift.recordable,
    answer: assignment.answer ?? 'unanswered',
    cancelledAt: shift.cancelledAt && isoOf(shift.cancelledAt),
    excusedAt: assignment.excusedAt && isoOf(assignment.excusedAt),
    contact: inCharge && { name: inCharge.name, phone: phones.get(inCharge.id) ?? null },
    checkInOpensAt: isoOf(shift.startsAt.minus({ minutes: opensBeforeMin })),
    attendance: attendance ? presentAttendance(attendance) : null,
  }
}

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
