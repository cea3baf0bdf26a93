/** 待办摘要: one message a person and day about what their units owe, check and lead. */
import { inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KindDefinition, MessageKinds, Values } from '#modules/messaging/index.ts'
import { officeReaders } from '#modules/mobilization/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { overdueBelow, owedCounts, waitingForCheck, waitingForDecision } from './digest-counts.ts'
import { kindOf, subjectId } from './subjects.ts'

export const digestKind = 'task_digest'

export function registerCommandKinds(kinds: MessageKinds, needs: { publicUrl: URL }): void {
  kinds.registerKind(digestKind, digest(needs))
}

/** What there is to say of each subject; nothing of those that are settled by now. */
async function saidOf(
  db: Reader,
  subjects: readonly string[],
  now: DateTime,
  locale: 'zh' | 'en',
): Promise<Map<string, string>> {
  const zh = locale === 'zh'
  const said = new Map<string, string>()
  const isOwed = (each: string) => kindOf(each) === 'tasks_owed' || kindOf(each) === 'tasks_owed_head'
  const counts = await owedCounts(db, subjects.filter(isOwed).map(unitOf), now)
  for (const each of new Set(subjects)) {
    const kind = kindOf(each)
    if (isOwed(each)) {
      const { open = 0, overdue = 0 } = counts.get(unitOf(each)) ?? {}
      const late = overdue > 0 ? (zh ? `（逾期${overdue}项）` : ` (${overdue} overdue)`) : ''
      if (open > 0) said.set(each, zh ? `待办${open}项${late}` : `${open} tasks to do${late}`)
    } else if (kind === 'tasks_checked') {
      const waiting = await waitingForCheck(db, subjectId(kind, each))
      if (waiting > 0) said.set(each, zh ? `待核查${waiting}项` : `${waiting} reports to check`)
    } else if (kind === 'tasks_disputed') {
      const waiting = await waitingForDecision(db, subjectId(kind, each))
      if (waiting > 0) said.set(each, zh ? `异议待定${waiting}项` : `${waiting} disputes to decide`)
    } else if (kind === 'tasks_led') {
      const overdue = await overdueBelow(db, subjectId(kind, each), now)
      if (overdue > 0) said.set(each, zh ? `牵头逾期${overdue}项` : `${overdue} overdue that you lead`)
    }
  }
  return said
}

async function namesOf(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: units.id, name: units.name })
    .from(units)
    .where(inArray(units.id, [...ids]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** What is owed first, then what waits for a check or a decision, then what the unit leads. */
const order = ['tasks_owed', 'tasks_owed_head', 'tasks_checked', 'tasks_disputed', 'tasks_led'] as const
const byKind = (a: string, b: string) => order.indexOf(kindOf(a)!) - order.indexOf(kindOf(b)!)

const unitOf = (subject: string) => subjectId(kindOf(subject)!, subject)

function digest({ publicUrl }: { publicUrl: URL }): KindDefinition {
  const link = new URL('/m/tasks', publicUrl)
  const door = `${link.host}${link.pathname}`
  const zh = '{unit}创城事项：{what}'
  const en = '{unit}: {what}'
  return {
    zh: '创城待办摘要',
    en: 'Tasks of the day',
    smsParts: 1,
    variables: {
      // By its name only where one person keeps several units.
      unit: { zh: '单位', en: 'unit', sample: '贵单位', longest: '贵单位' },
      what: {
        zh: '待办情况',
        en: 'what there is to do',
        sample: '待办12项（逾期3项）',
        longest: '待办120项（逾期30项）',
        required: true,
      },
      link: { zh: '待办地址', en: 'where it is', sample: link.href, link: true },
    },
    words: {
      sms: {
        body: { zh: `${zh}，请点 {link}`, en: `${en} {link}` },
        withoutLinks: { zh: `${zh}，请登录${door}`, en: `${en} ${door}` },
      },
      email: {
        subject: { zh: '创城待办：{what}', en: 'Tasks: {what}' },
        body: { zh: `${zh}\n\n{link}\n`, en: `${en}\n\n{link}\n` },
      },
    },
    async stillDue(reader, subjects, now) {
      return new Set((await saidOf(reader, subjects, now, 'zh')).keys())
    },
    async readersOf(reader, subjects) {
      const ids = [...new Set(subjects.map(unitOf))]
      const rows = await reader
        .select({ id: units.id, liaison: units.liaisonPersonId, head: units.leaderPersonId })
        .from(units)
        .where(inArray(units.id, ids))
      const offices = new Map(rows.map((row) => [row.id, row]))
      const holders = subjects.flatMap((subject) => {
        const office = kindOf(subject) === 'tasks_owed_head' ? 'head' : 'liaison'
        const holderId = offices.get(unitOf(subject))?.[office]
        return holderId ? { subject, holderId } : []
      })
      return officeReaders(reader, holders)
    },
    async render(reader, messages, { locale, now }) {
      const all = messages.flat()
      const said = await saidOf(reader, all, now, locale)
      const names = await namesOf(reader, all.map(unitOf))
      return messages.map((subjects) => valuesOf(subjects, { said, names, locale, link: link.href }))
    },
  }
}

/** One set of values for each unit: what is owed, checked and led there stands in one sentence. */
function valuesOf(
  subjects: readonly string[],
  around: {
    said: ReadonlyMap<string, string>
    names: ReadonlyMap<string, string>
    locale: 'zh' | 'en'
    link: string
  },
): Values[] {
  const { said, names, locale, link } = around
  const of = Map.groupBy(
    subjects.filter((each) => said.has(each)),
    unitOf,
  )
  const zh = locale === 'zh'
  return [...of].map(([unitId, some]) => ({
    unit: of.size === 1 ? (zh ? '贵单位' : 'Your unit') : (names.get(unitId) ?? ''),
    // Whoever is both liaison and head reads what is owed once.
    what: [...new Set(some.toSorted(byKind).map((each) => said.get(each)!))].join(zh ? '、' : ', '),
    link,
  }))
}
