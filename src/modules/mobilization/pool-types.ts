import type { DateTime } from 'luxon'
import type { AgeBand, MemberRole } from '#modules/organisation/index.ts'

/** A team whose people an event may count on. */
export interface PoolTeam {
  id: string
  name: string
  unitId: string | null
  /** Whether the unit is a school: pupils go with its own teachers. */
  school: boolean
  districtCode: string | null
  latitude: number | null
  longitude: number | null
  /** Must not be split over several shifts. */
  whole: boolean
  /** Heads stated without names, beyond the people named. */
  statedHeads: number | null
  statedMinors: number | null
}

/** A person an event may count on, once, with the team they would come with. */
export interface PoolPerson {
  personId: string
  teamId: string
  role: MemberRole
  ageBand: AgeBand
  /** On the first day of the event; unknown age counts as minor for a pupil. */
  minor: boolean
  /** Counts towards `minorsPerAdult`: an adult teacher of a class, or registered guardian of a minor of the team. */
  escort: boolean
  /** False: may not be placed (a minor without consent and without a school, or whose consent was withdrawn). */
  consented: boolean
  skills: string[]
}

/** A live assignment of one of the people in another event, overlapping this one's days. */
export interface Commitment {
  personId: string
  shiftId: string
  startsAt: DateTime
  endsAt: DateTime
  latitude: number | null
  longitude: number | null
}

/** A place somebody holds in this event already. */
export interface PlacedPerson {
  assignmentId: string
  personId: string
  teamId: string | null
  shiftId: string
  /** Pinned, named by a leader, or accepted: a proposal must leave it. The rest may be placed anew. */
  kept: boolean
}

export interface PoolAllotment {
  allotmentId: string
  shiftId: string
  teamId: string
  heads: number
  minors: number
  named: number
  /** Pinned or set by a leader: a proposal must leave it. */
  kept: boolean
}

export interface Pool {
  eventId: string
  teams: PoolTeam[]
  people: PoolPerson[]
  commitments: Commitment[]
  placed: PlacedPerson[]
  allotments: PoolAllotment[]
}
