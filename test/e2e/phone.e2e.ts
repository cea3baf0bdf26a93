/** The pages of the phone, as a leader and a liaison use them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '../../scripts/day/client.ts'
import { activate, demoPassword, received, signIn } from '../../scripts/day/offices.ts'
import { type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import type { Office } from './day.ts'
import { expect, test } from './service.ts'
import {
  aPhone,
  expectForFingers,
  inUtc,
  keptRecords,
  leaderGround,
  minuteIn,
  openSecrets,
  type PhoneBrowser,
} from './support/leader-ground.ts'
import { administratorOf, officeOf } from './support/officers.ts'

test.use({ alone: 'phone', fresh: true })

let office: Office
let leader: Clerk
let liaison: Clerk
let shiftId: string
let quotaId: string
let persons: string[]

/** The browser of this run. */
let phoneBrowser: PhoneBrowser

test.beforeAll(async ({ service, browser }, { project }) => {
  const { launchOptions } = project.use as { launchOptions?: object }
  phoneBrowser = { browserType: browser.browserType(), launchOptions: launchOptions ?? {} }
  const ground = await leaderGround(service)
  office = ground.office
  leader = ground.leader
  liaison = ground.liaison
  shiftId = ground.shiftId
  quotaId = ground.quotaId
  persons = ground.persons
})

const roll = async () => {
  const { items } = await office.client.get(`/api/shifts/${shiftId}/attendance?limit=200`)
  return items as { person: { name: string }; attendance: { checkInAt: string; via: string } | null }[]
}
const here = async () => (await roll()).filter(({ attendance }) => attendance?.checkInAt)

test('a leader lands on the phone after signing in, and sees where to be', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await page.goto(`${service.url}/sign-in`)
  await page.locator('#login').fill(leader.login)
  await page.locator('#password').fill(leader.password)
  await page.locator('button.primary').click()
  await page.waitForURL(`${service.url}/m`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('岗位')
  const duty = page.getByRole('listitem')
  await expect(duty).toContainText('3月4日12:30–16:00')
  await expect(duty).toContainText('集合 永丰社区门口')
  await expect(duty).toContainText('到岗0/40')
  await expectGood(page)
  await expectForFingers(page)
  await pictured(page, 'phone-duties')
  await page.setViewportSize({ width: 320, height: 568 })
  await expectGood(page)
  expect(complaints).toEqual([])
})

test('people are answered for, and what is told to the group is at hand', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, leader, '/m/people')
  await expect(page.getByText('未答复40')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'phone-people')
  await page.getByRole('button', { name: '赵志一 代为答复' }).click()
  await expectGood(page)
  await page.getByRole('button', { name: '能参加', exact: true }).click()
  await expect(page.getByText('未答复39')).toBeVisible()
  await page.getByRole('button', { name: '显示电话' }).click()
  await expect(page.getByText('没有可用的号码').first()).toBeVisible()
  await page.getByRole('button', { name: '钱志二 代为答复' }).click()
  await page.getByRole('button', { name: '更正手机号' }).click()
  await page.getByLabel('更正手机号').fill('15400020002')
  await page.getByRole('button', { name: '更正并重新发送' }).click()
  expect((await received(service, 'invitation', '15400020002')).text).toContain('/c/')
  const { items } = await office.client.get(`/api/events/${office.eventId}/participations?answer=accepted`)
  expect(items).toMatchObject([{ person: { name: '赵志一' }, answeredVia: 'leader' }])
  const numberOnly = page.getByRole('checkbox', { name: /只报人数/ })
  // What is shown is what the service recorded.
  await numberOnly.click()
  await expect(numberOnly).toBeChecked()
  await page.reload()
  await expect(numberOnly).toBeChecked()
  await numberOnly.click()
  const said = `/api/events/${office.eventId}/number-only-teams/${office.teamId}`
  await expect.poll(async () => (await office.client.get(said)).numberOnly).toBe(false)

  await page.goto(`${service.url}/m/share/${shiftId}`)
  await expect(page.locator('blockquote')).toContainText('永丰社区门口')
  await page.getByRole('button', { name: '发放点名凭证' }).click()
  await expect(page.getByRole('img', { name: '点名凭证二维码' })).toBeVisible()
  await expectGood(page)
  await expectForFingers(page)
  await pictured(page, 'phone-share')
  await page.getByRole('button', { name: '收回' }).click()
  await expect(page.getByRole('img', { name: '点名凭证二维码' })).toHaveCount(0)
  expect(complaints).toEqual([])
})

test('a roll of forty with three exceptions takes five taps, and none waits for the network', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, leader, '/m')
  await page.getByRole('link', { name: '点名' }).first().click()
  await expect(page.getByText('到岗0/40')).toBeVisible()
  await expectGood(page)
  await expectForFingers(page)
  await pictured(page, 'phone-roll')
  // The service answers nobody while the roll is called.
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/api/shifts/*/roll', async (route) => {
    await held
    await route.continue()
  })
  for (const name of ['钱志二', '孙志三', '李志四']) {
    await page.getByRole('button', { name: `${name} 未到` }).click()
    await expect(page.getByRole('button', { name: `${name} 未到` })).toHaveAttribute('aria-pressed', 'true')
  }
  await page.getByRole('button', { name: '其余37人到岗' }).click()
  await expect(page.getByText('到岗37/40')).toBeVisible()
  await expect(page.getByText('全部点完')).toBeVisible()
  release()
  await expect(page.getByText('已全部提交')).toBeVisible()
  expect(await here()).toHaveLength(37)
  await expectGood(page)
  await pictured(page, 'phone-roll-done')
  // A slip is put right.
  await page.getByRole('button', { name: '钱志二 到' }).click()
  await expect(page.getByText('到岗38/40')).toBeVisible()
  await expect.poll(async () => (await here()).length).toBe(38)
  expect(complaints).toEqual([])
})

test('the liaison opens the link in the message, signs in, and sends one number', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, liaison, `/m/asks/${quotaId}`)
  await expect(page.getByText('需40人')).toBeVisible()
  await expectGood(page)
  await page.getByRole('button', { name: '上报' }).click()
  await expect(page.getByText('请填写人数，填整数。')).toBeVisible()
  await page.getByLabel('能来多少人').fill('35')
  await page.getByRole('button', { name: '上报' }).click()
  await expect(page.getByText('已上报35人')).toBeVisible()
  await expectGood(page)
  await expectForFingers(page)
  await pictured(page, 'phone-ask')
  const { items } = await office.client.get(`/api/events/${office.eventId}/quotas`)
  expect(items).toMatchObject([{ asked: 40, pledged: 35 }])
  await page.goto(`${service.url}/m/asks/none`)
  await expect(page.getByText('这项上报不在您的名单中')).toBeVisible()
  await page.goto(`${service.url}/m/nowhere`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('页面未能打开')
  expect(complaints).toEqual([])
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB' })

  test('the same pages speak English, and inside WeChat say how to get out', async ({ page, service }) => {
    await page.addInitScript(
      "Object.defineProperty(navigator, 'userAgent', { value: 'Mobile MicroMessenger/8' })",
    )
    await enter(page, service, leader, '/m')
    await expect(page.getByText(/open this page in your browser/)).toBeVisible()
    for (const [path, title] of [
      ['/m', 'Duties'],
      ['/m/people', 'People'],
      [`/m/roll/${shiftId}`, 'Roll-call'],
      [`/m/share/${shiftId}`, 'Group text and pass'],
      ['/m/asks', 'To do'],
      ['/m/account', 'Account'],
    ] as const) {
      await page.goto(service.url + path)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
      await expectGood(page)
      await pictured(page, `phone-en-${title.split(' ')[0]}`)
    }
  })
})

test('the network is gone in the middle and the browser restarted: nothing is lost, and times are right', async ({
  service,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-phone-'))
  const administrator = await administratorOf(service)
  const machine = await signIn(new Client(service.url), administrator)
  const { id: second } = await office.client.post(`/api/events/${office.eventId}/shifts`, {
    zoneId: (await office.client.post('/api/zones', { name: '滨河西路', kind: 'street' })).id,
    startsAt: '2026-03-04T16:10:00+08:00',
    endsAt: '2026-03-04T17:50:00+08:00',
    work: '清理河岸',
    min: 1,
    target: 4,
    max: 10,
  })
  for (const personId of persons.slice(0, 4))
    await office.client.put(`/api/shifts/${second}/assignments/${personId}`, { teamId: office.teamId })
  await machine.put('/api/clock', { now: '2026-03-04T16:12:00+08:00' })
  office = {
    ...office,
    client: await signIn(new Client(service.url), await officeOf(service)),
  }
  // The phone's clock is an hour fast.
  const phone = await aPhone(phoneBrowser, folder, '2026-03-04T17:12:00+08:00')
  const page = await phone.newPage()
  await enter(page, service, leader, `/m/roll/${second}`)
  await expect(page.getByText('到岗0/4')).toBeVisible()
  await page.evaluate('navigator.serviceWorker.ready')
  await phone.setOffline(true)
  await page.getByRole('button', { name: '赵志一 到' }).click()
  await page.getByRole('button', { name: '钱志二 未到' }).click()
  await expect(page.getByText('网络不通，2条已存本机，联网后自动提交。')).toBeVisible()
  // The minute of the service, not of the phone: an hour later it would say 17.
  const tapped = await minuteIn(page, /已到 (16:1\d|16:2\d)/)
  await expectGood(page)
  await pictured(page, 'phone-offline')
  expect(await page.evaluate(openSecrets)).toBe('')
  await phone.close()

  // Twenty minutes later, still without network.
  await (await signIn(new Client(service.url), administrator)).put('/api/clock', {
    now: '2026-03-04T16:32:00+08:00',
  })
  const again = await aPhone(phoneBrowser, folder, '2026-03-04T17:32:00+08:00')
  await again.setOffline(true)
  const reopened = await again.newPage()
  await reopened.goto(`${service.url}/m/roll/${second}`)
  await expect(reopened.getByText('没有网络，显示的是本机保存的名单。')).toBeVisible()
  await expect(reopened.getByText(`已到 ${tapped}`)).toBeVisible()
  await reopened.getByRole('button', { name: '其余2人到岗' }).click()
  await expect(reopened.getByText('到岗3/4')).toBeVisible()
  const later = await minuteIn(reopened, /已到 (16:3\d|16:4\d)/)
  await again.setOffline(false)
  await expect(reopened.getByText('已全部提交')).toBeVisible()
  office = {
    ...office,
    client: await signIn(new Client(service.url), await officeOf(service)),
  }
  const { items } = await office.client.get(`/api/shifts/${second}/attendance`)
  const times = Object.fromEntries(
    items.map(
      (each: {
        person: { name: string }
        attendance: { checkInAt: string; via: string; grade: string } | null
      }) => [
        each.person.name,
        each.attendance && [
          each.attendance.checkInAt.slice(0, 16),
          each.attendance.via,
          each.attendance.grade,
        ],
      ],
    ),
  )
  expect(times).toEqual({
    赵志一: [inUtc(tapped), 'offline_roll', 'B'],
    钱志二: null,
    // Sent as it was tapped.
    孙志三: [inUtc(later), 'roll_call', 'B'],
    李志四: [inUtc(later), 'roll_call', 'B'],
  })
  // Everything is answered: leaving the roll takes it off the phone.
  await reopened.getByRole('link', { name: '岗位' }).click()
  await expect.poll(() => reopened.evaluate(keptRecords)).toBe(0)

  // What waits is sent or thrown away before anybody else uses the phone.
  await reopened.goto(`${service.url}/m/roll/${second}`)
  await expect(reopened.getByText('到岗3/4')).toBeVisible()
  await again.setOffline(true)
  await reopened.getByRole('button', { name: '钱志二 到' }).click()
  await reopened.getByRole('link', { name: '王队长' }).click()
  await expect(reopened.getByText('还有1条点名未提交')).toBeVisible()
  await expect(reopened.getByRole('button', { name: '退出登录' })).toHaveCount(0)
  await expectGood(reopened)
  await again.clearCookies()
  await reopened.route('**/api/shifts/*/roll', (route) => route.abort())
  await again.setOffline(false)
  await enter(reopened, service, liaison, '/m/asks')
  await expect(reopened.getByRole('heading', { level: 1 })).toHaveText('本机有未提交的点名')
  await expect(reopened.getByText('王队长在“滨河西路”的点名还有1条未提交')).toBeVisible()
  await expectGood(reopened)
  await pictured(reopened, 'phone-left')
  await reopened.getByRole('button', { name: '删除这些记录' }).click()
  await reopened.getByRole('button', { name: '删除这些记录' }).click()
  await expect(reopened.getByRole('heading', { level: 1 })).toHaveText('待办')
  expect(await reopened.evaluate(keptRecords)).toBe(0)
  await again.close()
  rmSync(folder, { recursive: true })
})

test('around a shift a class’s teacher calls guardians, and whoever is in charge in an emergency', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  const machine = await signIn(new Client(service.url), await administratorOf(service))
  await machine.put('/api/clock', { now: '2026-03-04T16:40:00+08:00' })
  const client = await signIn(new Client(service.url), await officeOf(service))
  const school = await client.post('/api/units', { name: '实验小学', kind: 'school' })
  const zone = await client.post('/api/zones', { name: '少年宫', kind: 'street', minorsSuitable: true })
  const classes: { teamId: string; teacherId: string }[] = []
  for (const name of ['三年级一班', '三年级二班']) {
    const { id: teamId } = await client.post('/api/teams', { name, unitId: school.id, kind: 'class' })
    const memberships = [{ teamId, role: 'teacher' }]
    const teacher = await client.post('/api/persons', { name: `陈老师${classes.length + 1}`, memberships })
    classes.push({ teamId, teacherId: teacher.id })
  }
  const { id: ofPupils } = await client.post(`/api/events/${office.eventId}/shifts`, {
    ...{ zoneId: zone.id, work: '擦洗护栏', min: 1, target: 4, max: 10, minorsAllowed: true },
    ...{ startsAt: '2026-03-04T16:50:00+08:00', endsAt: '2026-03-04T17:50:00+08:00' },
    inChargePersonId: classes[0]?.teacherId,
  })
  for (const [n, { teamId, teacherId }] of classes.entries()) {
    const { id } = await client.post('/api/persons', {
      ...{ name: '张小语', birthDate: '2015-05-01', memberships: [{ teamId, role: 'pupil' }] },
      contacts: [{ kind: 'phone', value: `1540003000${n}`, relation: 'guardian', ownerName: '张建国' }],
    })
    await client.put(`/api/shifts/${ofPupils}/assignments/${teacherId}`, { teamId })
    await client.put(`/api/shifts/${ofPupils}/assignments/${id}`, { teamId })
  }
  const { id: userId } = await client.post('/api/users', {
    ...{ login: 'teacher', name: '陈老师1', personId: classes[0]?.teacherId },
    grants: [{ role: 'team_leader', teamId: classes[0]?.teamId }],
  })
  const { link } = await client.post(`/api/users/${userId}/activations`, { deliver: 'list' })
  const login = await activate(client.as(undefined), link)

  await enter(page, service, { login, password: demoPassword }, '/m')
  await page.getByRole('link', { name: '联系监护人' }).click()
  await page.getByRole('button', { name: '显示监护人电话' }).click()
  await expect(page.getByRole('link', { name: '15400030000' })).toBeVisible()
  await expect(page.getByText('15400030001')).toHaveCount(0)
  await page.getByLabel('学生姓名').fill('张小语')
  await page.getByLabel('发生了什么').fill('摔伤，需送医')
  await page.getByRole('button', { name: '查看监护人电话' }).click()
  await expect(page.getByRole('alert')).toContainText('同名学生')
  await page.getByLabel('哪个班级').selectOption('三年级二班')
  await expectGood(page)
  await expectForFingers(page)
  await pictured(page, 'phone-guardians')
  await page.getByRole('button', { name: '查看监护人电话' }).click()
  await expect(page.getByRole('link', { name: '15400030001' })).toBeVisible()
  await expectGood(page)
  await page.setViewportSize({ width: 320, height: 568 })
  await expectGood(page)
  expect(complaints).toEqual([])
})
