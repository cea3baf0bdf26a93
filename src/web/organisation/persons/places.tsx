import { Link } from 'react-router'
import { memberRoles } from '#modules/organisation/words.ts'
import { listOtherRecords, type Person } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { dayText } from '../../core/time.ts'
import { paths } from '../../paths.ts'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { useOrganisationWords } from '../words/index.ts'

/** The teams and classes they are in, and as what. */
export function Places({ person }: { person: Person }) {
  const { say, language } = useWords()
  const { person: one } = useOrganisationWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  return (
    <>
      <h2>{one.memberships}</h2>
      {person.memberships.length === 0 && <p className="soft">{one.noMemberships}</p>}
      <dl className="facts">
        {person.memberships.map(({ id, team, unit, role, joinedAt }) => (
          <div key={id}>
            <dt>
              {unit && (
                <Link to={paths.unit(unit.id)}>
                  <Given>{unit.name}</Given>
                </Link>
              )}
            </dt>
            <dd>
              <Link to={paths.team(team.id)}>
                <Given>{team.name}</Given>
              </Link>{' '}
              {say(memberRoles[role])}
              <div className="soft">
                {one.since} {dayText(joinedAt, zone, language)}
              </div>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** Other records of the same human within reach; of others nothing is said. */
export function OtherRecords({ person, mayEdit }: { person: Person; mayEdit: boolean }) {
  const { person: one } = useOrganisationWords()
  const found = useAsk(listOtherRecords, { params: { personId: person.id } }, { skip: !mayEdit })
  const others = found.data?.items ?? []
  if (others.length === 0) return null
  return (
    <>
      <h2>{one.otherRecords}</h2>
      <ul className="dots">
        {others.map(({ id, name, memberships }) => (
          <li key={id}>
            <Link to={paths.person(id)}>
              <Given>{[name, memberships[0]?.unit?.name].filter(Boolean).join(' ')}</Given>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
