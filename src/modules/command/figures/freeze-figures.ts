import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { editableBook } from '../books/editable-book.ts'
import { books } from '../schema.ts'
import type { BookFigures } from './figures.ts'

/**
 * Writes the figures of a moment into a notice (通报) that was not issued yet. Once it is, they stay what was told. They are
 * counted before, so that no other write waits for it.
 * @throws DomainError `book.missing`, `access.out_of_reach`, `book.closed`, `version.stale`; conflict `book.told`
 */
export async function freezeFigures(
  tx: Writer,
  { bookId, version, figures, by, at }: Doing & { bookId: string; version: number; figures: BookFigures },
): Promise<void> {
  const { book } = await editableBook(tx, bookId, by)
  assertVersion(book, version)
  if (book.kind !== 'notice' || book.publishedAt)
    throw new DomainError('conflict', 'book.told', 'Only a notice that was not issued yet takes figures.')
  await updateVersioned(tx, books, bookId, version, { figures })
  await record(tx, { action: 'book.figures_frozen', subject: `book:${bookId}`, by, at })
}
