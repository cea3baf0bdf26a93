import { isNull } from 'drizzle-orm'
import { index, instant, int, table, text, uniqueIndex } from '../database/kit.ts'

/** What a person has to look at: raised by a slice, open until somebody with the right acknowledges it. */
export const attentions = table(
  'attentions',
  {
    id: text().primaryKey(),
    /** The action of the audit trail that raised it, as `sign_in.attacked`. */
    kind: text().notNull(),
    /** The thing it is about, `kind:ID`, as in the audit trail. */
    subject: text().notNull(),
    raisedAt: instant().notNull(),
    /** Raised again while it is open: the same entry, counted. */
    lastAt: instant().notNull(),
    times: int().notNull().default(1),
    acknowledgedAt: instant(),
    acknowledgedBy: text(),
    reason: text(),
  },
  (t) => [
    uniqueIndex('attentions_open').on(t.kind, t.subject).where(isNull(t.acknowledgedAt)),
    index('attentions_raised').on(t.raisedAt, t.id),
  ],
)
