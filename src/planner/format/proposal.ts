import type { Because, LeverName, MoveReason, Policy, Proof, ShortageKind } from './vocabulary.ts'

/** One person on one shift; both are positions in the problem's arrays. */
export interface Placement {
  vol: number
  shift: number
}

export const goalNames = [
  'minimum',
  'skill',
  'escorts',
  'ownUnit',
  'target',
  'evenness',
  'parts',
  'stay',
  'distance',
  'hours',
  'standby',
] as const
/**
 * The measures of a plan. Smaller is better, except for `ownUnit`, `stay` and `standby`.
 * minimum, skill, target: missing people. escorts: minors whom adults of their team could escort, but these adults
 * serve without them or not at all; only where there are minors. ownUnit: people who serve in their own unit's zones, within targets.
 * evenness: see README. parts: pairs of team and shift. stay: people who keep their previous shift. distance: metres
 * from base to zone, summed over all placements. hours: summed over all placements, the hours the person has served
 * before this shift, recently and on earlier shifts of the plan. standby: adults held in reserve, up to the required
 * share.
 */
export type GoalName = (typeof goalNames)[number]

export interface Goal {
  goal: GoalName
  achieved: number
  /** No plan that is at least as good on the earlier goals can be better than this; null if nothing is proven. */
  bound: number | null
  proof: Proof | null
}

/** How many people each filter excludes, in order; see README. */
export interface Funnel {
  /** All people. Distance is a goal and not a rule, so no zone is out of reach. */
  all: number
  unavailable: number
  barred: number
  minors: number
  unskilled: number
  committed: number
  /** At the limit of shifts per day or hours per week. */
  limit?: number
  /** Minors without an available adult of their team. */
  unescorted?: number
  /** Minors without a place whose adults serve elsewhere. */
  escortsAway?: number
  /** Already on this shift. */
  here?: number
  elsewhere: number
  /** Available, but in a team that must not be split. */
  whole?: number
  /** Available for this seat and not placed. */
  free: number
}

/** A change that would fill seats, and its conditions; it takes one person unless `heads` says otherwise. */
export interface Lever<Ref = number> {
  lever: LeverName
  /** Seats of this kind on this shift that it would fill, at most the number missing. */
  fills: number
  /** The number of people it takes; for `lowerDemand`, of seats. */
  heads: number
  /** `split`, `escort`: the team. */
  team?: Ref
  /** `member`: the teams whose members would help; at most five. */
  teams?: Ref[]
  skill?: Ref
  /** `otherTime`: the start of the shift in minutes, and how many present people could not come then. */
  start?: number
  end?: number
  lost?: number
  /** `lowerDemand`: the number of shifts that miss the seats in `ofSet`. */
  shifts?: number
  ofSet?: number
}

/** The gain for each goal from one more person of the most useful kind. */
export interface OneMore<Ref = number> {
  who: 'adult' | 'member' | 'skilled' | 'escort'
  /** `escort`: the team. */
  team?: Ref
  gains: { minimum?: number; skill?: number; target?: number }
}

/** Missing people of one kind on a shift. A shortage with `like` has no figures of its own. */
export interface Shortage<Ref = number> {
  shift: Ref
  kind: ShortageKind
  skill?: Ref
  missing: number
  because: Because
  /** The gain for this goal from one more suitable person (0: another rule is binding). */
  worthOfOneMore: number
  /** Position of the shortage whose explanation is valid for this one, too. */
  like?: number
  funnel?: Funnel
  oneMore?: OneMore<Ref>
  levers?: Lever<Ref>[]
  /** Position of its competition in the proposal, and how many zones and teams compete, including its own. */
  competing?: { set?: number; zones: number; teams: number }
}

/**
 * Shifts whose people can replace each other, directly or through a chain, and none of which can spare a person: the
 * residual cut behind a shortage.
 */
export interface Competition<Ref = number> {
  kind: ShortageKind
  skill?: Ref
  /** The first 50. */
  shifts: Ref[]
  shiftsTotal: number
  zones: number
  /** The 20 teams with most people in it. */
  teams: Ref[]
  teamsTotal: number
  people: number
  /** Missing seats of this kind on all of its shifts. */
  missing: number
  /** The times of its shifts in minutes, at most ten: a person available at one of them would help. */
  times: { start: number; end: number }[]
}

/** Shortages of one district with one reason, represented by the worst of them. */
export interface Headline<Ref = number> {
  /** Position in the list of shortages. */
  shortage: number
  district: Ref
  shifts: number
  zones: number
  missing: number
}

/** A person who left their previous place; `to` null: no place now. */
export interface Move<Ref = number> {
  vol: Ref
  from: Ref
  to: Ref | null
  because: MoveReason
}

/**
 * The cost of keeping teams together: idle people, empty target seats, and how many seats they could fill if teams
 * were split.
 */
export interface Trade {
  idle: number
  short: number
  fills: number
}

export interface Quality {
  policy: Policy
  goals: Goal[]
  people: { placeable: number; placed: number; placements: number; standby: number }
  parts: { count: number; floor: number; rawCount: number; smallest: number }
  /** Whether potentials confirmed the optimum of the flow core. */
  certificate: { holds: boolean; arcs: number; checkedArcs: number } | null
}

export interface Proposal {
  assignments: Placement[]
  standby: number[]
  /** All shortages; see `explained`. */
  shortages: Shortage[]
  competitions: Competition[]
  /** At most three shortages, the most informative and as different as possible. */
  headlines: Headline[]
  /** The number of shortages, and how many have an explanation of their own; the others refer to one of these. */
  explained: { shortages: number; full: number }
  /** Only for a new plan: people who had a place before and do not have the same one now. */
  moves?: Move[]
  /** Under `together`: many people could serve but are idle to keep teams whole; see `Trade`. */
  trade?: Trade
  quality: Quality
}
