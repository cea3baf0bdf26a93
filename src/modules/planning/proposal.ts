import type { policies, stabilities } from './words.ts'

export type Policy = keyof typeof policies
export type Stability = keyof typeof stabilities

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

/** Why a seat stays empty: the one thing that binds. */
export type Because =
  | 'nobody' // the event has nobody who could ever serve there
  | 'unavailable' // those who could are not available at that time
  | 'barred' // those left may not be placed: no consent
  | 'minors' // those left are minors, and the zone is not for minors or nobody of their team can escort them
  | 'unskilled' // those left lack the skill
  | 'committed' // those left have a duty elsewhere, travel included
  | 'elsewhere' // those left serve on other shifts that need them at least as much
  | 'together' // filling it would split one more team

/** How many people are left after each sieve; each count is of those the sieve takes away. */
export interface Funnel {
  all: number
  unavailable: number
  barred: number
  minors: number
  unskilled: number
  committed: number
  elsewhere: number
  /** Free for this seat and yet not placed, because it would split a team or leave pupils without an escort. */
  free: number
}

export interface Shortage<Shift = number, Skill = number> {
  shift: Shift
  kind: 'minimum' | 'skill' | 'target'
  skill?: Skill
  missing: number
  because: Because
  funnel: Funnel
  /** What one more suitable person would be worth here: seats of this kind filled (0: none, another rule binds). */
  worthOfOneMore: number
  /** The zones that compete for the same people, and how many teams they come from. */
  competing?: { shifts: Shift[]; zones: number; teams: number }
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
  shortages: Shortage[]
  quality: Quality
}
