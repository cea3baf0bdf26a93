import type { ReactNode } from 'react'
import { type ZoneKind, zoneKinds } from '#modules/grid/words.ts'
import { listZones, readZone } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { Choice } from '../ui/office/choice.tsx'
import { ClearFilters } from '../ui/office/clear-filters.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { RemoteSelect } from '../ui/office/remote-select.tsx'
import { SearchBox } from '../ui/office/search-box.tsx'
import { DistrictFilter } from './district-filter.tsx'
import { useGridWords } from './words.ts'

/** The filters of zones, named as the operations name them. */
export const zoneFilters = ['search', 'kind', 'districtCode', 'under', 'minorsSuitable', 'closed'] as const

/** What zones can be narrowed by, on the map and in every list of them. */
export function ZoneFilters({ children, take }: { children?: ReactNode; take?: ReactNode }) {
  const { r } = useGridWords()
  const { search, set } = useFilters()
  const under = search.get('under')
  const zone = useAsk(readZone, { params: { zoneId: under ?? '' } }, { skip: under === null })
  const zoneName = zone.data?.id === under ? zone.data?.name : undefined
  return (
    <search className="filters">
      <SearchBox
        label={r.search}
        value={search.get('search') ?? ''}
        onSearch={(value) => set({ search: value })}
      />
      <DistrictFilter />
      <KindFilter />
      <span className="remote">
        <RemoteSelect
          find={listZones}
          label={r.under}
          placeholder={r.under}
          value={under ? { id: under, name: zoneName ?? '…' } : null}
          detail={({ parent }) => parent?.name}
          onChange={(chosen) => set({ under: chosen?.id ?? null })}
        />
      </span>
      <Choice
        label={r.minors}
        all={r.minors}
        options={[
          { value: 'true', label: r.yes },
          { value: 'false', label: r.no },
        ]}
        value={search.get('minorsSuitable')}
        onChange={(minorsSuitable) => set({ minorsSuitable })}
      />
      <Choice
        label={r.state}
        all={r.openOnly}
        options={[{ value: 'true', label: r.closedOnly }]}
        value={search.get('closed')}
        onChange={(closed) => set({ closed })}
      />
      {children}
      <ClearFilters />
      {take}
    </search>
  )
}

export function KindFilter() {
  const { r, say } = useGridWords()
  const { search, set } = useFilters()
  const kinds = (Object.keys(zoneKinds) as ZoneKind[]).map((value) => ({
    value,
    label: say(zoneKinds[value]),
  }))
  return (
    <Choice
      label={r.kind}
      all={r.anyKind}
      options={kinds}
      value={search.get('kind')}
      onChange={(kind) => set({ kind })}
    />
  )
}
