import { DateTime } from 'luxon'
import { messageStates } from '#modules/messaging/index.ts'
import { type OutCell, type OutSheet, writeWorkbook } from '#platform/files/index.ts'
import { bulletin } from './bulletin.ts'
import type { EventReport, Figures } from './contract.ts'
import { type Breakdown, breakdowns, type Figure, terms } from './words.ts'

const figures = Object.keys(terms) as Figure[]

/** The report as an .xlsx: overview, one sheet for each breakdown with its sum, and what the figures mean. */
export function reportWorkbook(report: EventReport): Promise<Buffer> {
  return writeWorkbook([
    overview(report),
    ...(Object.keys(breakdowns) as Breakdown[]).map((by) => breakdownSheet(report, by)),
    definitionSheet(),
  ])
}

function overview(report: EventReport): OutSheet {
  const { event, participants: who, total, messages } = report
  const local = (iso: string) => DateTime.fromISO(iso, { zone: event.timeZone }).toFormat('yyyy-MM-dd HH:mm')
  const rows: OutCell[][] = [
    ['项目 · Figure', '数值 · Value'],
    ['活动 · Event', event.name],
    ['主题 · Theme', event.theme],
    ['时间 · Time', `${local(event.startsAt)} – ${local(event.endsAt)} (${event.timeZone})`],
    ['截至 · Cut-off', local(report.cutOffAt)],
    ['单位 · Units', who.units],
    ['志愿服务队 · Teams', who.teams],
    ['志愿者人数 · Volunteers', who.volunteers],
    ['学校 · Schools', who.schools],
    ['班级 · Classes', who.classes],
    ['师生人数 · Teachers and pupils', who.teachersAndPupils],
    ['未具名人数 · Heads without names', who.headsWithoutNames],
    ['区域 · Zones', report.zones],
    ['岗位班次 · Shifts', report.shifts],
    ...figures.map((figure): OutCell[] => [heading(figure), total[figure]]),
    ...(messages
      ? [
          ['消息 · Messages', messages.written],
          ...Object.entries(messageStates).flatMap(([state, { zh, en }]): OutCell[][] => {
            const count = messages.byState[state]
            return count ? [[`消息:${zh} · ${en}`, count]] : []
          }),
          ['无法通知人数 · Never written to', messages.unreachable],
        ]
      : []),
    [],
    ['快报', bulletin(report, 'zh')],
    ['Bulletin', bulletin(report, 'en')],
  ]
  return { name: '总表', headingRows: 1, widths: [36, 60], rows }
}

function breakdownSheet(report: EventReport, by: Breakdown): OutSheet {
  const { zh, en } = breakdowns[by]
  const row = (name: string, line: Figures): OutCell[] => [name, ...figures.map((figure) => line[figure])]
  const lines = report.breakdowns[by]
  return {
    name: zh,
    headingRows: 1,
    widths: [32, ...figures.map(() => 12)],
    rows: [
      [`${zh} · ${en}`, ...figures.map(heading)],
      ...lines.map(({ name, figures: line }) =>
        row(name.zh === name.en ? name.zh : `${name.zh} · ${name.en}`, line),
      ),
      row('合计 · Total', report.total),
    ],
  }
}

function definitionSheet(): OutSheet {
  const rows = figures.map((figure) => {
    const { zh, en, meaning } = terms[figure]
    return [zh, meaning.zh, en, meaning.en]
  })
  return {
    name: '口径说明',
    headingRows: 1,
    widths: [18, 50, 18, 60],
    rows: [['指标', '口径', 'Figure', 'Definition'], ...rows],
  }
}

function heading(figure: Figure): string {
  return `${terms[figure].zh} · ${terms[figure].en}`
}
