import type { EventDetail, Plan, Shift } from '../../api/operations.ts'
import { listShifts } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { periodText } from '../../core/time.ts'
import { useDistricts } from '../../grid/districts.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'

type Quality = NonNullable<Plan['quality']>
type Goal = Quality['goals'][number]
type Shortage = Plan['shortages'][number]

/** A complete proposal: its figures, what matters most, its goals, and why places stay empty. */
export function Proposal({ event, plan }: { event: EventDetail; plan: Plan }) {
  const { w } = useWords()
  const { quality } = plan
  if (!quality) return null
  return (
    <>
      <Figures plan={plan} people={quality.people} />
      <Panel label={w.plan.headlines}>
        <h2>{w.plan.headlines}</h2>
        <Headlines plan={plan} />
      </Panel>
      <div className="panel table">
        <Goals goals={quality.goals} />
      </div>
      {plan.shortages.length > 0 && <Shortages event={event} plan={plan} />}
    </>
  )
}

function Figures({ plan, people }: { plan: Plan; people: Quality['people'] }) {
  const { plan: p } = useWords().w
  const districts = useDistricts()
  const figures: [string, number | null][] = [
    [p.placed, people.placed],
    [p.placeable, people.placeable],
    [p.standby, people.standby],
    [p.missing, plan.shortagesTotal],
    [p.moved, plan.peopleMoved],
  ]
  return (
    <section className="figures panel" aria-label={p.result}>
      {figures
        .filter(([, figure]) => figure !== null)
        .map(([label, figure]) => (
          <div key={label}>
            <strong>{figure}</strong>
            <span>{label}</span>
          </div>
        ))}
      {plan.state !== 'applied' && plan.appliedDistricts.length > 0 && (
        <p className="sum">
          {p.appliedDistricts}{' '}
          <Given>{plan.appliedDistricts.map((code) => districts.nameOf(code) ?? code).join(' · ')}</Given>
        </p>
      )}
    </section>
  )
}

/** A sentence of the planner: in the language of the page, with the names that people gave. */
function Sentence({ text }: { text: { zh: string; en: string } }) {
  const { say } = useWords()
  return <span translate="no">{say(text)}</span>
}

function Headlines({ plan }: { plan: Plan }) {
  const { plan: p } = useWords().w
  const trade = plan.trade ? [plan.trade.text] : []
  const texts = [
    ...plan.headlines.map(({ text }) => text),
    ...trade,
    ...plan.unescorted.map(({ text }) => text),
  ]
  if (texts.length === 0) return <p>{p.noHeadlines}</p>
  return (
    <ul className="dots">
      {texts.map((text) => (
        <li key={text.zh}>
          <Sentence text={text} />
        </li>
      ))}
    </ul>
  )
}

function Goals({ goals }: { goals: Goal[] }) {
  const { w, say, language } = useWords()
  const { plan: p } = w
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: 2 })
  const columns: Column<Goal>[] = [
    { key: 'goal', title: p.goal, names: true, cell: ({ name }) => say(name) },
    { key: 'achieved', title: p.achieved, number: true, cell: ({ achieved }) => format.format(achieved) },
    {
      key: 'bound',
      title: p.bound,
      cell: ({ achieved, bound }) => {
        if (bound === null) return <span className="soft">{p.unknown}</span>
        // Bounds of goals with fractions are reckoned, not counted.
        return Math.abs(bound - achieved) < 0.005 ? (
          <span className="good">✓ {p.best}</span>
        ) : (
          p.boundIs(format.format(bound))
        )
      },
    },
  ]
  return <DataTable caption={p.goals} columns={columns} rows={goals} keyOf={({ goal }) => goal} />
}

/** How many of the shortages stand on the page. */
const shownMax = 20

function Shortages({ event, plan }: { event: EventDetail; plan: Plan }) {
  const { w, language } = useWords()
  const { plan: p } = w
  const shifts = useAsk(listShifts, { params: { eventId: event.id }, query: { limit: 200, below: 'max' } })
  const byId = new Map(shifts.data?.items.map((shift): [string, Shift] => [shift.id, shift]))
  const rows = plan.shortages.slice(0, shownMax)
  const columns: Column<Shortage>[] = [
    {
      key: 'place',
      title: p.place,
      names: true,
      cell: ({ shiftId }) => <Given>{byId.get(shiftId)?.zone.name ?? '…'}</Given>,
    },
    {
      key: 'time',
      title: p.time,
      cell: ({ shiftId }) => {
        const shift = byId.get(shiftId)
        return (
          shift && (
            <span className="nowrap">
              {periodText(shift.startsAt, shift.endsAt, event.timeZone, language)}
            </span>
          )
        )
      },
    },
    { key: 'missing', title: p.missingHeads, number: true, cell: ({ missing }) => missing },
    { key: 'why', title: p.why, cell: ({ reason }) => <Sentence text={reason} /> },
    { key: 'levers', title: p.levers, cell: (shortage) => <Levers shortage={shortage} /> },
  ]
  return (
    <div className="panel table">
      <DataTable
        caption={p.shortages}
        columns={columns}
        rows={rows}
        keyOf={({ shiftId, kind, skill }) => `${shiftId} ${kind} ${skill ?? ''}`}
      />
      <div className="below">{p.shortagesShown(rows.length, plan.shortagesTotal)}</div>
    </div>
  )
}

/** What would help, the cheapest first, each with its foreseen gain. */
function Levers({ shortage }: { shortage: Shortage }) {
  const { say } = useWords()
  if (shortage.levers.length === 0) return <span className="soft">—</span>
  return (
    <ul className="dots" translate="no">
      {shortage.levers.slice(0, 2).map(({ lever, text }) => (
        <li key={lever}>{say(text)}</li>
      ))}
    </ul>
  )
}
