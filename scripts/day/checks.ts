/** What has to be so after the day: figures that add up, and personal data that is nowhere in clear text. */
import { leaks } from './canaries.ts'
import type { Client } from './client.ts'
import { telephones } from './offices.ts'
import { type City, countsOf } from './preparations.ts'
import type { Check } from './report.ts'
import type { RunningService } from './server.ts'
import type { Volunteer } from './volunteers.ts'

export interface Outcome {
  city: City
  event: { id: string; shifts: number }
  // biome-ignore lint/suspicious/noExplicitAny: the report as it was answered
  report: any
  groups: number
}

/** The consistency checks of the day, with figures read from the service. */
export async function checksOf(
  office: Client,
  service: RunningService,
  { city, event, report, groups }: Outcome,
): Promise<Check[]> {
  const counts = countsOf(city)
  const figures = await office.get('/api/organisation-figures')
  const totals = await office.get(`/api/events/${event.id}/message-totals`)
  const live = await office.get(`/api/events/${event.id}/attendance`)
  const sum = (numbers: Record<string, number>) => Object.values(numbers).reduce((a, b) => a + b, 0)
  const {
    arrived,
    absent,
    unanswered,
    declined,
    excused,
    cancelled,
    assigned,
    early,
    onTime,
    late,
    countedHeads,
  } = report.total
  const lines = new Set(
    telephones(service, ...totals.kinds.map(({ kind }: { kind: string }) => kind)).map(
      ({ messageId }) => messageId,
    ),
  )
  const byDistrict = (report.breakdowns.district as { figures: { assigned: number } }[]).reduce(
    (n, line) => n + line.figures.assigned,
    0,
  )
  // biome-ignore format: one check a line
  return [
    { what: '单位（不含学校） · units, schools not among them', wanted: counts.units, found: figures.units },
    { what: '志愿服务队 · teams', wanted: counts.teams, found: figures.teams },
    { what: '志愿者 · volunteers', wanted: counts.volunteers, found: figures.volunteers },
    { what: '学校 · schools', wanted: counts.schools, found: figures.schools },
    { what: '师生（含只报人数） · teachers and pupils', wanted: counts.teachersAndPupils, found: figures.teachersAndPupils + figures.unnamedTeachersAndPupils },
    { what: '六种结果之和 = 安排 · six outcomes add up', wanted: assigned, found: arrived + absent + unanswered + declined + excused + cancelled },
    { what: '提前 + 准时 + 迟到 = 到岗 · arrivals add up', wanted: arrived, found: early + onTime + late },
    { what: '实时看板 = 日终报表 · live totals = report', wanted: arrived, found: live.total.present },
    { what: '各县区之和 · districts add up', wanted: assigned, found: byDistrict },
    { what: '不记名清点 · heads counted', wanted: groups, found: countedHeads },
    { what: '短信各状态之和 · messages by state', wanted: totals.written, found: sum(totals.byState) },
    { what: '已发短信 = 通道文件 · sent = written to the channel', wanted: totals.byState.sent ?? 0, found: lines.size },
    { what: '未决短信 · messages still open', wanted: 0, found: ['queued', 'sending', 'accepted', 'unknown', 'dead'].reduce((n, state) => n + (totals.byState[state] ?? 0), 0) },
  ]
}

/** The checks that the log has no personal data and the database no numbers in clear text. */
export async function leakChecks(
  service: RunningService,
  city: City,
  volunteers: readonly Volunteer[],
): Promise<Check[]> {
  const found = await leaks(
    service,
    city,
    volunteers.map(({ path }) => path),
  )
  return [
    {
      what: '数据库中的明文号码 · numbers in clear in the database',
      wanted: 0,
      found: found.numbersInDatabase,
    },
    { what: '日志中的号码 · numbers in the log', wanted: 0, found: found.numbersInLog },
    { what: '日志中的姓名 · names in the log', wanted: 0, found: found.namesInLog },
    { what: '日志中的链接 · links in the log', wanted: 0, found: found.linksInLog },
  ]
}
