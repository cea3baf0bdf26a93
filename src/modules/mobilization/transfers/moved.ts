import type { Origin } from '../words.ts'

/** How a place is held: by a seat, by a head of the team’s allotment that had no name, or by a head that came along. */
export type Holding = 'seat' | 'head' | 'own_head'

/** A person’s place that a transfer moved. Ids of assignments and teams, none of people. */
export interface MovedPlace {
  teamId: string
  /** Null: they had no place. */
  from: { shiftId: string; assignmentId: string; holding: Holding; origin: Origin } | null
  /** In a draft the same assignment as before. */
  to: { shiftId: string; assignmentId: string; holding: Holding }
  minor: boolean
}

/** Heads without names that a transfer moved. */
export interface MovedHeads {
  teamId: string
  fromShiftId: string | null
  toShiftId: string
  heads: number
  minors: number
}
