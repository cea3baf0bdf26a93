import { users } from '#modules/accounts/schema.ts'
import { instant, int, json, table, text } from '#platform/database/kit.ts'
import type { PreferencesBody } from './contract.ts'

/** A user's preferences for the console. No row: the defaults. */
export const preferences = table('preferences', {
  userId: text()
    .primaryKey()
    .references(() => users.id),
  chosen: json<PreferencesBody>().notNull(),
  version: int().notNull().default(1),
  changedAt: instant().notNull(),
})
