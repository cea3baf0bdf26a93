import type { DateTime } from 'luxon'
import type { AgeBand, MemberRole } from '#modules/organisation/index.ts'

/** A team whose members are available for an event. */
export interface PoolTeam {
  id: string
  name: string
  unitId: string | null
  /** Whether the unit is a school. Pupils then need teachers of that school as escorts. */
  school: boolean
  districtCode: string | null
  latitude: number | null
  longitude: number | null
  /** The team must stay together on one shift. */
  whole: boolean
  /** Number of heads without names that the team stated, in addition to the named people. */
  statedHeads: number | null
  statedMinors: number | null
}

/** A human available for an event, listed once, under one of their records, with the team that is credited. */
export interface PoolPerson {
  personId: string
  teamId: string
  role: MemberRole
  ageBand: AgeBand
  /** Minor on the first day of the event. A pupil of unknown age counts as a minor. */
  minor: boolean
  /**
   * Counts as an escort for `minorsPerAdult`: an adult teacher of a class, or the registered guardian of a minor of the
   * team.
   */
  escort: boolean
  /**
   * False when the person may not be placed: a minor without consent and without a school, or whose consent was
   * withdrawn.
   */
  consented: boolean
  skills: string[]
}

/**
 * A held place of one of the people that overlaps this event's days: in another event, or a kept place in this one under
 * another record of the same human.
 */
export interface Commitment {
  personId: string
  humanId: string | null
  shiftId: string
  startsAt: DateTime
  endsAt: DateTime
  latitude: number | null
  longitude: number | null
}

/** A period for which a person is excused. No other shift of the event in this period may be given to them. */
export interface ExcusedTime {
  personId: string
  shiftId: string
  startsAt: DateTime
  endsAt: DateTime
}

/** A place that a person already holds in this event. */
export interface PlacedPerson {
  assignmentId: string
  personId: string
  teamId: string | null
  shiftId: string
  /** Pinned, assigned by a leader, or accepted: a proposal must keep it. Other places may be moved. */
  kept: boolean
}

export interface PoolAllotment {
  allotmentId: string
  shiftId: string
  teamId: string
  heads: number
  minors: number
  named: number
  /** Pinned or set by a leader: a proposal must keep it. */
  kept: boolean
}

export interface Pool {
  eventId: string
  teams: PoolTeam[]
  people: PoolPerson[]
  commitments: Commitment[]
  excused: ExcusedTime[]
  placed: PlacedPerson[]
  allotments: PoolAllotment[]
}
