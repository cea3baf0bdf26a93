/** 创城: what the units that one reports for owe, the earliest deadline first. */
import { listMyTasks } from '../../api/operations.ts'
import { phonePaths } from '../../paths.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Link } from '../address.tsx'
import { Empty, Page, Shown } from '../parts.tsx'
import { useAsk } from '../reading.ts'
import { useWords } from '../words/index.ts'
import { DueText, type TaskRow } from './due.tsx'

export function Tasks() {
  const { w } = useWords()
  const owed = useAsk(listMyTasks, { query: { limit: 100 } }, { seconds: 60 })
  return (
    <Page title={w.tasks.title}>
      <Shown of={owed}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 && <Empty text={w.tasks.empty} />}
            {items.map((task) => (
              <Owed key={task.id} task={task} />
            ))}
            {nextCursor && <p className="soft">{w.tasks.more}</p>}
          </>
        )}
      </Shown>
    </Page>
  )
}

function Owed({ task }: { task: TaskRow }) {
  const { w } = useWords()
  return (
    <section className="card">
      <p className="when">
        <DueText task={task} />
      </p>
      <strong>
        <Link to={phonePaths.tasks(task.id)}>
          <Given>{`${task.outline} ${task.text}`}</Given>
        </Link>
      </strong>
      <p className="soft">
        <Given>{[task.zone?.name, task.book.title, task.unit.name].filter(Boolean).join(' · ')}</Given>
      </p>
      <p>
        {w.tasks.states[task.state]}
        {task.acceptedLate && ` · ${w.tasks.acceptedLate}`}
        {task.target !== null && ` · ${task.amount ?? 0}/${task.target}${task.measure ?? ''}`}
      </p>
    </section>
  )
}
