import { and, eq, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { consentsFor, endOfSchoolYear, openOwner, recordConsent } from '#modules/organisation/index.ts'
import { guardianConsents, personContacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { prepared, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { answerInvitation } from './answer-invitation.ts'
import { type Child, childOf } from './child-of.ts'
import { contactsFor } from './contacts.ts'
import { dayOf } from './facts.ts'
import type { Answer } from './words.ts'

/** Who answers through a minor's link: a guardian, or a relative who only passes messages on (亲属代收). */
export type AnsweredAs = 'guardian' | 'relative'

export interface LinkAnswer {
  participationId: string
  assignmentId?: string
  answer: Answer
  as?: AnsweredAs
  /** The guardian of a minor consents to the other events of the school year, too. */
  schoolYear?: boolean | undefined
  at: DateTime
}

/**
 * Records an answer given through a personal link. A minor's link is used by the guardian: accepting is consent to this
 * event, declining every place refuses it, and both statements are stored. A relative who passes messages on may not
 * answer.
 * @throws DomainError `consent.not_guardian`, `consent.refused_by_other`, and every error of `answerInvitation`
 */
export async function answerByLink(
  tx: Writer,
  keys: KeyRing,
  given: LinkAnswer,
): Promise<{ answer: Answer | null }> {
  const { participationId, assignmentId, answer, at } = given
  const child = await childOf(tx, participationId)
  if (!child) return answerInvitation(tx, keys, { participationId, assignmentId, answer, via: 'link', at })
  if (given.as === 'relative') {
    const message = 'Only a guardian consents or refuses. Please pass the link on.'
    throw new DomainError('forbidden', 'consent.not_guardian', message)
  }
  if (answer === 'accepted') {
    await state(tx, keys, child, { says: 'yes', participationId, at })
    if (given.schoolYear) await stateForYear(tx, keys, child, { participationId, at })
  }
  const outcome = await answerInvitation(tx, keys, { participationId, assignmentId, answer, via: 'link', at })
  // Declining one of several places is not a refusal of the event.
  if (outcome.answer === 'declined') await state(tx, keys, child, { says: 'no', participationId, at })
  return outcome
}

async function state(
  tx: Writer,
  keys: KeyRing,
  { personId, event }: Child,
  { says, participationId, at }: { says: 'yes' | 'no'; participationId: string; at: DateTime },
): Promise<void> {
  const guardian = await guardianOf(tx, keys, personId)
  const occasion = { eventId: event.id, day: dayOf(event) }
  const meant = says === 'yes' ? 'given' : 'refused'
  const saidNow = async () => (await consentsFor(tx, keys, [personId], occasion)).get(personId)
  // Without a registered guardian the answer changes the place, but no consent is stored.
  if (!guardian || (await saidNow()) === meant) return
  const { contactId, ownerName } = guardian
  const said = {
    personId,
    says,
    guardianName: ownerName ?? '',
    contactId,
    eventId: event.id,
    scope: event.name,
  }
  await recordConsent(tx, keys, { ...said, givenAt: at, via: 'link' }, { by: { link: participationId }, at })
  if (says === 'yes' && (await saidNow()) === 'refused') {
    const message = 'Another guardian refuses, and only that guardian can change it.'
    throw new DomainError('conflict', 'consent.refused_by_other', message)
  }
}

/** Stores the consent to everything until the end of the school year of this event, once. */
async function stateForYear(
  tx: Writer,
  keys: KeyRing,
  { personId, event }: Child,
  { participationId, at }: { participationId: string; at: DateTime },
): Promise<void> {
  const guardian = await guardianOf(tx, keys, personId)
  if (!guardian) return
  const { contactId, ownerName } = guardian
  const validUntil = endOfSchoolYear(event.startsAt.setZone(event.timeZone))
  const [known] = await tx
    .select({ id: guardianConsents.id })
    .from(guardianConsents)
    .where(
      and(
        eq(guardianConsents.personId, personId),
        eq(guardianConsents.contactId, contactId),
        eq(guardianConsents.validUntil, validUntil),
        eq(guardianConsents.says, 'yes'),
        isNull(guardianConsents.eventId),
        isNull(guardianConsents.withdrawnAt),
      ),
    )
    .limit(1)
  if (known) return
  const said = { personId, says: 'yes' as const, guardianName: ownerName ?? '', contactId, validUntil }
  const stated = { ...said, scope: '本学年志愿服务活动', givenAt: at, via: 'link' as const }
  await recordConsent(tx, keys, stated, { by: { link: participationId }, at })
}

/**
 * The registered guardian whom messages about the child go to, who therefore has the link. Not simply the first one: who opted
 * out gets none, and what the other says must not count as theirs.
 */
async function guardianOf(db: Reader, keys: KeyRing, personId: string) {
  const chosen = (await contactsFor(db, [{ personId, minor: true }])).get(personId)
  if (chosen?.relation !== 'guardian') return undefined
  const { contactId } = chosen
  const [found] = await prepared(db, 'mobilization.guardianOf', (on) =>
    on
      .select({ id: personContacts.id, ownerName: personContacts.ownerName })
      .from(personContacts)
      .where(
        and(
          eq(personContacts.personId, sql.placeholder('personId')),
          eq(personContacts.contactId, sql.placeholder('contactId')),
          eq(personContacts.relation, 'guardian'),
        ),
      )
      .limit(1)
      .prepare('mobilization_guardian_of'),
  ).execute({ personId, contactId })
  return found && { contactId, ownerName: openOwner(keys, found) }
}
