import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { taskStates } from '#modules/command/words.ts'
import { severities, visitRoles } from '#modules/inspection/words.ts'
import { type Case, listCases, listPointVisits, type Point, type Visit } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { dayText, momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { usePointWords } from '../words/index.ts'

/** Who was here before, the latest first. */
export function PointVisits({ point, cursor }: { point: Point; cursor?: string }) {
  const { r } = usePointWords()
  const [more, setMore] = useState(false)
  const query = { limit: 20, ...(cursor ? { cursor } : {}) }
  const found = useAsk(listPointVisits, { params: { pointId: point.id }, query })
  if (found.isError) return <Trouble error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Skeleton lines={4} />
  const { items, nextCursor } = found.data
  if (items.length === 0) return <p className="padded soft">{r.noVisits}</p>
  return (
    <>
      <VisitTable visits={items} />
      {nextCursor && !more && (
        <p className="padded">
          <Button onClick={() => setMore(true)}>{r.moreVisits}</Button>
        </p>
      )}
      {nextCursor && more && <PointVisits point={point} cursor={nextCursor} />}
    </>
  )
}

function VisitTable({ visits }: { visits: Visit[] }) {
  const { r, say, language } = usePointWords()
  const percent = (pair: Visit['balanced']) => (pair ? pair.percent.toFixed(2) : r.none)
  const columns: Column<Visit>[] = [
    {
      key: 'round',
      title: r.round,
      names: true,
      cell: ({ roundId, roundLabel }) =>
        roundId && roundLabel ? (
          <Link to={paths.round(roundId)}>
            <Code>{roundLabel}</Code>
          </Link>
        ) : (
          r.patrol
        ),
    },
    { key: 'role', title: r.role, cell: ({ role }) => say(visitRoles[role]) },
    {
      key: 'at',
      title: r.receivedAt,
      cell: ({ receivedAt }) => (
        <span className="nowrap">{receivedAt && momentText(receivedAt, cityZone(), language)}</span>
      ),
    },
    { key: 'balanced', title: r.scoreBalanced, number: true, cell: ({ balanced }) => percent(balanced) },
    { key: 'pooled', title: r.scorePooled, number: true, cell: ({ pooled }) => percent(pooled) },
    { key: 'unseen', title: r.unseen, number: true, cell: ({ unseen }) => unseen ?? r.none },
  ]
  return <DataTable caption={r.visits} columns={columns} rows={visits} keyOf={({ id }) => id} />
}

/** What was found here and is to be put right, as far as the reader sees it. */
export function PointCases({ point }: { point: Point }) {
  const { r, say, language } = usePointWords()
  const found = useAsk(listCases, { query: { pointId: point.id, limit: 50 } })
  if (found.isError) return <Trouble error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Skeleton lines={4} />
  if (found.data.items.length === 0) return <p className="padded soft">{r.noCases}</p>
  const columns: Column<Case>[] = [
    {
      key: 'number',
      title: r.number,
      names: true,
      cell: ({ id, number }) => (
        <Link to={paths.case(id)}>
          <Code>{number}</Code>
        </Link>
      ),
    },
    {
      key: 'standard',
      title: r.standard,
      cell: ({ standard }) => <Given>{standard.text}</Given>,
    },
    { key: 'severity', title: r.severity, cell: ({ severity }) => say(severities[severity]) },
    { key: 'foundAt', title: r.foundAt, cell: ({ foundAt }) => dayText(foundAt, cityZone(), language) },
    {
      key: 'state',
      title: r.taskState,
      cell: ({ taskState, overdue }) => (
        <>
          {taskState ? say(taskStates[taskState]) : r.notIssued}
          {overdue && <span className="bad"> ! {r.overdue}</span>}
        </>
      ),
    },
  ]
  return <DataTable caption={r.cases} columns={columns} rows={found.data.items} keyOf={({ id }) => id} />
}
