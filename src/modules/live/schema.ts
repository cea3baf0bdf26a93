import { events } from '#modules/events/schema.ts'
import { index, instant, table, text, uniqueIndex } from '#platform/database/kit.ts'

/** 大屏链接: shows the figures of one event on a screen, without signing in. Only the hash of its token is stored. */
export const screens = table(
  'screens',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    /** Where it hangs: 指挥大厅. */
    name: text().notNull(),
    tokenHash: text().notNull(),
    createdByUserId: text().notNull(),
    createdAt: instant().notNull(),
    revokedAt: instant(),
  },
  (t) => [uniqueIndex('screens_token').on(t.tokenHash), index('screens_by_event').on(t.eventId, t.id)],
)
