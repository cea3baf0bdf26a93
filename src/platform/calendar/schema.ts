import { day, instant, int, json, table, text } from '#platform/database/kit.ts'

/** Yearly notices entered by an office. They take precedence over the built-in ones. */
export const workdayYears = table('workday_years', {
  year: int().primaryKey(),
  /** `YYYY-MM-DD`, in order. */
  restDays: json<string[]>().notNull(),
  makeUpWorkdays: json<string[]>().notNull(),
  /** Title or number of the notice. */
  source: text().notNull(),
  publishedOn: day().notNull(),
  version: int().notNull(),
  enteredAt: instant().notNull(),
})
