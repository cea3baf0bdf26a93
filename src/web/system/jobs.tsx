import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type JobState, jobStates } from '#platform/jobs/words.ts'
import { AdminPage } from '../admin/page.tsx'
import { type Job, type JobSummary, listJobs, retryJob, summariseJobs } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queryIn, withFilter } from '../core/list-query.ts'
import type { InputOf } from '../core/operation.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { Choice } from '../ui/office/choice.tsx'
import { ClearFilters } from '../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { Listing } from '../ui/office/listing.tsx'
import { Trouble } from '../ui/office/page.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { useSystemWords } from './words.ts'

type Query = InputOf<typeof listJobs>['query']
const states = Object.keys(jobStates) as JobState[]

/** Has any job given up and waits for a person? */
export function Component() {
  const { r, say } = useSystemWords()
  const { search, set } = useFilters()
  const found = useAsk(listJobs, { query: queryIn<Query>(search, ['state', 'kind', 'cursor', 'limit']) })
  const summary = useAsk(summariseJobs, {})
  return (
    <AdminPage title={r.jobs} question={r.jobsQuestion}>
      {summary.data && <Totals counts={summary.data.counts} />}
      <search className="filters">
        <Choice
          label={r.state}
          all={r.anyState}
          options={states.map((value) => ({ value, label: say(jobStates[value]) }))}
          value={search.get('state')}
          onChange={(state) => set({ state })}
        />
        {search.get('kind') && (
          <span className="soft" translate="no">
            {r.onlyKind(search.get('kind') ?? '')}
          </span>
        )}
        <ClearFilters />
      </search>
      <Listing
        found={found}
        filtered={search.has('state') || search.has('kind')}
        empty={{ all: r.empty, filtered: search.get('state') === 'dead' ? r.noneDead : r.emptyFiltered }}
        count={r.found}
      >
        {(jobs, old) => <JobTable jobs={jobs} old={old} />}
      </Listing>
    </AdminPage>
  )
}

/** How many jobs are in each state; each number leads to what it counts. */
function Totals({ counts }: JobSummary) {
  const { r, say } = useSystemWords()
  const { search } = useFilters()
  return (
    <div className="panel figures">
      {states.map((state) => {
        const jobs = counts.filter((each) => each.state === state).reduce((sum, each) => sum + each.jobs, 0)
        return (
          <div key={state}>
            <Link to={{ search: withFilter(search, { state }).toString() }}>
              <strong className={state === 'dead' && jobs > 0 ? 'bad' : undefined}>{r.total(jobs)}</strong>
              <span>{say(jobStates[state])}</span>
            </Link>
          </div>
        )
      })}
    </div>
  )
}

function JobTable({ jobs, old }: { jobs: Job[]; old: boolean }) {
  const { r, say, language } = useSystemWords()
  const { search } = useFilters()
  const [error, setError] = useState<unknown>()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const retry = async (jobId: string) => {
    setError(undefined)
    try {
      await ask(retryJob, { params: { jobId }, body: { state: 'waiting' } })
      await readAgain(listJobs, summariseJobs)
      tellDone({ text: r.retried })
    } catch (failed) {
      setError(failed)
    }
  }
  const code = (text: string) => (
    <span translate="no" lang="en">
      {text}
    </span>
  )
  const columns: Column<Job>[] = [
    {
      key: 'kind',
      title: r.kind,
      names: true,
      cell: ({ kind }) => <Link to={{ search: withFilter(search, { kind }).toString() }}>{code(kind)}</Link>,
    },
    { key: 'state', title: r.state, cell: ({ state }) => say(jobStates[state]) },
    {
      key: 'runAt',
      title: r.runAt,
      cell: ({ runAt }) => <span className="nowrap">{momentText(runAt, zone, language)}</span>,
    },
    { key: 'attempts', title: r.attempts, number: true, cell: ({ attempts }) => attempts },
    { key: 'error', title: r.lastError, cell: ({ lastError }) => (lastError ? code(lastError) : '—') },
    {
      key: 'act',
      title: r.act,
      cell: ({ id, state }) =>
        state === 'dead' && (
          <Button size="small" onClick={() => void retry(id)}>
            {r.retry}
          </Button>
        ),
    },
  ]
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      <DataTable caption={r.jobs} rows={jobs} columns={columns} keyOf={({ id }) => id} old={old} />
    </>
  )
}
