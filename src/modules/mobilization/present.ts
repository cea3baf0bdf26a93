import { isoOf } from '#platform/time.ts'
import type { AllotmentView, AssignmentView, ParticipationView, QuotaView, SignUpView } from './contract.ts'
import type { FullAllotment, FullSignUp } from './offer-queries.ts'
import type { FullAssignment, FullParticipation } from './participation-queries.ts'
import type { FullQuota } from './quota-queries.ts'

type At = Parameters<typeof isoOf>[0]
const isoOrNull = (at: At | null) => at && isoOf(at)
const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

type NameOf = (name: string) => string

export function quotaView({ quota, unit, named, confirmed }: FullQuota): QuotaView {
  const { id, version, eventId, asked, pledged, note, answeredAt } = quota
  return {
    id,
    version,
    eventId,
    unit: { id: unit.id, name: unit.name },
    asked,
    pledged,
    note,
    answeredAt: isoOrNull(answeredAt),
    named,
    confirmed,
  }
}

interface Placed {
  shift: { task: string; startsAt: At; endsAt: At }
  zone: { id: string; name: string }
}

function shiftPart(id: string, { shift, zone }: Placed) {
  return { id, task: shift.task, startsAt: isoOf(shift.startsAt), endsAt: isoOf(shift.endsAt), zone }
}

export function allotmentView(full: FullAllotment): AllotmentView {
  const {
    id,
    version,
    eventId,
    shiftId,
    teamId,
    heads,
    minors,
    named: names,
    pinned,
    origin,
  } = full.allotment
  return {
    id,
    version,
    eventId,
    shift: shiftPart(shiftId, full),
    team: { id: teamId, name: full.teamName },
    unit: named(full.unitId, full.unitName),
    heads,
    minors,
    named: names,
    pinned,
    origin,
  }
}

export function signUpView({ signUp, personName, teamName }: FullSignUp, nameOf: NameOf): SignUpView {
  const { id, eventId, personId, teamId, offeredAt, withdrawnAt } = signUp
  return {
    id,
    eventId,
    person: { id: personId, name: nameOf(personName) },
    team: { id: teamId, name: teamName },
    offeredAt: isoOf(offeredAt),
    withdrawnAt: isoOrNull(withdrawnAt),
  }
}

export function assignmentView(full: FullAssignment, nameOf: NameOf): AssignmentView {
  const { assignment, personName, teamName, unitName } = full
  const { id, shiftId, personId, teamId, unitId, origin, pinned, answer, cancelReason } = assignment
  return {
    id,
    shift: shiftPart(shiftId, full),
    person: { id: personId, name: nameOf(personName) },
    team: named(teamId, teamName),
    unit: named(unitId, unitName),
    origin,
    pinned,
    answer: answer ?? 'unanswered',
    answeredAt: isoOrNull(assignment.answeredAt),
    excusedAt: isoOrNull(assignment.excusedAt),
    cancelledAt: isoOrNull(assignment.cancelledAt),
    cancelReason,
  }
}

export function participationView(full: FullParticipation, nameOf: NameOf): ParticipationView {
  const { participation, personName, teamName, unitId, unitName, assignments } = full
  const { id, eventId, personId, teamId, answer, answeredAt, answeredVia, answeredByUserId } = participation
  const { linkGeneration: generation, linkRevokedAt, linkRevokedBecause: revokedBecause } = participation
  const minor = assignments.some(({ assignment }) => assignment.minor)
  return {
    id,
    eventId,
    person: { id: personId, name: nameOf(personName), minor },
    team: named(teamId, teamName),
    unit: named(unitId, unitName),
    answer: answer ?? 'unanswered',
    answeredAt: isoOrNull(answeredAt),
    answeredVia,
    answeredByUserId,
    link: { generation, revokedAt: isoOrNull(linkRevokedAt), revokedBecause },
    assignments: assignments.map((each) => assignmentView(each, nameOf)),
  }
}
