import type { DateTime } from 'luxon'
import type { Actor } from '#platform/http/access.ts'

/** Who looks, and when: what may be seen and what is overdue depends on it. */
export interface Looking {
  reader: Actor
  at: DateTime
}
