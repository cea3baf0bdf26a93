import { Checkbox } from 'antd'
import { Link } from 'react-router'
import { taskStates } from '#modules/command/words.ts'
import { caseFlags, caseSources } from '#modules/inspection/words.ts'
import type { Case } from '../../api/operations.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { CaseFlags, CaseState, SeverityMark } from './marks.tsx'
import { useCaseWords } from './words/index.ts'

interface Props {
  cases: readonly Case[]
  old: boolean
  /** Where cases are selected: which are, and how one is. */
  selection?: { selected: ReadonlySet<string>; select: (id: string, ticked: boolean) => void } | undefined
}

/** The columns of cases: what and where, who answers, until when, how far. */
export function useCaseColumns(selection?: Props['selection']): Column<Case>[] {
  const { r, say, language } = useCaseWords()
  const at = (moment: string) => <span className="nowrap">{momentText(moment, cityZone(), language)}</span>
  const moment = (at: string | null) => at && momentText(at, cityZone(), language)
  return [
    {
      key: 'number',
      title: r.number,
      names: true,
      cell: ({ id, number }) => (
        <>
          {selection && (
            <Checkbox
              aria-label={r.select(number)}
              checked={selection.selected.has(id)}
              onChange={({ target }) => selection.select(id, target.checked)}
            />
          )}{' '}
          <Link className="nowrap" to={paths.case(id)} translate="no">
            {number}
          </Link>
        </>
      ),
      text: ({ number }) => number,
    },
    {
      key: 'problem',
      title: r.problem,
      cell: ({ standard, severity, source }) => (
        <>
          <Given>{standard.text}</Given> <SeverityMark severity={severity} />
          <span className="line soft">{say(caseSources[source])}</span>
        </>
      ),
      text: ({ standard }) => standard.text,
    },
    {
      key: 'place',
      title: r.place,
      cell: ({ point, zone }) => (
        <>
          {point && <Given>{point.name}</Given>}
          <span className={point ? 'line soft' : undefined}>
            <Given>{zone.name}</Given>
          </span>
        </>
      ),
      text: ({ point, zone }) => [zone.name, ...(point ? [point.name] : [])].join(' '),
    },
    {
      key: 'unit',
      title: r.unit,
      cell: ({ unit }) => (unit ? <Given>{unit.name}</Given> : <span className="soft">{r.nobody}</span>),
      text: ({ unit }) => unit?.name ?? r.nobody,
    },
    {
      key: 'found',
      title: r.found,
      cell: ({ foundAt }) => at(foundAt),
      text: ({ foundAt }) => moment(foundAt),
    },
    {
      key: 'due',
      title: r.due,
      cell: ({ dueAt, taskId }) =>
        dueAt ? at(dueAt) : taskId ? <span className="soft">{r.noDue}</span> : null,
      text: ({ dueAt, taskId }) => moment(dueAt) ?? (taskId ? r.noDue : null),
    },
    {
      key: 'state',
      title: r.state,
      cell: (each) => (
        <>
          <CaseState of={each} />
          <CaseFlags flags={each.flags} />
        </>
      ),
      text: ({ taskState, overdue, flags }) =>
        [
          taskState ? say(taskStates[taskState]) : r.waiting,
          ...(overdue ? [r.overdue] : []),
          ...flags.map((flag) => say(caseFlags[flag])),
        ].join(' '),
    },
  ]
}

/** Cases as a table. */
export function CaseTable({ cases, old, selection }: Props) {
  const { r } = useCaseWords()
  const columns = useCaseColumns(selection)
  return <DataTable caption={r.title} columns={columns} rows={cases} keyOf={({ id }) => id} old={old} />
}
