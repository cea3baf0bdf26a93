import { events } from '#modules/events/schema.ts'
import { index, instant, json, table, text } from '#platform/database/kit.ts'
import type { EventReport } from './contract.ts'

/** The figures of an event as they stood at a moment, with what they meant: never changed afterwards. */
export const reportSnapshots = table(
  'report_snapshots',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    /** What happened up to this moment is in the figures; what came later is not. */
    cutOffAt: instant().notNull(),
    title: text(),
    report: json<EventReport>().notNull(),
    takenBy: text(),
    createdAt: instant().notNull(),
  },
  (t) => [index('report_snapshots_event').on(t.eventId, t.id)],
)
