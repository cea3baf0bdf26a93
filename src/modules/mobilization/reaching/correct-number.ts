import {
  assertIdentifiable,
  guardLookups,
  type Permits,
  replaceOwnPhone,
  statedNumbers,
  triesOnPerson,
} from '#modules/organisation/index.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import type { AppContext } from '#src/context.ts'
import { childOf } from '../child-of.ts'
import { renewLink } from '../links/revoke-link.ts'
import { participationRow } from '../participations.ts'
import { assertOwnTeam } from '../remove-assignment.ts'

/**
 * 更正号码: a leader gives one of their adults another number. The old number is marked wrong for this person alone, its
 * link is dead, and the person is asked again at the new one. Somebody who also belongs elsewhere is changed by whoever
 * answers for all of their places; a child's guardian by the school.
 * @throws DomainError `participation.missing`, `team.missing`, `person.not_identifiable`, `person.is_minor`,
 *   `contact.invalid`, `lookups.throttled`, `lookups.exhausted`
 */
export async function correctNumber(
  context: AppContext,
  permits: Permits,
  { participationId, phone, by }: { participationId: string; phone: string; by: Actor },
): Promise<void> {
  const { db, keys, now } = context
  const { personId } = await participationRow(db.read, participationId)
  const reach = reachOf(by, 'answers.record')
  const tried = statedNumbers({ contacts: [{ kind: 'phone', value: phone }] })
  const receipt = await guardLookups(context, {
    ...{ by, permission: 'answers.record', via: 'contact' },
    tries: (tx) => triesOnPerson(tx, keys, { reach, personId, tried }),
  })
  await db.transaction(async (tx) => {
    const at = now()
    await assertOwnTeam(tx, by, 'answers.record', await participationRow(tx, participationId))
    const permit = await assertIdentifiable(tx, permits, reach, personId)
    if (await childOf(tx, participationId)) {
      throw new DomainError('conflict', 'person.is_minor', 'The school corrects the number of a guardian.')
    }
    await replaceOwnPhone(tx, keys, { personId, phone, permit, by, at, receipt })
    await renewLink(tx, keys, { participationId, because: 'renewed', by, at })
  })
}
