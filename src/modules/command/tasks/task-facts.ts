/** What the moves of a task have made of it. Pure: the row of a task is always the fold of its moves. */
import type { DateTime } from 'luxon'
import type { MoveKind, TaskState } from '../words.ts'

/** The part of a task's row that only moves change. */
export interface TaskFacts {
  /** The unit that owes it; another one after it was reissued. */
  unitId: string | null
  issuedAt: DateTime | null
  /** Until when the unit is asked to accept or return it. */
  answerBy: DateTime | null
  acceptedAt: DateTime | null
  returnedAt: DateTime | null
  /** The issuer kept it where it was; it is not returned again in this cycle. */
  upheldAt: DateTime | null
  reportedAt: DateTime | null
  closedAt: DateTime | null
  suspendedAt: DateTime | null
  suspendedUntil: DateTime | null
  cancelledAt: DateTime | null
  /** The deadline when it was issued, and the one in force. */
  firstDueAt: DateTime | null
  dueAt: DateTime | null
  /** A yearly notice that is not known yet may make the deadline later. */
  provisional: boolean
  /** What the unit has asked for and nobody has decided yet. */
  asked: 'extension' | 'suspension' | null
  askedUntil: DateTime | null
  /** The unit says that the finding is wrong (异议), and nobody has decided yet. */
  disputedAt: DateTime | null
  /** Disputes of this cycle: one at most. */
  disputes: number
  /** It was a false finding (误报): outside every figure. */
  falseAt: DateTime | null
  /** The task of a year plan that it was carried into (结转). */
  carriedIntoId: string | null
  /** An award holds until then. */
  awardedUntil: DateTime | null
  /** How much of the target is done. */
  amount: number | null
  /** Reports, and extensions that were decided, of this cycle: refused ones count like granted ones. */
  attempts: number
  extensions: number
  /** Counts from 1; reissuing and reopening begin a new one. */
  cycle: number
}

/** A move as far as the fold needs it. `dueAt` is the deadline in force after it. */
export interface FoldedMove {
  sequence: number
  kind: MoveKind
  at: DateTime
  dueAt: DateTime | null
  /** A yearly notice that is not known yet may make it later. */
  provisional: boolean
  answerBy: DateTime | null
  /** Asked for, granted or suspended until. */
  until: DateTime | null
  /** The unit it is issued to, or that is proposed. */
  unitId: string | null
  amount: number | null
  /** `carry`: the task it is carried into. */
  intoId: string | null
  /** `revoke`: the sequence of the move that is taken back. */
  undoes: number | null
}

/** A task before its first move. */
export const notIssued: TaskFacts = {
  unitId: null,
  issuedAt: null,
  answerBy: null,
  acceptedAt: null,
  returnedAt: null,
  upheldAt: null,
  reportedAt: null,
  closedAt: null,
  suspendedAt: null,
  suspendedUntil: null,
  cancelledAt: null,
  firstDueAt: null,
  dueAt: null,
  provisional: false,
  asked: null,
  askedUntil: null,
  disputedAt: null,
  disputes: 0,
  falseAt: null,
  carriedIntoId: null,
  awardedUntil: null,
  amount: null,
  attempts: 0,
  extensions: 0,
  cycle: 0,
}

/** The part of the row that only moves change. */
export function factsOf(task: TaskFacts): TaskFacts {
  return {
    unitId: task.unitId,
    issuedAt: task.issuedAt,
    answerBy: task.answerBy,
    acceptedAt: task.acceptedAt,
    returnedAt: task.returnedAt,
    upheldAt: task.upheldAt,
    reportedAt: task.reportedAt,
    closedAt: task.closedAt,
    suspendedAt: task.suspendedAt,
    suspendedUntil: task.suspendedUntil,
    cancelledAt: task.cancelledAt,
    firstDueAt: task.firstDueAt,
    dueAt: task.dueAt,
    provisional: task.provisional,
    asked: task.asked,
    askedUntil: task.askedUntil,
    disputedAt: task.disputedAt,
    disputes: task.disputes,
    falseAt: task.falseAt,
    carriedIntoId: task.carriedIntoId,
    awardedUntil: task.awardedUntil,
    amount: task.amount,
    attempts: task.attempts,
    extensions: task.extensions,
    cycle: task.cycle,
  }
}

export function stateOf(task: TaskFacts): TaskState {
  if (task.cancelledAt) return 'cancelled'
  if (task.closedAt) return 'closed'
  if (task.suspendedAt) return 'suspended'
  if (task.reportedAt) return 'reported'
  if (task.returnedAt) return 'returned'
  if (task.acceptedAt) return 'accepted'
  return task.issuedAt ? 'issued' : 'draft'
}

/** All moves in order of `sequence`; those that were taken back leave no trace but in the list. */
export function foldMoves(moves: readonly FoldedMove[]): TaskFacts {
  const undone = new Set(moves.map(({ undoes }) => undoes))
  return moves
    .filter(({ kind, sequence }) => kind !== 'revoke' && !undone.has(sequence))
    .reduce(afterMove, notIssued)
}

const nothingAsked = { asked: null, askedUntil: null } as const

const deadlineOf = ({ dueAt, provisional }: Pick<FoldedMove, 'dueAt' | 'provisional'>) => ({
  dueAt,
  provisional,
})

/** Whichever way it is decided, it was asked for: nobody defers a deadline by asking again and again. */
const extensionDecided = (move: FoldedMove, { extensions }: TaskFacts) => ({
  ...deadlineOf(move),
  ...nothingAsked,
  extensions: extensions + 1,
})

/** What a move changes; what is not named stays. */
const changes: Record<MoveKind, (move: FoldedMove, before: TaskFacts) => Partial<TaskFacts>> = {
  issue: (move, before) => newCycle(move, before),
  reissue: (move, before) => newCycle(move, before),
  reopen: (move, before) => ({ ...newCycle(move, before), unitId: move.unitId ?? before.unitId }),
  accept: ({ at }) => ({ acceptedAt: at }),
  return: ({ at }) => ({ returnedAt: at, acceptedAt: null, ...nothingAsked }),
  uphold: ({ at, ...due }) => ({ returnedAt: null, acceptedAt: at, upheldAt: at, ...deadlineOf(due) }),
  progress: ({ at, amount }, { acceptedAt }) => ({ amount, acceptedAt: acceptedAt ?? at }),
  report: ({ at, amount }, before) => ({
    reportedAt: at,
    acceptedAt: before.acceptedAt ?? at,
    attempts: before.attempts + 1,
    amount: amount ?? before.amount,
    ...nothingAsked,
  }),
  pass: ({ at, until }) => ({ closedAt: at, awardedUntil: until, disputedAt: null }),
  fail: (move) => ({ reportedAt: null, ...deadlineOf(move) }),
  ask_extension: ({ until }) => ({ asked: 'extension', askedUntil: until }),
  grant_extension: (move, before) => extensionDecided(move, before),
  refuse_extension: (move, before) => extensionDecided(move, before),
  ask_suspension: ({ until }) => ({ asked: 'suspension', askedUntil: until }),
  suspend: ({ at, until }, { acceptedAt }) => ({
    suspendedAt: at,
    suspendedUntil: until,
    acceptedAt: acceptedAt ?? at,
    ...nothingAsked,
  }),
  refuse_suspension: () => nothingAsked,
  resume: (move) => ({ suspendedAt: null, suspendedUntil: null, ...deadlineOf(move) }),
  settle: (move) => deadlineOf(move),
  cancel: ({ at }) => ({ cancelledAt: at, disputedAt: null }),
  dispute: ({ at }, { disputes }) => ({ disputedAt: at, disputes: disputes + 1 }),
  uphold_dispute: ({ at }) => ({ cancelledAt: at, falseAt: at, disputedAt: null }),
  refuse_dispute: () => ({ disputedAt: null }),
  annul: ({ at }) => ({ cancelledAt: at, falseAt: at, closedAt: null, disputedAt: null }),
  carry: ({ intoId }) => ({ carriedIntoId: intoId }),
  escalate: () => ({}),
  explain: () => ({}),
  comment: () => ({}),
  revoke: () => ({}),
}

export function afterMove(before: TaskFacts, move: FoldedMove): TaskFacts {
  return { ...before, ...changes[move.kind](move, before) }
}

/** Amounts that were reported and what it was carried into stay; everything else begins anew. */
function newCycle(move: FoldedMove, before: TaskFacts): TaskFacts {
  const { at, unitId, dueAt, provisional, answerBy } = move
  return {
    ...notIssued,
    unitId,
    issuedAt: at,
    answerBy,
    firstDueAt: dueAt,
    dueAt,
    provisional,
    amount: before.amount,
    carriedIntoId: before.carriedIntoId,
    cycle: before.cycle + 1,
  }
}
