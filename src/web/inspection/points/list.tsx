import { Link } from 'react-router'
import { pointClasses } from '#modules/inspection/words.ts'
import { listPoints, type Point } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAll, useAsk } from '../../core/query.ts'
import { useDistricts } from '../../grid/districts.ts'
import { TemplateButton } from '../../imports/template-button.tsx'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { TakeList } from '../../ui/office/take-list.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { InspectionPage, useMay } from '../page.tsx'
import { usePointWords } from '../words/index.ts'
import { PointFilters, pointFilters } from './filters.tsx'

type Query = InputOf<typeof listPoints>['query']

/** Which places are looked at, and whose are they? */
export function Component() {
  const { r } = usePointWords()
  const { search } = useFilters()
  const columns = usePointColumns()
  const mayEdit = useMay('points.edit')
  const mayImport = useMay('imports.run')
  const found = useAsk(listPoints, { query: queryIn<Query>(search, [...pointFilters, 'cursor', 'limit']) })
  return (
    <InspectionPage
      title={r.title}
      question={r.question}
      acts={
        <>
          <LinkButton to={`${paths.pointMap()}?${withoutPage(search)}`} text={r.toMap} />
          {mayEdit && mayImport && <TemplateButton kind="points" text={r.template} />}
          {mayEdit && mayImport && <LinkButton to={paths.newImport()} text={r.import} />}
          {mayEdit && <LinkButton primary to={paths.newPoint()} text={r.new} />}
        </>
      }
    >
      <PointFilters
        take={
          found.data &&
          found.data.items.length > 0 && (
            <TakeList
              name={r.title}
              rows={() => readAll(listPoints, { query: queryIn<Query>(search, pointFilters) })}
              columns={() => columns}
            />
          )
        }
      />
      <Listing
        found={found}
        filtered={pointFilters.some((name) => search.get(name))}
        empty={{ all: r.empty, filtered: r.emptyFiltered }}
        count={r.found}
      >
        {(points, old) => <PointTable points={points} old={old} />}
      </Listing>
    </InspectionPage>
  )
}

/** The same filters on the map, which has no pages. */
export function withoutPage(search: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(search)
  rest.delete('cursor')
  return rest
}

function usePointColumns(): Column<Point>[] {
  const { r, say } = usePointWords()
  const districts = useDistricts()
  const given = (text: string | null | undefined) =>
    text ? <Given>{text}</Given> : <span className="soft">{r.none}</span>
  return [
    { key: 'code', title: r.code, cell: ({ code }) => <Code>{code}</Code>, text: ({ code }) => code },
    {
      key: 'name',
      title: r.name,
      names: true,
      cell: ({ id, name }) => (
        <Link to={paths.point(id)}>
          <Given>{name}</Given>
        </Link>
      ),
      text: ({ name }) => name,
    },
    {
      key: 'class',
      title: r.pointClass,
      cell: ({ pointClass }) => say(pointClasses[pointClass]),
      text: ({ pointClass }) => say(pointClasses[pointClass]),
    },
    {
      key: 'district',
      title: r.district,
      cell: ({ districtCode }) => given(districts.nameOf(districtCode)),
      text: ({ districtCode }) => districts.nameOf(districtCode),
    },
    { key: 'zone', title: r.zone, cell: ({ zone }) => given(zone.name), text: ({ zone }) => zone.name },
    { key: 'unit', title: r.unit, cell: ({ unit }) => given(unit?.name), text: ({ unit }) => unit?.name },
    {
      key: 'place',
      title: r.place,
      cell: ({ latitude }) => (latitude === null ? <span className="warn">{r.nowhere}</span> : r.placed),
      text: ({ latitude, longitude }) => (latitude === null ? null : `${latitude}, ${longitude}`),
    },
  ]
}

function PointTable({ points, old }: { points: Point[]; old: boolean }) {
  const { r } = usePointWords()
  const columns = usePointColumns()
  return <DataTable caption={r.title} columns={columns} rows={points} keyOf={({ id }) => id} old={old} />
}
