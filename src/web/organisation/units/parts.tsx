import { Link } from 'react-router'
import { listTeams, listUnits, readPerson, type Unit } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { paths } from '../../paths.ts'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { TeamTable } from '../teams/table.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { UnitTable } from './table.tsx'

/** As many of a unit's teams or units as its own page shows; a link leads to all of them. */
const shownMax = 20

/** Its teams and classes. */
export function TeamsOf({ unit }: { unit: Unit }) {
  const { units: u } = useOrganisationWords()
  const found = useAsk(listTeams, { query: { unitId: unit.id, limit: shownMax } })
  return (
    <>
      <div className="panelhead">
        <h2>{u.teams}</h2>
        {unit.openTeams > shownMax && (
          <Link to={{ pathname: paths.teams(), search: `unitId=${unit.id}` }}>
            {u.allTeams(unit.openTeams)}
          </Link>
        )}
      </div>
      {found.isPending && <Skeleton lines={3} />}
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <p className="soft">{u.noTeams}</p>}
      {found.data && found.data.items.length > 0 && <TeamTable withinUnit teams={found.data.items} />}
    </>
  )
}

/** The units that report to it. */
export function UnitsBelow({ unit }: { unit: Unit }) {
  const { units: u } = useOrganisationWords()
  const found = useAsk(listUnits, { query: { parentId: unit.id, limit: shownMax } })
  return (
    <>
      <div className="panelhead">
        <h2>{u.below}</h2>
        {unit.openUnits > shownMax && (
          <Link to={{ pathname: paths.units(), search: `parentId=${unit.id}` }}>
            {u.allBelow(unit.openUnits)}
          </Link>
        )}
      </div>
      {found.isPending && <Skeleton lines={3} />}
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.data && <UnitTable below units={found.data.items} />}
    </>
  )
}

/** Who answers for the unit and who leads it, and by which number they are reached. */
export function Officers({ unit }: { unit: Unit }) {
  const { units: u } = useOrganisationWords()
  return (
    <>
      <h2>{u.officers}</h2>
      <dl className="facts">
        <div>
          <dt>{u.liaison}</dt>
          <dd>
            {unit.liaison ? <Officer person={unit.liaison} /> : <span className="warn">{u.noLiaison}</span>}
          </dd>
        </div>
        <div>
          <dt>{u.leader}</dt>
          <dd>{unit.leader ? <Officer person={unit.leader} /> : <span className="soft">—</span>}</dd>
        </div>
      </dl>
    </>
  )
}

/** Somebody by name, with the first number that works; their own page has the rest. */
function Officer({ person }: { person: { id: string; name: string } }) {
  const { persons: p } = useOrganisationWords()
  const maySee = useStore(me)?.permissions.includes('persons.read') === true
  const found = useAsk(readPerson, { params: { personId: person.id } }, { skip: !maySee })
  if (!maySee) return <Given>{person.name}</Given>
  const good = found.data?.contacts.find(
    ({ kind, invalidAt, optedOutAt }) => kind === 'phone' && !invalidAt && !optedOutAt,
  )
  return (
    <>
      <Link to={paths.person(person.id)}>
        <Given>{person.name}</Given>
      </Link>{' '}
      {good && <span translate="no">{good.masked}</span>}
      {found.data && !good && <span className="bad">✕ {p.none}</span>}
    </>
  )
}
