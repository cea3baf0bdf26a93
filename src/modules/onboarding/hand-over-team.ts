import { moveTeamRole } from '#modules/accounts/index.ts'
import { currentPerson, moveLeadership } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { Doing } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'

export interface HandOver extends Doing {
  teamId: string
  /** The member who becomes the leader. */
  personId: string
  /** The calendar day in the time zone of the service. */
  today: string
  version: number
}

/**
 * Hands a team to one of its adult members, in one transaction, whatever other roles they hold. The leader becomes a
 * deputy and the member becomes the leader; the role over the team moves with it (a member without an account gets one,
 * with a one-time link by message), and the previous leader gets a message. The job `team.handed_over` moves what the leader was in charge of. Handing it to the current leader changes
 * nothing.
 * @throws DomainError what `moveLeadership` and `moveTeamRole` throw
 */
export async function handOverTeam(
  tx: Writer,
  keys: KeyRing,
  { teamId, personId: asked, today, version, by, at }: HandOver,
): Promise<{ leaderPersonId: string; version: number }> {
  const personId = await currentPerson(tx, asked)
  const { from, changed, ...led } = await moveLeadership(tx, keys, { teamId, personId, today, version })
  if (!changed) return led
  await moveTeamRole(tx, keys, { teamId, personId, by, at })
  const details = { from, to: personId }
  await record(tx, { action: 'team.handed_over', subject: `team:${teamId}`, by, at, details })
  if (from) await enqueue(tx, 'team.handed_over', { teamId, from, to: personId })
  return led
}
