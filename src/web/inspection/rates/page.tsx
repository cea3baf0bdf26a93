import { type CaseDivision, caseDivisions, caseSources, pointClasses } from '#modules/inspection/words.ts'
import { type CaseFigures, readCaseFigures } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { dayAfter, instantOf, momentText, wallOf } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { DistrictFilter } from '../../grid/district-filter.tsx'
import { UnitSelect } from '../../organisation/choose.tsx'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { MomentPicker } from '../../ui/office/moment-picker.tsx'
import { Arriving, Empty } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { optionsOf } from '../options.ts'
import { InspectionPage, useMay } from '../page.tsx'
import { type RatesRow, RatesTable, rateKeys } from './table.tsx'
import { useRatesWords } from './words/index.ts'

type Query = InputOf<typeof readCaseFigures>['query']
const filters = ['source', 'unitId', 'districtCode', 'roundId', 'at'] as const

/** How far are cases put right, and of which numbers is each rate made? */
export function Component() {
  const { r } = useRatesWords()
  const { search } = useFilters()
  const mayRank = useMay('rankings.read')
  const by = (search.get('by') ?? 'district') as CaseDivision
  const found = useAsk(readCaseFigures, { query: { ...queryIn<Query>(search, filters), by } })
  return (
    <InspectionPage
      title={r.title}
      question={r.question}
      acts={mayRank && <LinkButton to={paths.standardFigures()} text={r.standards} />}
    >
      <Filters by={by} />
      {found.data ? <Figures figures={found.data} /> : <Arriving found={found} />}
    </InspectionPage>
  )
}

function Filters({ by }: { by: CaseDivision }) {
  const { r, say } = useRatesWords()
  const { search, set } = useFilters()
  const zone = cityZone()
  const at = search.get('at')
  return (
    <search className="filters">
      <Choice
        label={r.by}
        all={say(caseDivisions.district)}
        options={optionsOf(caseDivisions, say)}
        value={by}
        onChange={(chosen) => set({ by: chosen })}
      />
      <MomentPicker
        dayOnly
        label={r.asOf}
        placeholder={r.asOf}
        zone={zone}
        // The end of the day that is shown is the beginning of the next one.
        value={at && wallOf(Date.parse(at) - 1, zone)}
        onChange={(day) => set({ at: day && instantOf(dayAfter(day), zone) })}
      />
      <Choice
        label={r.source}
        all={r.anySource}
        options={optionsOf(caseSources, say)}
        value={search.get('source')}
        onChange={(source) => set({ source })}
      />
      <span className="remote">
        <UnitSelect label={r.unit} value={search.get('unitId')} onChange={(unitId) => set({ unitId })} />
      </span>
      <DistrictFilter />
      <ClearFilters />
    </search>
  )
}

function Figures({ figures }: { figures: CaseFigures }) {
  const { r, say, language } = useRatesWords()
  if (figures.total.figures.issued === 0)
    return (
      <div className="panel">
        <Empty text={r.empty} />
      </div>
    )
  const closed: Partial<Record<CaseDivision, Record<string, { zh: string; en: string }>>> = {
    source: caseSources,
    point_class: pointClasses,
  }
  const words = closed[figures.by]
  const groups = figures.groups.map((group) => {
    const word = words?.[group.id]
    return { ...group, name: word ? say(word) : group.name }
  })
  const total: RatesRow = { id: 'total', name: r.total, ...figures.total }
  return (
    <div className="room">
      <p className="soft">{r.asOfText(momentText(figures.at, cityZone(), language))}</p>
      {figures.warning && <p className="note warn">! {r.suspendsTooMuch}</p>}
      <RatesTable caption={say(caseDivisions[figures.by])} groups={[...groups, total]} given={!words} />
      <NotCounted total={figures.total.figures} />
      <Formulas />
    </div>
  )
}

/** What stands in no denominator, with the reason: so that every number can be reckoned again. */
function NotCounted({ total }: { total: CaseFigures['total']['figures'] }) {
  const { r } = useRatesWords()
  const live = total.issued - total.cancelled
  const suspended = total.due + total.earlierCycles - total.dueNotSuspended
  const left = [
    { count: total.cancelled, text: r.left.cancelled(total.cancelled, total.falseFindings) },
    { count: live - total.dated, text: r.left.undated(live - total.dated) },
    { count: total.dated - total.due, text: r.left.notDue(total.dated - total.due) },
    { count: suspended, text: r.left.suspended(suspended) },
  ]
  return (
    <Panel label={r.notCounted}>
      <h2>{r.notCounted}</h2>
      <ul className="dots">
        {left
          .filter(({ count }) => count > 0)
          .map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        <li>{r.left.never}</li>
      </ul>
    </Panel>
  )
}

/** What each rate divides by what. */
function Formulas() {
  const { r } = useRatesWords()
  return (
    <Panel label={r.formulas}>
      <h2>{r.formulas}</h2>
      <ul className="dots">
        {rateKeys.map((key) => (
          <li key={key}>{r.formula[key]}</li>
        ))}
      </ul>
    </Panel>
  )
}
