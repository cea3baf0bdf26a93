import { assertTeamsWithin } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import type { PersonFacts, TeamOfPerson } from './facts.ts'

/**
 * The team somebody is named with: the one asked for, else the first of theirs, if the actor answers for it.
 * @throws DomainError `person.missing`
 */
export async function creditedTeam(
  db: Reader,
  person: PersonFacts,
  { teamId, by }: { teamId?: string; by: Actor },
): Promise<TeamOfPerson> {
  const reach = reachOf(by, 'sign-ups.edit')
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
