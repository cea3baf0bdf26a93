import { roleWords } from '#modules/accounts/words.ts'
import type { GrantView } from '../api/operations.ts'
import { useDistricts } from '../grid/districts.ts'
import { Given } from '../ui/plain/given.tsx'
import { useAccountsWords } from './words.ts'

type Grant = Pick<
  GrantView,
  'role' | 'scope' | 'unit' | 'districtCode' | 'team' | 'withinDistrict' | 'suspended'
>

/** What a role is given over, by its name. */
export function Scope({ grant }: { grant: Grant }) {
  const { r } = useAccountsWords()
  const districts = useDistricts()
  const name = grant.unit?.name ?? grant.team?.name ?? districts.nameOf(grant.districtCode)
  return (
    <>
      {name ? <Given>{name}</Given> : r.everything}
      {grant.withinDistrict && (
        <small className="soft"> {r.withinDistrict(districts.nameOf(grant.withinDistrict) ?? '')}</small>
      )}
      {grant.suspended && <small className="warn"> {r.suspended}</small>}
    </>
  )
}

/** The roles of somebody, each with what it is over. */
export function Roles({ grants }: { grants: readonly (Grant & { id: string })[] }) {
  const { say } = useAccountsWords()
  if (grants.length === 0) return <span className="soft">—</span>
  return (
    <ul className="lines">
      {grants.map((grant) => (
        <li key={grant.id}>
          {say(roleWords[grant.role])} <span className="soft">·</span> <Scope grant={grant} />
        </li>
      ))}
    </ul>
  )
}
