import { type LinkedParticipation, participationByLink } from '#modules/mobilization/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { phonesOf } from './contacts.ts'
import { linkRevoked } from './find-assignment.ts'
import type { Surroundings } from './present.ts'
import { attendancesOf } from './queries.ts'

/** Whom a link stands for, with what was recorded and whom to call. Reading changes nothing: previews fetch links, too. */
export async function openLink(
  db: Reader,
  keys: KeyRing,
  token: string,
): Promise<{ link: LinkedParticipation; around: Surroundings }> {
  const link = await liveLink(db, keys, token)
  const inCharge = link.assignments.flatMap(({ shift }) => [shift.inCharge ?? shift.deputy ?? []].flat())
  const attendances = await attendancesOf(
    db,
    link.assignments.map(({ id }) => id),
  )
  const phones = await phonesOf(db, keys, [...new Set(inCharge.map(({ id }) => id))])
  return { link, around: { attendances, phones } }
}

/** @throws DomainError missing `link.unknown`, gone `link.revoked` */
export async function liveLink(db: Reader, keys: KeyRing, token: string): Promise<LinkedParticipation> {
  const link = await participationByLink(db, keys, token)
  if (!link) throw new DomainError('missing', 'link.unknown', 'This link is not known.')
  if (link.revokedAt) throw linkRevoked()
  return link
}
