import { and, asc, eq, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import type { EventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { MessageState, Reason } from '#modules/messaging/index.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import { contacts, persons, teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { assignments, notices, participations } from '../schema.ts'
import type { Unreached } from '../words.ts'
import type { NoticeQuery } from './contract.ts'
import { seenPlaces } from './seen-places.ts'

const neverSent: MessageState[] = ['dead', 'expired', 'suppressed', 'cancelled']
const failed: MessageState[] = [...neverSent, 'undelivered']

/** The state of the message that contains a notice. */
interface Carried {
  state: MessageState
  reason: Reason | null
}

function selectNotices(db: Reader) {
  return db
    .select({
      notice: notices,
      person: { id: persons.id, name: persons.name },
      minor: assignments.minor,
      team: { id: teams.id, name: teams.name },
      shift: { id: shifts.id, work: shifts.work, startsAt: shifts.startsAt },
      zone: { id: zones.id, name: zones.name },
      contact: { optedOutAt: contacts.optedOutAt, invalidAt: contacts.invalidAt },
    })
    .from(notices)
    .innerJoin(participations, eq(participations.id, notices.participationId))
    .innerJoin(persons, eq(persons.id, participations.personId))
    .leftJoin(teams, eq(teams.id, participations.teamId))
    .leftJoin(contacts, eq(contacts.id, notices.contactId))
    .leftJoin(assignments, eq(assignments.id, notices.assignmentId))
    .leftJoin(shifts, eq(shifts.id, assignments.shiftId))
    .leftJoin(zones, eq(zones.id, shifts.zoneId))
}

export type FullNotice = Awaited<ReturnType<typeof selectNotices>>[number] & { unreached: Unreached | null }

/** SQL: a message that contains the notice, in one of these states or in any state. */
function carriedBy(db: Reader) {
  const about = sql`${messageSubjects.subject} = 'notice:' || ${notices.id}`
  return db
    .select({ one: sql`1` })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .where(and(about, sql`${messages.state} not in (${sql.join(failed, sql`, `)})`))
}

/** The notices of an event. With `unreached` only those that need a call, uncalled ones first. */
export async function listNotices(
  db: Reader,
  { event, reach }: { event: EventRow; reach: Reach },
  query: NoticeQuery,
) {
  const { teamId, cursor, limit = 50 } = query
  const within = await seenPlaces(db, reach, event)
  const carried = carriedBy(db)
  const unreached = and(
    isNull(notices.toldAt),
    isNull(notices.supersededAt),
    or(
      isNull(notices.contactId),
      isNotNull(contacts.optedOutAt),
      isNotNull(contacts.invalidAt),
      notExists(carried),
    ),
  )
  const rows = await selectNotices(db)
    .where(
      and(
        eq(notices.eventId, event.id),
        within && or(within.team, within.zone),
        teamId ? eq(participations.teamId, teamId) : undefined,
        query.unreached ? unreached : undefined,
        after([notices.id], cursor),
      ),
    )
    .orderBy(asc(notices.id))
    .limit(limit + 1)
  const { items, nextCursor } = pageOf(rows, limit, ({ notice }) => [notice.id])
  return { items: await withReasons(db, items), nextCursor }
}

/** One notice with its message. @throws DomainError `notice.missing` */
export async function fullNotice(db: Reader, noticeId: string): Promise<FullNotice> {
  const [found] = await withReasons(db, await selectNotices(db).where(eq(notices.id, noticeId)))
  if (found) return found
  throw new DomainError('missing', 'notice.missing', 'There is no such notice.', { noticeId })
}

async function withReasons(
  db: Reader,
  items: Awaited<ReturnType<typeof selectNotices>>,
): Promise<FullNotice[]> {
  const states = await statesOf(
    db,
    items.map(({ notice }) => notice.id),
  )
  return items.map((each) => ({ ...each, unreached: whyUnreached(each, states.get(each.notice.id) ?? []) }))
}

function whyUnreached(
  { notice, contact }: Awaited<ReturnType<typeof selectNotices>>[number],
  carried: readonly Carried[],
): Unreached | null {
  if (notice.toldAt || notice.supersededAt) return null
  if (notice.contactId === null) return 'no_contact'
  if (contact?.optedOutAt) return 'opted_out'
  if (contact?.invalidAt) return 'contact_invalid'
  if (carried.some(({ state }) => !failed.includes(state))) return null
  const reasons = carried.map(({ reason }) => reason)
  if (reasons.includes('opted_out')) return 'opted_out'
  if (reasons.includes('contact_invalid')) return 'contact_invalid'
  return reasons.includes('not_delivered') ? 'not_delivered' : 'not_sent'
}

async function statesOf(db: Reader, noticeIds: readonly string[]): Promise<Map<string, Carried[]>> {
  if (noticeIds.length === 0) return new Map()
  const rows = await db
    .select({ subject: messageSubjects.subject, state: messages.state, reason: messages.reason })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .where(
      inArray(
        messageSubjects.subject,
        noticeIds.map((id) => `notice:${id}`),
      ),
    )
  const states = new Map<string, Carried[]>()
  for (const { subject, state, reason } of rows) {
    const id = subject.slice('notice:'.length)
    states.set(id, [...(states.get(id) ?? []), { state, reason }])
  }
  return states
}
