import { Checkbox } from 'antd'
import { useParams } from 'react-router'
import { bookKinds, bookStates, type TaskState, taskStates } from '#modules/command/words.ts'
import { type Book, listTasks, publishBook, readBook } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { readAgain, readAll, useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Listing } from '../ui/office/listing.tsx'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { TakeList } from '../ui/office/take-list.tsx'
import { Given } from '../ui/plain/given.tsx'
import { CarryOver } from './carry-over.tsx'
import { CloseBook } from './close-book.tsx'
import { EditBook } from './edit-book.tsx'
import { FunnelBar } from './funnel.tsx'
import { NewTask } from './new-task.tsx'
import { FreezeFigures, NoticeFigures } from './notice.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { CityPage } from './page.tsx'
import { SaveBook } from './save-document.tsx'
import { TaskTable, useTaskColumns } from './task-table.tsx'
import { useCityWords } from './words.ts'

type Query = InputOf<typeof listTasks>['query']

/** How far is this book? */
export function Component() {
  const { r } = useCityWords()
  const { bookId = '' } = useParams()
  const { search, set } = useFilters()
  const { act, open, close } = useDialog(['publish', 'task', 'edit', 'carry', 'freeze', 'close'])
  const found = useAsk(readBook, { params: { bookId } })
  const query = { ...queryIn<Query>(search, ['state', 'overdue', 'cursor', 'limit']), bookId }
  const filter = queryIn<Query>(search, ['state', 'overdue'])
  const columns = useTaskColumns(true)
  const tasks = useAsk(listTasks, { query: { limit: 200, ...query } })
  const book = found.data
  return (
    <CityPage
      title={book?.title ?? r.book}
      given={book !== undefined}
      question={r.bookQuestion}
      acts={
        book && (
          <>
            <SaveBook book={book} />
            <LinkButton to={paths.chart(bookId)} text={r.chart} />
            {book.allowed.edit && <LinkButton to={paths.bookTemplates(bookId)} text={r.templates} />}
            {book.allowed.edit && <OpenDialog text={r.editBook} open={() => open('edit')} />}
            {carries(book) && <OpenDialog text={r.carry} open={() => open('carry')} />}
            {book.allowed.edit && <OpenDialog text={r.newTask} open={() => open('task')} />}
            {book.allowed.close && (
              <OpenDialog
                text={book.state === 'closed' ? r.reopenBook : r.closeBook}
                open={() => open('close')}
              />
            )}
            {book.allowed.publish && <OpenDialog primary text={r.publish} open={() => open('publish')} />}
          </>
        )
      }
    >
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {!book && !found.isError && <Skeleton lines={4} />}
      {book && <About book={book} />}
      {book?.kind === 'notice' && <NoticeFigures book={book} freeze={() => open('freeze')} />}
      <search className="filters">
        <StateFilter value={search.get('state')} set={(state) => set({ state })} />
        <Checkbox
          checked={search.get('overdue') === 'true'}
          onChange={({ target }) => set({ overdue: target.checked ? 'true' : null })}
        >
          {r.onlyOverdue}
        </Checkbox>
        {book && tasks.data && tasks.data.items.length > 0 && (
          <TakeList
            name={book.title}
            rows={() => readAll(listTasks, { query: { ...filter, bookId } })}
            columns={columns}
          />
        )}
      </search>
      <Listing
        found={tasks}
        filtered={['state', 'overdue'].some((name) => search.get(name))}
        empty={{ all: r.emptyTasks, filtered: r.emptyFiltered }}
        count={r.found}
      >
        {(some, old) => <TaskTable tasks={some} old={old} tree />}
      </Listing>
      {book && act === 'publish' && <Publish book={book} close={close} />}
      {book && act === 'task' && <NewTask book={book} close={close} />}
      {book && act === 'edit' && <EditBook book={book} close={close} />}
      {book && act === 'carry' && <CarryOver book={book} close={close} />}
      {book && act === 'close' && <CloseBook book={book} close={close} />}
      {book && act === 'freeze' && <FreezeFigures book={book} close={close} />}
    </CityPage>
  )
}

/** Whether there may be something to carry into a year plan. */
const carries = ({ kind, state, allowed, funnel }: Book) =>
  allowed.edit &&
  state === 'published' &&
  kind !== 'year_plan' &&
  funnel.closed + funnel.cancelled + funnel.draft < funnel.tasks

function StateFilter({ value, set }: { value: string | null; set: (state: string | null) => void }) {
  const { r, say } = useCityWords()
  const states = (Object.keys(taskStates) as TaskState[]).map((state) => ({
    value: state,
    label: say(taskStates[state]),
  }))
  return <Choice label={r.state} all={r.anyState} options={states} value={value} onChange={set} />
}

function About({ book }: { book: Book }) {
  const { r, say } = useCityWords()
  return (
    <Panel label={r.book}>
      <p>
        {say(bookKinds[book.kind])} · {say(bookStates[book.state])} · {r.issuer}
        {r.colon}
        <Given>{book.issuer.name}</Given>
        {book.body && (
          <>
            {' · '}
            {r.group}
            {r.colon}
            <Given>{book.body.name}</Given>
          </>
        )}
        {book.validUntil && ` · ${r.valid(book.validUntil)}`}
      </p>
      {book.text && (
        <p className="book-text">
          <Given>{book.text}</Given>
        </p>
      )}
      {book.kind === 'award' && <p className="soft">{r.revokeHint}</p>}
      <FunnelBar funnel={book.funnel} />
      {book.amounts.map(({ measure, amount, target }) => (
        <div key={measure} className="amounts">
          {r.amounts(measure, amount, target)}
          <progress max={target} value={Math.min(amount, target)} aria-label={r.amount} />
        </div>
      ))}
      {!book.allowed.edit && <p className="soft">{r.only}</p>}
    </Panel>
  )
}

function Publish({ book, close }: { book: Book; close: () => void }) {
  const { r } = useCityWords()
  return (
    <ActDialog
      title={r.publish}
      confirm={r.publish}
      ready={book.funnel.tasks > 0}
      close={close}
      again={() => readAgain(readBook, listTasks)}
      act={async () => {
        await ask(publishBook, { params: { bookId: book.id } }, { version: book.version })
        await readAgain(readBook, listTasks)
        return { text: r.published }
      }}
    >
      <p>{r.publishLead(book.funnel.draft)}</p>
    </ActDialog>
  )
}
