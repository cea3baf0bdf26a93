import { Button } from 'antd'
import { useState } from 'react'
import { terms } from '#modules/reports/words.ts'
import {
  type EventDetail,
  type EventReport,
  exportReport,
  readBulletin,
  readReport,
} from '../../api/operations.ts'
import { addressOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { momentText } from '../../core/time.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { Empty, Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { ShareBar } from '../../ui/plain/share-bar.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { Freeze, Snapshots } from './snapshots.tsx'

type Total = EventReport['total']
type Line = EventReport['breakdowns']['district'][number]
const outcomes = ['arrived', 'absent', 'unanswered', 'declined', 'excused', 'cancelled'] as const

/** How many came, and what is told? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      help="report"
      title={w.report.title}
      question={w.report.question}
      acts={(event) => <Acts event={event} />}
    >
      {(event) => <Report event={event} />}
    </EventPage>
  )
}

function Acts({ event }: { event: EventDetail }) {
  const { w, language } = useWords()
  const permissions = useStore(me)?.permissions ?? []
  const href = addressOf(exportReport, { params: { eventId: event.id }, query: { language } })
  // What is frozen is of the whole event, and its organiser's.
  const mayFreeze = permissions.includes('reports.snapshot') && event.allowed.includes('publishEvent')
  return (
    <>
      <Button href={href} download>
        {w.report.download}
      </Button>
      {mayFreeze && <Freeze event={event} />}
    </>
  )
}

function Report({ event }: { event: EventDetail }) {
  const { w, language } = useWords()
  const found = useAsk(readReport, { params: { eventId: event.id }, query: {} })
  const report = found.data?.event.id === event.id ? found.data : undefined
  if (!report) {
    return (
      <div className="panel">
        {found.isError ? (
          <Trouble error={found.error} again={() => void found.refetch()} />
        ) : (
          <Skeleton lines={10} />
        )}
      </div>
    )
  }
  return (
    <>
      <p className="soft">
        {w.report.asOf(momentText(report.cutOffAt, event.timeZone, language))}
        {report.partial && ` · ${w.report.partial}`}
      </p>
      {report.total.assigned === 0 ? (
        <div className="panel">
          <Empty text={w.report.none} />
        </div>
      ) : (
        <>
          <Outcomes total={report.total} />
          <Breakdown report={report} />
        </>
      )}
      <Bulletin event={event} />
      {event.allowed.includes('publishEvent') && <Snapshots event={event} />}
    </>
  )
}

/** What became of every place, in bars. */
function Outcomes({ total }: { total: Total }) {
  const { w, say, language } = useWords()
  const { report: r } = w
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: 1 })
  const rows = outcomes.filter((outcome) => total[outcome] > 0 || outcome === 'arrived')
  const columns: Column<(typeof outcomes)[number]>[] = [
    { key: 'outcome', title: r.outcome, names: true, cell: (outcome) => say(terms[outcome]) },
    { key: 'count', title: r.count, number: true, cell: (outcome) => total[outcome] },
    {
      key: 'share',
      title: r.share,
      cell: (outcome) => (
        <ShareBar part={total[outcome]} whole={total.assigned} strong={outcome === 'arrived'} />
      ),
    },
  ]
  return (
    <section className="panel table" aria-label={r.result}>
      <DataTable caption={r.result} columns={columns} rows={rows} keyOf={(outcome) => outcome} />
      <div className="below">
        <span>
          {say(terms.assigned)} {total.assigned} · {say(terms.countedHeads)} {total.countedHeads} · {r.hours}{' '}
          {r.hoursText(format.format(total.minutes / 60))}
        </span>
      </div>
    </section>
  )
}

const parts = ['district', 'zoneKind', 'unit', 'parent'] as const

/** The same by district, kind of zone or unit, the one on the page named by the address. */
function Breakdown({ report }: { report: EventReport }) {
  const { w, say, language } = useWords()
  const { report: r } = w
  const { search, set } = useFilters()
  const by = parts.find((part) => part === search.get('by')) ?? 'district'
  const names = { district: r.byDistrict, zoneKind: r.byZoneKind, unit: r.byUnit, parent: r.byParent }
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: 1 })
  const columns: Column<Line>[] = [
    {
      key: 'name',
      title: r.by,
      names: true,
      cell: ({ name }) => <Given>{language === 'zh' ? name.zh : name.en}</Given>,
    },
    { key: 'assigned', title: say(terms.assigned), number: true, cell: ({ figures }) => figures.assigned },
    { key: 'arrived', title: say(terms.arrived), number: true, cell: ({ figures }) => figures.arrived },
    {
      key: 'share',
      title: r.share,
      cell: ({ figures }) => <ShareBar strong part={figures.arrived} whole={figures.assigned} />,
    },
    {
      key: 'hours',
      title: r.hours,
      number: true,
      cell: ({ figures }) => r.hoursText(format.format(figures.minutes / 60)),
    },
  ]
  return (
    <>
      <div className="filters">
        <Choice
          label={r.breakdown}
          all={r.byDistrict}
          options={parts.slice(1).map((value) => ({ value, label: names[value] }))}
          value={by === 'district' ? null : by}
          onChange={(part) => set({ by: part })}
        />
      </div>
      <div className="panel table">
        <DataTable
          caption={names[by]}
          columns={columns}
          rows={report.breakdowns[by]}
          keyOf={({ key }) => key}
        />
      </div>
    </>
  )
}

/** The text for the paper, to copy. */
function Bulletin({ event }: { event: EventDetail }) {
  const { w, language } = useWords()
  const { report: r } = w
  const [said, setSaid] = useState('')
  const found = useAsk(readBulletin, { params: { eventId: event.id }, query: { language } })
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => setSaid(r.copied),
      () => setSaid(r.notCopied),
    )
  return (
    <Panel label={r.bulletin}>
      <div className="selection">
        <h2>{r.bulletin}</h2>
        {found.data && <Button onClick={() => void copy(found.data.text)}>{r.copy}</Button>}
        <span role="status" className="soft">
          {said}
        </span>
      </div>
      {found.isPending && <Skeleton lines={3} />}
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.data && (
        <p className="prose" translate="no">
          {found.data.text}
        </p>
      )}
    </Panel>
  )
}
