import { useParams } from 'react-router'
import { type MoveKind, moveKinds } from '#modules/command/words.ts'
import { listTaskPictures, readBook, readTask, type WholeTask } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { useDialog } from '../ui/office/dialogs.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { Given } from '../ui/plain/given.tsx'
import { DeleteTask, EditTask } from './edit-task.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { MovesTable } from './moves-table.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { CityPage } from './page.tsx'
import { TaskPictures } from './task-pictures.tsx'
import { Due, State } from './task-table.tsx'
import { useCityWords } from './words.ts'

/** The acts that a page offers; what needs another task or unit named is done elsewhere. */
const offered: readonly MoveKind[] = (Object.keys(moveKinds) as MoveKind[]).filter(
  (kind) => !['carry', 'escalate', 'revoke'].includes(kind),
)

/** How does it stand, and what can I do about it? */
export function Component() {
  const { r, say } = useCityWords()
  const { taskId = '' } = useParams()
  const { act, open, close } = useDialog([...offered, 'edit', 'delete'] as const)
  const found = useAsk(readTask, { params: { taskId } })
  const task = found.data
  // Its book says who may write in it; once it is issued a task changes by moves only.
  const isDraft = task?.state === 'draft'
  const book = useAsk(readBook, { params: { bookId: task?.book.id ?? '' } }, { skip: !isDraft })
  const mayEdit = isDraft && book.data?.id === task.book.id && book.data.allowed.edit
  const move = offered.find((kind) => kind === act)
  const mine = offered.filter((kind) => task?.allowed.moves.includes(kind))
  return (
    <CityPage
      title={task ? `${task.outline} ${task.text}`.slice(0, 60) : r.task}
      given={task !== undefined}
      question={r.taskQuestion}
    >
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {!task && !found.isError && <Skeleton lines={8} />}
      {task && (
        <div className="room">
          <Facts task={task} />
          <Panel label={r.acts}>
            <h2>{r.acts}</h2>
            {mine.length === 0 && !mayEdit && <p className="soft">{r.nothingNow}</p>}
            <p className="task-acts">
              {mine.map((kind, n) => (
                <OpenDialog
                  key={kind}
                  primary={n === 0 && kind !== 'comment'}
                  text={say(moveKinds[kind])}
                  open={() => open(kind)}
                />
              ))}
              {mayEdit && <OpenDialog text={r.editTask} open={() => open('edit')} />}
              {mayEdit && <OpenDialog text={r.deleteTask} open={() => open('delete')} />}
            </p>
          </Panel>
          <TaskPictures task={task} />
          <MovesTable moves={task.moves} />
          {move && <MoveDialog task={task} kind={move} close={close} also={[listTaskPictures]} />}
          {act === 'edit' && mayEdit && <EditTask task={task} close={close} />}
          {act === 'delete' && mayEdit && <DeleteTask task={task} close={close} />}
        </div>
      )}
    </CityPage>
  )
}

function Facts({ task }: { task: WholeTask }) {
  const { r } = useCityWords()
  const facts: [string, React.ReactNode][] = [
    [r.state, <State key="state" task={task} />],
    [r.due, <Due key="due" task={task} />],
    [r.unit, <Given key="unit">{task.unit.name}</Given>],
    ...(task.supporting.length > 0
      ? ([[r.supporting, <Given key="with">{task.supporting.map(({ name }) => name).join('、')}</Given>]] as [
          string,
          React.ReactNode,
        ][])
      : []),
    [r.issuer, <Given key="issuer">{task.issuer.name}</Given>],
    [r.checker, task.checker ? <Given key="checker">{task.checker.name}</Given> : r.nobody],
    [r.book, <Given key="book">{task.book.title}</Given>],
  ]
  if (task.zone) facts.push([r.place, <Given key="zone">{task.zone.name}</Given>])
  if (task.leader) facts.push([r.leader, <Given key="leader">{task.leader.name}</Given>])
  if (task.acceptance) facts.push([r.acceptance, <Given key="acceptance">{task.acceptance}</Given>])
  if (task.target !== null)
    facts.push([r.amount, r.amounts(task.measure ?? '', task.amount ?? 0, task.target)])
  return (
    <Panel label={r.task}>
      <dl className="task-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
