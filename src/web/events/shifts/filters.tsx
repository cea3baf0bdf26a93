import type { ReactNode } from 'react'
import { DistrictFilter } from '../../grid/district-filter.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { SearchBox } from '../../ui/office/search-box.tsx'
import { useWords } from '../../words/index.ts'

export const shiftFilters = ['search', 'districtCode', 'below', 'cancelled', 'batchId', 'zoneId'] as const

/** What the list of shifts can be narrowed by. */
export function ShiftFilters({ take }: { take: ReactNode }) {
  const { w } = useWords()
  const { shifts: s } = w
  const { search, set } = useFilters()
  const below = [
    { value: 'min', label: s.belowMin },
    { value: 'target', label: s.belowTarget },
    { value: 'max', label: s.belowMax },
  ]
  return (
    <search className="filters">
      <SearchBox
        label={s.place}
        value={search.get('search') ?? ''}
        onSearch={(value) => set({ search: value })}
      />
      <DistrictFilter />
      <Choice
        label={s.below}
        all={s.anyFill}
        options={below}
        value={search.get('below')}
        onChange={(value) => set({ below: value })}
      />
      <Choice
        label={s.which}
        all={s.live}
        options={[{ value: 'true', label: s.cancelled }]}
        value={search.get('cancelled')}
        onChange={(cancelled) => set({ cancelled })}
      />
      {search.get('batchId') && <span className="soft">{s.batch}</span>}
      <ClearFilters />
      {take}
    </search>
  )
}
