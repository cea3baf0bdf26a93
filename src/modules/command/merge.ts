import { eq, inArray } from 'drizzle-orm'
import type { MergeParticipant } from '#modules/organisation/index.ts'
import { type MovedRow, moveRow, restoreRows } from '#platform/database/moved-rows.ts'
import { bodyMembers, tasks } from './schema.ts'

/** A merge gives the kept person the places in working bodies, and the tasks that the merged one answers for. */
export const commandMerge: MergeParticipant = {
  slice: 'command',
  claims: ['body_members.personId', 'tasks.leaderPersonId'],
  async merge(tx, { keptId, mergedId, at }) {
    const places = await tx
      .select()
      .from(bodyMembers)
      .where(inArray(bodyMembers.personId, [keptId, mergedId]))
      .orderBy(bodyMembers.id)
    const held = new Set(
      places
        .filter(({ personId, leftAt }) => personId === keptId && leftAt === null)
        .map(({ bodyId, role }) => `${bodyId} ${role}`),
    )
    const members: MovedRow[] = []
    for (const place of places.filter(({ personId }) => personId === mergedId)) {
      // Somebody has a role in a body once: the second place ends.
      const twice = place.leftAt === null && held.has(`${place.bodyId} ${place.role}`)
      members.push(await moveRow(tx, bodyMembers, place, twice ? { leftAt: at } : { personId: keptId }))
    }
    const led = await tx.select().from(tasks).where(eq(tasks.leaderPersonId, mergedId)).orderBy(tasks.id)
    const moved: MovedRow[] = []
    for (const task of led) moved.push(await moveRow(tx, tasks, task, { leaderPersonId: keptId }))
    return { members, tasks: moved }
  },
  async unmerge(tx, moved: { members: MovedRow[]; tasks: MovedRow[] }) {
    const members = await restoreRows(tx, bodyMembers, moved.members)
    const stayed = await restoreRows(tx, tasks, moved.tasks)
    return [
      ...members.map((id) => ({ kind: 'body_member', id })),
      ...stayed.map((id) => ({ kind: 'task', id })),
    ]
  },
}
