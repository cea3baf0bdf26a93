import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { titleContains } from '#modules/events/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import type { Looking } from '../looking.ts'
import { booksWithin, tasksWithin } from '../reach.ts'
import { books, tasks } from '../schema.ts'
import type { BookKind, BookState } from '../words.ts'
import { type FullBook, fullBook, selectBooks } from './book-rows.ts'
import type { BookView } from './contract.ts'
import { countFunnels, noTasks } from './funnels.ts'
import { presentBook } from './present.ts'

const inState: Record<BookState, SQL | undefined> = {
  draft: and(isNull(books.publishedAt), isNull(books.closedAt)),
  published: and(isNotNull(books.publishedAt), isNull(books.closedAt)),
  closed: isNotNull(books.closedAt),
}

export interface BookFilter {
  kind?: BookKind
  state?: BookState
  campaignId?: string
  search?: string
  cursor?: string
  limit?: number
}

/** A keyset page of books within reach with their funnels, in order of creation. */
export async function listBooks(db: Reader, filter: BookFilter, { reader, at }: Looking) {
  const { kind, state, campaignId, search, cursor, limit = 50 } = filter
  const rows = await selectBooks(db)
    .where(
      and(
        booksWithin(db, reachOf(reader, 'tasks.read')),
        kind ? eq(books.kind, kind) : undefined,
        state ? inState[state] : undefined,
        campaignId ? eq(books.campaignId, campaignId) : undefined,
        titleContains(books.searchTitle, search),
        after([books.id], cursor),
      ),
    )
    .orderBy(asc(books.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ book }) => [book.id])
  return { ...page, items: await presentBooks(db, page.items, { reader, at }) }
}

/** One book as it is shown. @throws DomainError `book.missing` */
export async function readBook(db: Reader, bookId: string, looking: Looking) {
  return (await presentBooks(db, [await fullBook(db, bookId, looking.reader)], looking))[0]!
}

async function presentBooks(db: Reader, found: readonly FullBook[], looking: Looking) {
  const ids = found.map(({ book }) => book.id)
  const funnels = await countFunnels(db, tasks.bookId, inArray(tasks.bookId, ids), looking)
  const amounts = await amountsOf(db, ids, looking)
  return found.map((full) =>
    presentBook(
      full,
      { funnel: funnels.get(full.book.id) ?? noTasks, amounts: amounts.get(full.book.id) ?? [] },
      looking.reader,
    ),
  )
}

/** Targets and amounts of the tasks of several books, by what they count. One statement. */
async function amountsOf(db: Reader, bookIds: readonly string[], { reader }: Looking) {
  const summed = await db
    .select({
      bookId: tasks.bookId,
      measure: sql<string>`coalesce(${tasks.measure}, '')`.as('counted'),
      target: sql<number>`sum(${tasks.target})`.mapWith(Number),
      amount: sql<number>`coalesce(sum(${tasks.amount}), 0)`.mapWith(Number),
    })
    .from(tasks)
    .innerJoin(books, eq(books.id, tasks.bookId))
    .where(
      and(
        inArray(tasks.bookId, [...bookIds]),
        isNotNull(tasks.target),
        isNull(tasks.cancelledAt),
        tasksWithin(db, reachOf(reader, 'tasks.read')),
      ),
    )
    .groupBy(tasks.bookId, sql`counted`)
    .orderBy(sql`counted`)
  const amounts = new Map<string, BookView['amounts']>()
  for (const { bookId, ...each } of summed) amounts.set(bookId, [...(amounts.get(bookId) ?? []), each])
  return amounts
}
