import { countPersons, listPersons, listTeams, readTeam, readUnit, type Team } from '../../api/operations.ts'
import { queries, queryKey, readAgain } from '../../core/query.ts'

/** The team as it is now, for whoever looks at it or at a list of teams. */
export function keepTeam(team: Team): void {
  queries.setQueryData(queryKey(readTeam, { params: { teamId: team.id } }), team)
  void readAgain(listTeams, readUnit)
}

/** Who is in a team, or who leads it, has changed. */
export function membersChanged(): Promise<void> {
  return readAgain(readTeam, listTeams, listPersons, countPersons)
}
