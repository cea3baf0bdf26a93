import { sql } from 'drizzle-orm'
import { users } from '#modules/accounts/schema.ts'
import { events } from '#modules/events/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { teams } from '#modules/organisation/schema.ts'
import { bool, check, index, instant, int, table, text } from '#platform/database/kit.ts'
import type { DisclosureReason } from './words.ts'

/**
 * Access to the data of minors: asked for by one user over a class or an event, approved by a second person, open for
 * some hours.
 */
export const disclosures = table(
  'disclosures',
  {
    id: text().primaryKey(),
    /** Exactly one of the two. */
    teamId: text().references(() => teams.id),
    eventId: text().references(() => events.id),
    reason: text<DisclosureReason>().notNull(),
    explanation: text().notNull(),
    /** For how long it is asked. */
    hours: int().notNull(),
    requestedBy: text()
      .notNull()
      .references(() => users.id),
    requestedAt: instant().notNull(),
    decidedBy: text().references(() => users.id),
    decidedAt: instant(),
    approved: bool(),
    refusal: text(),
    /** Undecided: until when it may be decided. Approved: until when it is open. */
    expiresAt: instant().notNull(),
    revokedBy: text().references(() => users.id),
    revokedAt: instant(),
  },
  (t) => [
    index('disclosures_requested').on(t.requestedBy, t.requestedAt),
    index('disclosures_team').on(t.teamId),
    index('disclosures_event').on(t.eventId),
    check('disclosures_scope', sql`(team_id is null) <> (event_id is null)`),
    check('disclosures_hours', sql`hours between 1 and 4`),
  ],
)

/** A guardian's number that the person in charge of a shift opened in an emergency. */
export const emergencies = table(
  'emergencies',
  {
    id: text().primaryKey(),
    assignmentId: text()
      .notNull()
      .references(() => assignments.id),
    /** What happened, in the words of the person in charge. */
    what: text().notNull(),
    openedBy: text()
      .notNull()
      .references(() => users.id),
    openedAt: instant().notNull(),
  },
  (t) => [index('emergencies_assignment').on(t.assignmentId)],
)
