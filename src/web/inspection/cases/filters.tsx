import { Checkbox } from 'antd'
import type { ReactNode } from 'react'
import { taskStates } from '#modules/command/words.ts'
import { caseFlags, caseSources, severities } from '#modules/inspection/words.ts'
import { DistrictFilter } from '../../grid/district-filter.tsx'
import { UnitSelect } from '../../organisation/choose.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { SearchBox } from '../../ui/office/search-box.tsx'
import { optionsOf } from '../options.ts'
import { useCaseWords } from './words/index.ts'

/** What narrows the list and its counts alike. */
export const caseFilters = [
  'number',
  'unitId',
  'districtCode',
  'source',
  'severity',
  'flag',
  'roundId',
  'pointId',
  'zoneId',
] as const
/** Where a case stands: by this the counts are divided. */
export const caseStandings = ['waiting', 'state', 'overdue'] as const

/** Each filter is a part of the address. */
export function CaseFilters({ take }: { take: ReactNode }) {
  const { r, say } = useCaseWords()
  const { search, set } = useFilters()
  const states = optionsOf(taskStates, say).filter(({ value }) => value !== 'draft')
  return (
    <search className="filters">
      <SearchBox
        label={r.numberHint}
        value={search.get('number') ?? ''}
        onSearch={(number) => set({ number })}
      />
      <span className="remote">
        <UnitSelect label={r.unit} value={search.get('unitId')} onChange={(unitId) => set({ unitId })} />
      </span>
      <DistrictFilter />
      <Choice
        label={r.state}
        all={r.anyState}
        options={[{ value: 'waiting', label: r.waiting }, ...states]}
        value={search.get('waiting') === 'true' ? 'waiting' : search.get('state')}
        onChange={(state) =>
          set(
            state === 'waiting' ? { waiting: 'true', state: null, overdue: null } : { waiting: null, state },
          )
        }
      />
      <Choice
        label={r.source}
        all={r.anySource}
        options={optionsOf(caseSources, say)}
        value={search.get('source')}
        onChange={(source) => set({ source })}
      />
      <Choice
        label={r.severity}
        all={r.anySeverity}
        options={optionsOf(severities, say)}
        value={search.get('severity')}
        onChange={(severity) => set({ severity })}
      />
      <Choice
        label={r.flags}
        all={r.anyFlag}
        options={optionsOf(caseFlags, say)}
        value={search.get('flag')}
        onChange={(flag) => set({ flag })}
      />
      <Checkbox
        checked={search.get('overdue') === 'true'}
        onChange={({ target }) => set({ overdue: target.checked ? 'true' : null, waiting: null })}
      >
        {r.onlyOverdue}
      </Checkbox>
      <ClearFilters />
      {take}
    </search>
  )
}
