import Type from 'typebox'
import { Id } from '#platform/http/schemas.ts'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { climbLateEntries } from './late/climb.ts'
import { tellAsked, tellDecided } from './late/tell.ts'

export const attendanceJobs: Jobs<AppContext> = {
  /** Escalates late entries that nobody decided within two working days. */
  'attendance.climb_late_entries': job({
    params: Type.Object({}),
    everySeconds: 1800,
    run: ({ db, now }) => climbLateEntries(db, now()),
  }),
  'late_entry.asked': job({
    params: Type.Object({ lateEntryId: Id, step: Type.Integer() }),
    run: ({ db, now }, { lateEntryId, step }) =>
      db.transaction((tx) => tellAsked(tx, { lateEntryId, step, at: now() })),
  }),
  'late_entry.decided': job({
    params: Type.Object({ lateEntryId: Id }),
    run: ({ db, now }, { lateEntryId }) =>
      db.transaction((tx) => tellDecided(tx, { lateEntryId, at: now() })),
  }),
}
