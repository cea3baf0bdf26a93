import Type from 'typebox'
import { beginTelling, eventRow } from '#modules/events/index.ts'
import { queueMessages } from '#modules/messaging/index.ts'
import { Id, Instant } from '#platform/http/schemas.ts'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { takeOffRefused } from './consents/take-off-refused.ts'
import { tellConsent } from './consents/tell-consent.ts'
import { contactsFor } from './contacts.ts'
import { tellCorrection } from './corrections/tell-correction.ts'
import { followLeader } from './in-charge/follow-leader.ts'
import { publishNumbers } from './in-charge/publish-numbers.ts'
import { tellReplaced } from './in-charge/tell-replaced.ts'
import { inviteEvent, inviteOne, remindOfShift } from './invite.ts'
import { inviteAgain } from './invite-again.ts'
import { renewGone } from './links/renew-gone.ts'
import { leaderOf } from './messages/leader-of.ts'
import { kindNames } from './messages/message-kind-names.ts'
import { tellCancellation, tellCancellations, tellChange, tellEventCancellation } from './notices/tell.ts'
import { tellDropped, tellPlaces } from './notices/tell-places.ts'
import { participationRow } from './participations.ts'
import { remindUnits, tellAsked, tellChanged, tellUnitsCancelled } from './quotas/tell-units.ts'
import { releaseAll } from './release.ts'
import { subject } from './subjects.ts'

const ofEvent = Type.Object({ eventId: Id })
const ofParticipation = Type.Object({ participationId: Id })
const ofShift = Type.Object({ shiftId: Id })

/** Handlers of the facts that events reports, and of links that reached a wrong person. */
export const mobilizationJobs: Jobs<AppContext> = {
  'event.published': job({
    params: ofEvent,
    async run(context, { eventId }, run) {
      await publishNumbers(context, eventId)
      await inviteEvent(context, eventId, run)
    },
  }),
  'event.in_charge_named': job({
    params: ofEvent,
    async run(context, { eventId }) {
      await publishNumbers(context, eventId)
      await tellReplaced(context.db, eventId, context.now())
    },
  }),
  'mobilization.invite_all': job({
    params: ofEvent,
    run: (context, { eventId }, run) => inviteEvent(context, eventId, run),
  }),
  'mobilization.invite': job({
    params: ofParticipation,
    run: (context, { participationId }) => inviteOne(context, participationId),
  }),
  'event.cancelled': job({
    params: ofEvent,
    async run({ db, now }, { eventId }) {
      const event = await eventRow(db.read, eventId)
      await tellEventCancellation(db, event, now())
      await tellUnitsCancelled(db, event, now())
      // Shifts that were over by then took place: who came and who did not stays.
      const coming = { eventId, ...(event.cancelledAt && { endsAfter: event.cancelledAt }) }
      await releaseAll(db, coming, { because: 'event_cancelled', at: now() })
    },
  }),
  'shift.cancelled': job({
    params: ofShift,
    async run({ db, now }, { shiftId }) {
      await tellCancellation(db, shiftId, now())
      await releaseAll(db, { shiftId }, { because: 'shift_cancelled', at: now() })
    },
  }),
  'shifts.cancelled': job({
    params: Type.Object({ cancellationId: Id }),
    async run({ db, now }, { cancellationId }) {
      const cancellation = await db.transaction((tx) => beginTelling(tx, cancellationId, now()))
      if (!cancellation) return
      await tellCancellations(db, cancellation, now())
      await releaseAll(db, { cancellationId }, { because: 'shift_cancelled', at: now() })
    },
  }),
  'shifts.cancellation_undone': job({
    params: ofEvent,
    run: (context, { eventId }, run) => inviteEvent(context, eventId, run),
  }),
  'shift.change_settled': job({
    params: Type.Object({ changeId: Id }),
    run: ({ db, now }, { changeId }) => tellChange(db, changeId, now()),
  }),
  'shift.changed': job({
    params: Type.Object({ shiftId: Id, changed: Type.Array(Type.String()) }),
    async run(context, { shiftId, changed }) {
      if (changed.includes('time')) await remindOfShift(context, shiftId)
    },
  }),
  'consent.refused': job({
    params: Type.Object({ personIds: Type.Array(Id) }),
    async run({ db, keys, now }, { personIds }) {
      await db.transaction((tx) => takeOffRefused(tx, keys, personIds, now()))
    },
  }),
  'participation.replanned': job({
    params: Type.Object({ participationIds: Type.Array(Id), replannedAt: Instant }),
    async run(context, { participationIds, replannedAt }) {
      await inviteAgain(context, participationIds, replannedAt)
      await tellDropped(context.db, participationIds, context.now())
    },
  }),
  'consent.entered': job({
    params: Type.Object({ consentId: Id }),
    run: ({ db, keys, now }, { consentId }) =>
      db.transaction((tx) => tellConsent(tx, keys, { consentId, at: now() })),
  }),
  'quotas.asked': job({
    params: ofEvent,
    run: ({ db, now }, { eventId }) => tellAsked(db, eventId, now()),
  }),
  'quotas.changed': job({
    params: Type.Object({ quotaIds: Type.Array(Id) }),
    run: ({ db, now }, { quotaIds }) => tellChanged(db, quotaIds, now()),
  }),
  /** Reminds units that have not answered, on working days. */
  'quotas.remind': job({
    params: Type.Object({}),
    everySeconds: 1800,
    run: ({ db, now }) => remindUnits(db, now()),
  }),
  'participation.places_changed': job({
    params: ofParticipation,
    run: ({ db, now }, { participationId }) => db.transaction((tx) => tellPlaces(tx, participationId, now())),
  }),
  'team.handed_over': job({
    params: Type.Object({ teamId: Id, from: Id, to: Id }),
    run: ({ db, now }, move) => db.transaction((tx) => followLeader(tx, { ...move, at: now() })),
  }),
  'person.numbers_gone': job({
    params: Type.Object({ gone: Type.Array(Type.Object({ personId: Id, contactId: Id })) }),
    async run({ db, keys, now }, { gone }) {
      for (const each of gone) await db.transaction((tx) => renewGone(tx, keys, { ...each, at: now() }))
    },
  }),
  'person.request_decided': job({ params: Type.Object({ requestId: Id }), run: tellCorrection }),
  'participation.link_revoked': job({
    params: ofParticipation,
    run: (context, { participationId }) => tellLeader(context, participationId),
  }),
}

/** Tells the leader that a number is wrong. Without a leader to reach, only the list of participations shows it. */
async function tellLeader({ db, now }: AppContext, participationId: string): Promise<void> {
  const { personId, teamId, eventId, linkGeneration, linkRevokedAt } = await participationRow(
    db.read,
    participationId,
  )
  const about = subject('participation', participationId)
  const leaderId = linkRevokedAt && teamId ? await leaderOf(db.read, teamId) : undefined
  if (!leaderId) return
  const contact = (await contactsFor(db.read, [{ personId: leaderId, minor: false }])).get(leaderId)
  if (!contact) return
  const message = {
    kind: kindNames.wrongNumber,
    contactId: contact.contactId,
    groupKey: about,
    subjects: [{ subject: about, personId }],
    generation: linkGeneration,
    eventId,
    lane: 'change' as const,
  }
  await db.transaction((tx) => queueMessages(tx, [message], now()))
}
