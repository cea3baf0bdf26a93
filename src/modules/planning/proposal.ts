import type { becauses, leverNames, moveReasons, policies, shortageKinds, stabilities } from './words.ts'

export type Policy = keyof typeof policies
export type Stability = keyof typeof stabilities
/** Why a seat stays empty: the one thing that binds. */
export type Because = keyof typeof becauses
export type ShortageKind = keyof typeof shortageKinds
/** What would fill seats. */
export type LeverName = keyof typeof leverNames
/** Why somebody is not where they were. */
export type MoveReason = keyof typeof moveReasons

/** One person on one shift; both are positions in the problem's arrays. */
export interface Placement {
  vol: number
  shift: number
}

export const goalNames = [
  'minimum',
  'skill',
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
 * What a plan is measured by, each alone. Smaller is better, but for `ownUnit`, `stay` and `standby`.
 * minimum, skill, target: seats short. ownUnit: people serving in their own unit's zones, within targets.
 * evenness: see README. parts: pairs of team and shift. stay: people left where they were.
 * distance: metres from base to zone over all placed people. hours: over all placements, what the person has served
 * when the shift begins, lately and on earlier shifts of the plan.
 * standby: adults held in reserve, up to the share asked for.
 */
export type GoalName = (typeof goalNames)[number]

export interface Goal {
  goal: GoalName
  achieved: number
  /** No plan that does as well on the goals before can do better than this; null where nothing is proven. */
  bound: number | null
  /** What proves the bound. `trivial`: nothing can be better than it, whatever the plan. */
  proof: 'trivial' | 'flow' | 'linear' | 'exact' | 'counting' | null
}

/** How many people are left after each sieve; each count is of those the sieve takes away. */
export interface Funnel {
  /** Everybody: ways are a goal and not a rule, so every zone is in reach of every team. */
  all: number
  unavailable: number
  barred: number
  minors: number
  unskilled: number
  committed: number
  /** At their limit of shifts a day or hours a week. */
  limit?: number
  /** Minors beside whom no adult of their team is left. */
  unescorted?: number
  /** On this shift already. */
  here?: number
  elsewhere: number
  /** Free, but of a team that must not be split. */
  whole?: number
  /** Free for this seat and yet not placed. */
  free: number
}

/** What more people of one kind would fill, and how they would have to be; one person unless `heads` says more. */
export interface Lever<Ref = number> {
  lever: LeverName
  /** Seats of the shortage's kind on this shift that it would fill, never more than are missing. */
  fills: number
  /** People or, for `lowerDemand`, seats it takes. */
  heads: number
  /** `split`, `escort`: whose. */
  team?: Ref
  /** `member`: of which teams somebody would do; at most five are named. */
  teams?: Ref[]
  skill?: Ref
  /** `otherTime`: when the shift would be, in minutes; how many of those on it now could not come then. */
  start?: number
  end?: number
  lost?: number
  /** `lowerDemand`: over how many shifts compete the seats in `ofSet` are missing. */
  shifts?: number
  ofSet?: number
}

/** What one person more is worth, goal by goal, when they are as useful as one person can be. */
export interface OneMore<Ref = number> {
  who: 'adult' | 'member' | 'skilled' | 'escort'
  /** `escort`: of which team. */
  team?: Ref
  gains: { minimum?: number; skill?: number; target?: number }
}

/** A seat or several that stay empty on a shift. Where it is explained like another one, only that one has figures. */
export interface Shortage<Ref = number> {
  shift: Ref
  kind: ShortageKind
  skill?: Ref
  missing: number
  because: Because
  /** By how much the goal of this kind would be better with one more suitable person (0: another rule binds). */
  worthOfOneMore: number
  /** Position in the list of the shortage whose explanation serves for this one too. */
  like?: number
  funnel?: Funnel
  oneMore?: OneMore<Ref>
  levers?: Lever<Ref>[]
  /** Which of the proposal's competitions it is in, and how many zones and teams that has, its own included. */
  competing?: { set?: number; zones: number; teams: number }
}

/**
 * Shifts whose people could stand in for each other, directly or in a chain, and none of which can spare anybody:
 * the residual cut behind a shortage.
 */
export interface Competition<Ref = number> {
  kind: ShortageKind
  skill?: Ref
  /** The first 50. */
  shifts: Ref[]
  shiftsTotal: number
  zones: number
  /** The 20 with most people in it. */
  teams: Ref[]
  teamsTotal: number
  people: number
  /** Seats of the kind that are missing on all its shifts. */
  missing: number
  /** The times of its shifts, in minutes: somebody free at any of them would help. At most ten. */
  times: { start: number; end: number }[]
}

/** Shortages of one district with one reason, told by the worst of them. */
export interface Headline<Ref = number> {
  /** Position in the list of shortages. */
  shortage: number
  district: Ref
  shifts: number
  zones: number
  missing: number
}

/** Somebody who is not where they were before; `to` null: placed nowhere now. */
export interface Move<Ref = number> {
  vol: Ref
  from: Ref
  to: Ref | null
  because: MoveReason
}

export interface Quality {
  policy: Policy
  goals: Goal[]
  people: { placeable: number; placed: number; placements: number; standby: number }
  parts: { count: number; floor: number; rawCount: number; smallest: number }
  /** Whether the optimum of the flow core was confirmed from its potentials. */
  certificate: { holds: boolean; arcs: number; checkedArcs: number } | null
}

export interface Proposal {
  assignments: Placement[]
  standby: number[]
  /** Every empty seat; see `explained`. */
  shortages: Shortage[]
  competitions: Competition[]
  /** At most three shortages that tell most, as different as they can be. */
  headlines: Headline[]
  /** So many shortages, so many of them explained by themselves; the others are like one of these. */
  explained: { shortages: number; full: number }
  /** On a re-plan: everybody who had a place before and has not the same now. */
  moves?: Move[]
  quality: Quality
}
