import { Link } from 'react-router'
import { unitKinds } from '#modules/organisation/words.ts'
import type { Unit } from '../../api/operations.ts'
import { useDistricts } from '../../grid/districts.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { useOrganisationWords } from '../words/index.ts'

interface Props {
  units: readonly Unit[]
  old?: boolean
  /** On the page of the unit they report to. */
  below?: boolean
  /** In a tree: how deep each is, and what opens it. */
  tree?: {
    depthOf: (id: string) => number
    isOpen: (id: string) => boolean
    toggle: (id: string) => void
  }
}

/** Units: what each is, where, who speaks for it, and what belongs to it. */
export function UnitTable({ units, old, below, tree }: Props) {
  const { say } = useWords()
  const { units: u } = useOrganisationWords()
  const districts = useDistricts()
  const none = <span className="soft">—</span>
  const given = (text: string | null | undefined) => (text ? <Given>{text}</Given> : none)
  const name: Column<Unit> = {
    key: 'name',
    title: u.name,
    names: true,
    cell: ({ id, name, openUnits, honourTitle }) => (
      <span className="branch" style={{ paddingLeft: (tree?.depthOf(id) ?? 0) * 24 }}>
        {tree && <Twig id={id} name={name} below={openUnits} tree={tree} />}
        <Link to={paths.unit(id)}>
          <Given>{name}</Given>
        </Link>
        {honourTitle && (
          <small className="soft">
            {' '}
            <Given>{honourTitle}</Given>
          </small>
        )}
      </span>
    ),
  }
  const parent: Column<Unit> = {
    key: 'parent',
    title: u.parent,
    cell: ({ parent: above }) =>
      above ? (
        <Link to={paths.unit(above.id)}>
          <Given>{above.name}</Given>
        </Link>
      ) : (
        none
      ),
  }
  const columns: Column<Unit>[] = [
    name,
    {
      key: 'kind',
      title: u.kind,
      cell: ({ kind }) => <span className="nowrap">{say(unitKinds[kind])}</span>,
    },
    ...(tree || below ? [] : [parent]),
    { key: 'district', title: u.district, cell: ({ districtCode }) => given(districts.nameOf(districtCode)) },
    {
      key: 'liaison',
      title: u.liaison,
      cell: ({ liaison }) =>
        liaison ? <Given>{liaison.name}</Given> : <span className="warn">{u.noLiaison}</span>,
    },
    {
      key: 'teams',
      title: u.openTeams,
      number: true,
      cell: ({ id, openTeams }) =>
        openTeams > 0 ? <Link to={{ pathname: paths.teams(), search: `unitId=${id}` }}>{openTeams}</Link> : 0,
    },
    { key: 'staff', title: u.staffCount, number: true, cell: ({ staffCount }) => staffCount ?? none },
  ]
  return (
    <DataTable caption={u.title} columns={columns} rows={units} keyOf={({ id }) => id} old={old === true} />
  )
}

interface TwigProps {
  id: string
  name: string
  below: number
  tree: NonNullable<Props['tree']>
}

/** Opens and shuts what lies below; an empty place where nothing does. */
function Twig({ id, name, below, tree }: TwigProps) {
  const { units: u } = useOrganisationWords()
  if (below === 0) return <span className="twig" />
  const open = tree.isOpen(id)
  return (
    <button
      type="button"
      className="twig"
      translate="no"
      aria-expanded={open}
      aria-label={u.belowOf(name, below)}
      onClick={() => tree.toggle(id)}
    >
      <span aria-hidden="true">{open ? '▾' : '▸'}</span>
    </button>
  )
}
