import { eq } from 'drizzle-orm'
import type { KindDefinition } from '#modules/messaging/index.ts'
import { decidedOwnRequest } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { maskName } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { subjectId } from '../subjects.ts'

/** 更正结果: to whoever asked for a correction behind their own link. */
export function correctionKind(): KindDefinition {
  const body = {
    zh: '{who}：您申请的信息更正{outcome}。',
    en: '{who}: the correction that you asked for {outcome}.',
  }
  return {
    zh: '信息更正结果',
    en: 'What became of a correction that was asked for',
    smsParts: 1,
    variables: {
      who: { zh: '姓名', en: 'name', sample: '张*三', longest: '欧阳**明' },
      outcome: { zh: '结果', en: 'outcome', sample: '未通过：请到单位核对证件', required: true },
    },
    words: { sms: { body }, email: { subject: { zh: '信息更正结果', en: 'Your correction' }, body } },
    stillDue: async (_, subjects) => new Set(subjects),
    async render(reader, messages, { locale }) {
      const rendered = []
      for (const subjects of messages) {
        const values = []
        for (const about of subjects) values.push(...(await valuesOf(reader, about, locale)))
        rendered.push(values)
      }
      return rendered
    },
  }
}

async function valuesOf(db: Reader, about: string, locale: 'zh' | 'en') {
  const request = await decidedOwnRequest(db, subjectId('correction', about))
  if (!request) return []
  const [person] = await db
    .select({ name: persons.name })
    .from(persons)
    .where(eq(persons.id, request.personId))
  const done = { zh: '已办理', en: 'is done' }
  const not = { zh: '未通过', en: 'was not made' }
  const why = request.reason ? `${locale === 'zh' ? '：' : ': '}${request.reason}` : ''
  const outcome = request.state === 'approved' ? done[locale] : `${not[locale]}${why}`
  return [{ who: maskName(person?.name ?? ''), outcome }]
}
