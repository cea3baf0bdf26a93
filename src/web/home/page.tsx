import { Link } from 'react-router'
import { eventSteps, stepReasons } from '#modules/desk/words.ts'
import { type Agenda, readAgenda } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { clockText, dayText, momentText } from '../core/time.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Arriving, Page } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { Asks } from './asks.tsx'
import { FirstRun } from './first-run.tsx'

type Item = Agenda['waiting'][number]

/** What needs me now? */
export function Component() {
  const { w } = useWords()
  const found = useAsk(readAgenda, {}, { every: () => 60_000 })
  const agenda = found.data
  return (
    <Page title={w.home.title} windowTitle={w.home.title} question={w.home.question}>
      {!agenda && <Arriving found={found} />}
      <FirstRun />
      {agenda && (
        <div className="room">
          <Today agenda={agenda} />
          <Asks />
          <Items label={w.home.waiting} items={agenda.waiting} empty={w.home.nothing} />
          {agenda.others.length > 0 && (
            <Items label={w.home.others} items={agenda.others} empty={w.home.nothingOthers} />
          )}
        </div>
      )}
    </Page>
  )
}

/** What is on today, each with the way to it. */
function Today({ agenda: { today } }: { agenda: Agenda }) {
  const { w } = useWords()
  const { home: h } = w
  return (
    <Panel label={h.today}>
      <h2>{h.today}</h2>
      {today.length === 0 && <p className="soft">{h.nothingToday}</p>}
      <ul className="today">
        {today.map(({ event, begun, over, shifts, taken, belowMin, accepted }) => (
          <li key={event.id}>
            <div>
              <strong>
                <Link to={paths.eventStep(event.id, 'day')}>
                  <Given>{event.name}</Given>
                </Link>
              </strong>
              <span className={begun && !over ? 'state good' : 'state'}>
                {over
                  ? h.stateOver
                  : begun
                    ? h.stateOn
                    : h.stateBefore(clockText(event.startsAt, event.timeZone))}
              </span>
            </div>
            <div className="soft">
              {h.planned(taken, shifts)}
              {accepted !== null && ` · ${h.answered(accepted)}`}
            </div>
            {belowMin > 0 && (
              <div>
                <Link className="bad" to={`${paths.eventStep(event.id, 'board')}?below=min`}>
                  ! {h.low(belowMin)}
                </Link>
              </div>
            )}
            <div className="push">
              <LinkButton primary to={paths.eventStep(event.id, 'day')} text={h.toDay} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Things that wait, each a link to the page where it is done. */
function Items({ label, items, empty }: { label: string; items: readonly Item[]; empty: string }) {
  const { w, say, language } = useWords()
  const { home: h } = w
  const columns: Column<Item>[] = [
    {
      key: 'what',
      title: h.what,
      names: true,
      cell: ({ event, step, because, count }) => (
        <Link to={addressOf(event.id, step, because)}>
          {say(stepReasons[because]).replace('{count}', String(count ?? ''))}
        </Link>
      ),
    },
    { key: 'step', title: h.step, cell: ({ step }) => say(eventSteps[step]) },
    {
      key: 'event',
      title: h.event,
      cell: ({ event }) => (
        <Link to={paths.event(event.id)}>
          <Given>{event.name}</Given>
        </Link>
      ),
    },
    {
      key: 'due',
      title: h.begins,
      cell: ({ event, dueAt }) => (
        <span className="nowrap">
          {dueAt === null ? (
            <span className="soft">
              {h.overNow} {dayText(event.endsAt, event.timeZone, language)}
            </span>
          ) : (
            momentText(dueAt, event.timeZone, language)
          )}
        </span>
      ),
    },
  ]
  return (
    <section className="panel table" aria-label={label}>
      <h2 className="padded">{label}</h2>
      {items.length === 0 ? (
        <p className="padded soft">{empty}</p>
      ) : (
        <DataTable
          caption={label}
          columns={columns}
          rows={items}
          keyOf={({ event, step, because }) => `${event.id} ${step} ${because}`}
        />
      )}
    </section>
  )
}

/** A number leads to the list that it counts. */
function addressOf(eventId: string, step: Item['step'], because: Item['because']): string {
  if (because === 'late_waiting') return paths.lateOf({ eventId })
  const filters: Partial<Record<Item['because'], string>> = {
    below_min: 'below=min',
    below_target: 'below=target',
    people_unanswered: 'answer=unanswered',
    units_unanswered: 'answered=false',
  }
  const filter = filters[because]
  return `${paths.eventStep(eventId, step)}${filter ? `?${filter}` : ''}`
}
