import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type AuditActor, record } from '../audit/index.ts'
import { afterCommit, type Writer } from '../database/port.ts'
import { DomainError } from '../errors.ts'
import { grantedDays, problemsOf } from './check-notice.ts'
import type { WorkdayYearEntry } from './contract.ts'
import type { CalendarReader } from './reader.ts'
import { workdayYears } from './schema.ts'

export interface EnterYear {
  year: number
  entry: WorkdayYearEntry
  /** The version the client read; 0 when the year was not entered yet. */
  version: number
  /** Today. */
  today: string
  by: AuditActor
  at: DateTime
}

/**
 * Enters the notice of a year, or replaces the entered one as a whole.
 * @throws DomainError `workdays.invalid` with what is wrong and with which days, `version.stale`
 */
export async function enterYear(tx: Writer, calendar: CalendarReader, entering: EnterYear): Promise<void> {
  const { year, entry, version, today, by, at } = entering
  const restDays = [...entry.restDays].sort()
  const makeUpWorkdays = [...entry.makeUpWorkdays].sort()
  const { source, publishedOn } = entry
  const notice = { year, restDays, makeUpWorkdays, source, publishedOn }
  const problems = problemsOf(notice, entry.grantedDays ?? 0, today)
  if (problems.length > 0) {
    throw new DomainError(
      'invalid',
      'workdays.invalid',
      'These days cannot be those of this year’s notice.',
      {
        problems,
        grantedDays: grantedDays(notice),
      },
    )
  }
  const set = { restDays, makeUpWorkdays, source, publishedOn, version: version + 1, enteredAt: at }
  const saved =
    version === 0
      ? await tx
          .insert(workdayYears)
          .values({ year, ...set })
          .onConflictDoNothing()
          .returning({ year: workdayYears.year })
      : await tx
          .update(workdayYears)
          .set(set)
          .where(and(eq(workdayYears.year, year), eq(workdayYears.version, version)))
          .returning({ year: workdayYears.year })
  if (!saved[0]) throw new DomainError('stale', 'version.stale', 'Somebody entered this year meanwhile.')
  const details = { restDays, makeUpWorkdays, publishedOn, version: version + 1 }
  await record(tx, { action: 'workdays.entered', subject: `workday-year:${year}`, by, at, details })
  afterCommit(tx, calendar.forget)
}
