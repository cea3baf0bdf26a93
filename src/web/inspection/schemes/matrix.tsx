import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { standardClasses, standardRoles } from '#modules/inspection/words.ts'
import { listStandards, readScheme, type Scheme, type Standard } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { useDistricts } from '../../grid/districts.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { Arriving } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { InspectionPage } from '../page.tsx'
import { useSchemeWords } from '../words/index.ts'
import { AssignStandard } from './assign-standard.tsx'
import { StandardFilters, standardFilters } from './standard-filters.tsx'

type Query = InputOf<typeof listStandards>['query']

/** Who answers for each standard, in the whole city and in each district? */
export function Component() {
  const { r } = useSchemeWords()
  const { schemeId = '' } = useParams()
  const found = useAsk(readScheme, { params: { schemeId } })
  const scheme = found.data?.id === schemeId ? found.data : undefined
  return (
    <InspectionPage
      title={r.matrix}
      question={r.matrixQuestion}
      trail={
        scheme ? (
          <Link to={paths.scheme(schemeId)}>
            <Given>{scheme.name}</Given> {r.editionOf(scheme.edition)}
          </Link>
        ) : (
          <Link to={paths.schemes()}>{r.title}</Link>
        )
      }
      acts={<LinkButton to={paths.scheme(schemeId)} text={r.toScheme} />}
    >
      {scheme ? <Matrix scheme={scheme} /> : <Arriving found={found} />}
    </InspectionPage>
  )
}

function Matrix({ scheme }: { scheme: Scheme }) {
  const { r } = useSchemeWords()
  const { search } = useFilters()
  const { act, of, open, close } = useDialog(['assign'])
  const query = queryIn<Query>(search, [...standardFilters, 'cursor', 'limit'])
  const found = useAsk(listStandards, { params: { schemeId: scheme.id }, query })
  const chosen = found.data?.items.find(({ id }) => id === of)
  return (
    <>
      <StandardFilters scheme={scheme} />
      {scheme.state !== 'draft' && <p className="note">{r.frozen}</p>}
      <Listing
        found={found}
        filtered={standardFilters.some((name) => search.get(name))}
        empty={{ all: r.emptyStandards, filtered: r.emptyStandardsFiltered }}
        count={r.foundStandards}
      >
        {(standards, old) => (
          <MatrixTable
            standards={standards}
            old={old}
            {...(scheme.allowed.edit ? { assign: (id: string) => open('assign', id) } : {})}
          />
        )}
      </Listing>
      {scheme.allowed.edit && act === 'assign' && chosen && (
        <AssignStandard key={chosen.id} standard={chosen} close={close} />
      )}
    </>
  )
}

interface TableProps {
  standards: Standard[]
  old: boolean
  assign?: (id: string) => void
}

function MatrixTable({ standards, old, assign }: TableProps) {
  const { r, say } = useSchemeWords()
  const districts = useDistricts()
  // A district has a column where somebody answers there, or while the matrix is filled in.
  const named = standards.flatMap(({ units }) => units.flatMap(({ districtCode }) => districtCode ?? []))
  const codes = new Set([...(assign ? districts.options.map(({ value }) => value) : []), ...named])
  const places = [null, ...[...codes].sort()]
  const columns: Column<Standard>[] = [
    { key: 'code', title: r.code, names: true, cell: ({ code }) => <Code>{code}</Code> },
    {
      key: 'text',
      title: r.text,
      cell: ({ text, pointClass, units }) => (
        <>
          <Given>{text}</Given>
          <div className="soft">{say(standardClasses[pointClass])}</div>
          {!units.some(({ role }) => role === 'lead') && <div className="warn">! {r.nobodyLeads}</div>}
        </>
      ),
    },
    ...places.map(
      (place): Column<Standard> => ({
        key: place ?? 'city',
        title: place === null ? r.city : (districts.nameOf(place) ?? place),
        given: place !== null,
        cell: ({ units }) => <Bearers units={units.filter(({ districtCode }) => districtCode === place)} />,
      }),
    ),
  ]
  if (assign)
    columns.push({
      key: 'assign',
      title: r.units,
      cell: ({ id, code }) => (
        <Button size="small" aria-label={r.assignOf(code)} translate="no" onClick={() => assign(id)}>
          {r.assign}
        </Button>
      ),
    })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the page is scrolled by keys
    <section className="inspection-wide" aria-label={r.matrix} tabIndex={0}>
      <DataTable caption={r.matrix} columns={columns} rows={standards} keyOf={({ id }) => id} old={old} />
    </section>
  )
}

/** Who leads and who supports in one place. */
function Bearers({ units }: { units: Standard['units'] }) {
  const { r, say } = useSchemeWords()
  if (units.length === 0) return <span className="soft">{r.none}</span>
  return units.map(({ unit, role, closed }) => (
    <div key={`${unit.id} ${role}`} className={role === 'lead' ? undefined : 'soft'}>
      <Given>{unit.name}</Given> <small className="soft nowrap">{say(standardRoles[role])}</small>
      {closed && <small className="warn"> {r.unitClosed}</small>}
    </div>
  ))
}
