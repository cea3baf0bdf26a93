import { DateTime } from 'luxon'
import { messageStates } from '#modules/messaging/index.ts'
import { type OutCell, type OutSheet, writeWorkbook } from '#platform/files/index.ts'
import type { Language } from '#platform/http/language.ts'
import { bulletin } from './bulletin.ts'
import type { EventReport, Figures } from './contract.ts'
import { type Breakdown, breakdowns, type Figure, printed, terms } from './words.ts'

const figures = Object.keys(terms) as Figure[]

const words = {
  zh: {
    day: '快报',
    overview: '总表',
    definitions: '口径说明',
    table: '统计表',
    figure: '指标',
    value: '数值',
    meaning: '口径',
    total: '合计',
    hours: '服务时长（小时）',
    event: '活动',
    theme: '主题',
    time: '时间',
    cutOff: '截至',
    units: '单位（家）',
    teams: '志愿服务队（支）',
    volunteers: '志愿者人数',
    schools: '学校（所）',
    classes: '班级（个）',
    schoolPeople: '师生人数',
    numbersOnly: '只报人数（人）',
    zones: '网格（个）',
    shifts: '岗位班次（个）',
    messages: '发送消息（条）',
    unreachable: '无法通知（人）',
  },
  en: {
    day: 'Bulletin',
    overview: 'Overview',
    definitions: 'Definitions',
    table: 'report',
    figure: 'Figure',
    value: 'Value',
    meaning: 'Definition',
    total: 'Total',
    hours: 'Hours of service',
    event: 'Event',
    theme: 'Theme',
    time: 'Time',
    cutOff: 'Cut-off',
    units: 'Units',
    teams: 'Teams',
    volunteers: 'Volunteers',
    schools: 'Schools',
    classes: 'Classes',
    schoolPeople: 'Teachers and pupils',
    numbersOnly: 'Answered with a number only',
    zones: 'Zones',
    shifts: 'Shifts',
    messages: 'Messages',
    unreachable: 'Never written to',
  },
} as const

/** The report as an .xlsx file in one language: summary of the day, overview, breakdowns, definitions. */
export function reportWorkbook(report: EventReport, language: Language): Promise<Buffer> {
  return writeWorkbook([
    daySheet(report, language),
    overview(report, language),
    ...(Object.keys(breakdowns) as Breakdown[]).map((by) => breakdownSheet(report, by, language)),
    definitionSheet(language),
  ])
}

/** The file name: `学雷锋志愿服务日-统计表-20260305.xlsx`, with the day on which it was made. */
export function workbookName({ event, madeAt }: EventReport, language: Language): string {
  const day = DateTime.fromISO(madeAt, { zone: event.timeZone }).toFormat('yyyyMMdd')
  return `${event.name}-${words[language].table}-${day}.xlsx`
}

/** The sheet for the press and the notice board. */
function daySheet(report: EventReport, language: Language): OutSheet {
  const lines = bulletin(report, language).split('\n').filter(Boolean)
  return { name: words[language].day, widths: [100], wrapped: true, rows: lines.map((line) => [line]) }
}

function overview(report: EventReport, language: Language): OutSheet {
  const { event, participants: who, total, messages } = report
  const w = words[language]
  const local = (iso: string) => DateTime.fromISO(iso, { zone: event.timeZone }).toFormat('yyyy-MM-dd HH:mm')
  const rows: OutCell[][] = [
    [w.figure, w.value],
    [w.event, event.name],
    [w.theme, event.theme],
    [w.time, `${local(event.startsAt)} – ${local(event.endsAt)}`],
    [w.cutOff, local(report.cutOffAt)],
    [w.units, who.units],
    [w.teams, who.teams],
    [w.volunteers, who.volunteers],
    [w.schools, who.schools],
    [w.classes, who.classes],
    [w.schoolPeople, who.teachersAndPupils],
    [w.numbersOnly, who.headsWithoutNames],
    [w.zones, report.zones],
    [w.shifts, report.shifts],
    ...figures.map((figure): OutCell[] => [heading(figure, language), shown(figure, total)]),
    ...(messages
      ? [
          [w.messages, messages.written],
          ...Object.entries(messageStates).flatMap(([state, name]): OutCell[][] => {
            const count = messages.byState[state]
            return count ? [[`　${name[language]}`, count]] : []
          }),
          [w.unreachable, messages.unreachable],
        ]
      : []),
  ]
  return { name: w.overview, headingRows: 1, widths: [30, 60], rows }
}

function breakdownSheet(report: EventReport, by: Breakdown, language: Language): OutSheet {
  const title = breakdowns[by][language]
  const row = (name: string, line: Figures): OutCell[] => [
    name,
    ...printed.map((figure) => shown(figure, line)),
  ]
  return {
    name: title,
    headingRows: 1,
    widths: [30, ...printed.map(() => 9)],
    rows: [
      [title, ...printed.map((figure) => heading(figure, language))],
      ...report.breakdowns[by].map(({ name, figures: line }) => row(name[language], line)),
      row(words[language].total, report.total),
    ],
  }
}

function definitionSheet(language: Language): OutSheet {
  const w = words[language]
  const rows = figures.map((figure) => [heading(figure, language), terms[figure].meaning[language]])
  return {
    name: w.definitions,
    headingRows: 1,
    widths: [26, 90],
    wrapped: true,
    rows: [[w.figure, w.meaning], ...rows],
  }
}

/** The value of a cell; minutes are shown as hours. */
function shown(figure: Figure, line: Figures): OutCell {
  return figure === 'minutes' ? Math.round(line.minutes / 6) / 10 : line[figure]
}

function heading(figure: Figure, language: Language): string {
  return figure === 'minutes' ? words[language].hours : terms[figure][language]
}
