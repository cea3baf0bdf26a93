import { events } from '#modules/events/schema.ts'
import { index, instant, json, table, text } from '#platform/database/kit.ts'
import type { EventReport } from './contract.ts'

/** Snapshot: the figures of an event as of a moment, with their definitions. It is never changed. */
export const reportSnapshots = table(
  'report_snapshots',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    /** Only what happened up to this moment is in the figures. */
    cutOffAt: instant().notNull(),
    title: text(),
    report: json<EventReport>().notNull(),
    takenBy: text(),
    createdAt: instant().notNull(),
  },
  (t) => [index('report_snapshots_event').on(t.eventId, t.id)],
)
