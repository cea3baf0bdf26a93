import { and, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { campaigns } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { booksWithin } from '../reach.ts'
import { books, workingBodies } from '../schema.ts'

export type BookRow = typeof books.$inferSelect

const issuers = alias(units, 'issuers')
const checkers = alias(units, 'checkers')

/** Books with the names of what they belong to. */
export function selectBooks(db: Reader) {
  return db
    .select({
      book: books,
      issuer: {
        id: issuers.id,
        name: issuers.name,
        path: issuers.path,
        districtCode: issuers.districtCode,
      },
      checkUnit: { id: checkers.id, name: checkers.name, path: checkers.path },
      body: { id: workingBodies.id, name: workingBodies.name },
      campaign: { id: campaigns.id, name: campaigns.name },
      zone: { id: zones.id, name: zones.name },
    })
    .from(books)
    .innerJoin(issuers, eq(issuers.id, books.issuerUnitId))
    .leftJoin(checkers, eq(checkers.id, books.checkUnitId))
    .leftJoin(workingBodies, eq(workingBodies.id, books.bodyId))
    .leftJoin(campaigns, eq(campaigns.id, books.campaignId))
    .leftJoin(zones, eq(zones.id, books.zoneId))
}
export type FullBook = Awaited<ReturnType<typeof selectBooks>>[number]

/** One book within reach. @throws DomainError `book.missing` */
export async function fullBook(db: Reader, bookId: string, reader: Actor): Promise<FullBook> {
  const within = booksWithin(db, reachOf(reader, 'tasks.read'))
  const [found] = await selectBooks(db).where(and(eq(books.id, bookId), within))
  if (!found) throw new DomainError('missing', 'book.missing', 'There is no such book.', { bookId })
  return found
}
