import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { MergeParticipant } from '#modules/organisation/index.ts'
import { type MovedRow, moveRow, restoreRows } from '#platform/database/moved-rows.ts'
import { DomainError } from '#platform/errors.ts'
import { users } from './schema.ts'
import { forgetUsers } from './session-cache.ts'

/** The account of a merged duplicate becomes the account of the kept person: same login, roles and sessions. */
export const accountsMerge: MergeParticipant = {
  slice: 'accounts',
  claims: ['users.personId'],
  /** @throws DomainError conflict `merge.two_accounts` when both have an active account: a person has one */
  async merge(tx, { keptId, mergedId }) {
    const live = await tx
      .select({ personId: users.personId })
      .from(users)
      .where(and(inArray(users.personId, [keptId, mergedId]), isNull(users.disabledAt)))
    if (new Set(live.map(({ personId }) => personId)).size > 1) {
      throw new DomainError(
        'conflict',
        'merge.two_accounts',
        'Both have an account: disable one of them first.',
      )
    }
    const accounts = await tx.select().from(users).where(eq(users.personId, mergedId))
    const moved: MovedRow[] = []
    for (const account of accounts) moved.push(await moveRow(tx, users, account, { personId: keptId }))
    forgetUsers(
      tx,
      accounts.map(({ id }) => id),
    )
    return moved
  },
  async unmerge(tx, moved: MovedRow[]) {
    const stayed = await restoreRows(tx, users, moved)
    forgetUsers(
      tx,
      moved.map(({ id }) => id),
    )
    return stayed.map((id) => ({ kind: 'user', id }))
  },
}
