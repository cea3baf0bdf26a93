/** The message to guardians about a statement that a school or an office entered for one of them. */
import { eq, inArray } from 'drizzle-orm'
import { events } from '#modules/events/schema.ts'
import type { KindDefinition, OfficeReader, Values } from '#modules/messaging/index.ts'
import { openGuardian } from '#modules/organisation/index.ts'
import { guardianConsents, persons } from '#modules/organisation/schema.ts'
import { grouped, maskName } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { linkTokenOf } from '../links/revoke-link.ts'
import { doorOf, linkTo, type MessageNeeds } from '../messages/place-values.ts'
import { dayText } from '../messages/shift-text.ts'
import { participations } from '../schema.ts'
import { subjectId } from '../subjects.ts'
import { type Aspect, aspectOf, readAspect } from './statements.ts'
import { toldOfConsent } from './tell-consent.ts'

async function consentsIn(db: Reader, subjects: readonly string[]) {
  const stated = new Map<string, Omit<Stated, keyof Aspect>>()
  const asked = subjects.map((each) => ({ each, ...readAspect(subjectId('consent', each)) }))
  const ids = [...new Set(asked.map(({ consentId }) => consentId))]
  await inChunks(ids, 500, async (some) => {
    const rows = await db
      .select({ consent: guardianConsents, childName: persons.name, event: events })
      .from(guardianConsents)
      .innerJoin(persons, eq(persons.id, guardianConsents.personId))
      .leftJoin(events, eq(events.id, guardianConsents.eventId))
      .where(inArray(guardianConsents.id, some))
    const own = await db
      .select()
      .from(participations)
      .where(
        inArray(
          participations.personId,
          rows.map(({ consent }) => consent.personId),
        ),
      )
    for (const row of rows) {
      const participation = own.find(
        ({ personId, eventId }) => personId === row.consent.personId && eventId === row.event?.id,
      )
      stated.set(row.consent.id, { ...row, participation })
    }
  })
  return new Map(
    asked.flatMap(({ each, consentId, ...aspect }): [string, Stated][] => {
      const known = stated.get(consentId)
      return known ? [[each, { ...known, ...aspect }]] : []
    }),
  )
}

interface Stated extends Aspect {
  consent: typeof guardianConsents.$inferSelect
  childName: string
  event: typeof events.$inferSelect | null
  participation: typeof participations.$inferSelect | undefined
}

/** 学校已登记您同意（不同意）: with the child's link to put it right, once there is one; else the school does. */
export function consentEnteredKind(needs: MessageNeeds): KindDefinition {
  const zh = '{who}家长：学校已登记{whose}{said}孩子参加{what}，如有误请'
  const en =
    'To a parent of {who}: the school has recorded that {whose} {said} to {what}. If this is wrong, please'
  const sample = linkTo(needs.publicUrl, '0123456789AB')
  return {
    zh: '已登记监护人意见（致家长）',
    en: 'A guardian’s statement was entered',
    smsParts: 2,
    variables: {
      who: { zh: '姓名', en: 'name', sample: '张*语', longest: '欧阳**明' },
      // Told to the other guardian, too: without it a text would say that they said it.
      whose: {
        zh: '谁的意见',
        en: 'whose statement',
        sample: '您',
        longest: '监护人欧阳**明',
        required: true,
      },
      said: { zh: '同意或不同意', en: 'consented or refused', sample: '不同意', required: true },
      what: { zh: '活动', en: 'what', sample: '3月4日活动', longest: '本学年志愿服务活动' },
      remedy: { zh: '更正办法', en: 'what to do', sample: `点 ${sample}`, link: true },
      byCode: { zh: '凭个人码更正', en: 'what to do by code', sample: '到个人码页面输入0123-4567-89AB' },
    },
    words: {
      sms: {
        body: { zh: `${zh}{remedy}`, en: `${en} {remedy}` },
        withoutLinks: { zh: `${zh}{byCode}`, en: `${en} {byCode}` },
      },
      email: {
        subject: { zh: '已登记您的意见', en: 'Your statement was recorded' },
        body: { zh: `${zh}{remedy}\n`, en: `${en} {remedy}\n` },
      },
    },
    async stillDue(reader, subjects, now) {
      const found = await consentsIn(reader, subjects)
      const due = ({ consent, event, withdrawn }: Stated) =>
        (consent.withdrawnAt !== null) === withdrawn &&
        (event === null || (event.cancelledAt === null && event.endsAt > now))
      return new Set(
        subjects.filter((each) => {
          const known = found.get(each)
          return known !== undefined && due(known)
        }),
      )
    },
    async readersOf(reader, subjects) {
      const readers = new Map<string, OfficeReader[]>()
      for (const [each, { consent, ...stated }] of await consentsIn(reader, subjects)) {
        const told = await toldOfConsent(reader, needs.keys, consent)
        const same = told.filter(
          ({ aspect }) => aspectOf(consent.id, aspect) === aspectOf(consent.id, stated),
        )
        const at = same.map(({ contactId }) => ({ contactId, personId: consent.personId }))
        readers.set(each, at)
      }
      return readers
    },
    async render(reader, messages, { locale }) {
      const found = await consentsIn(reader, messages.flat())
      return messages.map((subjects) =>
        subjects.flatMap((each) => {
          const known = found.get(each)
          return known ? [valuesOf(needs, known, locale)] : []
        }),
      )
    },
  }
}

function valuesOf(
  { keys, publicUrl }: MessageNeeds,
  { consent, childName, event, participation, withdrawn, ofOther, apart }: Stated,
  locale: 'zh' | 'en',
): Values {
  const zh = locale === 'zh'
  const day = event && dayText(event.startsAt, event.timeZone, locale)
  const token = event?.publishedAt && participation && !apart ? linkTokenOf(keys, participation) : undefined
  const school = zh ? '联系学校' : 'tell the school'
  const link = token && linkTo(publicUrl, token)
  const byCode =
    token &&
    (zh
      ? `到${doorOf(publicUrl)}输入个人码${grouped(token)}`
      : `enter ${grouped(token)} at ${doorOf(publicUrl)}`)
  return {
    who: maskName(childName),
    whose: ofOther
      ? `${zh ? '监护人' : 'the guardian '}${maskName(openGuardian(keys, consent))}`
      : zh
        ? '您'
        : 'you',
    said: consent.says === 'yes' && !withdrawn ? (zh ? '同意' : 'consented') : zh ? '不同意' : 'refused',
    what: day
      ? zh
        ? `${day}活动`
        : `the event of ${day}`
      : zh
        ? '本学年志愿服务活动'
        : 'the events of this school year',
    remedy: link ? (zh ? `点 ${link}` : `go to ${link}`) : school,
    byCode: byCode ?? school,
  }
}
