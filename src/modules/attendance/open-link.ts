import {
  type LinkedParticipation,
  linkRevoked,
  linkUnknown,
  participationByLink,
} from '#modules/mobilization/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { phonesOf } from './contacts.ts'
import type { Surroundings } from './present.ts'
import { attendancesOfParticipation } from './queries.ts'

/**
 * Whom a link stands for, with what was recorded and whom to call. Reading changes nothing: previews fetch links, too.
 * @throws DomainError missing `link.unknown`, gone `link.revoked`
 */
export async function openLink(
  db: Reader,
  keys: KeyRing,
  token: string,
): Promise<{ link: LinkedParticipation; around: Surroundings }> {
  const link = await participationByLink(db, keys, token)
  if (!link) throw linkUnknown()
  if (link.revokedAt) throw linkRevoked()
  const inCharge = link.assignments.flatMap(({ shift }) => [shift.inCharge ?? shift.deputy ?? []].flat())
  const attendances = await attendancesOfParticipation(db, link.participationId)
  const phones = await phonesOf(
    db,
    keys,
    inCharge.map(({ id }) => id),
  )
  return { link, around: { attendances, phones } }
}
