import { isNull } from 'drizzle-orm'
import { big, index, instant, int, table, text, uniqueIndex } from '#platform/database/kit.ts'

/**
 * Who did what to what, when, from where. Written once, in the transaction that caused it; afterwards only the
 * sealing job touches a row, once, to number and seal it. Nothing references it, so nothing can cascade into it.
 */
export const auditEntries = table(
  'audit_entries',
  {
    id: text().primaryKey(),
    at: instant().notNull(),
    action: text().notNull(),
    /** `kind:ID`, for instance `event:018f…`. */
    subject: text().notNull(),
    actorKind: text<'user' | 'volunteer' | 'anonymous' | 'system'>().notNull(),
    /** A user's or a participation's id. */
    actorId: text(),
    address: text(),
    /** Canonical JSON (sorted keys) as text: what is sealed must come back byte for byte. */
    details: text().notNull(),
    /** Position in the chain, from 1 without gaps; null until sealed. */
    number: big(),
    sealKeyId: text(),
    /** HMAC over the seal before and this entry. */
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

/** One row: both ends of the chain, sealed themselves, so that neither end can be cut off unseen. */
export const auditHeads = table('audit_heads', {
  id: int().primaryKey(),
  /** Everything up to here was deleted by retention; the seal of that entry starts the rest. */
  retiredNumber: big().notNull(),
  retiredSeal: text().notNull(),
  number: big().notNull(),
  seal: text().notNull(),
  sealedAt: instant().notNull(),
  keyId: text().notNull(),
  mac: text().notNull(),
})
