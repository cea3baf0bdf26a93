import { Button } from 'antd'
import { useParams } from 'react-router'
import { listTasks, readBook, type Task } from '../api/operations.ts'
import { grouped } from '../core/grouped.ts'
import { useAll, useAsk } from '../core/query.ts'
import { momentText } from '../core/time.ts'
import { cityZone } from '../core/zone.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { QrCode } from '../ui/plain/qr.tsx'
import { CityPage } from './page.tsx'
import { SaveChart } from './save-document.tsx'
import { State } from './task-table.tsx'
import { useCityWords } from './words.ts'

/** 挂图: rows by group, symbol and word for the state, a box for stamp and date; never a person's name. Prints on A3. */
export function Component() {
  const { r, language } = useCityWords()
  const { bookId = '' } = useParams()
  const book = useAsk(readBook, { params: { bookId } })
  const found = useAll(listTasks, { query: { bookId } })
  const groups = grouped(found.data ?? [], ({ body }) => body?.name ?? '')
  const due = (task: Task) =>
    task.dueAt
      ? momentText(task.dueAt, cityZone(), language)
      : task.dueKind === 'standing'
        ? r.standing
        : r.noDate
  return (
    <CityPage
      title={book.data?.title ?? r.chart}
      given={book.data !== undefined}
      question={r.chartQuestion}
      acts={
        <>
          {book.data && <SaveChart book={book.data} />}
          <Button onClick={() => window.print()}>{r.printChart}</Button>
        </>
      }
    >
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={10} />}
      <div className="chart-head">
        <p className="chart-symbols">{r.symbols}</p>
        <QrCode address={window.location.href} label={r.chartLive} />
      </div>
      {[...groups].map(([group, tasks]) => (
        <section key={group} className="panel table" aria-label={group || r.chart}>
          {group && (
            <h2 className="padded">
              <Given>{group}</Given>
            </h2>
          )}
          <table className="data chart">
            <caption>{group || r.chart}</caption>
            <thead>
              <tr>
                {[r.number, r.item, r.unit, r.supporting, r.due, r.state, r.stamp].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {tasks.map((task) => (
                <tr key={task.id}>
                  <td>
                    <Given>{task.outline}</Given>
                  </td>
                  <th scope="row">
                    <Given>{task.text}</Given>
                  </th>
                  <td>
                    <Given>{task.unit.name}</Given>
                  </td>
                  <td>
                    <Given>{task.supporting.map(({ name }) => name).join('、')}</Given>
                  </td>
                  <td>{due(task)}</td>
                  <td>
                    <State task={task} />
                  </td>
                  <td className="stamp" />
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </CityPage>
  )
}
