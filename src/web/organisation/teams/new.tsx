import { Link, useSearchParams } from 'react-router'
import { createTeam, listTeams, readUnit, type Unit } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { MakeForm, useMaking } from '../../ui/office/making.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { useWords } from '../../words/index.ts'
import { PeoplePage } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { bodyOf, fieldOf, newTeamFields, problemsOf, type TeamFields } from './fields.ts'
import { TeamForm } from './form.tsx'

/** A new team or class. */
export function Component() {
  const { teams: t } = useOrganisationWords()
  const [search] = useSearchParams()
  const unitId = search.get('unitId')
  const unit = useAsk(readUnit, { params: { unitId: unitId ?? '' } }, { skip: unitId === null })
  return (
    <PeoplePage
      narrow
      title={t.new}
      question={t.newQuestion}
      trail={<Link to={paths.teams()}>{t.title}</Link>}
    >
      {unit.isError && <Trouble error={unit.error} again={() => void unit.refetch()} />}
      {unitId !== null && unit.isPending && <Skeleton lines={8} />}
      {(unitId === null || unit.data) && <NewTeam unit={unit.data} />}
    </PeoplePage>
  )
}

function NewTeam({ unit }: { unit: Unit | undefined }) {
  const { w } = useWords()
  const { teams: t } = useOrganisationWords()
  const making = useMaking<TeamFields>({
    begun: newTeamFields(unit),
    problemsOf: (fields) => problemsOf(fields, w),
    async make(fields, keyFor) {
      const body = bodyOf(fields)
      const team = await ask(createTeam, { body }, { key: keyFor(body) })
      await readAgain(listTeams, readUnit)
      return { text: t.created(team.name), to: paths.team(team.id) }
    },
    fieldOf,
    inputOf: (field) => `team-${field}`,
  })
  return (
    <MakeForm making={making} create={t.create} from={unit ? paths.unit(unit.id) : paths.teams()}>
      <TeamForm making fields={making.fields} problems={making.problems} set={making.set} />
    </MakeForm>
  )
}
