import { Button } from 'antd'
import { yearStates } from '#platform/calendar/words.ts'
import { AdminPage } from '../admin/page.tsx'
import { listWorkdayYears, type WorkdayYear } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { daysText, dayText } from '../core/time.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { EnterYear } from './enter-year.tsx'
import { useSystemWords } from './words.ts'

/** Which days of a year are worked? */
export function Component() {
  const { r, say, language } = useSystemWords()
  const dialog = useDialog(['enter'])
  const mayEnter = useStore(me)?.permissions.includes('workdays.edit') === true
  const found = useAsk(listWorkdayYears, {})
  const chosen = found.data?.items.find(({ year }) => String(year) === dialog.of)
  // Days of a calendar, and of no zone.
  const show = (day: string) => dayText(`${day}T00:00:00.000Z`, 'UTC', language)
  // The year of a line stands in it once.
  const runIn = (year: number) => (first: string, last: string) =>
    daysText(first, last, language, String(year))
  const columns: Column<WorkdayYear>[] = [
    { key: 'year', title: r.year, names: true, cell: ({ year }) => <span className="nowrap">{year}</span> },
    {
      key: 'state',
      title: r.yearState,
      cell: ({ state }) => (
        <span className={state === 'unpublished' ? 'warn' : undefined}>{say(yearStates[state])}</span>
      ),
    },
    {
      key: 'rest',
      title: r.restDays,
      cell: ({ year, restDays }) => <Days days={restDays} show={runIn(year)} />,
    },
    {
      key: 'make-up',
      title: r.makeUpDays,
      cell: ({ year, makeUpWorkdays }) => <Days days={makeUpWorkdays} show={runIn(year)} />,
    },
    {
      key: 'source',
      title: r.source,
      cell: ({ source, publishedOn }) => (
        <>
          {source && <Given>{source}</Given>}
          {publishedOn && <small className="soft line">{r.publishedOn(show(publishedOn))}</small>}
        </>
      ),
    },
  ]
  const acting: Column<WorkdayYear> = {
    key: 'act',
    title: r.act,
    cell: ({ year, state }) => (
      <Button
        size="small"
        type={state === 'unpublished' ? 'primary' : 'default'}
        onClick={() => dialog.open('enter', String(year))}
      >
        {state === 'unpublished' ? r.enterYear : r.replaceYear}
      </Button>
    ),
  }
  return (
    <AdminPage title={r.workdays} question={r.workdaysQuestion}>
      <p className="soft">{r.workdaysLead}</p>
      <div className="panel table">
        {found.isPending && <Skeleton lines={6} />}
        {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
        {found.data && (
          <DataTable
            caption={r.workdays}
            columns={mayEnter ? [...columns, acting] : columns}
            rows={found.data.items}
            keyOf={({ year }) => String(year)}
          />
        )}
      </div>
      {dialog.act && chosen && mayEnter && <EnterYear year={chosen} show={show} close={dialog.close} />}
    </AdminPage>
  )
}

/** Days that follow each other stand as one. */
function Days({ days, show }: { days: readonly string[]; show: (first: string, last: string) => string }) {
  if (days.length === 0) return <span className="soft">—</span>
  return (
    <ul>
      {runsOf(days).map(([first, last]) => (
        <li key={first} className="nowrap">
          {show(first, last)}
        </li>
      ))}
    </ul>
  )
}

function runsOf(days: readonly string[]): [string, string][] {
  const runs: [string, string][] = []
  for (const day of [...days].sort()) {
    const run = runs.at(-1)
    if (run && Date.parse(day) - Date.parse(run[1]) === 24 * 3600_000) run[1] = day
    else runs.push([day, day])
  }
  return runs
}
