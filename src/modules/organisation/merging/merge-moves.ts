import type { MovedRow } from '#platform/database/moved-rows.ts'

/** The rows one merge moved, so that it can be undone exactly. Ids and column names only, no values. */
export interface MergeMoves {
  memberships: string[]
  /** Memberships of the duplicate in teams the kept person is in too; the merge ended them. */
  ended: string[]
  personContacts: string[]
  /** Marks that hold for the duplicate only. */
  contactMarks?: string[]
  /** Change requests about the duplicate; below, merge requests that name the duplicate as the other record. */
  requests?: string[]
  requestsAsOther?: string[]
  skills: string[]
  consents: string[]
  unitsLed: string[]
  unitsLiaised: string[]
  teamsLed: string[]
  /** Memberships of the kept person that took over values of the duplicate's membership in the same team. */
  joined?: MovedRow[]
  /** Columns that were empty on the kept person and were filled from the duplicate; see `partialBirths` for one. */
  filled: string[]
}
