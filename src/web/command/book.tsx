import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { bookKinds, bookStates, type TaskState, taskStates } from '#modules/command/words.ts'
import { type Book, createTask, listTasks, listUnits, publishBook, readBook } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queryIn } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { Field } from '../ui/office/field.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Listing } from '../ui/office/listing.tsx'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { Given } from '../ui/plain/given.tsx'
import { FunnelBar } from './funnel.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { CityPage } from './page.tsx'
import { TaskTable } from './task-table.tsx'
import { useCityWords } from './words.ts'

type Query = InputOf<typeof listTasks>['query']

/** How far is this book? */
export function Component() {
  const { r } = useCityWords()
  const { bookId = '' } = useParams()
  const { search, set } = useFilters()
  const { act, open, close } = useDialog(['publish', 'task'])
  const found = useAsk(readBook, { params: { bookId } })
  const query = { ...queryIn<Query>(search, ['state', 'overdue', 'cursor', 'limit']), bookId }
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
            <LinkButton to={paths.chart(bookId)} text={r.chart} />
            {book.allowed.edit && <OpenDialog text={r.newTask} open={() => open('task')} />}
            {book.allowed.publish && <OpenDialog primary text={r.publish} open={() => open('publish')} />}
          </>
        )
      }
    >
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {!book && !found.isError && <Skeleton lines={4} />}
      {book && <About book={book} />}
      <search className="filters">
        <StateFilter value={search.get('state')} set={(state) => set({ state })} />
        <Checkbox
          checked={search.get('overdue') === 'true'}
          onChange={({ target }) => set({ overdue: target.checked ? 'true' : null })}
        >
          {r.onlyOverdue}
        </Checkbox>
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
    </CityPage>
  )
}

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
        {say(bookKinds[book.kind])} · {say(bookStates[book.state])} · {r.issuer}：
        <Given>{book.issuer.name}</Given>
        {book.body && (
          <>
            {' · '}
            {r.group}：<Given>{book.body.name}</Given>
          </>
        )}
      </p>
      <FunnelBar funnel={book.funnel} />
      {book.amounts.map(({ measure, amount, target }) => (
        <p key={measure}>{r.amounts(measure, amount, target)}</p>
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

type LimitKey = keyof ReturnType<typeof useCityWords>['r']['limits']

function NewTask({ book, close }: { book: Book; close: () => void }) {
  const { r } = useCityWords()
  const [outline, setOutline] = useState(String(book.funnel.tasks + 1))
  const [text, setText] = useState('')
  const [unit, setUnit] = useState<Named | null>(null)
  const [limit, setLimit] = useState<string | null>('workdays:15')
  const limits = (Object.keys(r.limits) as LimitKey[]).map((value) => ({ value, label: r.limits[value] }))
  const kinds = { project: 'stage', notice: 'reply', award: 'award', work_list: 'leader_visit' } as const
  return (
    <ActDialog
      title={r.newTask}
      confirm={r.newTask}
      first="task-text"
      ready={outline.trim() !== '' && text.trim() !== '' && unit !== null && limit !== null}
      close={close}
      act={async () => {
        const due =
          limit === 'standing'
            ? { dueKind: 'standing' as const }
            : { dueKind: 'dated' as const, dueClass: limit }
        const kind = kinds[book.kind as 'project'] ?? ('item' as const)
        const body = { kind, outline: outline.trim(), text: text.trim(), unitId: unit!.id, ...due }
        await ask(createTask, { params: { bookId: book.id }, body })
        await readAgain(readBook, listTasks)
        return { text: r.taskWritten }
      }}
    >
      <Field label={r.number} name="task-outline">
        <Input
          id="task-outline"
          maxLength={20}
          value={outline}
          onChange={({ target }) => setOutline(target.value)}
        />
      </Field>
      <Field label={r.text} name="task-text">
        <Input.TextArea
          id="task-text"
          rows={3}
          maxLength={1000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
      <Field label={r.unit} name="task-unit">
        <RemoteSelect id="task-unit" value={unit} find={listUnits} onChange={setUnit} />
      </Field>
      <Field label={r.limit} name="task-limit">
        <Choice
          id="task-limit"
          label={r.limit}
          all={r.limit}
          options={limits}
          value={limit}
          onChange={setLimit}
        />
      </Field>
    </ActDialog>
  )
}
