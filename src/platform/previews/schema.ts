import { index, instant, json, table, text } from '../database/kit.ts'
import type { Seen } from './seen.ts'

/** What somebody was shown before an act on many things. Its id is the token; forgotten after an hour. */
export const previews = table(
  'previews',
  {
    id: text().primaryKey(),
    /** The act, as `shifts.cancel`. */
    kind: text().notNull(),
    /** What the act belongs to, as `event:ID`. */
    subject: text().notNull(),
    /** Only who saw it may act on it. */
    userId: text().notNull(),
    spec: json<unknown>().notNull(),
    seen: json<Seen>().notNull(),
    createdAt: instant().notNull(),
    /** The id that the act answered: the same token answers it again. */
    doneId: text(),
  },
  (t) => [index('previews_created').on(t.createdAt)],
)
