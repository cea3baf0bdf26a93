import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { listTasks, readCharge, type Task, type TaskCharge } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { useFilters } from '../ui/office/filters.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Empty, Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { CityPage } from './page.tsx'
import { Due, State } from './task-table.tsx'
import { useCityWords } from './words.ts'

type Unit = TaskCharge['items'][number]

/** Which units have tasks that nobody explained, and each of them. */
export function Component() {
  const { r } = useCityWords()
  const { search, set } = useFilters()
  const found = useAsk(readCharge, {})
  const unitId = search.get('unit')
  const chosen = found.data?.items.find(({ unit }) => unit.id === unitId)
  const columns: Column<Unit>[] = [
    {
      key: 'unit',
      title: r.unit,
      names: true,
      cell: ({ unit }) => (
        <Button type="link" aria-pressed={unit.id === unitId} onClick={() => set({ unit: unit.id })}>
          <Given>{unit.name}</Given>
        </Button>
      ),
    },
    { key: 'items', title: r.items, number: true, cell: ({ items }) => items },
    { key: 'explained', title: r.explained, number: true, cell: ({ explained }) => explained },
    { key: 'left', title: r.left, number: true, cell: ({ items, explained }) => items - explained },
    { key: 'unaccepted', title: r.acceptedLate, number: true, cell: ({ unaccepted }) => unaccepted },
    { key: 'overdue', title: r.overdue, number: true, cell: ({ overdue }) => overdue },
  ]
  return (
    <CityPage
      title={r.explaining}
      question={r.explainingQuestion}
      acts={<LinkButton to={paths.blindSpots()} text={r.toSpots} />}
    >
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={8} />}
      {found.data && (
        <section className="panel table" aria-label={r.explaining}>
          {found.data.items.length === 0 ? (
            <Empty text={r.emptyCharge} />
          ) : (
            <DataTable
              caption={r.explaining}
              columns={columns}
              rows={found.data.items}
              keyOf={({ unit }) => unit.id}
            />
          )}
        </section>
      )}
      {chosen && <LeftOf unit={chosen.unit} />}
    </CityPage>
  )
}

/** What nobody explained to one unit, line by line. */
function LeftOf({ unit }: { unit: Unit['unit'] }) {
  const { r } = useCityWords()
  const { act, of, open, close } = useDialog(['explain'])
  const found = useAsk(listTasks, {
    query: { unitId: unit.id, kind: 'item', open: true, explained: false, limit: 100 },
  })
  const tasks = found.data?.items ?? []
  const explained = tasks.find(({ id }) => id === of)
  // Somebody else may explain it meanwhile: then it is in this list no more, and what is typed about it stays.
  const [seen, setSeen] = useState<Task>()
  if (explained && explained !== seen) setSeen(explained)
  const about = explained ?? (seen?.id === of ? seen : undefined)
  const columns: Column<Task>[] = [
    { key: 'number', title: r.number, cell: ({ outline }) => <Given>{outline}</Given> },
    {
      key: 'item',
      title: r.item,
      names: true,
      cell: ({ id, text, acceptance }) => (
        <>
          <Link to={paths.task(id)}>
            <Given>{text}</Given>
          </Link>
          {acceptance && (
            <div className="soft">
              <Given>{acceptance}</Given>
            </div>
          )}
        </>
      ),
    },
    { key: 'due', title: r.due, cell: (task) => <Due task={task} /> },
    { key: 'state', title: r.state, cell: (task) => <State task={task} /> },
    {
      key: 'act',
      title: r.acts,
      cell: ({ id, allowed }) =>
        allowed.moves.includes('explain') && (
          <Button onClick={() => open('explain', id)}>{r.explained}</Button>
        ),
    },
  ]
  return (
    <section className="panel table" aria-label={r.left}>
      <h2 className="padded">
        <Given>{r.leftOf(unit.name)}</Given>
      </h2>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={5} />}
      {found.isSuccess && tasks.length === 0 && <p className="padded soft">{r.explainedAll}</p>}
      {tasks.length > 0 && (
        <DataTable caption={r.left} columns={columns} rows={tasks} keyOf={({ id }) => id} />
      )}
      {act && about && <MoveDialog task={about} kind={act} close={close} also={[readCharge]} />}
    </section>
  )
}
