import type { DateTime } from 'luxon'
import { overlaps } from '#platform/time.ts'
import { minorsTooMany } from '../rules.ts'
import type { TeamMember } from '../team-members.ts'
import type { Ineligibility } from '../words.ts'

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
  /** Number of free places. */
  left: number
}

/** The facts about a team member that decide whether the person may be placed. */
export type KnownMember = Pick<TeamMember, 'unitId' | 'minor' | 'escort' | 'mayCome'>

type Period = { startsAt: DateTime; endsAt: DateTime }
/** A place somebody keeps, and under which of their records. */
type Kept = Period & { personId: string }

/**
 * The current state that a proposal is judged against: free places, members, held places. `admit` updates it as it
 * places.
 */
export interface Ground {
  shifts: Map<string, OpenShift>
  /** Current members, by `PERSON TEAM`. */
  members: ReadonlyMap<string, KnownMember>
  /** The places that people keep, by human. Grows while the proposal is judged. */
  busy: Map<string, Kept[]>
  /** The human of each person who has several records; everybody else is their own. */
  humans: ReadonlyMap<string, string>
  /** Periods for which people are excused, by person. */
  excused: ReadonlyMap<string, Period[]>
  /** Heads without a name, by `SHIFT TEAM`. */
  heads: Map<string, { allotmentId: string; left: number }>
  /** Numbers of minors and escorts with a seat of their own, by `SHIFT UNIT-OR-TEAM`. */
  groups: Map<string, { minors: number; escorts: number }>
  minorsPerAdult: number
  /** How many people with each skill a shift still needs, where that counts: free places are kept for them. */
  wanted?: Map<string, Map<string, number>>
  /** The skills of the people to be placed, where `wanted` counts. */
  skills?: ReadonlyMap<string, ReadonlySet<string>>
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
 * Judges the proposed assignments and returns those that are allowed. Adults come first, so that escorts are counted
 * before their minors. `gone`: people who left the team after the proposal was made.
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

function humanIn({ humans }: Pick<Ground, 'humans'>, personId: string): string {
  return humans.get(personId) ?? personId
}

/** Notes that the person's human is somewhere in that time. */
export function keepBusy(ground: Pick<Ground, 'humans' | 'busy'>, personId: string, period: Period): void {
  const { startsAt, endsAt } = period
  const human = humanIn(ground, personId)
  const kept = ground.busy.get(human)
  if (kept) kept.push({ personId, startsAt, endsAt })
  else ground.busy.set(human, [{ personId, startsAt, endsAt }])
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
  if (ground.excused.get(each.personId)?.some((period) => overlaps(period, shift))) return 'excused'
  const then =
    ground.busy.get(humanIn(ground, each.personId))?.filter((period) => overlaps(period, shift)) ?? []
  if (then.some(({ personId }) => personId === each.personId)) return 'overlaps'
  if (then.length > 0) return 'arranged_elsewhere'
  if (head) return undefined
  if (shift.left <= 0) return 'full'
  return isWanted(each, shift, ground) ? undefined : 'unskilled'
}

/** Whether the person brings a skill that is missing, or there are more places than the missing skills need. */
function isWanted({ personId, shiftId }: ProposedAssignment, { left }: OpenShift, ground: Ground): boolean {
  const wanted = ground.wanted?.get(shiftId)
  if (!wanted) return true
  const missing = [...wanted].filter(([, people]) => people > 0)
  if (missing.some(([skill]) => ground.skills?.get(personId)?.has(skill))) return true
  return left > missing.reduce((sum, [, people]) => sum + people, 0)
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
  keepBusy(ground, each.personId, shift)
  const wanted = ground.wanted?.get(each.shiftId)
  for (const skill of ground.skills?.get(each.personId) ?? []) {
    if (wanted?.has(skill)) wanted.set(skill, wanted.get(skill)! - 1)
  }
  const { unitId, minor } = member
  return { ...each, unitId, minor, allotmentId: named ? head.allotmentId : null }
}

/**
 * Accepts the proposed heads for which the shifts have room. Heads with minors must bring enough adults of their own.
 */
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

/** The reason why these heads cannot be held on a shift, or undefined. */
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
