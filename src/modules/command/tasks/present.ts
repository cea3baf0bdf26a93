import type { Actor } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import { type MoveKind, moveKinds, revocable } from '../words.ts'
import { isAdmitted, isOrphaned, partOf } from './admission-rules.ts'
import { partsOf } from './assert-part.ts'
import type { MoveView, TaskView, WholeTaskView } from './contract.ts'
import { isOverdue } from './move-rules.ts'
import { checkingUnit } from './sign-off-rules.ts'
import { factsOf, stateOf } from './task-facts.ts'
import type { FullTask, NamedMove, Showing } from './task-queries.ts'

const iso = (at: Parameters<typeof isoOf>[0] | null) => at && isoOf(at)
const named = <T extends { id: string; name: string }>(thing: T) => ({ id: thing.id, name: thing.name })

/** A task as the API shows it to one reader at one moment. */
export function presentTask(full: FullTask, { reader, at, nameOf }: Showing): TaskView {
  const { task, book, unit, issuer, body, zone, leader, supporting, waits } = full
  const facts = factsOf(task)
  const checker = checkingUnit(task.kind, unit, full)
  const late = task.answerBy !== null && (task.acceptedAt ?? at) > task.answerBy && task.returnedAt === null
  return {
    id: task.id,
    version: task.version,
    book: { id: book.id, title: book.title, kind: book.kind },
    kind: task.kind,
    outline: task.outline,
    text: task.text,
    acceptance: task.acceptance,
    unit: named(unit),
    supporting,
    issuer: named(issuer),
    checker: checker && named(checker),
    body,
    leader: leader && { id: leader.id, name: nameOf(leader.id, leader.name) },
    zone,
    afterId: task.afterId,
    waits,
    dueKind: task.dueKind,
    dueClass: task.dueClass,
    dueOn: task.dueOn,
    target: task.target,
    amount: task.amount,
    measure: task.measure,
    state: stateOf(facts),
    overdue: isOverdue(facts, at),
    acceptedLate: late,
    issuedAt: iso(task.issuedAt),
    answerBy: iso(task.answerBy),
    firstDueAt: iso(task.firstDueAt),
    dueAt: iso(task.dueAt),
    reportedAt: iso(task.reportedAt),
    closedAt: iso(task.closedAt),
    suspendedUntil: iso(task.suspendedUntil),
    cancelledAt: iso(task.cancelledAt),
    asked: task.asked,
    askedUntil: iso(task.askedUntil),
    disputedAt: iso(task.disputedAt),
    falseAt: iso(task.falseAt),
    carriedIntoId: task.carriedIntoId,
    awardedUntil: iso(task.awardedUntil),
    attempts: task.attempts,
    extensions: task.extensions,
    cycle: task.cycle,
    createdAt: isoOf(task.createdAt),
    allowed: { moves: movesFor(full, reader) },
  }
}

/** What a reader may do now by role and state; `revoke` is offered beside the moves themselves. */
function movesFor(full: FullTask, reader: Actor): MoveKind[] {
  const { book, task, waits } = full
  if (!book.publishedAt || book.closedAt) return []
  const parts = partsOf(full, reader)
  const facts = factsOf(task)
  return (Object.keys(moveKinds) as MoveKind[]).filter(
    (kind) =>
      kind !== 'revoke' &&
      !(kind === 'issue' && waits) &&
      parts.has(partOf(kind, task.kind)) &&
      (isAdmitted(facts, kind, task.kind) || (kind === 'reissue' && isOrphaned(facts, full.unit))),
  )
}

/** A task with everything that happened to it. */
export function presentWholeTask(
  full: FullTask,
  moves: readonly NamedMove[],
  showing: Showing,
): WholeTaskView {
  const undone = new Set(moves.map(({ move }) => move.undoes))
  return { ...presentTask(full, showing), moves: moves.map((each) => presentMove(each, undone)) }
}

function presentMove({ move, by, byUnit, unit }: NamedMove, undone: ReadonlySet<number | null>): MoveView {
  return {
    sequence: move.sequence,
    kind: move.kind,
    at: isoOf(move.at),
    by,
    byUnit,
    reason: move.reason,
    dueAt: iso(move.dueAt),
    until: iso(move.until),
    unit,
    amount: move.amount,
    intoId: move.intoId,
    undoes: move.undoes,
    undone: revocable.includes(move.kind) && undone.has(move.sequence),
    attempt: move.attempt,
    cycle: move.cycle,
  }
}
