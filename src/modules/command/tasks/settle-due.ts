import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { recordAll } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { eachApart, piecesOf } from '#platform/jobs/each-apart.ts'
import type { AppContext } from '#src/context.ts'
import { dueAfter, endOfNextWorkday, givenBack, type OfficeTime, readLimit } from '../due-rules.ts'
import { officeTime } from '../office-time.ts'
import { tasks } from '../schema.ts'
import { append, movesSoFar } from './append-moves.ts'
import { counted, measureOf, type TaskTerms } from './move-rules.ts'
import { afterMove, type FoldedMove, notIssued, type TaskFacts } from './task-facts.ts'
import { type FullTask, fullTasks } from './task-queries.ts'

/**
 * Counts deadlines again that were told before the notice of their year was known: they move later only, and it is written down
 * as a move. What was certain when it was told stays, whatever becomes of the calendar.
 */
export async function settleDeadlines({
  db,
  now,
  config,
}: Pick<AppContext, 'db' | 'now' | 'config'>): Promise<void> {
  const at = now()
  const rows = await db.read
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.provisional, true), isNull(tasks.closedAt), isNull(tasks.cancelledAt)))
    .orderBy(asc(tasks.id))
  await eachApart(piecesOf(rows, 100), (some) =>
    db.transaction(async (tx) => {
      const office = await officeTime(tx, config)
      const ids = some.map(({ id }) => id)
      for (const full of await fullTasks(tx, inArray(tasks.id, ids))) await settle(tx, full, { office, at })
    }),
  )
}

async function settle(
  tx: Writer,
  { task }: FullTask,
  { office, at }: { office: OfficeTime; at: DateTime },
): Promise<void> {
  if (!task.provisional || !task.dueAt || task.closedAt || task.cancelledAt) return
  const before = await movesSoFar(tx, [task.id])
  const again = countedAgain(before, task, office)
  const dueAt = DateTime.max(task.dueAt, again.dueAt ?? task.dueAt)
  if (+dueAt === +task.dueAt && again.provisional) return
  const { answerBy } = task
  const nothing = { until: null, unitId: null, amount: null, intoId: null, undoes: null, reason: null }
  const by = { byUserId: null, byUnitId: null, operationId: newId() }
  await append(tx, task, before, [
    { kind: 'settle', at, dueAt, provisional: again.provisional, answerBy, ...nothing, ...by },
  ])
  const details = { kind: 'settle' }
  await recordAll(tx, [{ action: 'task.moved', subject: `task:${task.id}`, by: 'system', at, details }])
}

/** What the moves of a task make of its deadline with the calendar as it is known now. */
function countedAgain(moves: readonly FoldedMove[], terms: TaskTerms, office: OfficeTime): TaskFacts {
  const undone = new Set(moves.map(({ undoes }) => undoes))
  return moves
    .filter(({ kind, sequence }) => kind !== 'revoke' && kind !== 'settle' && !undone.has(sequence))
    .reduce(
      (before, move) => afterMove(before, { ...move, ...deadlineAgain(before, move, { terms, office }) }),
      notIssued,
    )
}

function deadlineAgain(
  before: TaskFacts,
  move: FoldedMove,
  { terms, office }: { terms: TaskTerms; office: OfficeTime },
): Pick<FoldedMove, 'dueAt' | 'provisional'> {
  const { kind, at, until, dueAt } = move
  const measure = measureOf(terms)
  const back = (from: DateTime | null) => {
    const due = before.dueAt
    return counted(office, measure, due && from ? givenBack(office, { due, from, until: at, measure }) : due)
  }
  switch (kind) {
    case 'issue':
    case 'reissue':
    case 'reopen':
      if (until || !terms.dueClass) return { dueAt, provisional: false }
      return counted(office, measure, dueAfter(office, at, readLimit(terms.dueClass)).at)
    case 'uphold':
      return back(before.returnedAt)
    case 'fail':
      return back(before.reportedAt)
    case 'resume':
      return back(before.suspendedAt)
    case 'grant_extension':
      return { dueAt, provisional: false }
    case 'refuse_extension':
      return counted(office, 'workdays', DateTime.max(before.dueAt ?? at, endOfNextWorkday(office, at)))
    default:
      return { dueAt: before.dueAt, provisional: before.provisional }
  }
}
