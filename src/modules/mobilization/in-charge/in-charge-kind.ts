import { eq, inArray } from 'drizzle-orm'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { KindDefinition } from '#modules/messaging/index.ts'
import { mergedInto } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { maskName } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { readersAt } from '../messages/readers.ts'
import { momentText } from '../messages/shift-text.ts'
import { because, eventText } from '../notices/notice-text.ts'
import { subjectId } from '../subjects.ts'

const readSubject = (about: string) => subjectId('in-charge', about).split('@') as [string, string]

const variables = {
  who: { zh: '姓名', en: 'name', sample: '王*', longest: '欧阳**明' },
  when: { zh: '时间', en: 'time', sample: '3月4日13:30', longest: '12月31日13:30' },
  where: { zh: '地点', en: 'place', sample: '解放北路', longest: '南芬街道中心社区便民服务大厅' },
}

/** 现场负责人通知: to whoever is in charge of a shift, whose number its volunteers see. */
export function inChargeKind(): KindDefinition {
  return ofShiftsToCome({
    names: { zh: '现场负责人通知', en: 'To the person in charge of a shift' },
    subject: { zh: '您是现场负责人', en: 'You are in charge' },
    zh: '{who}：您是{when}{where}现场负责人，号码将告知志愿者。',
    en: '{who}: you are in charge at {where}, {when}. Its volunteers see your number.',
  })
}

/** 现场负责人岗位变更: the present state, to whoever was told another time or place. */
export function inChargeMovedKind(): KindDefinition {
  return ofShiftsToCome({
    names: { zh: '岗位变更（致现场负责人）', en: 'A shift was moved (to the person in charge)' },
    subject: { zh: '您负责的岗位有变更', en: 'Your shift was moved' },
    zh: '{who}：您负责的岗位已调整为{when}{where}，请按此到场。',
    en: '{who}: the shift you are in charge of is now at {where}, {when}.',
  })
}

/** 现场负责人已更换: to whoever was told that they are in charge, and is not any more. */
export function inChargeReplacedKind(): KindDefinition {
  const zh = '{who}：{when}{where}现场负责人已改由他人担任，您无需再负责，感谢支持！'
  const en = '{who}: somebody else is in charge at {where}, {when} now. Thank you.'
  const subject = { zh: '您不再是现场负责人', en: 'You are not in charge any more' }
  return {
    zh: '现场负责人已更换（致原负责人）',
    en: 'Somebody else is in charge of a shift (to whoever was)',
    smsParts: 1,
    variables,
    words: { sms: { body: { zh, en } }, email: { subject, body: { zh: `${zh}\n`, en: `${en}\n` } } },
    async stillDue(reader, subjects, now) {
      const facts = await factsOf(reader, subjects)
      return new Set(
        subjects.filter((about) => {
          const fact = facts.get(about)
          return fact && fact.as === null && fact.endsAt > now
        }),
      )
    },
    readersOf: namedNow,
    async render(reader, messages, { locale }) {
      const facts = await factsOf(reader, messages.flat())
      return messages.map((subjects) =>
        subjects.flatMap((about) => {
          const fact = facts.get(about)
          return fact ? whenAndWhere(fact, locale) : []
        }),
      )
    },
  }
}

interface Texts {
  names: { zh: string; en: string }
  subject: { zh: string; en: string }
  zh: string
  en: string
}

function ofShiftsToCome({ names, subject, zh, en }: Texts): KindDefinition {
  return {
    ...names,
    smsParts: 1,
    variables,
    words: { sms: { body: { zh, en } }, email: { subject, body: { zh: `${zh}\n`, en: `${en}\n` } } },
    async stillDue(reader, subjects, now) {
      const facts = await factsOf(reader, subjects)
      return new Set(
        subjects.filter((about) => {
          const fact = facts.get(about)
          return fact?.as === 'head' && !fact.cancelled && fact.endsAt > now
        }),
      )
    },
    readersOf: namedNow,
    async render(reader, messages, { locale }) {
      const facts = await factsOf(reader, messages.flat())
      return messages.map((subjects) =>
        subjects.flatMap((about) => {
          const fact = facts.get(about)
          return fact?.as === 'head' && !fact.cancelled ? whenAndWhere(fact, locale) : []
        }),
      )
    },
  }
}

/** 岗位取消: to whoever is in charge of a shift that was cancelled; of a whole event once, not shift by shift. */
export function inChargeCancelledKind(): KindDefinition {
  const zh = '取消通知：{who}，您负责的{what}{because}取消，请勿前往。'
  const en = 'Cancelled{because}: {who}, {what}, of which you are in charge. Please do not go there.'
  return {
    zh: '岗位取消（致现场负责人）',
    en: 'A shift was cancelled (to the person in charge)',
    smsParts: 1,
    variables: {
      who: variables.who,
      what: {
        zh: '岗位或活动',
        en: 'shift or event',
        sample: '3月4日13:30解放北路岗位',
        longest: '12月31日13:30南芬街道中心社区便民服务大厅岗位',
      },
      because: { zh: '原因', en: 'reason', sample: '因施工封路', longest: '因强降雨和道路施工封闭' },
    },
    words: {
      sms: { body: { zh, en } },
      email: {
        subject: { zh: '取消通知：{what}', en: 'Cancelled: {what}' },
        body: { zh: `${zh}\n`, en: `${en}\n` },
      },
    },
    async stillDue(reader, subjects, now) {
      const facts = await factsOf(reader, subjects)
      return new Set(
        subjects.filter((about) => {
          const fact = facts.get(about)
          return fact?.as === 'head' && fact.cancelled && fact.endsAt > now
        }),
      )
    },
    readersOf: namedNow,
    async render(reader, messages, { locale }) {
      const facts = await factsOf(reader, messages.flat())
      return messages.map((subjects) => {
        const own = subjects.flatMap((about) => facts.get(about) ?? [])
        const texts = own.map(({ name, event, startsAt, timeZone, where, reason }) => {
          const whole = event.cancelledAt !== null
          const when = momentText(startsAt, timeZone, locale)
          const place = locale === 'zh' ? `${when}${where}岗位` : `${where}, ${when}`
          const what = whole ? eventText(event, locale) : place
          return { who: maskName(name), what, because: because(whole ? event.cancelReason : reason, locale) }
        })
        return [...new Map(texts.map((each) => [each.what, each])).values()]
      })
    },
  }
}

type Fact = NonNullable<ReturnType<Awaited<ReturnType<typeof factsOf>>['get']>>

function whenAndWhere({ name, startsAt, timeZone, where }: Fact, locale: 'zh' | 'en') {
  return { who: maskName(name), when: momentText(startsAt, timeZone, locale), where }
}

/** Where whoever a subject names is written to now. */
async function namedNow(db: Reader, subjects: readonly string[]) {
  const facts = [...(await factsOf(db, subjects))]
  return readersAt(
    db,
    facts.map(([subject, { personId }]) => ({ subject, personId, minor: false })),
  )
}

/** The shifts and what these people are there now, by subject; cancelled ones, too. */
async function factsOf(db: Reader, subjects: readonly string[]) {
  const read = subjects.map((about) => ({ about, ids: readSubject(about) }))
  const rows = await db
    .select({
      ...{ id: shifts.id, startsAt: shifts.startsAt, endsAt: shifts.endsAt },
      ...{ inCharge: shifts.inChargePersonId, deputy: shifts.deputyPersonId },
      ...{ where: zones.name, timeZone: events.timeZone, event: events },
      ...{ reason: shifts.cancelReason, cancelledAt: shifts.cancelledAt },
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(events, eq(events.id, shifts.eventId))
    .where(
      inArray(
        shifts.id,
        read.map(({ ids }) => ids[0]),
      ),
    )
  const people = await db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(
      inArray(
        persons.id,
        read.map(({ ids }) => ids[1]),
      ),
    )
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const became = await mergedInto(db, [...nameOf.keys()])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    read.flatMap(({ about, ids: [shiftId, toldId] }) => {
      const shift = byId.get(shiftId)
      const name = nameOf.get(toldId)
      if (!shift || name === undefined) return []
      const personId = became.get(toldId) ?? toldId
      const { inCharge, deputy } = shift
      const as = (inCharge ?? deputy) === personId ? 'head' : deputy === personId ? 'deputy' : null
      const cancelled = (shift.cancelledAt ?? shift.event.cancelledAt) !== null
      return [[about, { ...shift, personId, name, cancelled, as }] as const]
    }),
  )
}
