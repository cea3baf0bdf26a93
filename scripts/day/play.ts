/** Lei Feng day in Benxi, from the lists of February to the report of the evening. */

import { schoolCounts } from '../city/schools.ts'
import { counts } from '../city/units.ts'
import { leaks } from './canaries.ts'
import type { Client } from './client.ts'
import {
  askUnits,
  countGroups,
  delivered,
  nameInCharge,
  openEvent,
  publish,
  reserveForSchools,
} from './mobilization.ts'
import { type Account, createAdministrator, invite, signIn, telephones } from './offices.ts'
import { plan } from './planning.ts'
import { type City, drawZones, importLists, makeCity, nameResponsible, readRegister } from './preparations.ts'
import { phase } from './progress.ts'
import { type Check, printChecks, printPlan, printReport } from './report.ts'
import type { RunningService } from './server.ts'
import { excuseSome, takeOff } from './surprises.ts'
import { checkIn, checkOut, readAndAnswer, type Volunteer, volunteersOf } from './volunteers.ts'

const say = (text: string) => process.stdout.write(`\n  ${text}\n`)

/** The people at their desks, who sign in again whenever the clock has jumped. */
class Desks {
  readonly accounts: Account[] = []
  readonly #client: Client
  office!: Client

  constructor(client: Client) {
    this.#client = client
  }

  async open(service: RunningService): Promise<void> {
    const administrator = await createAdministrator(service)
    this.accounts.push(administrator)
    const signedIn = await signIn(this.#client, administrator)
    this.accounts.push(
      await invite(signedIn, {
        login: 'office',
        name: '市文明办',
        role: 'city_office',
        what: '市文明办 · city office',
      }),
    )
    this.accounts.push(
      await invite(signedIn, {
        login: 'pingshan',
        name: '平山区文明办',
        role: 'district_office',
        districtCode: '210502',
        what: '平山区文明办 · district office',
      }),
    )
    this.accounts.push(
      await invite(signedIn, { login: 'auditor', name: '审计员', role: 'auditor', what: '审计员 · auditor' }),
    )
    await this.sit()
  }

  async sit(): Promise<void> {
    const [, office] = this.accounts as [Account, Account]
    this.office = await signIn(this.#client, office)
  }

  /** The clock jumps; sessions that nobody used meanwhile have ended. */
  async moveTo(time: string): Promise<void> {
    const administrator = await signIn(this.#client, this.accounts[0] as Account)
    await administrator.put('/api/clock', { now: time })
    await this.sit()
  }
}

/** Plays the day and prints its report. Returns whether every figure adds up. */
export async function playDay(service: RunningService, client: Client): Promise<boolean> {
  const started = performance.now()
  const desks = new Desks(client)
  await desks.open(service)

  say('2 月 20 日 · 导入 · 20 February: lists and maps come in')
  const city = makeCity()
  await drawZones(desks.office, city)
  await importLists(desks.office, city)
  const register = await readRegister(desks.office)
  await nameResponsible(desks.office, register)
  await phase(
    '向联络员和队长发送开通链接 · one-time links for liaisons and leaders',
    1,
    () => desks.office.post('/api/accounts/bulk-invitations', {}),
    ({ invited }) => `${invited.length} 个账号 · accounts`,
  )

  say('2 月 25 日 · 排岗与发布 · 25 February: plan and publish')
  await desks.moveTo('2026-02-25T10:00:00+08:00')
  const organiser = register.units.get('本溪市精神文明建设指导委员会办公室')
  const event = await openEvent(desks.office, organiser?.id as string, register.zones)
  await askUnits(desks.office, event.id, register)
  const groups = await reserveForSchools(desks.office, event.id, register)
  const planned = await plan(desks.office, event.id)
  await nameInCharge(desks.office, event.id, register)
  await publish(desks.office, event.id)
  const volunteers = volunteersOf(telephones(service, 'invitation'))
  await readAndAnswer(client, volunteers)

  say('3 月 3 日 · 临时变动 · 3 March: what comes up')
  await desks.moveTo('2026-03-03T18:05:00+08:00')
  const absent = [await excuseSome(desks.office, event.id), await takeOff(desks.office, event.id)]
  for (const volunteer of volunteers) {
    if (absent.some((ids) => ids.has(volunteer.assignmentId ?? ''))) volunteer.arrival = null
  }

  say('3 月 4 日 · 学雷锋日 · 4 March: the day')
  await desks.moveTo('2026-03-04T12:32:00+08:00')
  await delivered(desks.office, event.id, 'reminder', '发送上岗提醒短信 · reminders')
  await comeAndGo(desks, client, volunteers)
  const counted = await countGroups(desks.office, groups)

  await desks.moveTo('2026-03-04T18:00:00+08:00')
  const report = await desks.office.get(`/api/events/${event.id}/report`)
  await desks.office.post(
    `/api/events/${event.id}/report-snapshots`,
    { title: '当日 18:00 快报' },
    'snapshot',
  )
  const bulletin = await desks.office.get(`/api/events/${event.id}/bulletin`)
  printPlan(planned.plan)
  printReport(report, bulletin.text)
  const right = printChecks([
    ...(await checksOf(desks.office, service, { event, report, groups: counted })),
    ...(await leakChecks(service, city, volunteers)),
  ])
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(
    `\n  ${right ? '✓ 全部吻合 · every figure adds up' : '✗ 有数字不吻合 · figures do not add up'}  ·  ${seconds} s\n`,
  )
  printWayIn(service, desks.accounts, volunteers)
  return right
}

/** The afternoon: two windows of two hours and one of four, people early, on time and late, most of them checking out. */
async function comeAndGo(desks: Desks, client: Client, volunteers: readonly Volunteer[]): Promise<void> {
  const beginning = (time: string, ...arrivals: Volunteer['arrival'][]) =>
    volunteers.filter((v) => v.assignmentId && v.startsAt === time && arrivals.includes(v.arrival))
  const leaving = (time: string) =>
    volunteers.filter((v) => v.assignmentId && v.arrival && v.checksOut && v.endsAt === time)
  const steps: [string, () => Promise<unknown>][] = [
    ['12:52', () => checkIn(client, '12:52 提前到岗签到 · early check-ins', beginning('13:30', 'early'))],
    ['13:24', () => checkIn(client, '13:24 集中签到 · the rush', beginning('13:30', 'on_time'))],
    ['13:52', () => checkIn(client, '13:52 迟到签到 · late ones', beginning('13:30', 'late'))],
    [
      '14:52',
      () => checkIn(client, '14:52 第二班提前签到 · second shift, early', beginning('15:30', 'early')),
    ],
    ['15:24', () => checkIn(client, '15:24 第二班签到 · second shift', beginning('15:30', 'on_time'))],
    ['15:29', () => checkOut(client, '15:29 第一班签退 · first shift leaves', leaving('15:30'))],
    ['15:55', () => checkIn(client, '15:55 第二班迟到签到 · second shift, late', beginning('15:30', 'late'))],
    ['17:28', () => checkOut(client, '17:28 签退 · everybody leaves', leaving('17:30'))],
  ]
  for (const [time, happen] of steps) {
    await desks.moveTo(`2026-03-04T${time}:00+08:00`)
    await happen()
  }
}

interface Outcome {
  event: { id: string; shifts: number }
  // biome-ignore lint/suspicious/noExplicitAny: the report as it was answered
  report: any
  groups: number
}

/** What must be true of the day, read back from the service. */
async function checksOf(
  office: Client,
  service: RunningService,
  { event, report, groups }: Outcome,
): Promise<Check[]> {
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
    [...telephones(service, 'invitation'), ...telephones(service, 'reminder')].map(
      ({ messageId }) => messageId,
    ),
  )
  const byDistrict = (report.breakdowns.district as { figures: { assigned: number } }[]).reduce(
    (n, line) => n + line.figures.assigned,
    0,
  )
  // biome-ignore format: one check a line
  return [
    { what: '单位(不含学校) · units, schools not among them', wanted: counts.units, found: figures.units },
    { what: '志愿服务队 · teams', wanted: counts.teams, found: figures.teams },
    { what: '志愿者 · volunteers', wanted: counts.volunteers, found: figures.volunteers },
    { what: '学校 · schools', wanted: schoolCounts.schools, found: figures.schools },
    { what: '师生(含只报人数) · teachers and pupils', wanted: schoolCounts.people, found: figures.teachersAndPupils + figures.unnamedTeachersAndPupils },
    { what: '六种结果之和 = 安排 · six outcomes add up', wanted: assigned, found: arrived + absent + unanswered + declined + excused + cancelled },
    { what: '提前 + 准时 + 迟到 = 到岗 · arrivals add up', wanted: arrived, found: early + onTime + late },
    { what: '实时看板 = 日终报表 · live totals = report', wanted: arrived, found: live.total.present },
    { what: '各区县之和 · districts add up', wanted: assigned, found: byDistrict },
    { what: '不记名清点 · heads counted', wanted: groups, found: countedHeads },
    { what: '短信各状态之和 · messages by state', wanted: totals.written, found: sum(totals.byState) },
    { what: '已发短信 = 通道文件 · sent = written to the channel', wanted: totals.byState.sent ?? 0, found: lines.size },
    { what: '未决短信 · messages still open', wanted: 0, found: ['queued', 'sending', 'accepted', 'unknown', 'dead'].reduce((n, state) => n + (totals.byState[state] ?? 0), 0) },
  ]
}

/** Nothing personal in the log, no number in clear in the database. */
async function leakChecks(
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

function printWayIn(
  service: RunningService,
  accounts: readonly Account[],
  volunteers: readonly Volunteer[],
): void {
  const rows = accounts.map(({ login, password, what }) => `    ${login.padEnd(10)} ${password}   ${what}`)
  const sample = volunteers.find(({ arrival, checksOut }) => arrival && checksOut)
  process.stdout.write(`
  地址 · address           ${service.url}
  接口文档 · API            ${service.url}/api/docs
  志愿者链接 · a volunteer   ${service.url}${sample?.path ?? ''}
  账号 · accounts
${rows.join('\n')}
`)
}
