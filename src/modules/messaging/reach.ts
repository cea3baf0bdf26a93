import { eventRow, outOfReach, reachesUnit } from '#modules/events/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, type Reach, reachOf } from '#platform/http/access.ts'
import type { KindDefinition } from './kinds.ts'

/**
 * The messages of a whole event are managed by actors whose reach covers its organiser.
 * @throws DomainError `event.missing`, `access.out_of_reach`
 */
export async function assertSends(reader: Reader, actor: Actor, eventId: string): Promise<void> {
  const event = await eventRow(reader, eventId)
  if (!(await reachesUnit(reader, reachOf(actor, 'messages.send'), event.organiserUnitId))) throw outOfReach()
}

/**
 * Templates and providers serve everybody, so changing them needs a grant over everything. @throws DomainError
 * `access.out_of_reach`
 */
export function assertEverything(actor: Actor, permission: string): void {
  if (!reachOf(actor, permission).everything) throw outOfReach()
}

/**
 * Links and codes of an account go to its number, which other people may share. Reaching one of those people is not
 * managing the account, so cancelling such a message needs a grant over everything.
 * @throws DomainError `access.out_of_reach`
 */
export function assertCallsOff(reach: Reach, kind: KindDefinition | undefined): void {
  if (kind?.toAccounts && !reach.everything) throw outOfReach()
}
