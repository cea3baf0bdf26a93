/** Shared by all kinds of notice: whether a notice is still due, and the values of its variables. */
import { eq, inArray } from 'drizzle-orm'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { KindDefinition, Values } from '#modules/messaging/index.ts'
import { namesApart } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { grouped } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { linkTokenOf } from '../links/revoke-link.ts'
import { linkTo, linkVariables, type MessageNeeds } from '../messages/place-values.ts'
import { readersOfParts } from '../messages/readers.ts'
import { assignments, notices, participations } from '../schema.ts'
import { subject, subjectId } from '../subjects.ts'

export type Locale = 'zh' | 'en'

async function noticesOf(db: Reader, subjects: readonly string[]) {
  const found = new Map<string, Awaited<ReturnType<typeof selectNotices>>[number]>()
  const ids = subjects.map((each) => subjectId('notice', each))
  await inChunks(ids, 500, async (some) => {
    for (const row of await selectNotices(db, some)) found.set(subject('notice', row.notice.id), row)
  })
  return found
}

function selectNotices(db: Reader, ids: readonly string[]) {
  return db
    .select({
      notice: notices,
      event: events,
      assignment: assignments,
      shift: shifts,
      zoneName: zones.name,
      personName: persons.name,
      participation: participations,
    })
    .from(notices)
    .innerJoin(events, eq(events.id, notices.eventId))
    .innerJoin(participations, eq(participations.id, notices.participationId))
    .innerJoin(persons, eq(persons.id, participations.personId))
    .leftJoin(assignments, eq(assignments.id, notices.assignmentId))
    .leftJoin(shifts, eq(shifts.id, assignments.shiftId))
    .leftJoin(zones, eq(zones.id, shifts.zoneId))
    .where(inArray(notices.id, [...ids]))
}

/** A notice with its event, shift and person. */
export type Noticed = Awaited<ReturnType<typeof selectNotices>>[number]

/** Whether the notice must still be sent, in the current state. */
function isDue(
  { notice, event, assignment, shift, participation }: Noticed,
  now: Noticed['event']['startsAt'],
) {
  if (notice.supersededAt || notice.toldAt || participation.linkRevokedAt) return false
  switch (notice.kind) {
    case 'event_cancellation':
      return event.cancelledAt !== null && event.endsAt > now
    case 'cancellation':
      return shift !== null && shift.cancelledAt !== null && shift.endsAt > now
    case 'removal':
      return assignment?.cancelledAt != null && shift?.cancelledAt === null && shift.endsAt > now
    case 'change':
      return assignment?.freedAt === null && shift?.cancelledAt === null && shift.startsAt > now
  }
}

/** The texts of a kind and the function that fills its variables. */
export function noticeKind(
  needs: MessageNeeds,
  {
    words,
    valuesOf,
    valuesOfAll = (own, locale) =>
      own.map((each) => valuesOf(each, locale)).filter((values) => values !== undefined),
    ...names
  }: NoticeTexts,
): KindDefinition {
  return {
    ...names,
    words,
    variables: {
      who: { zh: '姓名', en: 'name', sample: '王*', longest: '欧阳**明', required: true },
      what: {
        zh: '内容',
        en: 'what',
        sample: '3月4日13:30改在永丰社区门口',
        longest: '3月4日13:30改为12月31日15:30，在南芬街道中心社区便民服务大厅门口',
      },
      event: { zh: '活动名称', en: 'event', sample: '学雷锋志愿服务日', longest: '学雷锋志愿服务日集中行动' },
      because: { zh: '原因', en: 'reason', sample: '因施工封路', longest: '因强降雨和道路施工封闭' },
      ask: { zh: '请重新确认（或“详情请点”）', en: 'please confirm', sample: '请重新确认' },
      ...linkVariables(needs.publicUrl),
    },
    async stillDue(reader, subjects, now) {
      const found = await noticesOf(reader, subjects)
      return new Set(
        subjects.filter((each) => {
          const known = found.get(each)
          return known !== undefined && isDue(known, now)
        }),
      )
    },
    async readersOf(reader, subjects) {
      const found = [...(await noticesOf(reader, subjects))]
      return readersOfParts(
        reader,
        new Map(found.map(([each, { participation }]) => [each, participation.id])),
      )
    },
    async render(reader, messages, { locale }) {
      const found = await noticesOf(reader, messages.flat())
      const called = await namesApart(
        reader,
        [...found.values()].map(({ participation }) => participation.personId),
      )
      return messages.map((subjects) =>
        ofEachPerson(subjects.flatMap((each) => found.get(each) ?? [])).flatMap((own) => {
          const [{ participation, personName }] = own
          const who = called(participation.personId, personName, locale)
          return valuesOfAll(own, locale).map((values) => ({ ...values, who }))
        }),
      )
    },
  }
}

interface NoticeTexts {
  zh: string
  en: string
  smsParts: number
  words: KindDefinition['words']
  valuesOf: ValuesOf
  /** Joins all notices of one person into one text; by default each has its own. */
  valuesOfAll?(own: readonly [Noticed, ...Noticed[]], locale: Locale): Values[]
}

function ofEachPerson(all: readonly Noticed[]): [Noticed, ...Noticed[]][] {
  return [...Map.groupBy(all, ({ participation }) => participation.id).values()] as [Noticed, ...Noticed[]][]
}

type ValuesOf = (noticed: Noticed, locale: Locale) => Values | undefined

/** The variables that every notice has, besides who it is for. */
export function common(needs: MessageNeeds, { participation, event }: Noticed): Values {
  const token = linkTokenOf(needs.keys, participation)
  return {
    event: event.name,
    link: token ? linkTo(needs.publicUrl, token) : '',
    code: token ? grouped(token) : '',
    ask: '',
    because: '',
  }
}
