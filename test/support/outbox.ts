import { eq } from 'drizzle-orm'
import type { MessageState } from '#modules/messaging/index.ts'
import { messages } from '#modules/messaging/schema.ts'
import type { Database } from '#platform/database/port.ts'

/** How many messages stand where. */
export async function statesOf(db: Database): Promise<Partial<Record<MessageState, number>>> {
  const rows = await db.read.select({ state: messages.state }).from(messages)
  const counts: Partial<Record<MessageState, number>> = {}
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

export async function theMessage(db: Database, id: string) {
  const [message] = await db.read.select().from(messages).where(eq(messages.id, id))
  if (!message) throw new Error(`no message ${id}`)
  return message
}
