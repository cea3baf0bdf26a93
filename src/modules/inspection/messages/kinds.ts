/** 排名公示, 申诉办结: what units are told of rankings. */
import { eq, inArray } from 'drizzle-orm'
import { momentOf } from '#modules/command/index.ts'
import { tasks } from '#modules/command/schema.ts'
import type { KindDefinition, MessageKinds, Values } from '#modules/messaging/index.ts'
import { type OfficeHolder, officeReaders } from '#modules/mobilization/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { appeals, points, rankings, visits } from '../schema.ts'
import { appealOutcomes, rankingGroups } from '../words.ts'
import { concernedBy, liaisonsOf } from './concerned.ts'
import { subject, subjectId } from './subjects.ts'

export const rankingDrafted = 'ranking_drafted'
export const appealDecided = 'appeal_decided'

interface Needs {
  publicUrl: URL
  timeZone: string
}

export function registerInspectionKinds(kinds: MessageKinds, needs: Needs): void {
  kinds.registerKind(rankingDrafted, drafted(needs))
  kinds.registerKind(appealDecided, decided(needs))
}

/** Short, because a message pays for each character; the console leads on from there (`shortPaths`). */
const doorOf = ({ publicUrl }: Needs, path: '/ranks' | '/appeals') => {
  const link = new URL(path, publicUrl)
  return { link: link.href, door: `${link.host}${link.pathname}` }
}

/** One set of values for each subject that is there. */
function valuesFor(
  messages: readonly (readonly string[])[],
  valuesOf: (subject: string) => Values | undefined,
): (Values[] | undefined)[] {
  return messages.map((subjects) => {
    const sets = subjects.map(valuesOf).filter((each) => each !== undefined)
    return sets.length === 0 ? undefined : sets
  })
}

function drafted(needs: Needs): KindDefinition {
  const { link, door } = doorOf(needs, '/ranks')
  const zh = '{month}{group}测评排名公示，申诉至{until}'
  const en = 'Ranking of {month} ({group}) is out; appeals until {until}'
  const read = async (reader: Reader, subjects: readonly string[]) => {
    const ids = subjects.map((each) => subjectId('ranking_drafted', each))
    const found: (typeof rankings.$inferSelect)[] = []
    await inChunks([...new Set(ids)], 200, async (some) => {
      found.push(
        ...(await reader
          .select()
          .from(rankings)
          .where(inArray(rankings.id, [...some]))),
      )
    })
    return new Map(found.map((row) => [row.id, row]))
  }
  return {
    zh: '测评排名公示',
    en: 'A ranking is open to appeals',
    smsParts: 1,
    variables: {
      month: { zh: '月份', en: 'month', sample: '3月', longest: '12月', required: true },
      group: { zh: '组别', en: 'group', sample: '城区', longest: '街道乡镇', required: true },
      until: {
        zh: '申诉截止',
        en: 'end of appeals',
        sample: '3月12日17:00',
        longest: '12月31日17:00',
        required: true,
      },
      link: { zh: '查看地址', en: 'where it is', sample: link, link: true },
    },
    words: {
      sms: {
        body: { zh: `${zh}，请点 {link}`, en: `${en} {link}` },
        withoutLinks: { zh: `${zh}，请登录${door}`, en: `${en} ${door}` },
      },
      email: {
        subject: { zh: '{month}{group}测评排名公示', en: 'Ranking of {month}: {group}' },
        body: { zh: `${zh}。\n\n{link}\n`, en: `${en}.\n\n{link}\n` },
      },
    },
    async stillDue(reader, subjects, now) {
      const rows = await read(reader, subjects)
      const open = subjects.filter((each) => {
        const row = rows.get(subjectId('ranking_drafted', each))
        return row?.appealableUntil && !row.finalAt && now < row.appealableUntil
      })
      return new Set(open)
    },
    async readersOf(reader, subjects) {
      const holders: OfficeHolder[] = []
      for (const row of (await read(reader, subjects)).values()) {
        const liaisons = await liaisonsOf(reader, await concernedBy(reader, row))
        for (const holderId of liaisons.values())
          holders.push({ subject: subject('ranking_drafted', row.id), holderId })
      }
      return officeReaders(reader, holders)
    },
    async render(reader, messages, { locale }) {
      const rows = await read(reader, messages.flat())
      return valuesFor(messages, (subject) => {
        const row = rows.get(subjectId('ranking_drafted', subject))
        if (!row?.appealableUntil) return undefined
        const until = momentOf(row.appealableUntil, { language: locale, zone: needs.timeZone })
        const month = locale === 'zh' ? `${Number(row.month.slice(5))}月` : row.month
        return { month, group: rankingGroups[row.group][locale], until, link }
      })
    },
  }
}

function decided(needs: Needs): KindDefinition {
  const { link, door } = doorOf(needs, '/appeals')
  const zh = '贵单位对{where}的{outcome}'
  const en = 'Your appeal about {where}: {outcome}'
  const read = async (reader: Reader, subjects: readonly string[]) => {
    const ids = subjects.map((each) => subjectId('appeal_decided', each))
    const rows = await reader
      .select({ id: appeals.id, outcome: appeals.outcome, point: points.name, unitId: tasks.unitId })
      .from(appeals)
      .innerJoin(tasks, eq(tasks.id, appeals.taskId))
      .innerJoin(visits, eq(visits.id, appeals.visitId))
      .leftJoin(points, eq(points.id, visits.pointId))
      .where(inArray(appeals.id, [...new Set(ids)]))
    return new Map(rows.map((row) => [row.id, row]))
  }
  return {
    zh: '测评申诉办结',
    en: 'An appeal was decided',
    smsParts: 1,
    variables: {
      where: {
        zh: '点位',
        en: 'point',
        sample: '东明小区',
        longest: '本溪满族自治县小市镇农贸市场',
        required: true,
      },
      outcome: { zh: '结果', en: 'outcome', sample: '申诉成立', longest: '申诉不成立', required: true },
      link: { zh: '查看地址', en: 'where it is', sample: link, link: true },
    },
    words: {
      sms: {
        body: { zh: `${zh}，请点 {link}`, en: `${en} {link}` },
        withoutLinks: { zh: `${zh}，请登录${door}`, en: `${en} ${door}` },
      },
      email: {
        subject: { zh: '{outcome}：{where}', en: '{outcome}: {where}' },
        body: { zh: `${zh}。\n\n{link}\n`, en: `${en}.\n\n{link}\n` },
      },
    },
    async stillDue(reader, subjects) {
      const rows = await read(reader, subjects)
      return new Set(subjects.filter((each) => rows.get(subjectId('appeal_decided', each))?.outcome))
    },
    async readersOf(reader, subjects) {
      const rows = [...(await read(reader, subjects)).values()]
      const liaisons = await liaisonsOf(
        reader,
        rows.map(({ unitId }) => unitId),
      )
      const holders = rows.flatMap(({ id, unitId }) => {
        const holderId = liaisons.get(unitId)
        return holderId ? { subject: subject('appeal_decided', id), holderId } : []
      })
      return officeReaders(reader, holders)
    },
    async render(reader, messages, { locale }) {
      const rows = await read(reader, messages.flat())
      return valuesFor(messages, (subject) => {
        const row = rows.get(subjectId('appeal_decided', subject))
        if (!row?.outcome) return undefined
        return { where: row.point ?? '', outcome: appealOutcomes[row.outcome][locale], link }
      })
    },
  }
}
