/** Which moves a task admits, and what each one makes of its deadline. Pure. */
import type { DateTime } from 'luxon'
import { isCertain } from '#platform/calendar/rules.ts'
import { DomainError } from '#platform/errors.ts'
import { dayIn } from '#platform/time.ts'
import {
  answerBy,
  dueAfter,
  dueOn,
  endOfNextWorkday,
  givenBack,
  halfway,
  type Measure,
  type OfficeTime,
  readLimit,
} from '../due-rules.ts'
import type { DueKind, MoveKind, TaskKind } from '../words.ts'
import { isAdmitted, isLive } from './admission-rules.ts'
import { type FoldedMove, stateOf, type TaskFacts } from './task-facts.ts'

/** What a task was written with and no move changes. */
export interface TaskTerms {
  kind: TaskKind
  dueKind: DueKind
  /** `workdays:3`; null where a day is named, or nothing is due. */
  dueClass: string | null
  /** `YYYY-MM-DD`. */
  dueOn: string | null
  /** How much has to be done, if it can be counted. */
  target: number | null
}

/** What somebody wants to do. */
export interface Wish {
  kind: MoveKind
  at: DateTime
  until?: DateTime | null
  unitId?: string | null
  amount?: number | null
  intoId?: string | null
  /** The register names another bearer: reissued though nobody returned it. */
  bearerChanged?: boolean
}

/** For how many minutes a move may be taken back by its author. */
export const revocableMinutes = 10

/** Extensions that may be asked for in a cycle, refused ones among them. */
export const extensionsMaxOf = (kind: TaskKind) => (kind === 'case' ? 1 : 2)
export const suspensionDaysMax = 90

/** Moves that make no sense without words. */
const needsReason: readonly MoveKind[] = [
  'return',
  'uphold',
  'fail',
  'reopen',
  'ask_extension',
  'refuse_extension',
  'ask_suspension',
  'suspend',
  'refuse_suspension',
  'cancel',
  'dispute',
  'uphold_dispute',
  'refuse_dispute',
  'annul',
  'carry',
  'comment',
  'explain',
]

/** How the time of a task is measured. A named day counts in working days. */
export function measureOf({ dueClass }: TaskTerms): Measure {
  return dueClass ? readLimit(dueClass).measure : 'workdays'
}

/**
 * Whether the deadline is over and no report came. An extension that was asked for in time holds it until decided.
 */
export function isOverdue(task: TaskFacts, at: DateTime): boolean {
  const state = stateOf(task)
  return (
    (state === 'issued' || state === 'accepted') &&
    task.dueAt !== null &&
    task.dueAt <= at &&
    task.asked !== 'extension'
  )
}

/** @throws DomainError `move.incomplete` when a reason is needed and there is none */
export function assertReason(kind: MoveKind, reason: string | null | undefined): void {
  if (needsReason.includes(kind) && !reason) throw incomplete('reason')
}

const notNow = (kind: MoveKind, task: TaskFacts) =>
  new DomainError('conflict', 'move.not_now', 'The state of the task does not admit this.', {
    kind,
    state: stateOf(task),
  })
const incomplete = (needs: string) =>
  new DomainError('invalid', 'move.incomplete', 'Something that this move needs is missing.', { needs })
const tooLate = () => new DomainError('conflict', 'move.too_late', 'The time for this is over.')
const untilUnfit = () =>
  new DomainError('invalid', 'move.until_unfit', 'The date must be later than what holds, within the limit.')

/**
 * A move with its consequences for the deadline.
 * @throws DomainError conflict `move.not_now`, `move.too_late`, `move.limit_reached`; invalid `move.incomplete`,
 * `move.until_unfit`, `task.due_past`
 */
export function moveFrom(
  task: TaskFacts,
  terms: TaskTerms,
  office: OfficeTime,
  wish: Wish,
): Omit<FoldedMove, 'sequence' | 'undoes'> {
  const taken = wish.bearerChanged && isLive(task)
  if (!taken && !isAdmitted(task, wish.kind, terms.kind)) throw notNow(wish.kind, task)
  const { kind, at } = wish
  const move = {
    kind,
    at,
    dueAt: task.dueAt,
    provisional: task.provisional,
    answerBy: task.answerBy,
    until: wish.until ?? null,
    unitId: wish.unitId ?? null,
    amount: wish.amount ?? null,
    intoId: wish.intoId ?? null,
  }
  const measure = measureOf(terms)
  const back = (from: DateTime | null) =>
    counted(
      office,
      measure,
      task.dueAt && from ? givenBack(office, { due: task.dueAt, from, until: at, measure }) : task.dueAt,
    )

  switch (kind) {
    case 'issue':
    case 'reissue':
      if (!move.unitId) throw incomplete('unitId')
      return { ...move, ...termsFrom(terms, office, wish) }
    case 'reopen':
      return { ...move, unitId: move.unitId ?? task.unitId, ...termsFrom(terms, office, wish) }
    case 'return':
      assertReturnable(task, office, at, measure)
      return move
    case 'uphold':
      return { ...move, ...back(task.returnedAt) }
    case 'progress':
      if (move.amount === null) throw incomplete('amount')
      return move
    case 'report':
      if (terms.target !== null && move.amount === null && task.amount === null) throw incomplete('amount')
      return move
    case 'pass':
      if (terms.kind !== 'award') return { ...move, until: null }
      if (!wish.until) throw incomplete('until')
      if (wish.until <= at) throw untilUnfit()
      return move
    case 'dispute':
      assertDisputable(task, at)
      return move
    case 'carry':
      if (!move.intoId) throw incomplete('intoId')
      return move
    case 'fail':
      return { ...move, ...back(task.reportedAt) }
    case 'resume':
      return { ...move, ...back(task.suspendedAt) }
    case 'ask_extension':
      assertExtensible(task, terms, wish)
      return move
    case 'grant_extension': {
      const until = wish.until ?? task.askedUntil
      if (!until || !task.dueAt || until <= at || until < task.dueAt) throw untilUnfit()
      return { ...move, until, dueAt: until, provisional: false }
    }
    case 'refuse_extension': {
      const tomorrow = endOfNextWorkday(office, at)
      return { ...move, ...counted(office, 'workdays', laterOf(task.dueAt, tomorrow)) }
    }
    case 'ask_suspension':
      assertSuspensible(task, at, wish.until ?? null)
      return move
    case 'suspend': {
      const until = wish.until ?? task.askedUntil
      assertSuspensible(task, at, until)
      return { ...move, until }
    }
    default:
      return move
  }
}

/** The deadline of a new cycle: the full limit again, or the named day if it is still to come. */
function termsFrom(terms: TaskTerms, office: OfficeTime, { at, until, bearerChanged }: Wish) {
  if (terms.dueKind !== 'dated')
    return { dueAt: null, provisional: false, answerBy: endOfNextWorkday(office, at) }
  const day = terms.dueOn ? dueOn(office, terms.dueOn) : null
  // Whoever takes over when the day is over, or almost, has the next working day.
  const named = bearerChanged && day && day <= at ? endOfNextWorkday(office, at) : day
  const dueAt = until ?? (terms.dueClass ? dueAfter(office, at, readLimit(terms.dueClass)).at : named)
  if (!dueAt || dueAt <= at)
    throw new DomainError('invalid', 'task.due_past', 'The deadline would be over already.')
  const measure = measureOf(terms)
  // A day that somebody named stands, whatever becomes of the calendar.
  const { provisional } = counted(office, until || !terms.dueClass ? 'hours' : measure, dueAt)
  return { dueAt, provisional, answerBy: answerBy(office, { from: at, due: dueAt, measure }) }
}

/**
 * A deadline that was counted, and whether a notice that is not known yet may make it later: where its last day is certain,
 * every day before it is.
 */
export function counted({ calendar, zone }: OfficeTime, measure: Measure, dueAt: DateTime | null) {
  const provisional = dueAt !== null && measure !== 'hours' && !isCertain(calendar, dayIn(dueAt, zone))
  return { dueAt, provisional }
}

const laterOf = (one: DateTime | null, other: DateTime) => (one && one > other ? one : other)

/** A wrong department may return a task once a cycle, until half of its time is gone. */
function assertReturnable(task: TaskFacts, office: OfficeTime, at: DateTime, measure: Measure): void {
  if (task.upheldAt) throw notNow('return', task)
  const { issuedAt, dueAt } = task
  if (issuedAt && dueAt && at >= halfway(office, { from: issuedAt, due: dueAt, measure })) throw tooLate()
}

function assertExtensible(task: TaskFacts, terms: TaskTerms, { kind, at, until }: Wish): void {
  if (!task.dueAt) throw notNow(kind, task)
  if (task.dueAt <= at) throw tooLate()
  if (task.extensions >= extensionsMaxOf(terms.kind))
    throw new DomainError(
      'conflict',
      'move.limit_reached',
      'An extension was asked for as often as it may be.',
    )
  if (!until || until <= task.dueAt) throw untilUnfit()
}

/** 异议: once, and before the deadline; the clock runs meanwhile. */
function assertDisputable(task: TaskFacts, at: DateTime): void {
  if (task.disputes > 0)
    throw new DomainError('conflict', 'move.limit_reached', 'It was disputed once already.')
  if (task.dueAt && task.dueAt <= at) throw tooLate()
}

/** 挂账: only while it is not overdue, and for 90 days at most. */
function assertSuspensible(task: TaskFacts, at: DateTime, until: DateTime | null): void {
  if (isOverdue(task, at)) throw tooLate()
  if (!until || until <= at || until > at.plus({ days: suspensionDaysMax })) throw untilUnfit()
}
