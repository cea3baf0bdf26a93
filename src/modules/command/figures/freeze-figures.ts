import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { editableBook } from '../books/editable-book.ts'
import { books } from '../schema.ts'
import type { BookFigures } from './figures.ts'
import { type FigureFilter, readFigures } from './read-figures.ts'

/**
 * Writes the figures of a moment into a notice (通报) that was not issued yet. Once it is, they stay what was told.
 * @throws DomainError `book.missing`, `access.out_of_reach`, `book.closed`, `version.stale`; conflict `book.told`
 */
export async function freezeFigures(
  tx: Writer,
  request: Doing & { bookId: string; version: number; filter: FigureFilter; asOf: Doing['at'] },
): Promise<BookFigures> {
  const { bookId, version, filter, asOf, by, at } = request
  const { book } = await editableBook(tx, bookId, by)
  assertVersion(book, version)
  if (book.kind !== 'notice' || book.publishedAt)
    throw new DomainError('conflict', 'book.told', 'Only a notice that was not issued yet takes figures.')
  const figures = await readFigures(tx, filter, { reader: by, at: asOf > at ? at : asOf })
  await updateVersioned(tx, books, bookId, version, { figures })
  await record(tx, { action: 'book.figures_frozen', subject: `book:${bookId}`, by, at })
  return figures
}
