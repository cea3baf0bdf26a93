import { outOfReach } from '#modules/events/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { holds } from '../reach.ts'
import { type BookRow, type FullBook, fullBook } from './book-rows.ts'

/** A book that somebody may edit. @throws DomainError `book.missing`, `access.out_of_reach`; conflict `book.closed` */
export async function editableBook(db: Reader, bookId: string, by: Actor): Promise<FullBook> {
  const full = await fullBook(db, bookId, by)
  assertEditable(full.book, full.issuer, by)
  return full
}

/** @throws DomainError `access.out_of_reach`; conflict `book.closed` */
export function assertEditable(
  book: Pick<BookRow, 'closedAt'>,
  issuer: { path: string; districtCode: string | null },
  by: Actor,
): void {
  if (!holds(by, 'books.edit', issuer)) throw outOfReach()
  if (book.closedAt) throw new DomainError('conflict', 'book.closed', 'The book is closed.')
}
