import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { teamKinds } from '#modules/organisation/words.ts'
import { changeTeam, closeTeam, readTeam, reopenTeam, type Team } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { History } from '../../history/history.tsx'
import { paths } from '../../paths.ts'
import { useDialog } from '../../ui/office/dialogs.ts'
import { EditForm } from '../../ui/office/edit-form.tsx'
import { type Editable, useEditing } from '../../ui/office/editing.ts'
import { Arriving } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { Closing } from '../closing.tsx'
import { PeoplePage } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { ClassFigures } from './class-figures.tsx'
import { changeOf, fieldOf, fieldsOf, problemsOf, type TeamField, type TeamFields } from './fields.ts'
import { TeamForm, useShowTeamField, useTeamLabels } from './form.tsx'
import { HandOver } from './hand-over.tsx'
import { keepTeam } from './keep.ts'
import { Members } from './members.tsx'
import '../people.css'

/** Who is in this team or class, and who leads it? */
export function Component() {
  const { teamId = '' } = useParams()
  const { teams: t } = useOrganisationWords()
  const found = useAsk(readTeam, { params: { teamId } })
  const team = found.data?.id === teamId ? found.data : undefined
  return (
    <PeoplePage
      key={teamId}
      title={team?.name ?? t.team}
      given={team !== undefined}
      question={team?.kind === 'class' ? t.classQuestion : t.teamQuestion}
      trail={<Trail team={team} />}
      acts={team && <Acts team={team} />}
    >
      {team ? <Body key={team.id} team={team} /> : <Arriving found={found} />}
    </PeoplePage>
  )
}

function Trail({ team }: { team: Team | undefined }) {
  const { teams: t } = useOrganisationWords()
  return (
    <>
      <Link to={paths.teams()}>{t.title}</Link>
      {team?.unit && (
        <>
          {' › '}
          <Link to={paths.unit(team.unit.id)}>
            <Given>{team.unit.name}</Given>
          </Link>
        </>
      )}
    </>
  )
}

const useMayEdit = () => useStore(me)?.permissions.includes('teams.edit') === true

function Acts({ team }: { team: Team }) {
  const { teams: t, closing: c } = useOrganisationWords()
  const dialog = useDialog(['closure', 'hand-over'])
  const closed = team.closedAt !== null
  if (!useMayEdit()) return null
  const become = async (close: boolean, version = team.version) => {
    const saved = await ask(close ? closeTeam : reopenTeam, { params: { teamId: team.id } }, { version })
    keepTeam(saved)
    return saved.version
  }
  return (
    <>
      <Button danger={!closed} onClick={() => dialog.open('closure')}>
        {closed ? c.reopen : c.close}
      </Button>
      {!closed && (
        <Button type="primary" onClick={() => dialog.open('hand-over')}>
          {team.leader ? t.handOver : t.nameLeader}
        </Button>
      )}
      {dialog.act === 'closure' && (
        <Closing name={team.name} close={!closed} become={become} done={dialog.close} />
      )}
      {dialog.act === 'hand-over' && !closed && <HandOver team={team} close={dialog.close} />}
    </>
  )
}

function Body({ team }: { team: Team }) {
  const { teams: t } = useOrganisationWords()
  const mayEdit = useMayEdit() && team.closedAt === null
  const maySee = useStore(me)?.permissions.includes('persons.read') === true
  return (
    <div className="sheet">
      <div className="column">
        {team.closedAt && <p className="note warn">{t.isClosed}</p>}
        {maySee && <Members team={team} mayEdit={mayEdit} />}
        <Panel label={t.facts}>{mayEdit ? <Editor team={team} /> : <Reading team={team} />}</Panel>
        <History subject={`team:${team.id}`} />
      </div>
      <Panel aside label={t.leading}>
        <Leading team={team} />
        {team.kind === 'class' && maySee && <ClassFigures team={team} />}
      </Panel>
    </div>
  )
}

/** Who leads it, and how many are named of how many there are said to be. */
function Leading({ team }: { team: Team }) {
  const { say } = useWords()
  const { teams: t } = useOrganisationWords()
  const maySee = useStore(me)?.permissions.includes('persons.read') === true
  return (
    <>
      <h2>{t.leading}</h2>
      <dl className="facts">
        <div>
          <dt>{t.kind}</dt>
          <dd>{say(teamKinds[team.kind])}</dd>
        </div>
        <div>
          <dt>{t.leader}</dt>
          <dd>
            {!team.leader && <span className="warn">{t.noLeader}</span>}
            {team.leader && !maySee && <Given>{team.leader.name}</Given>}
            {team.leader && maySee && (
              <Link to={paths.person(team.leader.id)}>
                <Given>{team.leader.name}</Given>
              </Link>
            )}
          </dd>
        </div>
        <div>
          <dt>{t.members}</dt>
          <dd>{team.statedHeads === null ? team.members : t.ofStated(team.members, team.statedHeads)}</dd>
        </div>
      </dl>
    </>
  )
}

function useEditable(): Editable<Team, TeamFields> {
  const { w } = useWords()
  return {
    fieldsOf,
    problemsOf: (fields) => problemsOf(fields, w),
    async read({ id }) {
      const team = await ask(readTeam, { params: { teamId: id } })
      keepTeam(team)
      return team
    },
    async send({ id, version }, before, fields) {
      const body = changeOf(before, fields)
      const saved = await ask(changeTeam, { params: { teamId: id }, body }, { version })
      keepTeam(saved)
      return saved
    },
    fieldOf,
    inputOf: (field) => `team-${field}`,
  }
}

function Editor({ team }: { team: Team }) {
  const { teams: t } = useOrganisationWords()
  const labels = useTeamLabels()
  const show = useShowTeamField()
  const editing = useEditing(team, useEditable())
  const { mine, problems, set } = editing
  return (
    <>
      <h2>{t.facts}</h2>
      <EditForm editing={editing} label={(field) => labels[field as TeamField]} show={show}>
        <TeamForm fields={mine} problems={problems} set={set} />
      </EditForm>
    </>
  )
}

function Reading({ team }: { team: Team }) {
  const { teams: t } = useOrganisationWords()
  const labels = useTeamLabels()
  const show = useShowTeamField()
  const fields = fieldsOf(team)
  return (
    <div className="stack">
      <h2>{t.facts}</h2>
      {!team.closedAt && <p className="note">{t.readOnly}</p>}
      <dl className="reading">
        {(['unit', 'statedHeads', 'base', 'whole'] as const).map((field) => (
          <div key={field} style={{ display: 'contents' }}>
            <dt>{labels[field]}</dt>
            <dd>{show(field, fields[field])}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
