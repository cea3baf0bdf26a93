import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { resendable } from './rules.ts'
import { messages } from './schema.ts'
import type { MessageState } from './words.ts'

export interface KindTotals {
  kind: string
  written: number
  byState: Partial<Record<MessageState, number>>
  segments: number
}

/** The number of messages of an event by kind and state. Every message has exactly one state. */
export async function messageTotals(reader: Reader, eventId: string): Promise<KindTotals[]> {
  const rows = await reader
    .select({
      kind: messages.kind,
      state: messages.state,
      count: sql<number>`count(*)`.mapWith(Number),
      segments: sql<number>`coalesce(sum(${messages.segments}), 0)`.mapWith(Number),
    })
    .from(messages)
    .where(eq(messages.eventId, eventId))
    .groupBy(messages.kind, messages.state)
    .orderBy(messages.kind, messages.state)
  const kinds = new Map<string, KindTotals>()
  for (const { kind, state, count, segments } of rows) {
    const totals = kinds.get(kind) ?? { kind, written: 0, byState: {}, segments: 0 }
    kinds.set(kind, totals)
    totals.written += count
    totals.segments += segments
    totals.byState[state] = count
  }
  return [...kinds.values()]
}

/** Why messages of an event failed: how many by state and reason, the most frequent first. */
export function messageReasons(reader: Reader, eventId: string) {
  const count = sql<number>`count(*)`.mapWith(Number)
  return reader
    .select({ state: messages.state, reason: messages.reason, count })
    .from(messages)
    .where(and(eq(messages.eventId, eventId), inArray(messages.state, [...resendable])))
    .groupBy(messages.state, messages.reason)
    .orderBy(desc(sql`count(*)`), messages.state, messages.reason)
}

/** The sums over all kinds, by state. */
export function byStateOf(kinds: readonly KindTotals[]): Partial<Record<MessageState, number>> {
  const sum: Partial<Record<MessageState, number>> = {}
  for (const { byState } of kinds) {
    for (const [state, count] of Object.entries(byState) as [MessageState, number][]) {
      sum[state] = (sum[state] ?? 0) + count
    }
  }
  return sum
}
