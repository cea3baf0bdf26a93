import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import { type FullBook, fullBook } from '../books/book-rows.ts'
import { tasks, taskTemplates, workingBodies } from '../schema.ts'
import type { TaskTemplateView } from './contract.ts'

export type TemplateRow = typeof taskTemplates.$inferSelect

/** One template with its book, within reach. @throws DomainError `template.missing` */
export async function templateRow(
  db: Reader,
  templateId: string,
  reader: Actor,
): Promise<{ template: TemplateRow; full: FullBook }> {
  const [template] = await db.select().from(taskTemplates).where(eq(taskTemplates.id, templateId))
  const full = template && (await fullBook(db, template.bookId, reader).catch(hideBook))
  if (!template || !full) throw missing(templateId)
  return { template, full }
}

function hideBook(error: unknown): undefined {
  if (error instanceof DomainError && error.code === 'book.missing') return undefined
  throw error
}

const missing = (templateId: string) =>
  new DomainError('missing', 'template.missing', 'There is no such template.', { templateId })

/** The templates of a book, in order of creation. @throws DomainError `book.missing` */
export async function listTemplates(db: Reader, bookId: string, reader: Actor): Promise<TaskTemplateView[]> {
  await fullBook(db, bookId, reader)
  const rows = await db
    .select({ template: taskTemplates, body: { id: workingBodies.id, name: workingBodies.name } })
    .from(taskTemplates)
    .leftJoin(workingBodies, eq(workingBodies.id, taskTemplates.bodyId))
    .where(eq(taskTemplates.bookId, bookId))
    .orderBy(asc(taskTemplates.id))
  const made = await tasksOf(
    db,
    rows.map(({ template }) => template.id),
  )
  return rows.map(({ template, body }) => present(template, body, made.get(template.id) ?? 0))
}

/** @throws DomainError `template.missing` */
export async function readTemplate(db: Reader, templateId: string, reader: Actor): Promise<TaskTemplateView> {
  const { template } = await templateRow(db, templateId, reader)
  const found = await listTemplates(db, template.bookId, reader)
  return found.find(({ id }) => id === templateId)!
}

async function tasksOf(db: Reader, templateIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: tasks.templateId, count: sql<number>`count(*)`.mapWith(Number) })
    .from(tasks)
    .where(and(inArray(tasks.templateId, [...templateIds])))
    .groupBy(tasks.templateId)
  return new Map(rows.map(({ id, count }) => [id!, count]))
}

function present(
  row: TemplateRow,
  body: { id: string; name: string } | null,
  made: number,
): TaskTemplateView {
  const { id, version, bookId, kind, outline, text, acceptance, scope, within, cadence } = row
  const { dueDay, dueClass, dueOn, target, measure, endedAt, createdAt } = row
  const due = { dueDay, dueClass, dueOn, target, measure }
  return {
    ...{ id, version, bookId, kind, outline, text, acceptance, body, scope, within, cadence },
    ...due,
    tasks: made,
    endedAt: endedAt && isoOf(endedAt),
    createdAt: isoOf(createdAt),
  }
}
