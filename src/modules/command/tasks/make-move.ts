import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { coversUnit } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { recordAll } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { assertEditable } from '../books/editable-book.ts'
import type { OfficeTime } from '../due-rules.ts'
import { hasPicture } from '../evidence/task-pictures.ts'
import { tasks } from '../schema.ts'
import { type MoveKind, revocable } from '../words.ts'
import { isOrphaned } from './admission-rules.ts'
import { append, movesSoFar } from './append-moves.ts'
import { assertPart, checkerOf } from './assert-part.ts'
import { assertReason, moveFrom, revocableMinutes } from './move-rules.ts'
import { factsOf } from './task-facts.ts'
import { type FullTask, fullTask, fullTasks, type MoveRow } from './task-queries.ts'

/** What somebody asks for. `id` is chosen by the client: a repeated request does nothing twice. */
export interface MoveInput {
  id: string
  kind: MoveKind
  reason?: string | null
  until?: DateTime | null
  unitId?: string | null
  amount?: number | null
  /** `carry`: the task of a year plan. */
  intoId?: string | null
}

export interface Moving {
  office: OfficeTime
  by: Actor
  at: DateTime
  /** The slice above that decides on what the task is about makes the move itself. */
  decided?: boolean
}

/** Moves that issue a task to a unit. */
const issues: readonly MoveKind[] = ['issue', 'reissue', 'reopen']

/** What an appeal is about is decided by the slice that took it up; its task admits words only. */
const besideDecision: readonly MoveKind[] = ['comment', 'explain']

/**
 * Makes one move of a task. The row becomes the fold of all its moves; when it is signed off, the stage after it is issued.
 * @throws DomainError `task.missing`, `unit.missing`, everything `assertPart` and `moveFrom` throw; conflict `task.waits`,
 * `task.carried_open`, `move.into_unfit`, `move.decided_elsewhere`, `book.closed`, `book.not_published`
 */
export async function makeMove(
  tx: Writer,
  { taskId, input, ...moving }: Moving & { taskId: string; input: MoveInput },
): Promise<void> {
  const full = await fullTask(tx, taskId, moving.by)
  const { kind, reason = null } = input
  const before = await movesSoFar(tx, [taskId])
  if (before.some(({ operationId }) => operationId === input.id)) return
  const byUnitId = await assertPart(tx, full, kind, moving.by)
  if (full.task.kind === 'appeal' && full.task.subject && !moving.decided && !besideDecision.includes(kind))
    throw new DomainError('conflict', 'move.decided_elsewhere', 'It is decided where it was made.')
  assertReason(kind, reason)
  assertOpen(full, kind)
  if (kind === 'issue' && full.waits)
    throw new DomainError('conflict', 'task.waits', 'The task before it is not signed off yet.')
  const named = issues.includes(kind) || kind === 'return' ? (input.unitId ?? null) : null
  const unitId = named ?? (kind === 'issue' ? full.unit.id : null)
  if (unitId) await assertTakes(tx, full, kind, { unitId, by: moving.by })
  if (kind === 'carry' && input.intoId) await assertInto(tx, full, input.intoId, moving.by)
  if (kind === 'pass') await assertNothingCarried(tx, taskId)
  const undoes = kind === 'revoke' ? revocableOf(before, moving) : null
  const bearerChanged = kind === 'reissue' && isOrphaned(factsOf(full.task), full.unit)
  const wish = { ...input, kind, unitId, at: moving.at, bearerChanged }
  const move = { ...moveFrom(factsOf(full.task), full.task, moving.office, wish), undoes }
  if (kind === 'dispute' && !(await hasPicture(tx, full)))
    throw new DomainError('invalid', 'move.incomplete', 'A dispute needs a picture.', { needs: 'picture' })
  await append(tx, full.task, before, [
    { ...move, reason, operationId: input.id, byUserId: moving.by.userId, byUnitId },
  ])
  await recordAll(tx, [
    { action: 'task.moved', subject: `task:${taskId}`, by: moving.by, at: moving.at, details: { kind } },
  ])
  if (kind === 'pass') await issueFollowing(tx, taskId, moving)
}

/**
 * Issues many tasks at once: those of a book that is published, or the stages that waited for one. Tasks that are issued
 * already are left alone.
 * @throws DomainError invalid `task.due_past`
 */
export async function issueTasks(
  tx: Writer,
  some: readonly FullTask[],
  { office, by, at }: Omit<Moving, 'by'> & { by: Actor | 'system' },
): Promise<number> {
  const drafts = some.filter(({ task }) => task.issuedAt === null && task.cancelledAt === null)
  const byUserId = by === 'system' ? null : by.userId
  for (const full of drafts) {
    const { task, issuer } = full
    const wish = { kind: 'issue', at, unitId: task.unitId } as const
    const move = { ...moveFrom(factsOf(task), task, office, wish), undoes: null }
    const operationId = newId()
    await append(tx, task, [], [{ ...move, reason: null, operationId, byUserId, byUnitId: issuer.id }])
  }
  const details = { kind: 'issue' }
  await recordAll(
    tx,
    drafts.map(({ task }) => ({ action: 'task.moved', subject: `task:${task.id}`, by, at, details })),
  )
  return drafts.length
}

/** A book that is closed keeps its tasks as they are; one that is not published issues none. */
function assertOpen({ book }: FullTask, kind: MoveKind): void {
  if (book.closedAt && kind !== 'comment')
    throw new DomainError('conflict', 'book.closed', 'The book is closed.')
  if (!book.publishedAt) throw new DomainError('conflict', 'book.not_published', 'Publish the book first.')
}

/**
 * A unit that is given a task must be there, open, and have somebody who could sign it off; another one than before must be
 * within reach, as when a task is written. Whoever returns a task may say that it is any unit's.
 */
async function assertTakes(
  db: Reader,
  full: FullTask,
  kind: MoveKind,
  { unitId, by }: { unitId: string; by: Actor },
): Promise<void> {
  const [unit] = await db
    .select({
      ...{ id: units.id, name: units.name, path: units.path },
      ...{ districtCode: units.districtCode, closedAt: units.closedAt },
    })
    .from(units)
    .where(and(eq(units.id, unitId), isNull(units.closedAt)))
  const beyond = (one: { id: string; path: string; districtCode: string | null }) =>
    issues.includes(kind) && one.id !== full.unit.id && !coversUnit(reachOf(by, 'books.edit'), one)
  if (!unit || beyond(unit))
    throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
  if (kind !== 'return') checkerOf({ ...full, unit })
}

/** A task is carried into an open one of a year plan that the same person may edit. */
async function assertInto(tx: Writer, full: FullTask, intoId: string, by: Actor): Promise<void> {
  const into = await fullTask(tx, intoId, by)
  const open = into.task.closedAt === null && into.task.cancelledAt === null
  if (into.book.kind !== 'year_plan' || !open || intoId === full.task.id || full.book.kind === 'year_plan')
    throw new DomainError('conflict', 'move.into_unfit', 'A task is carried into an open one of a year plan.')
  assertEditable(into.book, into.issuer, by)
}

/** What was carried into a year plan keeps it open. */
async function assertNothingCarried(tx: Writer, taskId: string): Promise<void> {
  const open = and(eq(tasks.carriedIntoId, taskId), isNull(tasks.closedAt), isNull(tasks.cancelledAt))
  const left = await tx.$count(tasks, open)
  if (left > 0)
    throw new DomainError('conflict', 'task.carried_open', 'Tasks that were carried into it are open.', {
      open: left,
    })
}

/** Moves that change nothing, so that what came before them can still be taken back. */
const leavesNoTrace: readonly MoveKind[] = ['revoke', 'comment', 'explain', 'escalate']

/** The last move that counts, if its author may still take it back. */
function revocableOf(before: readonly MoveRow[], { by, at }: Moving): number {
  const undone = new Set(before.map(({ undoes }) => undoes))
  const standing = before.filter(
    ({ kind, sequence }) => !undone.has(sequence) && !leavesNoTrace.includes(kind),
  )
  const last = standing.at(-1)
  if (!last || !revocable.includes(last.kind))
    throw new DomainError('conflict', 'move.not_now', 'The last move cannot be taken back.', {
      kind: 'revoke',
    })
  if (last.byUserId !== by.userId)
    throw new DomainError('forbidden', 'move.not_yours', 'Only its author takes it back.', { part: 'author' })
  if (at >= last.at.plus({ minutes: revocableMinutes }))
    throw new DomainError('conflict', 'move.too_late', 'It was too long ago to be taken back.')
  return last.sequence
}

async function issueFollowing(tx: Writer, taskId: string, moving: Moving): Promise<void> {
  const following = await fullTasks(tx, and(eq(tasks.afterId, taskId), isNull(tasks.issuedAt)))
  await issueTasks(
    tx,
    following.filter(({ book }) => book.publishedAt !== null && book.closedAt === null),
    moving,
  )
}
