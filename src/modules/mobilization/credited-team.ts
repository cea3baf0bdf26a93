import { assertTeamsWithin } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import type { PersonFacts, TeamOfPerson } from './facts.ts'

/**
 * The team that is credited for a person: the requested one, else the person's first team, if it is within the actor's
 * reach.
 * @throws DomainError `person.missing`
 */
export async function creditedTeam(
  db: Reader,
  person: PersonFacts,
  { teamId, by }: { teamId?: string; by: Actor },
): Promise<TeamOfPerson> {
  const reach = reachOf(by, 'sign_ups.edit')
  for (const team of person.teams.filter((each) => teamId === undefined || each.teamId === teamId)) {
    try {
      await assertTeamsWithin(db, reach, [team.teamId])
      return team
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'team.missing') throw error
    }
  }
  throw new DomainError('missing', 'person.missing', 'There is no such person in a team of yours.', {
    personId: person.personId,
  })
}
