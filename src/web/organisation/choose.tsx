import {
  listPersons,
  listTeams,
  listUnits,
  type Person,
  readPerson,
  readTeam,
  readUnit,
} from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { RemoteSelect } from '../ui/office/remote-select.tsx'

interface Props {
  id?: string
  label: string
  value: string | null
  onChange: (id: string | null) => void
}

/** Inside a field, the field names it. */
const called = (id: string | undefined, label: string) => ({ placeholder: label, ...(id ? {} : { label }) })

/** The name of what is chosen, once it has been read. */
const named = (id: string | null, found: { id: string; name: string } | undefined) =>
  id === null ? null : { id, name: found?.id === id ? found.name : '…' }

/** Chooses a unit by part of its name. */
export function UnitSelect({ value, onChange, label, ...rest }: Props) {
  const unit = useAsk(readUnit, { params: { unitId: value ?? '' } }, { skip: value === null })
  return (
    <RemoteSelect
      {...rest}
      find={listUnits}
      {...called(rest.id, label)}
      value={named(value, unit.data)}
      onChange={(chosen) => onChange(chosen?.id ?? null)}
    />
  )
}

/** Chooses a team or class by part of its name; the unit tells those of one name apart. */
export function TeamSelect({ value, onChange, label, ...rest }: Props) {
  const team = useAsk(readTeam, { params: { teamId: value ?? '' } }, { skip: value === null })
  return (
    <RemoteSelect
      {...rest}
      find={listTeams}
      detail={({ unit }) => unit?.name}
      {...called(rest.id, label)}
      value={named(value, team.data)}
      onChange={(chosen) => onChange(chosen?.id ?? null)}
    />
  )
}

/** Where somebody belongs, which tells namesakes apart. */
export const placeOf = ({ memberships: [first] }: Person): string | undefined =>
  first && [first.unit?.name, first.team.name].filter(Boolean).join(' ')

/** Chooses a person by name; where they belong tells namesakes apart. */
export function PersonSelect({ value, onChange, label, ...rest }: Props) {
  const person = useAsk(readPerson, { params: { personId: value ?? '' } }, { skip: value === null })
  return (
    <RemoteSelect
      {...rest}
      find={listPersons}
      detail={placeOf}
      {...called(rest.id, label)}
      value={named(value, person.data)}
      onChange={(chosen) => onChange(chosen?.id ?? null)}
    />
  )
}
