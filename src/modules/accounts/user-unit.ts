import { assertUnitWithin } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import { managedUser } from './manage.ts'
import { users } from './schema.ts'

/**
 * Names the unit a user acts for when signing tasks off, or none: then it is the only unit over which they hold a role.
 * @throws DomainError `user.missing`, `unit.missing`; forbidden `user.self`, `user.out_of_reach`; stale `version.stale`
 */
export async function setUserUnit(
  tx: Writer,
  request: Doing & { userId: string; unitId: string | null; version: number },
): Promise<typeof users.$inferSelect> {
  const { userId, unitId, version, by, at } = request
  await managedUser(tx, by, userId)
  if (unitId) await assertUnitWithin(tx, reachOf(by, 'accounts.edit'), unitId)
  const user = await updateVersioned(tx, users, userId, version, { unitId })
  await record(tx, { action: 'user.unit_set', subject: `user:${userId}`, by, at, details: { unitId } })
  return user
}
