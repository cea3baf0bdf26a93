import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Reader, Writer } from '#platform/database/port.ts'
import { isoOf } from '#platform/time.ts'
import type { FullBook } from '../books/book-rows.ts'
import { books, tasks } from '../schema.ts'
import { fullTasks } from '../tasks/task-queries.ts'
import type { NoticeTold } from './notice-told.ts'

/** Writes down what a notice told, in the transaction that issues it. */
export async function keepWhatIsTold(tx: Writer, { book, issuer }: FullBook, at: DateTime): Promise<void> {
  const replies = await fullTasks(tx, eq(tasks.bookId, book.id))
  const told: NoticeTold = {
    issuer: issuer.name,
    title: book.title,
    documentNumber: book.documentNumber,
    text: book.text,
    publishedAt: isoOf(at),
    replies: replies.map(({ task, unit }) => ({
      outline: task.outline,
      text: task.text,
      unit: unit.name,
      dueAt: task.dueAt && isoOf(task.dueAt),
    })),
  }
  await tx.update(books).set({ told }).where(eq(books.id, book.id))
}

/** What a notice told when it was issued; null of one that is a draft. */
export async function readTold(db: Reader, bookId: string): Promise<NoticeTold | null> {
  const [row] = await db.select({ told: books.told }).from(books).where(eq(books.id, bookId))
  return row?.told ?? null
}
