import { and, asc, eq, gt, inArray, isNull, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { PreviewedAct, Seen } from '#platform/previews/index.ts'
import type { MessageRetrySpec } from './contract.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { assertSends } from './reach.ts'
import { resendable } from './rules.ts'
import { messageSubjects, messages } from './schema.ts'

/** Most messages in one act; whoever has more does it again. */
const retriesMax = 2000

type Spec = MessageRetrySpec & { eventId: string }
type Failed = typeof messages.$inferSelect

interface Found {
  seen: Seen
  failed: readonly Failed[]
}

/**
 * 批量重发: sends again every message of an event that failed for a reason, is not too late, and was not sent again already.
 * @throws DomainError `event.missing`, `access.out_of_reach`; conflict `message.nothing_to_retry`; invalid
 *   `message.too_many_to_retry`
 */
export const retryMany: PreviewedAct<Spec, Found> = {
  kind: 'messages.retry',
  look,
  async perform(tx, { eventId, state, reason, kind }, { failed }, { by, at }) {
    await inChunks(failed, 200, (some) => writeAgain(tx, some, at))
    const details = { messages: failed.length, state, ...(reason && { reason }), ...(kind && { kind }) }
    await record(tx, { action: 'messages.retried', subject: `event:${eventId}`, by, at, details })
    await enqueueDelivery(tx, [at], at)
    return eventId
  },
}

async function look(db: Reader, spec: Spec, { by, at }: Doing): Promise<Found> {
  await assertSends(db, by, spec.eventId)
  const failed = await failedOf(db, spec, at)
  if (failed.length === 0)
    throw new DomainError('conflict', 'message.nothing_to_retry', 'Nothing that failed so can be sent again.')
  if (failed.length > retriesMax) {
    const message = `At most ${retriesMax} messages are sent again in one go.`
    throw new DomainError('invalid', 'message.too_many_to_retry', message, { retriesMax })
  }
  return { failed, seen: Object.fromEntries(failed.map(({ id, state }) => [id, { state }])) }
}

const later = alias(messages, 'later')

function failedOf(db: Reader, { eventId, state, reason, kind }: Spec, at: Doing['at']): Promise<Failed[]> {
  const again = db
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.contactId, messages.contactId),
        eq(later.kind, messages.kind),
        eq(later.groupKey, messages.groupKey),
        eq(later.generation, messages.generation),
        eq(later.channel, messages.channel),
        gt(later.part, messages.part),
      ),
    )
  return db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.eventId, eventId),
        inArray(messages.state, state ? [state] : [...resendable]),
        reason && eq(messages.reason, reason),
        kind ? eq(messages.kind, kind) : undefined,
        or(isNull(messages.expiresAt), gt(messages.expiresAt, at)),
        notExists(again),
      ),
    )
    .orderBy(asc(messages.id))
    .limit(retriesMax + 1)
}

/** Each as a new row, with whom it is about; the failed rows keep their history. */
async function writeAgain(tx: Writer, failed: readonly Failed[], at: Doing['at']): Promise<void> {
  const ids = new Map(failed.map(({ id }) => [id, newId()]))
  await tx.insert(messages).values(
    failed.map(({ kind, contactId, eventId, groupKey, generation, channel, locale, lane, ...row }) => ({
      ...{ kind, contactId, eventId, groupKey, generation, channel, locale, lane },
      ...{ id: ids.get(row.id)!, part: row.part + 1, expiresAt: row.expiresAt, startsAt: row.startsAt },
      ...{ state: 'queued' as const, notBefore: at, stateAt: at, createdAt: at },
    })),
  )
  const subjects = await tx
    .select()
    .from(messageSubjects)
    .where(inArray(messageSubjects.messageId, [...ids.keys()]))
  if (subjects.length === 0) return
  await tx
    .insert(messageSubjects)
    .values(subjects.map((each) => ({ ...each, messageId: ids.get(each.messageId)! })))
}
