import { and, asc, eq, isNull } from 'drizzle-orm'
import Type from 'typebox'
import { cancelMessages, queueMessages } from '#modules/messaging/index.ts'
import { memberships, teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { Id } from '#platform/http/schemas.ts'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { contactsFor } from './contacts.ts'
import { inviteEvent, inviteOne, remindOfShift } from './invite.ts'
import { subjectOf } from './invitees.ts'
import { kindNames } from './message-kinds.ts'
import { participationRow } from './participations.ts'
import { releaseAll } from './release.ts'

const ofEvent = Type.Object({ eventId: Id })
const ofParticipation = Type.Object({ participationId: Id })
const ofShift = Type.Object({ shiftId: Id })

/** What follows from the facts of events, and from a link that reached a stranger. */
export const mobilizationJobs: Jobs<AppContext> = {
  'event.published': job({ params: ofEvent, run: (context, { eventId }) => inviteEvent(context, eventId) }),
  'mobilization.invite-all': job({
    params: ofEvent,
    run: (context, { eventId }) => inviteEvent(context, eventId),
  }),
  'mobilization.invite': job({
    params: ofParticipation,
    run: (context, { participationId }) => inviteOne(context, participationId),
  }),
  'event.cancelled': job({
    params: ofEvent,
    async run({ db, now }, { eventId }) {
      await db.transaction((tx) => cancelMessages(tx, { eventId, because: 'event_cancelled', at: now() }))
      await releaseAll(db, { eventId }, { because: 'event_cancelled', at: now() })
    },
  }),
  'shift.cancelled': job({
    params: ofShift,
    async run({ db, now }, { shiftId }) {
      await releaseAll(db, { shiftId }, { because: 'shift_cancelled', at: now() })
    },
  }),
  'shift.changed': job({
    params: Type.Object({ shiftId: Id, changed: Type.Array(Type.String()) }),
    async run(context, { shiftId, changed }) {
      if (changed.includes('time')) await remindOfShift(context, shiftId)
    },
  }),
  'participation.link_revoked': job({
    params: ofParticipation,
    run: (context, { participationId }) => tellLeader(context, participationId),
  }),
}

/** The leader learns that somebody's number is wrong. Where there is no leader to reach, the list of participations says so. */
async function tellLeader({ db, now }: AppContext, participationId: string): Promise<void> {
  const { teamId, eventId, linkGeneration, linkRevokedAt } = await participationRow(db.read, participationId)
  const leaderId = linkRevokedAt && teamId ? await leaderOf(db.read, teamId) : undefined
  if (!leaderId) return
  const contact = (await contactsFor(db.read, [{ personId: leaderId, minor: false }])).get(leaderId)
  if (!contact) return
  const message = {
    kind: kindNames.wrongNumber,
    contactId: contact.contactId,
    groupKey: subjectOf(participationId),
    subjects: [subjectOf(participationId)],
    generation: linkGeneration,
    eventId,
    lane: 'change' as const,
  }
  await db.transaction((tx) => queueMessages(tx, [message], now()))
}

/** The leader a team names, else whoever leads, teaches or stands in as a member of it. */
async function leaderOf(db: Reader, teamId: string): Promise<string | undefined> {
  const [team] = await db.select({ leaderId: teams.leaderPersonId }).from(teams).where(eq(teams.id, teamId))
  if (team?.leaderId) return team.leaderId
  const members = await db
    .select({ personId: memberships.personId, role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.teamId, teamId), isNull(memberships.leftAt)))
    .orderBy(asc(memberships.joinedAt), asc(memberships.id))
  const roles = ['leader', 'teacher', 'deputy'] as const
  return roles
    .map((role) => members.find((member) => member.role === role)?.personId)
    .find((id) => id !== undefined)
}
