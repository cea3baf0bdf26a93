import type { DateTime } from 'luxon'
import {
  type LinkedParticipation,
  linkRevoked,
  linkUnknown,
  participationByLink,
  placesBefore,
} from '#modules/mobilization/index.ts'
import type { AppContext } from '#src/context.ts'
import { isReadByGuardian } from './circumstances.ts'
import { phonesOf } from './contacts.ts'
import { lateEntriesOf } from './late/queries.ts'
import { lateUntil } from './late/rules.ts'
import type { Surroundings } from './present.ts'
import { aroundHours, attendancesOfParticipation } from './queries.ts'
import { brokenOffAt } from './rules.ts'

/**
 * The person of a link, their attendances, and whom they can call. It changes nothing, because link previews send GET
 * requests, too.
 * @throws DomainError missing `link.unknown`, gone `link.revoked`
 */
export async function openLink(
  context: Pick<AppContext, 'db' | 'keys' | 'calendar' | 'now'>,
  token: string,
): Promise<{ link: LinkedParticipation; around: Surroundings }> {
  const { keys } = context
  const db = context.db.read
  const link = await participationByLink(db, keys, token)
  if (!link) throw linkUnknown()
  if (link.revokedAt) throw linkRevoked()
  const contacts = link.assignments.flatMap(({ shift }) =>
    isReached(shift, context.now()) ? shift.contact!.id : [],
  )
  const attendances = await attendancesOfParticipation(db, link.participationId)
  const phones = await phonesOf(db, keys, contacts)
  const [first] = link.assignments
  const { birthYear } = link.person
  const readByGuardian =
    first !== undefined &&
    (await isReadByGuardian(db, keys, { id: first.id, birthYear, startsAt: first.shift.startsAt }))
  const changed = link.assignments.some(({ askedAgainAt }) => askedAgainAt)
  const before = changed ? await placesBefore(db, link.participationId) : new Map()
  return {
    link,
    around: { attendances, phones, readByGuardian, before, ...(await afterwards(context, link)) },
  }
}

/** Whether the number of whoever is in charge is still given: until two hours after the shift, as to whoever records attendance. */
function isReached({ contact, endsAt }: LinkedParticipation['assignments'][number]['shift'], now: DateTime) {
  return contact !== null && now < endsAt.plus({ hours: aroundHours })
}

/**
 * Late entries that exist or are still possible. Skipped before the end of the first shift, when most people open
 * their page.
 */
async function afterwards(
  { db, calendar, now }: Pick<AppContext, 'db' | 'calendar' | 'now'>,
  { participationId, assignments, event }: LinkedParticipation,
): Promise<Pick<Surroundings, 'lateEntries' | 'lateUntil'>> {
  const at = now()
  const over = assignments.flatMap(({ id, shift, cancelledAt }) => {
    const off = brokenOffAt(shift, [shift.cancelledAt, event.cancelledAt])
    if (off) return { id, endsAt: off }
    return cancelledAt === null && shift.endsAt <= at ? { id, endsAt: shift.endsAt } : []
  })
  if (over.length === 0) return { lateEntries: new Map(), lateUntil: new Map() }
  const days = await calendar.current()
  const until = over.map(({ id, endsAt }): [string, DateTime] => {
    return [id, lateUntil(days, { endsAt, timeZone: event.timeZone }).endsAt]
  })
  return {
    lateEntries: await lateEntriesOf(db.read, participationId),
    lateUntil: new Map(until.filter(([, end]) => end > at)),
  }
}
