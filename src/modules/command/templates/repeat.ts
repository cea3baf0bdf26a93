import { and, asc, eq, gte, isNotNull, isNull, ne, or } from 'drizzle-orm'
import { eachApart } from '#platform/jobs/each-apart.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { selectBooks } from '../books/book-rows.ts'
import { dueOn } from '../due-rules.ts'
import { officeTime } from '../office-time.ts'
import { books, taskTemplates } from '../schema.ts'
import { carryOut } from './carry-out.ts'
import { lookAt } from './expand.ts'

/**
 * Issues what recurs: every template of a published book is expanded once in each of its periods, unless the period's day is
 * over already, or the book holds no longer (`validUntil`). Running again makes nothing twice.
 */
export async function repeatTemplates({
  db,
  now,
  config,
}: Pick<AppContext, 'db' | 'now' | 'config'>): Promise<void> {
  const at = now()
  const today = dayIn(at, config.timeZone)
  const live = await db.read
    .select({ template: taskTemplates })
    .from(taskTemplates)
    .innerJoin(books, eq(books.id, taskTemplates.bookId))
    .where(
      and(
        ne(taskTemplates.cadence, 'once'),
        isNull(taskTemplates.endedAt),
        isNotNull(books.publishedAt),
        isNull(books.closedAt),
        or(isNull(books.validUntil), gte(books.validUntil, today)),
      ),
    )
    .orderBy(asc(taskTemplates.id))
  await eachApart(live, ({ template }) =>
    db.transaction(async (tx) => {
      const [full] = await selectBooks(tx).where(eq(books.id, template.bookId))
      const office = await officeTime(tx, config)
      const found = await lookAt(tx, template, full!, office, today)
      if (found.dueOn && dueOn(office, found.dueOn) <= at) return
      await carryOut(tx, found, { by: 'system', at })
    }),
  )
}
