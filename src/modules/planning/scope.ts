import { and, eq } from 'drizzle-orm'
import { districtHolds, unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'

/**
 * Asserts that the actor may plan the whole event: they are responsible for its organiser.
 * @throws DomainError `access.denied`, `access.out_of_reach`
 */
export async function assertPlans(
  db: Reader,
  actor: Actor,
  permission: 'plans.run' | 'plans.apply',
  event: { organiserUnitId: string },
): Promise<void> {
  const reach = reachOf(actor, permission)
  if (reach.everything) return
  const found = await db
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.id, event.organiserUnitId), unitsWithin(reach)))
  if (found.length === 0) throw outOfReach()
}

/**
 * Asserts that the actor may apply a proposal. District offices may apply it to their districts.
 * @throws DomainError `access.denied`, `access.out_of_reach`
 */
export async function assertApplies(
  db: Reader,
  actor: Actor,
  event: { organiserUnitId: string },
  districtCodes: readonly string[] | undefined,
): Promise<void> {
  const reach = reachOf(actor, 'plans.apply')
  if (reach.everything) return
  const own = districtCodes?.every((code) => reach.codes.some((mine) => districtHolds(mine, code)))
  if (!own) await assertPlans(db, actor, 'plans.apply', event)
}

function outOfReach(): DomainError {
  return new DomainError('forbidden', 'access.out_of_reach', 'This is not yours to change.')
}
