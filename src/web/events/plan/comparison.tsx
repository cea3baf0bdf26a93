import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { comparePlans, type PlanComparison } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'

type Goal = PlanComparison['goals'][number]
type District = PlanComparison['districts'][number]

/** Two proposals side by side: by goal and by district. */
export function Comparison({ planId, otherId }: { planId: string; otherId: string }) {
  const { w, say, language } = useWords()
  const { plan: p } = w
  const navigate = useNavigate()
  const found = useAsk(comparePlans, { params: { planId, otherId } })
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: 2 })
  const goals: Column<Goal>[] = [
    { key: 'goal', title: p.goal, names: true, cell: ({ name }) => say(name) },
    { key: 'first', title: p.thisOne, number: true, cell: ({ first }) => format.format(first) },
    { key: 'second', title: p.otherOne, number: true, cell: ({ second }) => format.format(second) },
  ]
  const pair = (of: { first: number; second: number }) => p.pair(of.first, of.second)
  const districts: Column<District>[] = [
    { key: 'district', title: p.district, names: true, cell: ({ name }) => <Given>{name}</Given> },
    { key: 'placed', title: p.districtPlaced, number: true, cell: ({ placed }) => pair(placed) },
    { key: 'minimum', title: p.districtMinimum, number: true, cell: ({ minimum }) => pair(minimum) },
    { key: 'target', title: p.districtTarget, number: true, cell: ({ target }) => pair(target) },
  ]
  return (
    <Panel label={p.comparison}>
      <div className="stack">
        <div className="selection">
          <h2>{p.comparison}</h2>
          <Button onClick={() => void navigate({ search: `plan=${planId}` })}>{p.closeComparison}</Button>
        </div>
        {found.isPending && <Skeleton lines={6} />}
        {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
        {found.data && (
          <>
            <p>{p.comparisonLead(found.data.samePlace, found.data.moved)}</p>
            <DataTable caption={p.goals} columns={goals} rows={found.data.goals} keyOf={({ goal }) => goal} />
            <DataTable
              caption={p.district}
              columns={districts}
              rows={found.data.districts}
              keyOf={({ districtCode }) => districtCode}
            />
          </>
        )}
      </div>
    </Panel>
  )
}
