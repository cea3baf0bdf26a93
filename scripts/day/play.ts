/** The script of the simulation: Lei Feng day in Benxi, from the imports in February to the report in the evening. */

import { styleText } from 'node:util'
import { schoolCounts } from '../city/schools.ts'
import { counts } from '../city/units.ts'
import { printAccess } from './access.ts'
import { leaks } from './canaries.ts'
import type { Client } from './client.ts'
import { CityInspection } from './inspection/city-part.ts'
import {
  askUnits,
  countGroups,
  delivered,
  nameInCharge,
  openEvent,
  publish,
  reserveForSchools,
} from './mobilization.ts'
import {
  type Account,
  createAdministrator,
  createOfficer,
  invite,
  openLeader,
  signIn,
  telephones,
} from './offices.ts'
import { plan } from './planning.ts'
import { type City, drawZones, importLists, makeCity, nameResponsible, readRegister } from './preparations.ts'
import { processorSeconds } from './processor.ts'
import { phase } from './progress.ts'
import { type Check, printChecks, printPlan, printReport } from './report.ts'
import type { RunningService } from './server.ts'
import { excuseSome, takeOff } from './surprises.ts'
import { checkIn, checkOut, readAndAnswer, type Volunteer, volunteersOf } from './volunteers.ts'

const say = (text: string) => process.stdout.write(`\n  ${text}\n`)

/** The users of the simulation. They sign in again after each jump of the clock, because their sessions expire. */
class DemoUsers {
  readonly accounts: Account[] = []
  readonly #client: Client
  office!: Client

  constructor(client: Client) {
    this.#client = client
  }

  async open(service: RunningService): Promise<void> {
    this.accounts.push(await createAdministrator(service))
    const what = '市文明办 · city office'
    const office = { login: 'office', name: '市文明办', role: 'city_office', what } as const
    this.accounts.push(await createOfficer(service, office))
    const signedIn = await signIn(this.#client, this.accounts[1] as Account)
    this.accounts.push(
      await invite(signedIn, {
        login: 'pingshan',
        name: '平山区文明办',
        role: 'district_office',
        districtCode: '210502',
        what: '平山区文明办 · district office',
      }),
    )
    const auditor = {
      login: 'auditor',
      name: '安全审计员',
      role: 'auditor',
      what: '安全审计员 · auditor',
    } as const
    this.accounts.push(await createOfficer(service, auditor))
    await this.signInAgain()
  }

  async signInAgain(): Promise<void> {
    const [, office] = this.accounts as [Account, Account]
    this.office = await signIn(this.#client, office)
  }

  /** Moves the simulated clock to `time` and signs in again, because idle sessions have expired. */
  async moveTo(time: string): Promise<void> {
    const administrator = await signIn(this.#client, this.accounts[0] as Account)
    await administrator.put('/api/clock', { now: time })
    await this.signInAgain()
  }
}

/** Runs the simulation and prints its report. Returns whether all checks hold. */
export async function playDay(service: RunningService, client: Client): Promise<boolean> {
  const started = performance.now()
  const users = new DemoUsers(client)
  await users.open(service)

  say('2 月 20 日 · 导入 · 20 February: lists and maps come in')
  const city = makeCity()
  await drawZones(users.office, city)
  await importLists(users.office, city)
  const register = await readRegister(users.office)
  await nameResponsible(users.office, register)
  await phase(
    '向联络员和队长发送开通链接 · one-time links for liaisons and leaders',
    1,
    () => users.office.post('/api/accounts/bulk-invitations', {}),
    ({ invited }) => `${invited.length} 个账号 · accounts`,
  )
  users.accounts.push(await openLeader(service, client))

  say('2 月 24 日 · 文明城市测评 · 24 February: inspection')
  const now = '2026-02-24T09:00:00+08:00'
  await users.moveTo(now)
  const [administrator, officer] = users.accounts as [Account, Account]
  const inspection = await CityInspection.begin({ client, administrator, office: officer, register, now })
  await inspection.visit()

  say('2 月 25 日 · 排岗与发布 · 25 February: plan and publish')
  await users.moveTo('2026-02-25T10:00:00+08:00')
  const organiser = register.units.get('本溪市精神文明建设指导委员会办公室')
  const event = await openEvent(users.office, organiser?.id as string, register.zones)
  await askUnits(users.office, event.id, register)
  const groups = await reserveForSchools(users.office, event.id, register)
  const planned = await plan(users.office, event.id)
  await nameInCharge(users.office, event.id, register)
  await publish(users.office, event.id)
  const volunteers = volunteersOf(telephones(service, 'invitation', 'guardian_invitation'))
  await readAndAnswer(client, volunteers)

  say('3 月 3 日 · 临时变动 · 3 March: what comes up')
  const eve = '2026-03-03T18:05:00+08:00'
  await users.moveTo(eve)
  const inspected = await inspection.rank(eve)
  const calledOff = await takeOff(users.office, event.id)
  const absent = [calledOff, await excuseSome(users.office, event.id, calledOff)]
  for (const volunteer of volunteers) {
    if (absent.some((ids) => ids.has(volunteer.assignmentId ?? ''))) volunteer.arrival = null
  }

  say('3 月 4 日 · 学雷锋日 · 4 March: the day')
  await users.moveTo('2026-03-04T12:32:00+08:00')
  await delivered(users.office, event.id, 'reminder', '发送上岗提醒短信 · reminders')
  await comeAndGo(users, volunteers)
  const counted = await countGroups(users.office, groups)

  await users.moveTo('2026-03-04T18:00:00+08:00')
  const report = await users.office.get(`/api/events/${event.id}/report`)
  await users.office.post(
    `/api/events/${event.id}/report-snapshots`,
    { title: '当日 18:00 快报' },
    'snapshot',
  )
  const bulletin = await users.office.get(`/api/events/${event.id}/bulletin`)
  printPlan(planned.plan)
  printReport(report, bulletin.text)
  const right = printChecks([
    ...(await checksOf(users.office, service, { event, report, groups: counted })),
    ...(await leakChecks(service, city, volunteers)),
    ...inspected,
  ])
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(
    `\n  ${right ? styleText('green', '✓ 全部吻合 · every figure adds up') : styleText('red', '✗ 有数字不吻合 · figures do not add up')}  ·  ${seconds} s\n`,
  )
  printEffort()
  const { url: screen } = await users.office.post(`/api/events/${event.id}/screens`, { name: '指挥中心大屏' })
  printAccess(service, { eventId: event.id, screen, accounts: users.accounts, volunteers })
  return right
}

/** Prints the processor time that the whole simulation needed; the wall clock depends on what else runs. */
function printEffort(): void {
  const { player, service } = processorSeconds()
  const rounded = (seconds: number) => seconds.toFixed(1)
  process.stdout.write(
    `    处理器时间 · processor time: ${rounded(service)} s 服务 · service + ${rounded(player)} s 模拟 · player = ${rounded(service + player)} s (≤ 90)\n`,
  )
}

/** The afternoon: shifts of two and of four hours; people check in early, on time or late, and most check out. */
async function comeAndGo(users: DemoUsers, volunteers: readonly Volunteer[]): Promise<void> {
  const arriving = (time: string, ...arrivals: Volunteer['arrival'][]) =>
    volunteers.filter(
      ({ assignmentId, startsAt, arrival }) =>
        assignmentId && startsAt === time && arrivals.includes(arrival),
    )
  const leaving = (time: string) =>
    volunteers.filter(
      ({ assignmentId, arrival, checksOut, endsAt }) =>
        assignmentId && arrival && checksOut && endsAt === time,
    )
  const steps: [string, () => Promise<unknown>][] = [
    [
      '12:52',
      () => checkIn(users.office, '12:52 提前到岗签到 · early check-ins', arriving('13:30', 'early')),
    ],
    ['13:24', () => checkIn(users.office, '13:24 集中签到 · the rush', arriving('13:30', 'on_time'))],
    ['13:52', () => checkIn(users.office, '13:52 迟到签到 · late ones', arriving('13:30', 'late'))],
    [
      '14:52',
      () => checkIn(users.office, '14:52 第二班提前签到 · second shift, early', arriving('15:30', 'early')),
    ],
    ['15:18', () => checkOut(users.office, '15:18 第一班签退 · first shift leaves', leaving('15:30'))],
    ['15:24', () => checkIn(users.office, '15:24 第二班签到 · second shift', arriving('15:30', 'on_time'))],
    [
      '15:55',
      () => checkIn(users.office, '15:55 第二班迟到签到 · second shift, late', arriving('15:30', 'late')),
    ],
    ['17:18', () => checkOut(users.office, '17:18 签退 · everybody leaves', leaving('17:30'))],
  ]
  for (const [time, happen] of steps) {
    await users.moveTo(`2026-03-04T${time}:00+08:00`)
    await happen()
  }
}

interface Outcome {
  event: { id: string; shifts: number }
  // biome-ignore lint/suspicious/noExplicitAny: the report as it was answered
  report: any
  groups: number
}

/** The consistency checks of the day, with figures read from the service. */
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
    { what: '学校 · schools', wanted: schoolCounts.schools, found: figures.schools },
    { what: '师生（含只报人数） · teachers and pupils', wanted: schoolCounts.people, found: figures.teachersAndPupils + figures.unnamedTeachersAndPupils },
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

/** The checks that the log has no personal data and the database no numbers in clear text. */
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
