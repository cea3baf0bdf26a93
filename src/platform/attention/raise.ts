import { isNull, sql } from 'drizzle-orm'
import { type AuditFact, recordAll } from '../audit/index.ts'
import type { Writer } from '../database/port.ts'
import { newId } from '../ids.ts'
import { attentions } from './schema.ts'

/**
 * Raises one alarm that stays until a person acknowledges it, and records the facts in the audit trail, in the transaction of what
 * caused it. Raised again about the same thing while it is open, it is the same entry, counted: an attack makes one line, not
 * a thousand. The kind is the action of the facts; its texts stand in the `…Attention` of the slice's words.
 * @param about what the alarm is about, `kind:ID`; by default the subject of the first fact
 */
export async function raiseAttention(
  tx: Writer,
  facts: readonly [AuditFact, ...AuditFact[]],
  about = facts[0].subject,
): Promise<void> {
  await recordAll(tx, facts)
  const [{ action: kind, at }] = facts
  await tx
    .insert(attentions)
    .values({ id: newId(), kind, subject: about, raisedAt: at, lastAt: at })
    .onConflictDoUpdate({
      target: [attentions.kind, attentions.subject],
      targetWhere: isNull(attentions.acknowledgedAt),
      set: { times: sql`${attentions.times} + 1`, lastAt: at },
    })
}
