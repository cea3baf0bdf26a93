import type { ReactNode } from 'react'
import { pointClasses } from '#modules/inspection/words.ts'
import { listUnits, listZones, readUnit, readZone } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { DistrictFilter } from '../../grid/district-filter.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { RemoteSelect } from '../../ui/office/remote-select.tsx'
import { SearchBox } from '../../ui/office/search-box.tsx'
import { optionsOf } from '../options.ts'
import { usePointWords } from '../words/index.ts'

/** The filters of points, named as the operation names them. */
export const pointFilters = [
  'search',
  'districtCode',
  'pointClass',
  'zoneId',
  'unitId',
  'closed',
  'unseen',
] as const

/** What points can be narrowed by, in the list and on the map. */
export function PointFilters({ take }: { take?: ReactNode }) {
  const { r, say } = usePointWords()
  const { search, set } = useFilters()
  const zoneId = search.get('zoneId')
  const unitId = search.get('unitId')
  const zone = useAsk(readZone, { params: { zoneId: zoneId ?? '' } }, { skip: zoneId === null })
  const unit = useAsk(readUnit, { params: { unitId: unitId ?? '' } }, { skip: unitId === null })
  const named = (id: string | null, read: { id: string; name: string } | undefined) =>
    id === null ? null : { id, name: read?.id === id ? read.name : '…' }
  return (
    <search className="filters">
      <SearchBox
        label={r.search}
        value={search.get('search') ?? ''}
        onSearch={(value) => set({ search: value })}
      />
      <DistrictFilter />
      <Choice
        label={r.pointClass}
        all={r.anyClass}
        options={optionsOf(pointClasses, say)}
        value={search.get('pointClass')}
        onChange={(pointClass) => set({ pointClass })}
      />
      <span className="remote">
        <RemoteSelect
          find={listZones}
          label={r.zone}
          placeholder={r.zone}
          value={named(zoneId, zone.data)}
          detail={({ parent }) => parent?.name}
          onChange={(chosen) => set({ zoneId: chosen?.id ?? null })}
        />
      </span>
      <span className="remote">
        <RemoteSelect
          find={listUnits}
          label={r.unit}
          placeholder={r.unit}
          value={named(unitId, unit.data)}
          onChange={(chosen) => set({ unitId: chosen?.id ?? null })}
        />
      </span>
      <Choice
        label={r.state}
        all={r.openOnly}
        options={[{ value: 'true', label: r.closedOnly }]}
        value={search.get('closed')}
        onChange={(closed) => set({ closed })}
      />
      <Choice
        label={r.visiting}
        all={r.visitedOrNot}
        options={[
          { value: 'true', label: r.unvisited },
          { value: 'false', label: r.visited },
        ]}
        value={search.get('unseen')}
        onChange={(unseen) => set({ unseen })}
      />
      <ClearFilters />
      {take}
    </search>
  )
}
