import { Button, Checkbox, InputNumber } from 'antd'
import { listUnits } from '../../api/operations.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { type Named, RemoteSelect } from '../../ui/office/remote-select.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'

/** A line of the pasted list, with the unit that its name means as far as that is known. */
export interface AskedRow {
  name: string
  heads: number | null
  unit: Named | null
  candidates: Named[]
  /** Whether the name left no doubt. */
  certain: boolean
  /** Whether it is left out. */
  out: boolean
}

type Problem = 'unknown' | 'twice' | 'heads'

/** What stands against each row; rows that are left out have no problem. Pure. */
export function problemsOf(rows: readonly AskedRow[]): ReadonlyMap<AskedRow, Problem> {
  const asked = rows.filter(({ out }) => !out)
  const found = new Map<AskedRow, Problem>()
  for (const row of asked) {
    if (!row.unit) found.set(row, 'unknown')
    else if (asked.some((other) => other !== row && other.unit?.id === row.unit?.id)) found.set(row, 'twice')
    else if (row.heads === null) found.set(row, 'heads')
  }
  return found
}

interface Props {
  rows: AskedRow[]
  /** Lines of what was pasted that are none. */
  ignored: number
  onChange: (rows: AskedRow[]) => void
}

/** The lines as they were understood; whatever is doubtful is asked in its row. */
export function AskedRows({ rows, ignored, onChange }: Props) {
  const { w } = useWords()
  const { quotas: q } = w
  const problems = problemsOf(rows)
  const change = (row: AskedRow, change: Partial<AskedRow>) =>
    onChange(rows.map((each) => (each === row ? { ...each, ...change } : each)))
  const columns: Column<AskedRow>[] = [
    { key: 'name', title: q.given, names: true, cell: ({ name }) => <Given>{name}</Given> },
    {
      key: 'unit',
      title: q.unit,
      cell: (row) => (
        <UnitOfRow row={row} problem={problems.get(row)} choose={(unit) => change(row, { unit })} />
      ),
    },
    {
      key: 'heads',
      title: q.asked,
      cell: (row) => (
        <span translate="no">
          <InputNumber
            aria-label={q.headsOf(row.name)}
            min={0}
            max={100_000}
            precision={0}
            controls={false}
            value={row.heads}
            disabled={row.out}
            onChange={(heads) => change(row, { heads })}
          />
        </span>
      ),
    },
    {
      key: 'out',
      title: q.leaveOut,
      cell: (row) => (
        <span translate="no">
          <Checkbox
            aria-label={q.leaveOutOf(row.name)}
            checked={row.out}
            onChange={(event) => change(row, { out: event.target.checked })}
          />
        </span>
      ),
    },
  ]
  const doubtful = [...problems.values()].filter((problem) => problem === 'unknown').length
  return (
    <>
      <p className={doubtful > 0 ? 'note warn' : 'note good'} role="status">
        {doubtful > 0 ? q.doubtful(doubtful) : q.allFound}
        {ignored > 0 && ` ${q.ignored(ignored)}`}
      </p>
      <div className="table">
        <DataTable caption={q.ask} columns={columns} rows={rows} keyOf={(row) => `${rows.indexOf(row)}`} />
      </div>
    </>
  )
}

interface UnitProps {
  row: AskedRow
  problem: Problem | undefined
  choose: (unit: Named | null) => void
}

function UnitOfRow({ row, problem, choose }: UnitProps) {
  const { quotas: q } = useWords().w
  if (row.certain && problem !== 'twice') return <Given>{row.unit?.name ?? ''}</Given>
  return (
    <div className="doubt">
      {row.certain ? (
        <Given>{row.unit?.name ?? ''}</Given>
      ) : (
        <span translate="no" className="pick">
          <RemoteSelect
            find={listUnits}
            label={q.which(row.name)}
            placeholder={q.chooseUnit}
            value={row.unit}
            onChange={choose}
          />
        </span>
      )}
      {problem === 'twice' && <span className="bad">✕ {q.twice}</span>}
      {!row.certain &&
        !row.unit &&
        row.candidates.map((unit) => (
          <Button key={unit.id} size="small" onClick={() => choose(unit)}>
            <Given>{unit.name}</Given>
          </Button>
        ))}
    </div>
  )
}
