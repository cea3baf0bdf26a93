import { eventRow } from '#modules/events/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { unfinishedAbout } from '#platform/jobs/queries.ts'
import { isoOf } from '#platform/time.ts'
import type { MessageTotals } from './contract.ts'
import { openHold } from './holds.ts'
import { byStateOf, messageReasons, messageTotals } from './totals.ts'

/** The totals of an event's messages. @throws DomainError `event.missing` */
export async function totalsView(reader: Reader, eventId: string): Promise<MessageTotals> {
  await eventRow(reader, eventId)
  const kinds = await messageTotals(reader, eventId)
  const [hold] = await openHold(reader, `event:${eventId}`)
  const sum = (of: (each: (typeof kinds)[number]) => number) => kinds.reduce((all, each) => all + of(each), 0)
  return {
    eventId,
    written: sum(({ written }) => written),
    byState: byStateOf(kinds),
    kinds: kinds.map(({ kind, written, byState }) => ({ kind, written, byState })),
    reasons: await messageReasons(reader, eventId),
    segments: sum(({ segments }) => segments),
    unfinished: (await unfinishedAbout(reader, `event:${eventId}`)) as MessageTotals['unfinished'],
    hold: hold ? { heldAt: isoOf(hold.heldAt), reason: hold.reason, providerCode: hold.providerCode } : null,
  }
}
