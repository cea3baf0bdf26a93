import { and, eq } from 'drizzle-orm'
import { unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'

/**
 * A whole event is planned by whoever answers for its organiser.
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
 * A proposal is applied to districts by their offices, too.
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
  const own = districtCodes?.every((code) =>
    reach.districtCodes.some((mine) => code.startsWith(mine.slice(0, 6))),
  )
  if (!own) await assertPlans(db, actor, 'plans.apply', event)
}

function outOfReach(): DomainError {
  return new DomainError('forbidden', 'access.out_of_reach', 'This is not yours to change.')
}
