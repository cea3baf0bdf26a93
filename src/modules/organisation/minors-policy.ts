import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import type { Appointers } from './lookups/guard-revelations.ts'

/** A second person's approval under which a minor's data may be seen now. */
export interface Disclosed {
  disclosureId: string
  reason: string
}

/**
 * What organisation must ask about minors and cannot know: who appointed whom, and what was approved. `app.ts` plugs in
 * the slice above that knows it.
 */
export interface MinorsPolicy {
  appointers: Appointers
  /** The approvals that cover these people for this user now, by person. */
  disclosuresFor(
    db: Reader,
    asked: { by: Actor; personIds: readonly string[]; at: DateTime },
  ): Promise<ReadonlyMap<string, Disclosed>>
}
