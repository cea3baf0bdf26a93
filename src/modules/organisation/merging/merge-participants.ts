import type { Writer } from '#platform/database/port.ts'
import type { Doing } from '#platform/http/access.ts'

/** Two rows that are merged into one person, or separated again. */
export interface Merging extends Doing {
  keptId: string
  mergedId: string
}

/** A row that undoing a merge leaves as it is, because it was edited later or a unique constraint leaves no room. */
export interface NotRestored {
  /** The name used in the API: `assignment`, `responsibility`. */
  kind: string
  id: string
}

/**
 * A slice that stores ids of people. Organisation must not import slices above it, so `app.ts` plugs them in. Each
 * merges and unmerges inside the transaction of the merge, after the slices below it.
 */
export interface MergeParticipant {
  /** The key under which `moved` is stored with the merge. */
  slice: string
  /**
   * The columns this slice moves, as `table.field` of the schema. Every other reference to a person is history and
   * stays.
   */
  claims: readonly string[]
  /**
   * Moves everything of `mergedId` to `keptId`.
   * @returns what was moved, as JSON, so that it can be undone
   * @throws DomainError conflict when the two cannot be one person
   */
  merge(tx: Writer, merging: Merging): Promise<unknown>
  /** Moves back every row that is unchanged since the merge. @returns the rows that could not be moved back */
  unmerge(tx: Writer, moved: never, merging: Merging): Promise<NotRestored[]>
}
