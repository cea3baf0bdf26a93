import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import {
  consentsFor,
  endOfSchoolYear,
  openGuardian,
  openOwner,
  recordConsent,
  searchNameOf,
} from '#modules/organisation/index.ts'
import { guardianConsents, personContacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { prepared, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { answerInvitation } from './answer-invitation.ts'
import { type Child, childOf } from './child-of.ts'
import { contactsFor } from './contacts.ts'
import { dayOf } from './facts.ts'
import { linkToldAt } from './links/link-told.ts'
import { participationRow } from './participations.ts'
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
  child: Child,
  { says, participationId, at }: { says: 'yes' | 'no'; participationId: string; at: DateTime },
): Promise<void> {
  const { personId, event } = child
  const guardian = await guardianOf(tx, keys, child, { participationId, says })
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
  child: Child,
  { participationId, at }: { participationId: string; at: DateTime },
): Promise<void> {
  const { personId, event } = child
  const guardian = await guardianOf(tx, keys, child, { participationId, says: 'yes' })
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

interface Guardian {
  contactId: string
  ownerName: string | null
}

/**
 * The registered guardian whose word an answer by the link is: whom the link went to. Where it went to several, or to nobody whose
 * number is known, the one whom messages about the child go to; but a yes is then nobody's who said no, because another guardian
 * may have pressed it.
 */
async function guardianOf(
  db: Reader,
  keys: KeyRing,
  { personId, event }: Child,
  { participationId, says }: { participationId: string; says: 'yes' | 'no' },
): Promise<Guardian | undefined> {
  const generation = (await participationRow(db, participationId)).linkGeneration
  const told = await linkToldAt(db, { personId, eventId: event.id, generation })
  const chosen = (await contactsFor(db, [{ personId, minor: true }])).get(personId)
  const known = await guardiansKnown(db, keys, personId)
  const at = (contactId: string) => known.find((each) => each.contactId === contactId)
  const first = chosen?.relation === 'guardian' ? at(chosen.contactId) : undefined
  const reading = [...told].flatMap((contactId) => at(contactId) ?? [])
  const several = reading.length > 1 ? [...(first ? [first] : []), ...reading] : reading
  const no =
    several.length > 1 && says === 'yes' ? await refusing(db, keys, personId, event.id) : new Set<string>()
  const one =
    several.find(({ contactId, ownerName }) => !no.has(whoIs(ownerName, contactId))) ?? several[0] ?? first
  return one
}

async function guardiansKnown(db: Reader, keys: KeyRing, personId: string): Promise<Guardian[]> {
  const rows = await prepared(db, 'mobilization.guardiansKnown', (on) =>
    on
      .select({
        id: personContacts.id,
        contactId: personContacts.contactId,
        ownerName: personContacts.ownerName,
      })
      .from(personContacts)
      .where(
        and(
          eq(personContacts.personId, sql.placeholder('personId')),
          eq(personContacts.relation, 'guardian'),
        ),
      )
      .orderBy(asc(personContacts.rank), asc(personContacts.id))
      .prepare('mobilization_guardians_known'),
  ).execute({ personId })
  return rows.map((row) => ({ contactId: row.contactId, ownerName: openOwner(keys, row) }))
}

/** The guardians, as `whoIs` tells them apart, whose last word about this event, or about everything, is a no. */
async function refusing(db: Reader, keys: KeyRing, personId: string, eventId: string): Promise<Set<string>> {
  const rows = await db
    .select()
    .from(guardianConsents)
    .where(
      and(
        eq(guardianConsents.personId, personId),
        isNull(guardianConsents.withdrawnAt),
        or(isNull(guardianConsents.eventId), eq(guardianConsents.eventId, eventId)),
      ),
    )
    .orderBy(asc(guardianConsents.givenAt), asc(guardianConsents.id))
  const last = new Map(rows.map((row) => [whoIs(openGuardian(keys, row), row.contactId), row.says] as const))
  return new Set([...last].flatMap(([who, says]) => (says === 'no' ? who : [])))
}

/** Guardians are told apart by name, else by number, as in the rules of consent. */
const whoIs = (name: string | null, contactId: string | null) => searchNameOf(name ?? '') || (contactId ?? '')
