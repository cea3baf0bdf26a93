import { and, eq, gte } from 'drizzle-orm'
import { record } from '../audit/index.ts'
import { auditEntries } from '../audit/schema.ts'
import type { Reader, Writer } from '../database/port.ts'
import { DomainError } from '../errors.ts'
import type { Doing } from '../http/access.ts'
import { attentions } from './schema.ts'

export type Attention = typeof attentions.$inferSelect

/**
 * 已核查: a person has looked at it, and says what came out. Acknowledging again changes nothing; what happens afterwards
 * raises a new entry.
 * @throws DomainError `attention.missing`; forbidden `attention.own` to whoever it is about, or whose act raised it
 */
export async function acknowledgeAttention(
  tx: Writer,
  { attentionId, reason, by, at }: { attentionId: string; reason: string } & Doing,
): Promise<Attention> {
  const [found] = await tx.select().from(attentions).where(eq(attentions.id, attentionId))
  if (!found) throw new DomainError('missing', 'attention.missing', 'There is no such alarm.')
  if (await isOwn(tx, found, by.userId)) {
    throw new DomainError('forbidden', 'attention.own', 'It is about yourself: another person looks at it.')
  }
  if (found.acknowledgedAt) return found
  const [row] = await tx
    .update(attentions)
    .set({ acknowledgedAt: at, acknowledgedBy: by.userId, reason })
    .where(eq(attentions.id, attentionId))
    .returning()
  const details = { kind: found.kind, about: found.subject, times: found.times, reason }
  await record(tx, { action: 'attention.acknowledged', subject: `attention:${attentionId}`, by, at, details })
  return row!
}

/** Whether it is about this user, or anything they did since it was raised is part of it. */
async function isOwn(db: Reader, { kind, subject, raisedAt }: Attention, userId: string): Promise<boolean> {
  if (subject === `user:${userId}`) return true
  const [did] = await db
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subject, subject),
        eq(auditEntries.action, kind),
        eq(auditEntries.actorId, userId),
        gte(auditEntries.at, raisedAt),
      ),
    )
    .limit(1)
  return did !== undefined
}
