/** Moves that nobody asked for by name: the service makes them, or a slice above has seen that somebody may. */
import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { recordAll } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { OfficeTime } from '../due-rules.ts'
import { escalationId, type Level } from '../escalation/escalation-rules.ts'
import { tasks } from '../schema.ts'
import { append, movesSoFar } from './append-moves.ts'
import type { Moving } from './make-move.ts'
import { moveFrom } from './move-rules.ts'
import { factsOf } from './task-facts.ts'
import type { FullTask } from './task-queries.ts'

/**
 * A move that the service makes because its time has come: an unanswered return is upheld, a suspension ends.
 * @returns whether the task still admitted it
 */
export async function moveByTime(
  tx: Writer,
  { task }: FullTask,
  { kind, office, at }: { kind: 'uphold' | 'resume'; office: OfficeTime; at: DateTime },
): Promise<boolean> {
  const facts = factsOf(task)
  if (kind === 'uphold' ? facts.returnedAt === null : facts.suspendedAt === null) return false
  const before = await movesSoFar(tx, [task.id])
  const move = { ...moveFrom(facts, task, office, { kind, at }), undoes: null }
  const operationId = newId()
  await append(tx, task, before, [{ ...move, reason: null, operationId, byUserId: null, byUnitId: null }])
  await recordAll(tx, [
    { action: 'task.moved', subject: `task:${task.id}`, by: 'system', at, details: { kind } },
  ])
  return true
}

/**
 * 申诉成立: the finding that a case comes from does not stand, so the case never was one, even if it is closed. Whoever calls
 * has seen that somebody who may has decided so. One that was cancelled already is left alone.
 */
export async function annulTask(
  tx: Writer,
  { task }: FullTask,
  { reason, office, by, at }: Omit<Moving, 'decided'> & { reason: string },
): Promise<void> {
  if (task.cancelledAt || !task.issuedAt) return
  const before = await movesSoFar(tx, [task.id])
  const move = { ...moveFrom(factsOf(task), task, office, { kind: 'annul', at }), undoes: null }
  const operationId = newId()
  await append(tx, task, before, [{ ...move, reason, operationId, byUserId: by.userId, byUnitId: null }])
  const details = { kind: 'annul' }
  await recordAll(tx, [{ action: 'task.moved', subject: `task:${task.id}`, by, at, details }])
}

/**
 * 撤回: whoever brought up what the task is about takes it back before it is decided. The caller has seen that they may. One that
 * was settled already is left alone.
 */
export async function withdrawTask(
  tx: Writer,
  { task, unit }: FullTask,
  { reason, office, by, at }: Omit<Moving, 'decided'> & { reason: string | null },
): Promise<void> {
  if (task.cancelledAt || task.closedAt) return
  const before = await movesSoFar(tx, [task.id])
  const move = { ...moveFrom(factsOf(task), task, office, { kind: 'cancel', at }), undoes: null }
  const operationId = newId()
  await append(tx, task, before, [{ ...move, reason, operationId, byUserId: by.userId, byUnitId: unit.id }])
  const details = { kind: 'cancel' }
  await recordAll(tx, [{ action: 'task.moved', subject: `task:${task.id}`, by, at, details }])
}

/**
 * The register says that somebody else bears it now (三定): it is issued to them with its full time, in a cycle of its own.
 * Whoever calls has seen that it is open and that nobody is just checking it.
 */
export async function reassignTask(
  tx: Writer,
  { task, issuer }: FullTask,
  { unitId, office, by, at }: Omit<Moving, 'by'> & { unitId: string; by: Actor | 'system' },
): Promise<void> {
  const before = await movesSoFar(tx, [task.id])
  const wish = { kind: 'reissue', at, unitId, bearerChanged: true } as const
  const move = { ...moveFrom(factsOf(task), task, office, wish), undoes: null }
  const byUserId = by === 'system' ? null : by.userId
  await append(tx, task, before, [
    { ...move, reason: null, operationId: newId(), byUserId, byUnitId: issuer.id },
  ])
  await recordAll(tx, [
    { action: 'task.moved', subject: `task:${task.id}`, by, at, details: { kind: 'reissue' } },
  ])
}

/**
 * 反弹: what was signed off was found again, and is owed anew by whoever answers today, in a cycle of its own.
 * @returns whether the task was signed off; any other is left alone
 */
export async function reopenTask(
  tx: Writer,
  taskId: string,
  {
    unitId,
    reason,
    office,
    by,
    at,
  }: Omit<Moving, 'by'> & { unitId: string; reason: string; by: Actor | 'system' },
): Promise<boolean> {
  const [task] = await tx.select().from(tasks).where(eq(tasks.id, taskId))
  if (!task?.closedAt) return false
  const before = await movesSoFar(tx, [taskId])
  const move = { ...moveFrom(factsOf(task), task, office, { kind: 'reopen', at, unitId }), undoes: null }
  const byUserId = by === 'system' ? null : by.userId
  await append(tx, task, before, [{ ...move, reason, operationId: newId(), byUserId, byUnitId: null }])
  const details = { kind: 'reopen' }
  await recordAll(tx, [{ action: 'task.moved', subject: `task:${taskId}`, by, at, details }])
  return true
}

/**
 * 督办: writes down that a level was reached; the task itself stays as it is. Once for each deadline of each cycle, and once
 * for each report that nobody checks, and for a dispute that nobody decides.
 * @returns whether it is new
 */
export async function escalateTask(
  tx: Writer,
  taskId: string,
  { level, at }: { level: Level | 'unchecked' | 'undecided'; at: DateTime },
): Promise<boolean> {
  const [task] = await tx.select().from(tasks).where(eq(tasks.id, taskId))
  const before = await movesSoFar(tx, [taskId])
  const { cycle, attempts, dueAt } = task!
  const isWaiting = typeof level === 'string' || !dueAt
  const operationId = isWaiting
    ? `escalate:${level}:${cycle}:${attempts}`
    : escalationId(level, { cycle, dueAt })
  if (before.some((move) => move.operationId === operationId)) return false
  const { answerBy, provisional } = task!
  const nothing = { until: null, unitId: null, intoId: null, undoes: null, reason: null }
  const by = { byUserId: null, byUnitId: null }
  const amount = typeof level === 'string' ? null : level
  await append(tx, task!, before, [
    { kind: 'escalate', at, dueAt, provisional, answerBy, amount, operationId, ...nothing, ...by },
  ])
  return true
}
