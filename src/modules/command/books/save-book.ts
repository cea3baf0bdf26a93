import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { campaigns } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { assertUnitWithin, searchNameOf } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { bodyRow } from '../bodies/body-queries.ts'
import { keepWhatIsTold } from '../documents/told.ts'
import type { OfficeTime } from '../due-rules.ts'
import { books, tasks } from '../schema.ts'
import { issueTasks } from '../tasks/make-move.ts'
import { checkingUnit } from '../tasks/sign-off-rules.ts'
import { fullTasks } from '../tasks/task-queries.ts'
import { fullBook } from './book-rows.ts'
import type { BookChange, BookCreation } from './contract.ts'
import { assertEditable, editableBook } from './editable-book.ts'

/** Begins a book. @throws DomainError `unit.missing`, `body.missing`, `campaign.missing`, `zone.missing` */
export async function createBook(
  tx: Writer,
  { input, by, at }: Doing & { input: BookCreation },
): Promise<string> {
  await assertUnitWithin(tx, reachOf(by, 'books.edit'), input.issuerUnitId)
  await assertNamed(tx, by, input)
  const id = newId()
  await tx.insert(books).values({ ...input, id, searchTitle: searchNameOf(input.title), createdAt: at })
  await record(tx, { action: 'book.created', subject: `book:${id}`, by, at })
  return id
}

/** Changes a book. @throws DomainError as `createBook`; `book.missing`, `book.closed`, `version.stale` */
export async function changeBook(
  tx: Writer,
  { bookId, version, input, by, at }: Doing & { bookId: string; version: number; input: BookChange },
): Promise<void> {
  const { book } = await editableBook(tx, bookId, by)
  assertVersion(book, version)
  await assertNamed(tx, by, input)
  const searchTitle = input.title ? { searchTitle: searchNameOf(input.title) } : {}
  await updateVersioned(tx, books, bookId, version, { ...input, ...searchTitle })
  const details = { fields: Object.keys(input).sort() }
  await record(tx, { action: 'book.changed', subject: `book:${bookId}`, by, at, details })
}

/**
 * Issues a book: every task that waits for no other one is owed from now on. All of it or nothing; doing it again changes
 * nothing.
 * @throws DomainError `book.missing`, `book.closed`, `version.stale`; conflict `book.empty`, `book.nobody_checks`;
 * invalid `task.due_past`
 */
export async function publishBook(
  tx: Writer,
  { bookId, version, office, by, at }: Doing & { bookId: string; version: number; office: OfficeTime },
): Promise<void> {
  const { book } = await editableBook(tx, bookId, by)
  assertVersion(book, version)
  if (book.publishedAt) return
  const all = await fullTasks(tx, eq(tasks.bookId, bookId))
  if (all.length === 0) throw new DomainError('conflict', 'book.empty', 'The book has no tasks.')
  const unchecked = all.filter((full) => !checkingUnit(full.task.kind, full.unit, full))
  if (unchecked.length > 0) {
    const outlines = unchecked.slice(0, 20).map(({ task }) => task.outline)
    throw new DomainError('conflict', 'book.nobody_checks', 'Nobody could sign some tasks off.', { outlines })
  }
  await updateVersioned(tx, books, bookId, version, { publishedAt: at })
  const issued = await issueTasks(
    tx,
    all.filter(({ waits }) => !waits),
    { office, by, at },
  )
  if (book.kind === 'notice') await keepWhatIsTold(tx, await fullBook(tx, bookId, by), at)
  await record(tx, { action: 'book.published', subject: `book:${bookId}`, by, at, details: { issued } })
}

/**
 * Closes a book, once nothing of it is owed any more, or reopens it.
 * @throws DomainError `book.missing`, `access.out_of_reach`, `version.stale`; conflict `book.tasks_open`
 */
export async function closeBook(
  tx: Writer,
  { bookId, version, closed, by, at }: Doing & { bookId: string; version: number; closed: boolean },
): Promise<void> {
  const { book, issuer } = await fullBook(tx, bookId, by)
  assertEditable({ closedAt: null }, issuer, by)
  assertVersion(book, version)
  if ((book.closedAt !== null) === closed) return
  const { issuedAt, closedAt, cancelledAt } = tasks
  const owed = and(eq(tasks.bookId, bookId), isNotNull(issuedAt), isNull(closedAt), isNull(cancelledAt))
  const open = closed ? await tx.$count(tasks, owed) : 0
  if (open > 0)
    throw new DomainError('conflict', 'book.tasks_open', 'Some tasks of the book are still owed.', { open })
  await updateVersioned(tx, books, bookId, version, { closedAt: closed ? at : null })
  const action = closed ? 'book.closed' : 'book.reopened'
  await record(tx, { action, subject: `book:${bookId}`, by, at })
}

async function assertNamed(db: Reader, by: Actor, input: BookChange): Promise<void> {
  const { bodyId, checkUnitId, campaignId, zoneId, supersedesId } = input
  if (supersedesId) await fullBook(db, supersedesId, by)
  if (bodyId) await bodyRow(db, bodyId)
  if (checkUnitId) {
    const [unit] = await db
      .select({ id: units.id })
      .from(units)
      .where(and(eq(units.id, checkUnitId), isNull(units.closedAt)))
    if (!unit) throw new DomainError('missing', 'unit.missing', 'There is no such unit.')
  }
  if (campaignId) {
    const [campaign] = await db
      .select({ id: campaigns.id })
      .from(campaigns)
      .where(eq(campaigns.id, campaignId))
    if (!campaign) throw new DomainError('missing', 'campaign.missing', 'There is no such campaign.')
  }
  if (zoneId) {
    const [zone] = await db.select({ id: zones.id }).from(zones).where(eq(zones.id, zoneId))
    if (!zone) throw new DomainError('missing', 'zone.missing', 'There is no such zone.')
  }
}
