import { eq, or } from 'drizzle-orm'
import type { MergeParticipant } from '#modules/organisation/index.ts'
import { type MovedRow, moveRow, restoreRows } from '#platform/database/moved-rows.ts'
import { shifts } from './schema.ts'

/**
 * A merge of people moves the roles in charge and deputy to the kept person. One person never has both on one shift.
 */
export const eventsMerge: MergeParticipant = {
  slice: 'events',
  claims: ['shifts.inChargePersonId', 'shifts.deputyPersonId'],
  async merge(tx, { keptId, mergedId }) {
    const named = await tx
      .select()
      .from(shifts)
      .where(or(eq(shifts.inChargePersonId, mergedId), eq(shifts.deputyPersonId, mergedId)))
    const current = (id: string | null) => (id === mergedId ? keptId : id)
    const moved: MovedRow[] = []
    for (const shift of named) {
      const inChargePersonId = current(shift.inChargePersonId)
      const deputy = current(shift.deputyPersonId)
      const deputyPersonId = deputy === inChargePersonId ? null : deputy
      moved.push(await moveRow(tx, shifts, shift, { inChargePersonId, deputyPersonId }))
    }
    return moved
  },
  async unmerge(tx, moved: MovedRow[]) {
    return (await restoreRows(tx, shifts, moved)).map((id) => ({ kind: 'shift', id }))
  },
}
