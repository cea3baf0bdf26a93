/** The pages of a published event: its people, its messages, and what is reported. */
import { Client } from '../../scripts/day/client.ts'
import { signIn } from '../../scripts/day/offices.ts'
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { inviteVolunteer, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'
import { administratorOf } from './support/officers.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'after' })

let office: Office
let clerk: Clerk

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  await inviteVolunteer(service, office)
  clerk = await aClerk(office, 'city_office')
})

test('people are found by their answer, and an answer given orally is noted', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, `/events/${office.eventId}/people`)
  await expect(page.getByRole('rowheader')).toHaveText(['张小二'])
  await expectGood(page)
  await page
    .getByRole('row', { name: /张小二/ })
    .getByRole('button', { name: '代为回复' })
    .click()
  await page.getByRole('menuitem', { name: '参加', exact: true }).click()
  await expect(page.getByText('已登记答复。')).toBeVisible()
  await expect(page.getByRole('row', { name: /张小二/ })).toContainText('已接受')
  await page.getByRole('combobox', { name: '答复' }).click()
  await page.getByTitle('未答复').click()
  await expect(page).toHaveURL(/answer=unanswered/)
  await expect(page.getByText('没有符合条件的人员。')).toBeVisible()
  await expectGood(page)
  expect(complaints).toEqual([])
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB' })
  test('sending is held and goes on; numbers lead to what they count', async ({ page, service }) => {
    await enter(page, service, clerk, `/events/${office.eventId}/messages`)
    await expect(page.getByRole('row', { name: /Invitation/ })).toContainText('Sent')
    await expectGood(page)
    await page.getByRole('link', { name: /Sent/ }).press('Enter')
    await expect(page).toHaveURL(/state=sent/)
    await page.getByRole('button', { name: 'Hold sending' }).press('Enter')
    await expectGood(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Hold sending' }).press('Enter')
    await expect(page.getByText(/^Sending has been held since/)).toBeVisible()
    await expect(page.getByRole('link', { name: /^Messages/ })).toContainText('Sending is held')
    await expectGood(page)
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await expect(page.getByText('Sending goes on')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Hold sending' })).toBeVisible()
  })

  test('the figures are read, copied and frozen', async ({ page, context, service }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const complaints = complaintsOf(page, service)
    await enter(page, service, clerk, `/events/${office.eventId}/report`)
    await expect(page.getByRole('region', { name: 'Who came' })).toContainText('Arrived')
    await expect(page.getByText('Nothing is frozen yet.')).toBeVisible()
    await expectGood(page)
    await page.getByRole('button', { name: 'Copy the bulletin' }).press('Enter')
    await expect(page.getByText('Copied')).toBeVisible()
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('学雷锋志愿服务日')
    await page.getByRole('button', { name: 'Freeze the figures' }).press('Enter')
    await page.getByRole('textbox', { name: 'Title' }).fill('12:00')
    await expectGood(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Freeze the figures' }).press('Enter')
    const frozen = page.getByRole('region', { name: 'Frozen figures' })
    await expect(frozen.getByRole('row')).toHaveCount(2)
    const saved = page.waitForEvent('download')
    await frozen.getByRole('link', { name: 'Download the table' }).click()
    expect((await saved).suggestedFilename()).toMatch(/\.xlsx$/)
    await expectGood(page)
    expect(complaints).toEqual([])
  })
})

test('who was not recorded is entered afterwards, decided by a second person, and many of them are looked into', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  const { client, eventId, teamId } = office
  const zone = await client.post('/api/zones', { name: '望溪公园', kind: 'street' })
  const shift = await client.post(`/api/events/${eventId}/shifts`, {
    ...{ zoneId: zone.id, work: '清理步道', min: 1, target: 11, max: 20 },
    ...{ startsAt: '2026-03-04T12:40:00+08:00', endsAt: '2026-03-04T15:00:00+08:00' },
  })
  for (const digit of '一二三四五六七八九十百') {
    const person = await client.post('/api/persons', { name: `赵补${digit}`, memberships: [{ teamId }] })
    await client.put(`/api/shifts/${shift.id}/assignments/${person.id}`, { teamId })
  }
  const machine = await signIn(new Client(service.url), await administratorOf(service))
  await machine.put('/api/clock', { now: '2026-03-04T18:10:00+08:00' })

  await enter(page, service, clerk, `/events/${eventId}/shifts/${shift.id}`)
  // What is over is not cancelled any more.
  await expect(page.getByRole('button', { name: '取消班次' })).toHaveCount(0)
  await page.getByRole('button', { name: '补录到岗' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('checkbox')).toHaveCount(12)
  await expectGood(page)
  await pictured(page, 'late-enter')
  await dialog.getByRole('checkbox', { name: '全选11人' }).check()
  await expect(dialog.getByRole('button', { name: '提交11人' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: '理由' }).fill('现场签到表为证')
  await dialog.getByRole('button', { name: '提交11人' }).click()
  await expect(page.getByText('已提交11人，等待他人核实')).toBeVisible()
  await page.goto(`${service.url}/people/late`)
  await expect(page.getByRole('row', { name: /赵补一/ })).toContainText('待市文明办审核')
  const act = (name: string, what: string) =>
    page.getByRole('row', { name }).getByRole('button', { name: what, exact: true }).click()
  await act('赵补一', '通过')
  await expect(page.getByRole('alert')).toContainText('须由他人审核')

  await page.context().clearCookies()
  await enter(page, service, await aClerk(office, 'city_office'), '/home')
  await page.getByRole('link', { name: '11条补录待审核' }).click()
  await expect(page).toHaveURL(`${service.url}/people/late?eventId=${eventId}`)
  await expectGood(page)
  await pictured(page, 'late')
  await act('赵补一', '通过')
  await expect(page.getByText('补录已通过，记为到岗（D级）')).toBeVisible()
  await expect(page.getByRole('row', { name: /赵补一/ })).toHaveCount(0)
  // Several of the shift at once: whoever is not theirs to decide stays, and is named.
  const box = (name: string) => page.getByRole('checkbox', { name: `选择${name}` })
  await box('赵补三').focus()
  await page.keyboard.press('Space')
  await box('赵补四').check()
  await box('赵补五').check()
  await page.getByRole('group', { name: '已选3条' }).getByRole('button', { name: '不通过' }).click()
  await expect(page.getByRole('dialog')).toContainText('赵补五')
  await expect(page.getByRole('dialog').getByRole('button', { name: '不通过' })).toBeDisabled()
  await expectGood(page)
  await pictured(page, 'late-many')
  await page.goBack()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText('已选3条')).toBeVisible()
  await page
    .getByRole('group', { name: '已选3条' })
    .getByRole('button', { name: '通过', exact: true })
    .click()
  const third = await signIn(new Client(service.url), { ...(await aClerk(office, 'city_office')), what: '' })
  const { items: waiting } = await third.get('/api/late-entries?state=pending&limit=50')
  const fifth = waiting.find(({ person }: { person: { name: string } }) => person.name === '赵补五')
  await third.put(`/api/late-entries/${fifth.id}/decision`, { approved: false, reason: '签到表上没有' })
  await page.getByRole('dialog').getByRole('textbox', { name: '原因' }).fill('与签到表一致')
  await page.getByRole('dialog').getByRole('button', { name: '通过', exact: true }).click()
  await expect(page.getByText('已通过2条补录，1条未能审核')).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('赵补五')
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('已有人审核')
  await expectGood(page)
  await pictured(page, 'late-many-answer')
  await page.getByRole('dialog').getByRole('button', { name: '返回' }).click()
  await expect(page.getByRole('row', { name: /赵补[三四五]/ })).toHaveCount(0)
  await act('赵补二', '不通过')
  await page.getByRole('textbox', { name: '原因' }).fill('签到表上没有')
  await page.getByRole('dialog').getByRole('button', { name: '不通过' }).click()
  await expect(page.getByText('补录未通过，已告知申请人')).toBeVisible()
  await page.getByRole('combobox', { name: '状态' }).click()
  await page.getByTitle('已通过').click()
  await expect(page.getByRole('row', { name: /赵补/ })).toHaveCount(3)
  await expect(page.getByRole('row', { name: /赵补一/ })).toContainText('记为到岗，D级')
  await expectGood(page)
  await page.goto(`${service.url}/events/${eventId}/people`)
  await page.getByRole('link', { name: '补录', exact: true }).click()
  await expect(page.getByRole('row', { name: /赵补/ })).toHaveCount(6)

  await page.context().clearCookies()
  await enter(page, service, await aClerk(office, 'auditor'), '/admin/alarms')
  await expect(page.getByRole('rowheader')).toHaveText(['同一账号在一次活动中补录过多'])
  await expectGood(page)
  await pictured(page, 'alarms')
  await page.getByRole('button', { name: '核查完毕' }).click()
  await page.getByRole('textbox', { name: '核查结果' }).fill('已核对纸质签到表，属实')
  await page.getByRole('dialog').getByRole('button', { name: '核查完毕' }).click()
  await expect(page.getByText('没有待核查的安全提醒。')).toBeVisible()
  await expectGood(page)
  expect(complaints).toEqual([])
})
