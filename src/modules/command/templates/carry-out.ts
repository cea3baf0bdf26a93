import { eq, inArray, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { Seen } from '#platform/previews/index.ts'
import type { FullBook } from '../books/book-rows.ts'
import type { OfficeTime } from '../due-rules.ts'
import { tasks, taskUnits } from '../schema.ts'
import { issueTasks } from '../tasks/make-move.ts'
import { neverDue } from '../tasks/never-due.ts'
import { reassignTask } from '../tasks/service-moves.ts'
import { fullTasks } from '../tasks/task-queries.ts'
import type { Expansion } from './expansion-rules.ts'
import type { TemplateRow } from './template-queries.ts'
import type { Skipped } from './wanted.ts'

export interface Found extends Expansion {
  seen: Seen
  template: TemplateRow
  full: FullBook
  period: string
  dueOn: string | null
  skipped: Skipped[]
  office: OfficeTime
}

interface Making {
  by: Actor | 'system'
  at: DateTime
}

/** Makes, reissues and, where the book is published, issues. @returns how many were made */
export async function carryOut(tx: Writer, found: Found, { by, at }: Making): Promise<number> {
  const { template, full, office } = found
  const ids = await makeTasks(tx, found, at)
  const published = full.book.publishedAt !== null && full.book.closedAt === null
  if (published && ids.length > 0) {
    await inChunks(ids, 200, async (some) => {
      const made = await fullTasks(tx, inArray(tasks.id, some))
      await issueTasks(tx, made, { office, by, at })
    })
  }
  await changeBearers(tx, found, { by, at })
  const reissued = found.change.filter(({ reissue }) => reissue).length
  if (ids.length > 0 || reissued > 0) {
    const details = { id: template.id, period: found.period, made: ids.length, reissued }
    await record(tx, { action: 'template.expanded', subject: `book:${template.bookId}`, by, at, details })
  }
  return ids.length
}

async function makeTasks(tx: Writer, found: Found, at: DateTime): Promise<string[]> {
  const { template, make, dueOn } = found
  if (make.length === 0) return []
  const { bookId, kind, text, acceptance, bodyId, target, measure, dueClass } = template
  const dueKind = dueOn || dueClass ? ('dated' as const) : ('standing' as const)
  const [last] = await tx
    .select({ position: sql<number>`coalesce(max(${tasks.position}), 0)`.mapWith(Number) })
    .from(tasks)
    .where(eq(tasks.bookId, bookId))
  const outlines = await freeOutlines(tx, template, make.length)
  const common = { bookId, kind, text, acceptance, bodyId, target, measure, dueClass, dueOn, dueKind }
  const rows = make.map(({ key, unitId, zoneId, leaderPersonId }, n) => ({
    ...{ ...common, id: newId(), templateId: template.id, expansionKey: key, unitId, zoneId, leaderPersonId },
    outline: outlines[n]!,
    position: (last?.position ?? 0) + n + 1,
    dueOrder: neverDue,
    createdAt: at,
  }))
  await inChunks(rows, 200, (some) => tx.insert(tasks).values(some))
  const helping = make.flatMap(({ supportingUnitIds }, n) =>
    supportingUnitIds.map((unitId) => ({ id: newId(), taskId: rows[n]!.id, unitId })),
  )
  await inChunks(helping, 200, (some) => tx.insert(taskUnits).values(some))
  return rows.map(({ id }) => id)
}

/**
 * The next numbers of a template in its book: those after what was made of it, but for numbers that tasks have which somebody wrote
 * by hand, or which were left when a draft was taken out.
 */
async function freeOutlines(
  tx: Writer,
  { id, bookId, outline, scope, cadence }: TemplateRow,
  count: number,
): Promise<string[]> {
  const rows = await tx.select({ outline: tasks.outline }).from(tasks).where(eq(tasks.bookId, bookId))
  const taken = new Set(rows.map((row) => row.outline))
  const free = scope === 'once' && cadence === 'once' && !taken.has(outline) ? [outline] : []
  for (let n = (await tx.$count(tasks, eq(tasks.templateId, id))) + 1; free.length < count; n++)
    if (!taken.has(`${outline}-${n}`)) free.push(`${outline}-${n}`)
  return free
}

/** Whoever bears it now owes it: a draft is rewritten, what was issued is issued anew. */
async function changeBearers(tx: Writer, { change, office }: Found, { by, at }: Making): Promise<void> {
  for (const { made, wanted, key, reissue } of change) {
    const { unitId, leaderPersonId } = wanted
    await tx.update(tasks).set({ expansionKey: key, leaderPersonId }).where(eq(tasks.id, made.id))
    if (!reissue) continue
    const [full] = await fullTasks(tx, eq(tasks.id, made.id))
    if (full!.task.issuedAt) await reassignTask(tx, full!, { unitId, office, by, at })
    else await tx.update(tasks).set({ unitId }).where(eq(tasks.id, made.id))
  }
}
