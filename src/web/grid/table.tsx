import { Link } from 'react-router'
import { zoneKinds } from '#modules/grid/words.ts'
import type { Zone } from '../api/operations.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useDistricts } from './districts.ts'
import { useGridWords } from './words.ts'

/** The columns of zones: what each is, what it belongs to, and whether its place is known. */
export function useZoneColumns(): Column<Zone>[] {
  const { r, say } = useGridWords()
  const districts = useDistricts()
  const none = <span className="soft">—</span>
  const given = (text: string | null | undefined) => (text ? <Given>{text}</Given> : none)
  return [
    {
      key: 'name',
      title: r.name,
      names: true,
      cell: ({ id, name }) => (
        <Link to={paths.zone(id)}>
          <Given>{name}</Given>
        </Link>
      ),
      text: ({ name }) => name,
    },
    {
      key: 'kind',
      title: r.kind,
      cell: ({ kind }) => say(zoneKinds[kind]),
      text: ({ kind }) => say(zoneKinds[kind]),
    },
    {
      key: 'code',
      title: r.code,
      cell: ({ code }) =>
        code ? (
          <span translate="no" lang="en">
            {code}
          </span>
        ) : (
          none
        ),
      text: ({ code }) => code,
    },
    {
      key: 'parent',
      title: r.parent,
      cell: ({ parent }) =>
        parent ? (
          <Link to={paths.zone(parent.id)}>
            <Given>{parent.name}</Given>
          </Link>
        ) : (
          none
        ),
      text: ({ parent }) => parent?.name,
    },
    {
      key: 'district',
      title: r.district,
      cell: ({ districtCode }) => given(districts.nameOf(districtCode)),
      text: ({ districtCode }) => districts.nameOf(districtCode),
    },
    {
      key: 'outline',
      title: r.outline,
      cell: ({ hasBoundary, centre }) =>
        hasBoundary ? r.drawn : centre ? r.centreOnly : <span className="warn">{r.nowhere}</span>,
      text: ({ hasBoundary, centre }) => (hasBoundary ? r.drawn : centre ? r.centreOnly : r.nowhere),
    },
    {
      key: 'minors',
      title: r.minors,
      cell: ({ minorsSuitable }) => (minorsSuitable ? r.yes : r.no),
      text: ({ minorsSuitable }) => (minorsSuitable ? r.yes : r.no),
    },
  ]
}

/** Zones of one page. */
export function ZoneTable({ zones, old }: { zones: Zone[]; old: boolean }) {
  const { r } = useGridWords()
  const columns = useZoneColumns()
  return <DataTable caption={r.zones} rows={zones} columns={columns} keyOf={({ id }) => id} old={old} />
}
