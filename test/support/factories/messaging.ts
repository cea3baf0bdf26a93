import { events } from '#modules/events/schema.ts'
import {
  type AboutPerson,
  type KindDefinition,
  type MessageRequest,
  queueMessages,
  type Subject,
} from '#modules/messaging/index.ts'
import { messages } from '#modules/messaging/schema.ts'
import { sealContact } from '#modules/organisation/index.ts'
import { contacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { type Database, inChunks } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { aPhone, aUnit } from '#test/support/factories/organisation.ts'

const since = instantFrom('2026-02-01T00:00:00Z')

type Store = { db: Database; keys: KeyRing }

/** A contact without a person; by default a made-up phone. */
export async function aContact({ db, keys }: Store, value: string = aPhone()): Promise<string> {
  const [id] = await someContacts({ db, keys }, [value])
  return id as string
}

export async function someContacts({ db, keys }: Store, values: readonly string[]): Promise<string[]> {
  const rows = values.map((value) => {
    const id = newId()
    const kind = value.includes('@') ? ('email' as const) : ('phone' as const)
    return { id, kind, ...sealContact(keys, id, { kind, value }), createdAt: since }
  })
  await db.transaction((tx) => inChunks(rows, 200, (some) => tx.insert(contacts).values(some)))
  return rows.map(({ id }) => id)
}

/** A kind of message for tests: due for every subject but those in `over`, and told as `subject=…`. */
export function aKind(over: Set<string> = new Set(), more: Partial<KindDefinition> = {}): KindDefinition {
  return {
    zh: '通知',
    en: 'Notice',
    smsParts: 1,
    variables: {
      names: { zh: '姓名', en: 'names', sample: '张*三', required: true },
      link: { zh: '链接', en: 'link', sample: 'https://muster.example/c/0123456789AB', link: true },
    },
    words: {
      sms: {
        body: { zh: '{names}您好 {link}', en: 'Dear {names} {link}' },
        withoutLinks: { zh: '{names}您好', en: 'Dear {names}' },
      },
      email: {
        subject: { zh: '给{names}的通知', en: 'A notice to {names}' },
        body: { zh: '{names}您好\n{link}\n', en: 'Dear {names}\n{link}\n' },
      },
    },
    stillDue: async (_, subjects) => new Set(subjects.filter((subject) => !over.has(subject))),
    render: async (_, all) =>
      all.map((subjects) => ({
        names: subjects.join('、'),
        link: `https://muster.example/c/${subjects[0]}`,
      })),
    ...more,
  }
}

/** Subjects without a known person. */
export const toNobody = (...subjects: string[]): AboutPerson[] =>
  subjects.map((subject) => ({ subject: subject as Subject, personId: null }))

/** Writes one message of kind `notice` and says its id. */
export async function aMessage(
  context: AppContext,
  request: Partial<MessageRequest> & { contactId: string },
): Promise<string> {
  const before = new Set(
    (await context.db.read.select({ id: messages.id }).from(messages)).map(({ id }) => id),
  )
  const subject = `thing:${newId()}`
  const whole = {
    kind: 'notice',
    groupKey: subject,
    subjects: toNobody(subject),
    generation: 1,
    eventId: null,
    lane: 'change' as const,
  }
  await context.db.transaction((tx) => queueMessages(tx, [{ ...whole, ...request }], context.now()))
  const after = await context.db.read.select({ id: messages.id }).from(messages)
  return after.find(({ id }) => !before.has(id))?.id ?? ''
}

/** One invitation for each of `count` phones, ready to be queued under the kind `notice`. */
export async function noticesToMany(
  store: Store,
  count: number,
): Promise<{ phones: string[]; requests: MessageRequest[] }> {
  const phones = Array.from({ length: count }, (_, at) => `154${String(90_000_000 + at)}`)
  const contactIds = await someContacts(store, phones)
  const requests = contactIds.map((contactId, at) => ({
    kind: 'notice',
    contactId,
    groupKey: 'event:1',
    subjects: toNobody(`participation:${at}`),
    generation: 1,
    eventId: null,
    lane: 'invitation' as const,
  }))
  return { phones, requests }
}

/** A published event of a unit of its own, for messages to be about. */
export async function anEventToTell(
  { db }: { db: Database },
  { timeZone = 'Asia/Shanghai' }: { timeZone?: string } = {},
): Promise<string> {
  const organiser = await aUnit(db)
  const id = newId()
  await db.transaction((tx) =>
    tx.insert(events).values({
      id,
      name: '学雷锋活动',
      searchName: '学雷锋活动',
      organiserUnitId: organiser.id,
      timeZone,
      startsAt: instantFrom('2026-03-04T13:30:00+08:00'),
      endsAt: instantFrom('2026-03-04T17:30:00+08:00'),
      publishedAt: since,
      createdAt: since,
    }),
  )
  return id
}

/**
 * A message of this kind that waits for a number whose holder is not, or no longer, who reads it.
 * @returns the number
 */
export async function aStrayMessage(
  { db, context }: { db: Database; context: { keys: KeyRing; now: AppContext['now'] } },
  { kind, subject, personId = null }: { kind: string; subject: string; personId?: string | null },
): Promise<string> {
  const number = aPhone()
  const contactId = await aContact({ db, keys: context.keys }, number)
  const subjects = [{ subject: subject as Subject, personId }]
  const message = { kind, contactId, groupKey: subject, generation: 1, eventId: null, subjects }
  await db.transaction((tx) => queueMessages(tx, [{ ...message, lane: 'urgent' }], context.now()))
  return number
}
