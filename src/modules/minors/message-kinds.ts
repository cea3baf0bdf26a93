import { eq } from 'drizzle-orm'
import type { Reachable } from '#modules/accounts/index.ts'
import { users } from '#modules/accounts/schema.ts'
import type { KindDefinition, MessageKinds, OfficeReader, Values } from '#modules/messaging/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { emergencyFacts } from './emergency-facts.ts'
import { subjectId } from './subjects.ts'
import { readersAt, toldOfAlarms, toldOfEmergencies } from './whom.ts'

export const emergencyKind = 'minors.emergency'
export const alarmKind = 'minors.alarm'

/** Registers the messages of this slice; they go to accounts, at any hour. */
export function registerMinorsKinds(kinds: MessageKinds, { keys }: { keys: KeyRing }): void {
  kinds.registerKind(emergencyKind, emergency(keys))
  kinds.registerKind(alarmKind, alarm(keys))
}

interface Telling {
  valuesOf(reader: Reader, subject: string): Promise<Values | undefined>
  whom(reader: Reader, subject: string): Promise<readonly Reachable[]>
}

function ofEach(keys: KeyRing, { valuesOf, whom }: Telling) {
  return {
    async readersOf(reader: Reader, subjects: readonly string[]) {
      const readers = new Map<string, OfficeReader[]>()
      for (const subject of subjects)
        readers.set(subject, await readersAt(reader, keys, await whom(reader, subject)))
      return readers
    },
    stillDue: async (_: Reader, subjects: readonly string[]) => new Set(subjects),
    async render(reader: Reader, messages: readonly (readonly string[])[]) {
      const rendered: (Values | undefined)[] = []
      for (const [subject] of messages)
        rendered.push(subject === undefined ? undefined : await valuesOf(reader, subject))
      return rendered
    },
  } satisfies Pick<KindDefinition, 'stillDue' | 'readersOf' | 'render'>
}

function emergency(keys: KeyRing): KindDefinition {
  const body = {
    zh: '“{event}”现场负责人{by}因紧急情况查看了{team}一名学生的监护人电话，请核实。',
    en: '{event}: {by}, in charge there, opened the number of a guardian of {team} in an emergency. Please look into it.',
  }
  return {
    zh: '紧急联系监护人（致学校、市文明办、安全审计员）',
    en: 'A guardian’s number was opened in an emergency',
    smsParts: 1,
    atAnyHour: true,
    toAccounts: true,
    variables: {
      event: { zh: '活动名称', en: 'event', sample: '学雷锋志愿服务日', longest: '学雷锋志愿服务日集中行动' },
      by: { zh: '现场负责人', en: 'in charge', sample: '王卫国', longest: '欧阳卫国' },
      team: { zh: '班级', en: 'class', sample: '三年级一班', longest: '二〇二四级三年级十二班' },
    },
    words: { sms: { body }, email: { subject: { zh: '紧急联系监护人', en: 'Emergency' }, body } },
    ...ofEach(keys, {
      async valuesOf(reader, about) {
        const facts = await emergencyFacts(reader, subjectId('emergency', about))
        return facts && { event: facts.event, by: facts.by, team: facts.team ?? '' }
      },
      async whom(reader, about) {
        const facts = await emergencyFacts(reader, subjectId('emergency', about))
        return facts ? toldOfEmergencies(reader, keys, facts) : []
      },
    }),
  }
}

function alarm(keys: KeyRing): KindDefinition {
  const body = {
    zh: '账号{login}今日查看人员完整信息达到上限，已停止显示，请核查审计日志。',
    en: 'The account {login} has opened as many people today as it may. Please look at the audit trail.',
  }
  return {
    zh: '查看人员信息达到上限（致安全审计员）',
    en: 'Limit of revelations reached (to auditors)',
    smsParts: 1,
    atAnyHour: true,
    toAccounts: true,
    variables: { login: { zh: '账号', en: 'login', sample: 'wanglianluo', longest: 'x'.repeat(30) } },
    words: { sms: { body }, email: { subject: { zh: '查看达到上限', en: 'Limit reached' }, body } },
    ...ofEach(keys, {
      async valuesOf(reader, about) {
        const [userId = ''] = subjectId('revelation-alarm', about).split('.')
        const [user] = await reader.select({ login: users.login }).from(users).where(eq(users.id, userId))
        return user
      },
      whom: (reader) => toldOfAlarms(reader, keys),
    }),
  }
}
