import type { DateTime } from 'luxon'
import { currentPerson } from '#modules/organisation/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { liveAssignment } from './assign-person.ts'
import { creditedTeam } from './credited-team.ts'
import { judge } from './eligibility.ts'
import { dayOf, personFacts, shiftFacts } from './facts.ts'
import type { Eligibility } from './rules.ts'

/**
 * Whether a person could take a shift now. A person who already holds a place there is eligible.
 * @throws DomainError `shift.missing`, `person.missing` when the person is in no team within the actor's reach
 */
export async function checkEligibility(
  db: Reader,
  keys: KeyRing,
  request: { shiftId: string; personId: string; by: Actor; at: DateTime },
): Promise<Eligibility> {
  const { shiftId, at } = request
  const personId = await currentPerson(db, request.personId)
  const facts = await shiftFacts(db, shiftId)
  const person = await personFacts(db, keys, personId, dayOf(facts.event))
  const team = await creditedTeam(db, person, request)
  const present = await liveAssignment(db, shiftId, personId)
  if (present && present.freedAt === null) return { eligible: true }
  return (await judge(db, keys, facts, person, { team, at })).eligibility
}
