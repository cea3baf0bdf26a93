import type { listMyTasks } from '../../api/operations.ts'
import type { AnswerOf } from '../../core/operation.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { useWords } from '../words/index.ts'

export type TaskRow = AnswerOf<typeof listMyTasks>['items'][number]

/** Until when: never by colour alone. */
export function DueText({ task }: { task: Pick<TaskRow, 'dueAt' | 'overdue' | 'dueKind'> }) {
  const { w, language } = useWords()
  if (!task.dueAt) return <>{task.dueKind === 'standing' ? w.tasks.standing : w.tasks.noDate}</>
  const by = w.tasks.by(momentText(task.dueAt, cityZone(), language))
  return task.overdue ? (
    <span className="wrong">
      ▲ {w.tasks.overdue} · {by}
    </span>
  ) : (
    <span>{by}</span>
  )
}
