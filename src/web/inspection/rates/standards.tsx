import { Checkbox } from 'antd'
import { listRounds, type Round, readStandardFigures, type StandardFigures } from '../../api/operations.ts'
import { useAll, useAsk } from '../../core/query.ts'
import { useDistricts } from '../../grid/districts.ts'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Arriving, Empty } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { InspectionPage } from '../page.tsx'
import { useRatesWords } from './words/index.ts'
import './rates.css'

type Standard = StandardFigures['standards'][number]
type Cell = Standard['cells'][number]

/** Below this in per cent a cell is hatched. */
const weak = 60

/** Which standards fail where? */
export function Component() {
  const { r } = useRatesWords()
  const { search, set } = useFilters()
  const rounds = useAll(listRounds, { query: {} })
  const shown = (rounds.data ?? []).filter(({ state }) => state === 'revealed' || state === 'closed')
  const roundId = search.get('roundId') ?? shown[0]?.id ?? null
  return (
    <InspectionPage
      title={r.standards}
      question={r.standardsQuestion}
      acts={<LinkButton to={paths.rates()} text={r.title} />}
    >
      <search className="filters">
        <Choice
          given
          label={r.round}
          all={r.chooseRound}
          options={shown.map((round) => ({ value: round.id, label: nameOf(round) }))}
          value={roundId}
          onChange={(chosen) => set({ roundId: chosen })}
        />
        <Checkbox
          checked={search.get('failed') === 'true'}
          onChange={({ target }) => set({ failed: target.checked ? 'true' : null })}
        >
          {r.onlyFailed}
        </Checkbox>
      </search>
      {roundId && <Figures roundId={roundId} onlyFailed={search.get('failed') === 'true'} />}
      {!rounds.data && <Arriving found={rounds} />}
      {rounds.data && !roundId && (
        <div className="panel">
          <Empty text={r.noRounds} />
        </div>
      )}
    </InspectionPage>
  )
}

const nameOf = ({ label, title }: Round) => `${label} ${title}`

function Figures({ roundId, onlyFailed }: { roundId: string; onlyFailed: boolean }) {
  const { r } = useRatesWords()
  const districts = useDistricts()
  const found = useAsk(readStandardFigures, { params: { roundId } })
  const figures = found.data?.roundId === roundId ? found.data : undefined
  if (!figures) return <Arriving found={found} />
  const standards = figures.standards.filter(
    ({ cells }) => !onlyFailed || cells.some(({ failed }) => failed > 0),
  )
  const codes = [
    ...new Set(figures.standards.flatMap(({ cells }) => cells.map(({ districtCode }) => districtCode))),
  ].sort()
  const columns: Column<Standard>[] = [
    {
      key: 'standard',
      title: r.standard,
      names: true,
      cell: ({ code, text }) => <Given>{`${code} ${text}`}</Given>,
    },
    ...codes.map((districtCode) => ({
      key: districtCode,
      title: districts.nameOf(districtCode) ?? districtCode,
      number: true,
      cell: ({ cells }: Standard) => (
        <CellText cell={cells.find((cell) => cell.districtCode === districtCode)} />
      ),
    })),
  ]
  if (standards.length === 0)
    return (
      <div className="panel">
        <Empty text={r.emptyStandards} />
      </div>
    )
  return (
    <>
      <p className="soft">{r.legend}</p>
      <div className="panel table standards" translate="no">
        <DataTable caption={r.standards} columns={columns} rows={standards} keyOf={({ id }) => id} />
      </div>
    </>
  )
}

function CellText({ cell }: { cell: Cell | undefined }) {
  const { r } = useRatesWords()
  if (!cell) return <span className="soft">{r.nothing}</span>
  const { earned, possible, percent, failed, notApplicable, unseen } = cell
  return (
    <span className={percent !== null && Number(percent) < weak ? 'cell weak' : 'cell'}>
      {percent === null ? r.none : r.percent(percent)}
      <span className="line soft">{r.of(earned, possible)}</span>
      {failed > 0 && <span className="line bad">{r.failed(failed)}</span>}
      {notApplicable + unseen > 0 && <span className="line soft">{r.notSeen(notApplicable, unseen)}</span>}
    </span>
  )
}
