import { isNull } from 'drizzle-orm'
import { big, index, instant, int, table, text, uniqueIndex } from '#platform/database/kit.ts'

/**
 * Audit entries: who did what to what, when, from where. An entry is inserted in the transaction of the change and
 * updated once, by the job that numbers and seals it. No foreign key points to or from it, so no cascade reaches it.
 */
export const auditEntries = table(
  'audit_entries',
  {
    id: text().primaryKey(),
    at: instant().notNull(),
    action: text().notNull(),
    /** `kind:ID`, for instance `event:018f…`. */
    subject: text().notNull(),
    actorKind: text<'user' | 'link' | 'anonymous' | 'system'>().notNull(),
    /** The id of the user, or of the thing that the personal link belongs to. */
    actorId: text(),
    address: text(),
    /** Canonical JSON (sorted keys) as text: what is sealed must come back byte for byte. */
    details: text().notNull(),
    /** The key of `mac`. */
    macKeyId: text(),
    /** HMAC over this entry, made when it is recorded, so that only a holder of the key can record. Null in old entries. */
    mac: text(),
    /** Position in the chain, from 1 without gaps; null until sealed. */
    number: big(),
    sealKeyId: text(),
    /** HMAC over the previous seal and this entry. */
    seal: text(),
  },
  (t) => [
    uniqueIndex('audit_entries_number').on(t.number),
    index('audit_entries_unsealed').on(t.id).where(isNull(t.number)),
    index('audit_entries_at').on(t.at, t.id),
    index('audit_entries_subject').on(t.subject, t.at),
    index('audit_entries_actor').on(t.actorId, t.at),
  ],
)

/** One row: both ends of the chain with a MAC, so that entries removed at either end are detected. */
export const auditHeads = table('audit_heads', {
  id: int().primaryKey(),
  /** The last entry deleted by retention; its seal is the start of the remaining chain. */
  retiredNumber: big().notNull(),
  retiredSeal: text().notNull(),
  number: big().notNull(),
  seal: text().notNull(),
  sealedAt: instant().notNull(),
  keyId: text().notNull(),
  mac: text().notNull(),
})
