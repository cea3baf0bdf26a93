import type { DateTime } from 'luxon'
import { overlaps } from '#platform/time.ts'
import { minorsTooMany } from './rules.ts'
import type { TeamMember } from './team-members.ts'
import type { Ineligibility } from './words.ts'

export interface ProposedAssignment {
  personId: string
  shiftId: string
  teamId: string
}

export interface ProposedAllotment {
  teamId: string
  shiftId: string
  heads: number
  minors: number
}

export interface OpenShift {
  id: string
  startsAt: DateTime
  endsAt: DateTime
  closed: boolean
  minorsAllowed: boolean
  /** Places nobody has. */
  left: number
}

/** What of a team's member decides whether they may come. */
export type KnownMember = Pick<TeamMember, 'unitId' | 'minor' | 'escort' | 'mayCome'>

type Period = { startsAt: DateTime; endsAt: DateTime }

/** The state a proposal meets: what is left of every shift, who may come, who is where. */
export interface Ground {
  shifts: Map<string, OpenShift>
  /** By `PERSON TEAM`: people who are in the team now. */
  members: ReadonlyMap<string, KnownMember>
  /** Places people keep, by person. Grows as the proposal is gone through. */
  busy: Map<string, Period[]>
  /** Heads without a name, by `SHIFT TEAM`. */
  heads: Map<string, { allotmentId: string; left: number }>
  /** Minors and escorts with a place of their own, by `SHIFT UNIT-OR-TEAM`. */
  groups: Map<string, { minors: number; escorts: number }>
  minorsPerAdult: number
}

export interface Accepted extends ProposedAssignment {
  unitId: string | null
  minor: boolean
  allotmentId: string | null
}

export interface Refused {
  personId: string
  shiftId: string
  because: Ineligibility
}

/**
 * Goes through the proposed assignments, adults first, so that escorts are there before their minors, and takes
 * what the ground still allows. `gone` are people who left the team since the proposal was made.
 */
export function admit(proposed: readonly ProposedAssignment[], ground: Ground) {
  const accepted: Accepted[] = []
  const refused: Refused[] = []
  const gone: string[] = []
  const isMinor = (each: ProposedAssignment) =>
    ground.members.get(`${each.personId} ${each.teamId}`)?.minor ?? false
  for (const each of [...proposed.filter((one) => !isMinor(one)), ...proposed.filter(isMinor)]) {
    const member = ground.members.get(`${each.personId} ${each.teamId}`)
    if (!member) {
      gone.push(each.personId)
      continue
    }
    const because = whyNot(each, member, ground)
    if (because) refused.push({ personId: each.personId, shiftId: each.shiftId, because })
    else accepted.push(place(each, member, ground))
  }
  return { accepted, refused, gone }
}

function groupOf({ shiftId, teamId }: ProposedAssignment, { unitId }: KnownMember): string {
  return `${shiftId} ${unitId ?? teamId}`
}

function whyNot(each: ProposedAssignment, member: KnownMember, ground: Ground): Ineligibility | undefined {
  const shift = ground.shifts.get(each.shiftId)
  if (!shift || shift.closed) return 'closed'
  const head = (ground.heads.get(`${each.shiftId} ${each.teamId}`)?.left ?? 0) > 0
  if (member.minor) {
    if (!shift.minorsAllowed) return 'minor'
    if (!member.mayCome) return 'not_consented'
    const { minors, escorts } = ground.groups.get(groupOf(each, member)) ?? { minors: 0, escorts: 0 }
    if (!head && minorsTooMany(minors + 1, escorts, ground.minorsPerAdult) > 0) return 'ratio'
  }
  if (ground.busy.get(each.personId)?.some((period) => overlaps(period, shift))) return 'overlaps'
  return head || shift.left > 0 ? undefined : 'full'
}

function place(each: ProposedAssignment, member: KnownMember, ground: Ground): Accepted {
  const shift = ground.shifts.get(each.shiftId) as OpenShift
  const head = ground.heads.get(`${each.shiftId} ${each.teamId}`)
  const named = head && head.left > 0
  if (named) head.left--
  else {
    shift.left--
    const key = groupOf(each, member)
    const group = ground.groups.get(key) ?? { minors: 0, escorts: 0 }
    ground.groups.set(key, group)
    if (member.minor) group.minors++
    else if (member.escort) group.escorts++
  }
  const busy = ground.busy.get(each.personId)
  if (busy) busy.push(shift)
  else ground.busy.set(each.personId, [shift])
  const { unitId, minor } = member
  return { ...each, unitId, minor, allotmentId: named ? head.allotmentId : null }
}

/** Takes the proposed heads the shifts still have room for; heads with minors bring enough adults of their own. */
export function admitHeads(proposed: readonly ProposedAllotment[], ground: Ground) {
  const accepted: ProposedAllotment[] = []
  const refused: { teamId: string; shiftId: string; because: Ineligibility }[] = []
  for (const each of proposed) {
    const { teamId, shiftId, heads, minors } = each
    const shift = ground.shifts.get(shiftId)
    const because = whyNotHeads(shift, { heads, minors }, ground.minorsPerAdult)
    if (because) refused.push({ teamId, shiftId, because })
    else {
      ;(shift as OpenShift).left -= heads
      accepted.push(each)
    }
  }
  return { accepted, refused }
}

/** Why so many heads cannot be held on a shift, or undefined. */
export function whyNotHeads(
  shift: Pick<OpenShift, 'closed' | 'minorsAllowed' | 'left'> | undefined,
  { heads, minors }: { heads: number; minors: number },
  minorsPerAdult: number,
): Ineligibility | undefined {
  if (!shift || shift.closed) return 'closed'
  if (minors > 0 && !shift.minorsAllowed) return 'minor'
  if (minorsTooMany(minors, heads - minors, minorsPerAdult) > 0) return 'ratio'
  return shift.left < heads ? 'full' : undefined
}
