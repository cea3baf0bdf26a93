/** The messages that ask units for their number of people, and remind them. */
import { eq, inArray } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { events } from '#modules/events/schema.ts'
import type { KindDefinition, Values } from '#modules/messaging/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { MessageNeeds } from '../messages/place-values.ts'
import { dayText } from '../messages/shift-text.ts'
import { because, eventText } from '../notices/notice-text.ts'
import { officeReaders } from '../office-readers.ts'
import { quotas } from '../schema.ts'
import { subject, subjectId } from '../subjects.ts'

async function quotasOf(db: Reader, subjects: readonly string[]) {
  const found = new Map<string, Asked>()
  const ids = subjects.map((each) => subjectId('quota', each))
  await inChunks(ids, 500, async (some) => {
    for (const row of await selectQuotas(db, some)) found.set(subject('quota', row.quota.id), row)
  })
  return found
}

function selectQuotas(db: Reader, ids: readonly string[]) {
  return db
    .select({
      ...{ quota: quotas, event: events, unitName: units.name },
      ...{ liaisonId: units.liaisonPersonId, unitClosedAt: units.closedAt },
    })
    .from(quotas)
    .innerJoin(events, eq(events.id, quotas.eventId))
    .innerJoin(units, eq(units.id, quotas.unitId))
    .where(inArray(quotas.id, [...ids]))
}
type Asked = Awaited<ReturnType<typeof selectQuotas>>[number]

/** The liaisons of these units now: a message that was written to the one before goes to them. */
async function liaisonsOf(db: Reader, subjects: readonly string[]) {
  const holders = [...(await quotasOf(db, subjects))].flatMap(([subject, { liaisonId, unitClosedAt }]) =>
    liaisonId === null || unitClosedAt !== null ? [] : { subject, holderId: liaisonId },
  )
  return officeReaders(db, holders)
}

/** 请上报人数: to the liaison of a unit that was asked. */
export function unitAskedKind(needs: MessageNeeds): KindDefinition {
  return kind(needs, {
    names: { zh: '请单位上报人数', en: 'A unit is asked for people' },
    zh: '请{unit}{by}上报{what}人数（需{asked}人）',
    en: 'Please answer {by}: how many people of {unit} come on {what} ({asked} asked)?',
  })
}

/** 上报提醒: once, on the last working day before it is due. */
export function unitRemindedKind(needs: MessageNeeds): KindDefinition {
  return kind(needs, {
    names: { zh: '提醒单位上报人数', en: 'A unit is reminded' },
    zh: '{unit}尚未上报{what}人数（{asked}人，{by}）',
    en: 'Reminder: {unit} has not answered how many people come on {what} ({asked} asked). Please answer {by}.',
  })
}

/** 需求调整: to a unit that has answered, when it is asked for another number. */
export function unitChangedKind(needs: MessageNeeds): KindDefinition {
  return kind(needs, {
    names: { zh: '需求人数调整（致单位）', en: 'A unit is asked for another number' },
    zh: '{unit}{what}需求改为{asked}人（已报{pledged}人），如有变化',
    en: '{unit} is now asked for {asked} people on {what} ({pledged} answered). If that changes your answer:',
    answered: true,
  })
}

/** 活动取消: to the liaison of a unit that was asked for people. Several units of one liaison are one message. */
export function unitCancelledKind(): KindDefinition {
  const zh = '取消通知：{what}{because}取消，贵单位不再需要组织人员参加，感谢支持！'
  const en = 'Cancelled{because}: {what}. Your unit need not send anybody. Thank you!'
  return {
    zh: '活动取消（致单位）',
    en: 'An event was cancelled (to a unit)',
    smsParts: 1,
    variables: {
      what: {
        zh: '活动',
        en: 'event',
        sample: '3月4日学雷锋志愿服务活动',
        longest: '12月31日学雷锋志愿服务日活动',
      },
      because: { zh: '原因', en: 'reason', sample: '因雨', longest: '因道路施工封闭' },
    },
    words: {
      sms: { body: { zh, en } },
      email: {
        subject: { zh: '取消通知：{what}', en: 'Cancelled: {what}' },
        body: { zh: `${zh}\n`, en: `${en}\n` },
      },
    },
    async stillDue(reader, subjects, now) {
      const found = await quotasOf(reader, subjects)
      return new Set(
        subjects.filter((each) => {
          const event = found.get(each)?.event
          return event?.cancelledAt && event.endsAt > now
        }),
      )
    },
    readersOf: liaisonsOf,
    async render(reader, messages, { locale }) {
      const found = await quotasOf(reader, messages.flat())
      return messages.map((subjects) => {
        const [known] = subjects.flatMap((each) => found.get(each) ?? [])
        if (!known) return []
        const { event } = known
        return [{ what: eventText(event, locale), because: because(event.cancelReason, locale) }]
      })
    },
  }
}

interface Texts {
  names: { zh: string; en: string }
  zh: string
  en: string
  /** Told to units that have answered with people; else to those that have not answered. */
  answered?: boolean
}

function kind({ publicUrl }: MessageNeeds, { names, zh, en, answered }: Texts): KindDefinition {
  const link = new URL('/m', publicUrl)
  const door = `${link.host}${link.pathname}`
  return {
    ...names,
    smsParts: 1,
    variables: {
      // By its name only where one liaison keeps several units, each with a text of its own.
      unit: { zh: '单位', en: 'unit', sample: '贵单位', longest: '贵单位' },
      by: { zh: '期限', en: 'by when', sample: '于2月13日前', longest: '于12月31日前' },
      what: { zh: '活动', en: 'event', sample: '3月4日活动', longest: '12月31日活动' },
      asked: { zh: '需求人数', en: 'people asked for', sample: '40', longest: '400', required: true },
      ...(answered && { pledged: { zh: '已上报人数', en: 'people answered', sample: '35', longest: '400' } }),
      link: { zh: '上报地址', en: 'where to answer', sample: link.href, link: true },
    },
    words: {
      sms: {
        body: { zh: `${zh}，请点 {link}`, en: `${en} {link}` },
        withoutLinks: { zh: `${zh}，请登录${door}`, en: `${en} ${door}` },
      },
      email: {
        subject: { zh: '请上报{what}人数', en: 'How many people come on {what}?' },
        body: { zh: `${zh}：{link}\n`, en: `${en}\n\n{link}\n` },
      },
    },
    async stillDue(reader, subjects, now) {
      const found = await quotasOf(reader, subjects)
      const due = ({ quota, event }: Asked) =>
        (answered ? (quota.pledged ?? 0) > 0 : quota.pledged === null) &&
        !event.cancelledAt &&
        !event.closedAt &&
        event.startsAt > now
      return new Set(
        subjects.filter((each) => {
          const known = found.get(each)
          return known !== undefined && due(known)
        }),
      )
    },
    readersOf: liaisonsOf,
    async render(reader, messages, { locale }) {
      const found = await quotasOf(reader, messages.flat())
      return messages.map((subjects) => {
        const known = subjects.flatMap((each) => found.get(each) ?? [])
        return known.map((each) => valuesOf(each, { locale, link: link.href, alone: known.length === 1 }))
      })
    },
  }
}

function valuesOf(
  { quota, event, unitName }: Asked,
  { locale, link, alone }: { locale: 'zh' | 'en'; link: string; alone: boolean },
): Values {
  const zh = locale === 'zh'
  const day = dayText(event.startsAt, event.timeZone, locale)
  const due =
    quota.dueOn && dayText(DateTime.fromISO(quota.dueOn, { zone: event.timeZone }), event.timeZone, locale)
  return {
    unit: alone ? (zh ? '贵单位' : 'your unit') : unitName,
    by: due ? (zh ? `于${due}前` : `by ${due}`) : zh ? '尽快' : 'soon',
    what: zh ? `${day}活动` : day,
    asked: String(quota.asked),
    pledged: String(quota.pledged ?? 0),
    link,
  }
}
