import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { planStates, policies } from '#modules/planning/words.ts'
import type { EventDetail, Plan } from '../../api/operations.ts'
import { momentText } from '../../core/time.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useWords } from '../../words/index.ts'

interface Props {
  event: EventDetail
  plans: Plan[]
  /** The id of the one on the page. */
  shown: string | undefined
}

/** All proposals of the event, the latest first. */
export function PlanList({ event, plans, shown }: Props) {
  const { w, say, language } = useWords()
  const { plan: p } = w
  const navigate = useNavigate()
  const go = (query: Record<string, string>) =>
    void navigate({ search: new URLSearchParams(query).toString() })
  const columns: Column<Plan>[] = [
    {
      key: 'when',
      title: p.when,
      names: true,
      cell: ({ createdAt }) => momentText(createdAt, event.timeZone, language),
    },
    { key: 'policy', title: p.policy, cell: ({ policy }) => say(policies[policy]) },
    { key: 'state', title: p.state, cell: ({ state }) => say(planStates[state]) },
    { key: 'placed', title: p.placed, number: true, cell: ({ quality }) => quality?.people.placed ?? '—' },
    {
      key: 'missing',
      title: p.missing,
      number: true,
      cell: (plan) => (plan.quality ? plan.shortagesTotal : '—'),
    },
    {
      key: 'act',
      title: w.quotas.act,
      cell: ({ id, quality }) =>
        id === shown ? (
          <span className="soft">{p.shown}</span>
        ) : (
          <span className="acts">
            <Button size="small" onClick={() => go({ plan: id })}>
              {p.look}
            </Button>
            {quality && shown && (
              <Button size="small" onClick={() => go({ plan: shown, compare: id })}>
                {p.compare}
              </Button>
            )}
          </span>
        ),
    },
  ]
  return (
    <div className="panel table">
      <DataTable caption={p.all} columns={columns} rows={plans} keyOf={({ id }) => id} />
      <div className="below">{p.found(plans.length)}</div>
    </div>
  )
}
