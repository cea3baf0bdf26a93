import { Link } from 'react-router'
import { teamKinds } from '#modules/organisation/words.ts'
import type { Team } from '../../api/operations.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { useOrganisationWords } from '../words/index.ts'

interface Props {
  teams: readonly Team[]
  old?: boolean
  /** On the page of their unit. */
  withinUnit?: boolean
}

/** The columns of teams and classes. */
export function useTeamColumns(withinUnit = false): Column<Team>[] {
  const { say } = useWords()
  const { teams: t } = useOrganisationWords()
  const none = <span className="soft">—</span>
  const unit: Column<Team> = {
    key: 'unit',
    title: t.unit,
    cell: ({ unit: of }) =>
      of ? (
        <Link to={paths.unit(of.id)}>
          <Given>{of.name}</Given>
        </Link>
      ) : (
        none
      ),
    text: ({ unit: of }) => of?.name,
  }
  return [
    {
      key: 'name',
      title: t.name,
      names: true,
      cell: ({ id, name }) => (
        <Link to={paths.team(id)}>
          <Given>{name}</Given>
        </Link>
      ),
      text: ({ name }) => name,
    },
    {
      key: 'kind',
      title: t.kind,
      cell: ({ kind }) => <span className="nowrap">{say(teamKinds[kind])}</span>,
      text: ({ kind }) => say(teamKinds[kind]),
    },
    ...(withinUnit ? [] : [unit]),
    {
      key: 'leader',
      title: t.leader,
      cell: ({ leader }) =>
        leader ? <Given>{leader.name}</Given> : <span className="warn">{t.noLeader}</span>,
      text: ({ leader }) => leader?.name,
    },
    {
      key: 'members',
      title: t.members,
      number: true,
      cell: ({ members }) => members,
      text: ({ members }) => members,
    },
    {
      key: 'stated',
      title: t.statedHeads,
      number: true,
      cell: ({ statedHeads }) => statedHeads ?? none,
      text: ({ statedHeads }) => statedHeads,
    },
  ]
}

/** Teams and classes: whose each is, who leads it, and how many are named of how many there are said to be. */
export function TeamTable({ teams, old, withinUnit }: Props) {
  const { teams: t } = useOrganisationWords()
  const columns = useTeamColumns(withinUnit)
  return (
    <DataTable caption={t.title} columns={columns} rows={teams} keyOf={({ id }) => id} old={old === true} />
  )
}
