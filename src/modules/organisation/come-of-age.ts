import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import { pages } from '#platform/database/pages.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { hasTurned } from './ages.ts'
import { persons } from './schema.ts'
import { birthOf } from './sealed.ts'

/**
 * Keeps the column `adult` current: sets it for everybody who has turned 18 in the time zone of the service. Only the
 * dates of people who turn 18 this year are decrypted; for earlier years the birth year decides. Idempotent.
 */
export async function comeOfAge({
  db,
  keys,
  now,
  config,
}: Pick<AppContext, 'db' | 'keys' | 'now' | 'config'>): Promise<void> {
  const today = dayIn(now(), config.timeZone)
  const lastYear = Number(today.slice(0, 4)) - 18
  const after = (last: { id: string } | undefined, size: number) =>
    db.read
      .select({ id: persons.id, birthYear: persons.birthYear, particulars: persons.particulars })
      .from(persons)
      // Written exactly like the condition of the partial index; otherwise SQLite scans all people.
      .where(
        and(sql`${persons.adult} = false`, lte(persons.birthYear, lastYear), gt(persons.id, last?.id ?? '')),
      )
      .orderBy(asc(persons.id))
      .limit(size)
  for await (const some of pages(after, 200)) {
    const grown = some.filter((person) => hasTurned(birthOf(keys, person)!, 18, today)).map(({ id }) => id)
    if (grown.length === 0) continue
    await db.transaction(
      (tx) =>
        tx
          .update(persons)
          // Grown-ups are linked: `linkedVersion` 0 has it judged again.
          .set({ adult: true, linkedVersion: 0 })
          // The birth date may have been corrected since it was read.
          .where(and(inArray(persons.id, grown), lte(persons.birthYear, lastYear), eq(persons.adult, false))),
      { isolation: 'statement' },
    )
  }
}
