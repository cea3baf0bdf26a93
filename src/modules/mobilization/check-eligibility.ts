import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { liveAssignment } from './assign-person.ts'
import { creditedTeam } from './credited-team.ts'
import { judge } from './eligibility.ts'
import { dayOf, personFacts, shiftFacts } from './facts.ts'
import type { Eligibility } from './rules.ts'

/**
 * Whether a person could take a shift now. Whoever holds a place there is eligible, of course.
 * @throws DomainError `shift.missing`, `person.missing` when in no team of the actor's
 */
export async function checkEligibility(
  db: Reader,
  request: { shiftId: string; personId: string; by: Actor; at: DateTime },
): Promise<Eligibility> {
  const { shiftId, personId, at } = request
  const facts = await shiftFacts(db, shiftId)
  const person = await personFacts(db, personId, dayOf(facts.event))
  const team = await creditedTeam(db, person, request)
  const present = await liveAssignment(db, shiftId, personId)
  if (present && present.freedAt === null) return { eligible: true }
  return (await judge(db, facts, person, { team, at })).eligibility
}
