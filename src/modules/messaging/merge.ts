import { and, eq, inArray } from 'drizzle-orm'
import type { MergeParticipant } from '#modules/organisation/index.ts'
import { inChunks } from '#platform/database/port.ts'
import { messageSubjects } from './schema.ts'

/** A merge of people moves the message subjects of the merged person to the kept one. */
export const messagingMerge: MergeParticipant = {
  slice: 'messaging',
  claims: ['message_subjects.personId'],
  async merge(tx, { keptId, mergedId }) {
    const moved = await tx
      .update(messageSubjects)
      .set({ personId: keptId })
      .where(eq(messageSubjects.personId, mergedId))
      .returning({ subject: messageSubjects.subject })
    return [...new Set(moved.map(({ subject }) => subject))].sort()
  },
  // By subject, not by row: a queued subject may have been split into another message since. Rows are never deleted, and
  // a later merge is undone first, so every subject is found.
  async unmerge(tx, moved: string[], { keptId, mergedId }) {
    await inChunks(moved, 500, (subjects) =>
      tx
        .update(messageSubjects)
        .set({ personId: mergedId })
        .where(and(inArray(messageSubjects.subject, subjects), eq(messageSubjects.personId, keptId))),
    )
    return []
  },
}
