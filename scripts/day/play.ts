/** The script of the simulation: Lei Feng day in Benxi, from the imports in February to the report in the evening. */

import { styleText } from 'node:util'
import { printAccess } from './access.ts'
import { checksOf, leakChecks } from './checks.ts'
import type { Client } from './client.ts'
import { CityInspection } from './inspection/city-part.ts'
import { countGroups, delivered } from './mobilization.ts'
import type { Account } from './offices.ts'
import type { Register } from './preparations.ts'
import { processorSeconds } from './processor.ts'
import { say } from './progress.ts'
import { printChecks, printPlan, printReport } from './report.ts'
import type { RunningService } from './server.ts'
import { type DemoUsers, openCity, publishDay } from './stages.ts'
import { excuseSome, takeOff } from './surprises.ts'
import { checkIn, checkOut, type Volunteer } from './volunteers.ts'
import { playYear } from './year.ts'

/** Runs the simulation and prints its report. Returns whether all checks hold. */
export async function playDay(
  service: RunningService,
  client: Client,
  { small }: { small: boolean },
): Promise<boolean> {
  const started = performance.now()
  const opened = await openCity(service, client, { small })
  const { users, city, register } = opened

  say('2 月 24 日 · 文明城市测评 · 24 February: inspection')
  const now = '2026-02-24T09:00:00+08:00'
  await users.moveTo(now)
  const [administrator, officer] = users.accounts as [Account, Account]
  const inspection = await CityInspection.begin({ client, administrator, office: officer, register, now })
  await inspection.visit()

  const { event, groups, planned, volunteers } = await publishDay(service, client, opened)

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

  const ofDay = await checksOf(users.office, service, { city, event, report, groups: counted })

  say('全年 · 责任清单 · the year: what every unit owes')
  const year = await playYear({
    ...{ client, office: users.office, administrator: await users.administrator() },
    ...{ officeLogin: 'office', issuerId: opened.organiserId },
    ...owing(register, opened.organiserId),
  })
  printPlan(planned.plan)
  printReport(report, bulletin.text)
  const leaks = await leakChecks(service, city, volunteers)
  const right = printChecks([...ofDay, ...leaks, ...inspected, ...year])
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(
    `\n  ${right ? styleText('green', '✓ 全部吻合 · every figure adds up') : styleText('red', '✗ 有数字不吻合 · figures do not add up')}  ·  ${seconds} s\n`,
  )
  printEffort()
  const { url: screen } = await users.office.post(`/api/events/${event.id}/screens`, { name: '指挥中心大屏' })
  printAccess(service, { eventId: event.id, screen, accounts: users.accounts, volunteers })
  return right
}

/** The units that owe something in the year: none is the issuer, and schools have a book of their own. */
function owing({ units }: Register, issuerId: string) {
  const some = [...units.values()].filter(({ id, kind }) => id !== issuerId && kind !== 'school')
  return {
    unitIds: some.map(({ id }) => id),
    districtCodes: [...new Set(some.flatMap(({ districtCode }) => districtCode ?? []))],
  }
}

/** Seconds of processor time allowed: 90 for the day, 15 for what is inspected in it, 15 for the year. */
const effortMax = 90 + 15 + 15

/** Prints the processor time that the whole simulation needed; the wall clock depends on what else runs. */
function printEffort(): void {
  const { player, service } = processorSeconds()
  const rounded = (seconds: number) => seconds.toFixed(1)
  process.stdout.write(
    `    处理器时间 · processor time: ${rounded(service)} s 服务 · service + ${rounded(player)} s 模拟 · player = ${rounded(service + player)} s (≤ ${effortMax})\n`,
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
