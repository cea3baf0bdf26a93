import type { Problem } from '../format/problem-format.ts'

/** The rules a proposal may break. */
export type ViolationCode =
  | 'unknown' // a position that does not exist
  | 'duplicate' // one person twice on one shift
  | 'max' // more people than the shift may take
  | 'overlap' // two duties of one person at the same time
  | 'travel' // no time for the way between two duties, or for the buffer
  | 'rest' // too little rest between two shifts
  | 'unavailable' // outside the time the person gave
  | 'barred' // no consent
  | 'minor_zone' // a minor where minors may not be
  | 'ratio' // too few adults of their own team beside minors
  | 'pin' // somebody pinned is not in place
  | 'frozen' // the people of a frozen shift changed
  | 'too_many' // more shifts a day than one person may take
  | 'hours' // more hours a week than one person may serve
  | 'whole' // a team that must not be split is split
  | 'own_unit' // somebody serves elsewhere while a seat of an own zone that is theirs by rule stays empty
  | 'skill_twice' // one person was counted for two skills
  | 'figures' // what the proposal says of itself is not so
  | 'standby' // somebody in reserve who serves, is a minor, or cannot serve

export interface Violation {
  code: ViolationCode
  vol?: number
  shift?: number
  team?: number
  text: string
}

/** A proposal by shift and by person. */
export interface State {
  problem: Problem
  byShift: number[][]
  byPerson: Map<number, number[]>
}
