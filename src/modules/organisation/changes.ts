import type { DateTime } from 'luxon'

/** The tables a bulk change may touch. */
export type ChangedTable =
  | 'units'
  | 'unitAliases'
  | 'teams'
  | 'persons'
  | 'personSkills'
  | 'contacts'
  | 'personContacts'
  | 'memberships'
  | 'guardianConsents'

/**
 * One row that a bulk change created (`before` null) or altered (`before`: the former values of the columns
 * that changed). Plain JSON; the values of persons are personal data, so keep them sealed.
 */
export interface Change {
  table: ChangedTable
  id: string
  before: Record<string, string | number | boolean | null> | null
  /** The version the row had afterwards, where it has one. */
  version?: number
}

export interface Saved {
  /** The row of each input, in the order of the inputs. */
  ids: string[]
  /** What became of each input. */
  outcomes: ('created' | 'updated' | 'unchanged')[]
  /** Everything that changed, in order: give it to `undoChanges`. */
  changes: Change[]
}

export type At = { at: DateTime }
