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

/** Until when: as text, and whether that is a day. */
function useDueText() {
  const { r, language } = useCityWords()
  return ({ dueAt, dueOn, dueClass, dueKind, waits }: Due): { text: string; isDay: boolean } => {
    const words = (text: string) => ({ text, isDay: false })
    if (waits) return words(r.wait)
    if (dueAt) return { text: momentText(dueAt, cityZone(), language), isDay: true }
    if (dueOn) return { text: dueOn, isDay: true }
    const limit = dueClass && r.limits[dueClass as keyof typeof r.limits]
    if (limit) return words(r.afterIssue(limit))
    return words(dueKind === 'standing' ? r.standing : r.noDate)
  }
}

type Due = Pick<Task, 'dueAt' | 'dueOn' | 'dueClass' | 'dueKind' | 'waits'>

/** Until when. */
export function Due({ task }: { task: Due }) {
  const { text, isDay } = useDueText()(task)
  return <span className={isDay ? 'nowrap' : 'soft'}>{text}</span>
}

type Standing = Pick<Task, 'state' | 'overdue' | 'acceptedLate' | 'carriedIntoId'>

/** The state in words; what is odd stands beside it. */
function useStateText() {
  const { r, say } = useCityWords()
  return ({ state, overdue, acceptedLate, carriedIntoId }: Standing) =>
    [
      say(taskStates[state]),
      ...(overdue ? [r.overdue] : []),
      ...(acceptedLate ? [r.acceptedLate] : []),
      ...(carriedIntoId ? [r.carried] : []),
    ].join(' · ')
}

/** The state as symbol and word. */
export function State({ task }: { task: Standing }) {
  const text = useStateText()(task)
  return (
    <span className={task.overdue ? 'nowrap bad' : 'nowrap'}>
      {stateSymbol(task)} {text}
    </span>
  )
}

/** The columns of these tasks; within one book as the tree that its numbers make. */
export function useTaskColumns(tree = false): (tasks: readonly Task[]) => Column<Task>[] {
  const { r, language } = useCityWords()
  const dueText = useDueText()
  const stateText = useStateText()
  const amountOf = ({ measure, amount, target }: Task) =>
    target === null ? '' : r.amounts(measure ?? '', amount ?? 0, target)
  const awardedText = ({ awardedUntil }: Task) => awardedUntil && dayText(awardedUntil, cityZone(), language)
  const bookOf: Column<Task> = {
    key: 'book',
    title: r.book,
    cell: ({ book }) => <Given>{book.title}</Given>,
    text: ({ book }) => book.title,
  }
  const amount: Column<Task> = {
    key: 'amount',
    title: r.amount,
    number: true,
    cell: amountOf,
    text: amountOf,
  }
  const awarded: Column<Task> = {
    key: 'awarded',
    title: r.awardedUntil,
    cell: (task) => <span className="nowrap">{awardedText(task)}</span>,
    text: awardedText,
  }
  return (tasks) => {
    const chinese = countsInChinese(tasks.map(({ outline }) => outline))
    return [
      {
        key: 'number',
        title: r.number,
        cell: ({ outline }) => <Given>{outline}</Given>,
        text: ({ outline }) => outline,
      },
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
        text: ({ text, zone }) => (zone ? `${text} ${zone.name}` : text),
      },
      ...(tree ? [] : [bookOf]),
      {
        key: 'unit',
        title: r.unit,
        cell: ({ unit }) => <Given>{unit.name}</Given>,
        text: ({ unit }) => unit.name,
      },
      ...(tasks.some(({ target }) => target !== null) ? [amount] : []),
      { key: 'due', title: r.due, cell: (task) => <Due task={task} />, text: (task) => dueText(task).text },
      { key: 'state', title: r.state, cell: (task) => <State task={task} />, text: stateText },
      ...(tasks.some(({ awardedUntil }) => awardedUntil) ? [awarded] : []),
    ]
  }
}

/** Tasks as a table. */
export function TaskTable({ tasks, old, tree }: { tasks: readonly Task[]; old: boolean; tree?: boolean }) {
  const { r } = useCityWords()
  const columns = useTaskColumns(tree)(tasks)
  return <DataTable caption={r.item} columns={columns} rows={tasks} keyOf={({ id }) => id} old={old} />
}
