import { coversUnit, type NameOf } from '#modules/organisation/index.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import type { AssignmentView, ParticipationView, SignUpView } from './contract.ts'
import type { NoticeView } from './notices/contract.ts'
import type { FullNotice } from './notices/notice-queries.ts'
import type { FullAllotment, FullSignUp } from './offer-queries.ts'
import type { FullAssignment, FullParticipation } from './participation-queries.ts'
import type { AllotmentView, QuotaView } from './quotas/contract.ts'
import { type FullQuota, namesOwed } from './quotas/quota-queries.ts'
import { isReached } from './reaching/reached.ts'
import type { ReachState } from './words.ts'

type At = Parameters<typeof isoOf>[0]
const isoOrNull = (at: At | null) => at && isoOf(at)
const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

/** A quota as the API shows it: what was asked and pledged, and how many people are named and confirmed. */
export function presentQuota(full: FullQuota, reader: Actor): QuotaView {
  const { quota, unit, named, confirmed } = full
  const { id, version, eventId, asked, pledged, countOnly, dueOn, note, answeredAt } = quota
  return {
    id,
    version,
    eventId,
    unit: { id: unit.id, name: unit.name },
    asked,
    pledged,
    countOnly,
    namesOwed: namesOwed(full),
    dueOn,
    note,
    answeredAt: isoOrNull(answeredAt),
    named,
    confirmed,
    // The same rule as `pledge`.
    allowed:
      may(reader, 'quotas.edit') && coversUnit(reachOf(reader, 'quotas.edit'), unit) ? ['pledgeQuota'] : [],
  }
}

interface Placed {
  shift: { work: string; startsAt: At; endsAt: At }
  zone: { id: string; name: string }
}

function shiftPart(id: string, { shift, zone }: Placed) {
  return { id, work: shift.work, startsAt: isoOf(shift.startsAt), endsAt: isoOf(shift.endsAt), zone }
}

/** An allotment of a shift to a team as the API shows it. */
export function presentAllotment(full: FullAllotment): AllotmentView {
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
    countOnly: full.numberOnlyId !== null,
  }
}

/** A sign-up as the API shows it. `nameOf` shows or masks the name: see `namesShown`. */
export function presentSignUp({ signUp, personName, teamName }: FullSignUp, nameOf: NameOf): SignUpView {
  const { id, eventId, personId, teamId, offeredAt, withdrawnAt } = signUp
  return {
    id,
    eventId,
    person: { id: personId, name: nameOf(personId, personName) },
    team: { id: teamId, name: teamName },
    offeredAt: isoOf(offeredAt),
    withdrawnAt: isoOrNull(withdrawnAt),
  }
}

/** An assignment with its shift as the API shows it. `nameOf` shows or masks the name: see `namesShown`. */
export function presentAssignment(full: FullAssignment, nameOf: NameOf): AssignmentView {
  const { assignment, personName, teamName, unitName } = full
  const { id, shiftId, personId, teamId, unitId, origin, pinned, answer, cancelReason } = assignment
  return {
    id,
    shift: shiftPart(shiftId, full),
    person: { id: personId, name: nameOf(personId, personName) },
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

/** What is shown of participations beside their rows, by participation; `nameOf` shows or masks a name. */
export interface Shown {
  nameOf: NameOf
  stateOf: ReadonlyMap<string, ReachState>
  noteOf: ReadonlyMap<string, string>
}

/**
 * A participation with its assignments and the state of its personal link, as the API shows it. Never contains the
 * link itself.
 */
export function presentParticipation(
  full: FullParticipation,
  { nameOf, stateOf, noteOf }: Shown,
): ParticipationView {
  const { participation, personName, teamName, unitId, unitName, assignments } = full
  const { id, eventId, personId, teamId, answer, answeredAt, answeredVia, answeredByUserId } = participation
  const { linkGeneration: generation, linkRevokedAt, linkRevokedBecause: revokedBecause } = participation
  const minor = assignments.some(({ assignment }) => assignment.minor)
  return {
    id,
    eventId,
    person: { id: personId, name: nameOf(personId, personName), minor },
    team: named(teamId, teamName),
    unit: named(unitId, unitName),
    answer: answer ?? 'unanswered',
    answeredAt: isoOrNull(answeredAt),
    answeredVia,
    answeredByUserId,
    link: { generation, revokedAt: isoOrNull(linkRevokedAt), revokedBecause },
    reached: isReached(stateOf.get(id) ?? 'not_told'),
    reachState: stateOf.get(id) ?? 'not_told',
    note: noteOf.get(id) ?? null,
    assignments: assignments.map((each) => presentAssignment(each, nameOf)),
  }
}

/** A notice as the API shows it: about whom, about which shift, and whether the person was told. */
export function presentNotice(full: FullNotice, nameOf: NameOf): NoticeView {
  const { notice, person, minor, team, shift, zone, unreached } = full
  const { id, kind, participationId, before, toldAt, toldByUserId, createdAt } = notice
  return {
    ...{ id, kind, participationId, before, unreached, toldByUserId },
    person: { id: person.id, name: nameOf(person.id, person.name), minor: minor ?? false },
    team,
    shift: shift && zone && { id: shift.id, work: shift.work, startsAt: isoOf(shift.startsAt), zone },
    toldAt: isoOrNull(toldAt),
    createdAt: isoOf(createdAt),
  }
}
