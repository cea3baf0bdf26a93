import { eventRow, outOfReach, reachesUnit } from '#modules/events/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'

/**
 * The sending of a whole event is in the hands of whoever answers for its organiser.
 * @throws DomainError `event.missing`, `access.out_of_reach`
 */
export async function assertSends(reader: Reader, actor: Actor, eventId: string): Promise<void> {
  const event = await eventRow(reader, eventId)
  if (!(await reachesUnit(reader, reachOf(actor, 'messages.send'), event.organiserUnitId))) throw outOfReach()
}

/** Templates and providers serve everybody, so only who covers everything changes them. @throws DomainError `access.out_of_reach` */
export function assertEverything(actor: Actor, permission: string): void {
  if (!reachOf(actor, permission).everything) throw outOfReach()
}
