import { Select } from 'antd'
import { type RoleName, roleWords, scopeWords } from '#modules/accounts/words.ts'
import { type GrantBody, listRoles, listTeams, listUnits } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { useDistricts } from '../grid/districts.ts'
import { Choice } from '../ui/office/choice.tsx'
import { Field } from '../ui/office/field.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { useAccountsWords } from './words.ts'

type ScopeKind = keyof typeof scopeWords

/** A role being given: what it is, and over what. */
export interface RoleChoice {
  role: RoleName | null
  scope: ScopeKind | null
  unit: Named | null
  team: Named | null
  districtCode: string | null
}
export const noRole: RoleChoice = { role: null, scope: null, unit: null, team: null, districtCode: null }

/** The choice as the service takes it; undefined while something is missing. */
export function grantOf({ role, scope, unit, team, districtCode }: RoleChoice): GrantBody | undefined {
  if (!role || !scope) return undefined
  if (scope === 'everything') return { role }
  if (scope === 'unit') return unit ? { role, unitId: unit.id } : undefined
  if (scope === 'team') return team ? { role, teamId: team.id } : undefined
  return districtCode ? { role, districtCode } : undefined
}

/** The roles that whoever is signed in may give, as the service says. */
export function useGivable() {
  const roles = useAsk(listRoles, {})
  const mine = useStore(me)?.grants ?? []
  const names = new Set(
    (roles.data ?? [])
      .filter(({ name }) => mine.some(({ role }) => role === name))
      .flatMap((role) => role.mayGrant),
  )
  return (roles.data ?? []).filter(({ name }) => names.has(name))
}

interface Props {
  choice: RoleChoice
  wrong?: string | undefined
  onChange: (choice: RoleChoice) => void
}

/** Chooses a role and what it is over; says in words what its holder may do. */
export function RoleFields({ choice, wrong, onChange }: Props) {
  const { r, say } = useAccountsWords()
  const givable = useGivable()
  const districts = useDistricts()
  const role = givable.find(({ name }) => name === choice.role)
  const scopes = role?.scopes ?? []
  const chooseRole = (name: RoleName) => {
    const [only, ...others] = givable.find((each) => each.name === name)?.scopes ?? []
    onChange({ ...noRole, role: name, scope: only && others.length === 0 ? only : null })
  }
  return (
    <>
      <Field wide label={r.role} name="grant-role" wrong={wrong}>
        <Select
          id="grant-role"
          placeholder={r.chooseRole}
          options={givable.map(({ name }) => ({ value: name, label: say(roleWords[name]) }))}
          value={choice.role}
          onChange={chooseRole}
        />
      </Field>
      {role && scopes.length > 1 && (
        <Field wide label={r.scopeKind} name="grant-scope">
          <Select
            id="grant-scope"
            options={scopes.map((each) => ({ value: each, label: say(scopeWords[each]) }))}
            value={choice.scope}
            onChange={(scope: ScopeKind) => onChange({ ...noRole, role: choice.role, scope })}
          />
        </Field>
      )}
      {choice.scope === 'unit' && (
        <Field wide label={r.unit} name="grant-unit">
          <RemoteSelect
            id="grant-unit"
            find={listUnits}
            placeholder={r.chooseUnit}
            value={choice.unit}
            onChange={(unit) => onChange({ ...choice, unit })}
          />
        </Field>
      )}
      {choice.scope === 'team' && (
        <Field wide label={r.team} name="grant-team">
          <RemoteSelect
            id="grant-team"
            find={listTeams}
            placeholder={r.chooseTeam}
            value={choice.team}
            detail={({ unit }) => unit?.name}
            onChange={(team) => onChange({ ...choice, team })}
          />
        </Field>
      )}
      {choice.scope === 'district' && (
        <Field wide label={r.district} name="grant-district">
          <Choice
            given
            id="grant-district"
            label={r.district}
            all={r.chooseDistrict}
            options={districts.options}
            value={choice.districtCode}
            onChange={(districtCode) => onChange({ ...choice, districtCode })}
          />
        </Field>
      )}
      {role && (
        <div className="field wide">
          <span className="label">{r.may}</span>
          <p className="soft">{role.permissions.map(say).join(say({ zh: '；', en: '; ' }))}</p>
        </div>
      )}
    </>
  )
}
