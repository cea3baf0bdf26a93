import { Link } from 'react-router'
import { stateSymbol, taskStates } from '#modules/command/words.ts'
import type { Task } from '../api/operations.ts'
import { dayText, momentText } from '../core/time.ts'
import { cityZone } from '../core/zone.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Given } from '../ui/plain/given.tsx'
import { countsInChinese, outlineDepth } from './task-text.ts'
import { useCityWords } from './words.ts'

/** Until when. */
export function Due({ task }: { task: Pick<Task, 'dueAt' | 'dueOn' | 'dueClass' | 'dueKind' | 'waits'> }) {
  const { r, language } = useCityWords()
  if (task.waits) return <span className="soft">{r.wait}</span>
  if (!task.dueAt) {
    if (task.dueOn) return <span className="nowrap">{task.dueOn}</span>
    const limit = task.dueClass && r.limits[task.dueClass as keyof typeof r.limits]
    if (limit) return <span className="soft">{r.afterIssue(limit)}</span>
    return <span className="soft">{task.dueKind === 'standing' ? r.standing : r.noDate}</span>
  }
  return <span className="nowrap">{momentText(task.dueAt, cityZone(), language)}</span>
}

/** The state as symbol and word; what is odd stands beside it. */
export function State({
  task,
}: {
  task: Pick<Task, 'state' | 'overdue' | 'acceptedLate' | 'carriedIntoId'>
}) {
  const { r, say } = useCityWords()
  const more = [
    ...(task.overdue ? [r.overdue] : []),
    ...(task.acceptedLate ? [r.acceptedLate] : []),
    ...(task.carriedIntoId ? [r.carried] : []),
  ]
  return (
    <span className={task.overdue ? 'nowrap bad' : 'nowrap'}>
      {stateSymbol(task)} {[say(taskStates[task.state]), ...more].join(' · ')}
    </span>
  )
}

/** Tasks as a table; within one book as the tree that its numbers make. */
export function TaskTable({ tasks, old, tree }: { tasks: readonly Task[]; old: boolean; tree?: boolean }) {
  const { r, language } = useCityWords()
  const amountOf = ({ measure, amount, target }: Task) =>
    target === null ? '' : r.amounts(measure ?? '', amount ?? 0, target)
  const awardedOf = ({ awardedUntil }: Task) =>
    awardedUntil && <span className="nowrap">{dayText(awardedUntil, cityZone(), language)}</span>
  const chinese = countsInChinese(tasks.map(({ outline }) => outline))
  const columns: Column<Task>[] = [
    { key: 'number', title: r.number, cell: ({ outline }) => <Given>{outline}</Given> },
    {
      key: 'item',
      title: r.item,
      names: true,
      cell: (task) => (
        <div className={tree ? `outline-${outlineDepth(task.outline, chinese)}` : undefined}>
          <Link to={paths.task(task.id)}>
            <Given>{task.text}</Given>
          </Link>
          {task.zone && (
            <div className="soft">
              <Given>{task.zone.name}</Given>
            </div>
          )}
        </div>
      ),
    },
    ...(tree ? [] : [{ key: 'book', title: r.book, cell: (task: Task) => <Given>{task.book.title}</Given> }]),
    { key: 'unit', title: r.unit, cell: ({ unit }) => <Given>{unit.name}</Given> },
    ...(tasks.some(({ target }) => target !== null)
      ? [{ key: 'amount', title: r.amount, number: true, cell: amountOf }]
      : []),
    { key: 'due', title: r.due, cell: (task) => <Due task={task} /> },
    { key: 'state', title: r.state, cell: (task) => <State task={task} /> },
    ...(tasks.some(({ awardedUntil }) => awardedUntil)
      ? [{ key: 'awarded', title: r.awardedUntil, cell: awardedOf }]
      : []),
  ]
  return <DataTable caption={r.item} columns={columns} rows={tasks} keyOf={({ id }) => id} old={old} />
}
