import { and, eq, gt, inArray, notInArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { eventRow, stateOf } from '#modules/events/index.ts'
import { type MessageRequest, type MessageState, queueMessages } from '#modules/messaging/index.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import type { PreviewedAct, Seen } from '#platform/previews/index.ts'
import { invitationTo } from '../invite.ts'
import { inviteesOf } from '../invitees.ts'
import { type FullParticipation, listParticipations } from '../participation-queries.ts'
import { subject } from '../subjects.ts'
import type { AskAgainSpec } from './contract.ts'

/** Most people asked in one go; whoever has more narrows the list. */
const peopleMax = 2000
/** Nobody is written to again within so many hours. */
const apartHours = 12

type Spec = AskAgainSpec & { eventId: string }

interface Found {
  seen: Seen
  people: readonly FullParticipation[]
  requests: readonly MessageRequest[]
  unreachable: number
  lately: number
}

/**
 * 再次询问: invites again those within reach who hold a place, did not answer, and were not written to lately.
 * @throws DomainError `event.missing`; conflict `asking.not_published`, `asking.nobody`; invalid `asking.too_many`
 */
export const askAgain: PreviewedAct<Spec, Found> = {
  kind: 'people.ask_again',
  look,
  async perform(tx, { eventId }, { people, requests }, { by, at }) {
    await inChunks(requests, 200, (some) => queueMessages(tx, some, at))
    const details = { people: people.length, messages: requests.length }
    await record(tx, { action: 'people.asked_again', subject: `event:${eventId}`, by, at, details })
    return eventId
  },
}

async function look(db: Reader, { eventId, ...filter }: Spec, { by, at }: Doing): Promise<Found> {
  const event = await eventRow(db, eventId)
  const reach = reachOf(by, 'messages.send')
  if (stateOf(event) !== 'published')
    throw new DomainError('conflict', 'asking.not_published', 'People are asked once the event is published.')
  const silent: FullParticipation[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { ...filter, answer: 'unanswered' as const, limit: 200, ...(cursor ? { cursor } : {}) }
    const page = await listParticipations(db, event, reach, query)
    silent.push(...page.items)
    cursor = page.nextCursor
    if (silent.length > peopleMax)
      throw new DomainError('invalid', 'asking.too_many', `At most ${peopleMax} people are asked at once.`, {
        peopleMax,
      })
  }
  return dueOf(db, silent, eventId, at)
}

/** Of those who did not answer, whom a message would reach now, and the messages. */
async function dueOf(
  db: Reader,
  silent: readonly FullParticipation[],
  eventId: string,
  at: DateTime,
): Promise<Found> {
  const [due, people]: [MessageRequest[], FullParticipation[]] = [[], []]
  let [unreachable, lately] = [0, 0]
  await inChunks(silent, 200, async (some) => {
    const ids = some.map(({ participation }) => participation.id)
    const invitees = new Map((await inviteesOf(db, ids)).map((each) => [each.participationId, each]))
    const recent = await writtenTo(db, ids, at.minus({ hours: apartHours }))
    for (const each of some) {
      const { id } = each.participation
      const invitee = invitees.get(id)
      if (!invitee) continue
      if (recent.has(subject('participation', id))) lately++
      else if (invitee.contactId === null) unreachable++
      else {
        const requests = invitationTo(eventId, invitee, at)
        if (requests.length > 0) people.push(each)
        due.push(...requests)
      }
    }
  })
  if (people.length === 0)
    throw new DomainError('conflict', 'asking.nobody', 'Nobody who did not answer can be asked now.')
  const seen = Object.fromEntries(people.map(({ participation: { id, answer } }) => [id, { answer }]))
  return { seen, people, requests: together(due, eventId, at), unreachable, lately }
}

/** The states of messages that nobody was told by. */
const neverSent: MessageState[] = ['cancelled', 'suppressed', 'expired', 'dead']

/** The participations that a message was written about since then. */
async function writtenTo(db: Reader, ids: readonly string[], since: DateTime): Promise<Set<string>> {
  const rows = await db
    .select({ subject: messageSubjects.subject })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .where(
      and(
        inArray(
          messageSubjects.subject,
          ids.map((id) => subject('participation', id)),
        ),
        gt(messages.createdAt, since),
        notInArray(messages.state, neverSent),
      ),
    )
  return new Set(rows.map((row) => row.subject))
}

/** One message for each number, about all of its people. */
function together(due: readonly MessageRequest[], eventId: string, at: DateTime): MessageRequest[] {
  const groups = Map.groupBy(due, ({ kind, contactId, generation }) =>
    [kind, contactId, generation].join(' '),
  )
  return [...groups.values()].map((group) => ({
    ...(group[0] as MessageRequest),
    groupKey: `ask:${eventId}@${at.toMillis()}`,
    lane: 'reminder' as const,
    subjects: group.flatMap(({ subjects }) => subjects),
  }))
}
