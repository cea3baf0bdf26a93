/** The console's list of events and the page about one, as a clerk uses them. */
import { aClerk, type Clerk, complaintsOf, enter, expectGood } from './console.ts'
import { anEvent, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'events' })

let office: Office
let clerk: Clerk
let campaignId: string

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  const { client } = office
  clerk = await aClerk(office, 'city_office')
  campaignId = (
    await client.post('/api/campaigns', {
      name: '四整治四提升',
      startsOn: '2026-03-01',
      endsOn: '2026-03-31',
    })
  ).id
  for (let n = 1; n <= 6; n++) await anEvent(office, `清洁家园第${n}场`, n % 2 ? { campaignId } : {})
  const cancelled = await anEvent(office, '护绿行动')
  await client.put(`/api/events/${cancelled}/cancellation`, { reason: '因雨取消' })
})

test('the list is its address: filters, pages and Back', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/events')
  await expect(page.getByRole('rowheader')).toHaveCount(8)
  await expect(page.getByRole('rowheader', { name: '学雷锋志愿服务日' })).toBeVisible()
  await expect(page.getByRole('row', { name: /学雷锋志愿服务日/ })).toContainText('3月4日11:30–18:00')
  await expectGood(page)

  await page.getByRole('combobox', { name: '状态' }).click()
  await page.getByTitle('已取消').click()
  await expect(page).toHaveURL(`${service.url}/events?state=cancelled`)
  await expect(page.getByRole('rowheader')).toHaveText(['护绿行动'])
  await page.getByRole('searchbox').fill('清洁')
  await expect(page).toHaveURL(/state=cancelled&search=%E6%B8%85%E6%B4%81/)
  await expect(page.getByText('没有符合条件的活动。')).toBeVisible()
  await expectGood(page)
  await page.goBack()
  await expect(page.getByRole('searchbox')).toHaveValue('')
  await expect(page.getByRole('rowheader')).toHaveText(['护绿行动'])
  await page.reload()
  await expect(page.getByRole('rowheader')).toHaveText(['护绿行动'])
  await page.getByRole('button', { name: '清除条件' }).click()
  await expect(page).toHaveURL(`${service.url}/events`)

  // The last day of a period counts. On a slow computer the second is chosen before the first is drawn: both stay.
  const computer = await page.context().newCDPSession(page)
  await computer.send('Emulation.setCPUThrottlingRate', { rate: 10 })
  for (const name of ['开始日期', '结束日期']) {
    await page.getByRole('textbox', { name }).fill('2026-03-04')
    await page.keyboard.press('Enter')
  }
  await expect(page).toHaveURL(/from=2026-03-03T16%3A00%3A00.000Z&until=2026-03-04T16%3A00%3A00.000Z/)
  await computer.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await expect(page.getByRole('rowheader')).toHaveText(['学雷锋志愿服务日'])
  await page.reload()
  await expect(page.getByRole('textbox', { name: '结束日期' })).toHaveValue('2026-03-04')
  await page.getByRole('button', { name: '清除条件' }).click()

  // A campaign is found by its name at the service, and is a part of the address.
  await page.getByRole('combobox', { name: '专项行动' }).fill('整治')
  await page.getByTitle('四整治四提升').click()
  await expect(page).toHaveURL(`${service.url}/events?campaignId=${campaignId}`)
  await expect(page.getByRole('rowheader')).toHaveCount(3)
  expect(complaints).toEqual([])
})

test('a list longer than a page is gone through and back', async ({ page, service }) => {
  await enter(page, service, clerk, '/events?limit=3')
  const names = () => page.getByRole('rowheader').allTextContents()
  await expect(page.getByRole('rowheader')).toHaveCount(3)
  const first = await names()
  await page.getByRole('button', { name: '下一页' }).click()
  await expect.poll(names).not.toEqual(first)
  const second = await names()
  expect(second.filter((name) => first.includes(name))).toEqual([])
  const address = page.url()
  await page.getByRole('button', { name: '上一页' }).click()
  await expect.poll(names).toEqual(first)
  // Opened by its address, the page has none before it to go back to, and leads to the first.
  await page.goto(address)
  await expect.poll(names).toEqual(second)
  await page.getByRole('button', { name: '回到首页' }).click()
  await expect.poll(names).toEqual(first)
})

test('columns are chosen, and stay chosen', async ({ page, service }) => {
  await enter(page, service, await aClerk(office, 'city_office'), '/events')
  await expect(page.getByRole('columnheader')).toHaveText([
    '活动名称',
    '时间',
    '主办单位',
    '专项行动',
    '班次',
    '状态',
  ])
  await page.getByRole('button', { name: '显示的列' }).click()
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok())
  await page.getByRole('checkbox', { name: '专项行动' }).uncheck()
  await saved
  await page.reload()
  await expect(page.getByRole('columnheader')).toHaveText(['活动名称', '时间', '主办单位', '班次', '状态'])
})

test('an event is made by keyboard alone, and once though no answer came', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/events')
  await page.getByRole('link', { name: '新建活动' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page).toHaveTitle('新建活动 · 集结')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByText('请填写此项。')).toHaveCount(4)
  await expect(page.getByRole('textbox', { name: '活动名称' })).toBeFocused()
  await expectGood(page)

  const type = async (text: string) => page.keyboard.type(text)
  const next = async () => page.keyboard.press('Tab')
  await type('文明交通劝导')
  await next()
  await type('奉献、友爱、互助、进步')
  await next()
  await type('住房')
  await expect(page.getByTitle('市住房和城乡建设局')).toBeVisible()
  await page.keyboard.press('Enter')
  // What lies between depends on what was chosen: a field that has a value can be cleared.
  const start = page.getByRole('textbox', { name: '开始时间' })
  for (let tabs = 0; tabs < 5; tabs++) {
    await next()
    if ((await start.and(page.locator(':focus')).count()) > 0) break
  }
  await expect(start).toBeFocused()
  await type('2026-03-20 08:00')
  await page.keyboard.press('Enter')
  await next()
  await type('2026-03-20 07:00')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '保存为草稿' }).press('Enter')
  await expect(page.getByText('结束时间应晚于开始时间。')).toBeVisible()
  await expect(page.getByRole('textbox', { name: '活动名称' })).toHaveValue('文明交通劝导')
  await page.getByRole('textbox', { name: '结束时间' }).fill('2026-03-20 10:00')
  await page.keyboard.press('Enter')

  // The service makes it, and the answer is lost on the way.
  const lost = async (route: import('@playwright/test').Route) => {
    await route.fetch()
    await route.abort()
  }
  await page.route('**/api/events', lost, { times: 1 })
  await page.getByRole('button', { name: '保存为草稿' }).press('Enter')
  await expect(page.getByRole('alert')).toContainText('网络不通')
  await page.getByRole('button', { name: '保存为草稿' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('文明交通劝导')
  await expect(page.getByText('已新建草稿。草稿不会通知任何人。')).toBeVisible()
  const { items } = await office.client.get(`/api/events?search=${encodeURIComponent('文明交通劝导')}`)
  expect(items).toMatchObject([
    {
      name: '文明交通劝导',
      theme: '奉献、友爱、互助、进步',
      startsAt: '2026-03-20T00:00:00.000Z',
      endsAt: '2026-03-20T02:00:00.000Z',
    },
  ])
  expect(complaints.filter((each) => !each.includes('ERR_FAILED'))).toEqual([])
})

test('a change is saved, said, and taken back', async ({ page, service }) => {
  const id = await anEvent(office, '河道清洁')
  await enter(page, service, clerk, `/events/${id}`)
  await expectGood(page)
  await page.getByRole('textbox', { name: '主题' }).fill('碧水本溪')
  await page.getByRole('spinbutton', { name: '每名成年人带领未成年人上限' }).fill('8')
  await expect(page.getByText('有未保存的修改')).toBeVisible()
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存，修改了2项')).toBeVisible()
  expect(await office.client.get(`/api/events/${id}`)).toMatchObject({ theme: '碧水本溪', minorsPerAdult: 8 })
  await expectGood(page)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('已撤销，恢复为原来的内容')).toBeVisible()
  await expect(page.getByRole('textbox', { name: '主题' })).toHaveValue('')
  expect(await office.client.get(`/api/events/${id}`)).toMatchObject({ theme: null, minorsPerAdult: 10 })
})

test('what was typed is not left behind without a question', async ({ page, service }) => {
  const id = await anEvent(office, '敬老爱老')
  await enter(page, service, clerk, `/events/${id}`)
  await page.getByRole('textbox', { name: '活动名称' }).fill('敬老爱老月')
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '活动' }).click()
  await expect(page.getByRole('dialog')).toContainText('还有内容没有保存')
  await expectGood(page)
  await page.getByRole('button', { name: '留在本页' }).click()
  await expect(page.getByRole('textbox', { name: '活动名称' })).toHaveValue('敬老爱老月')
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '活动' }).click()
  await page.getByRole('button', { name: '不保存，离开' }).click()
  await expect(page).toHaveURL(`${service.url}/events`)
})

test('an event is published when nothing stands in its way, and told that it stays so', async ({
  page,
  service,
}) => {
  const empty = await anEvent(office, '社区义诊')
  await enter(page, service, clerk, `/events/${empty}`)
  await page.getByRole('button', { name: '发布活动' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('还不能发布，请先处理以下问题：')
  await expect(dialog).toContainText('活动还没有岗位班次')
  await expect(dialog.getByRole('button', { name: '发布活动' })).toBeDisabled()
  await expectGood(page)
  await page.goBack()
  await expect(dialog).toHaveCount(0)
  await expect(page).toHaveURL(`${service.url}/events/${empty}`)

  const { eventId, client } = office
  const { id: zoneId } = await client.post('/api/zones', { name: '解放北路', kind: 'street' })
  const leader = await client.post('/api/persons', {
    name: '李领队',
    memberships: [{ teamId: office.teamId }],
  })
  await client.post(`/api/events/${eventId}/shifts`, {
    zoneId,
    startsAt: '2026-03-04T13:30:00+08:00',
    endsAt: '2026-03-04T17:30:00+08:00',
    work: '清理小广告',
    min: 1,
    target: 2,
    max: 5,
    inChargePersonId: leader.id,
  })
  await page.goto(`${service.url}/events/${eventId}`)
  await page.getByRole('button', { name: '发布活动' }).click()
  await expect(dialog).toContainText('将发布活动及其1个班次。')
  await expect(dialog).toContainText('发布不能撤销')
  await dialog.getByRole('button', { name: '发布活动' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('活动已发布，正在发送邀请。不能撤销；如需停止，请取消活动。')).toBeVisible()
  await expect(page.getByRole('button', { name: '撤销' })).toHaveCount(0)
  await expect(page.locator('.state')).toContainText('已发布')
  expect((await client.get(`/api/events/${eventId}`)).state).toBe('published')
})

test('an event is cancelled with its reason, and changed no more', async ({ page, service }) => {
  const id = await anEvent(office, '登山清洁')
  await enter(page, service, clerk, `/events/${id}`)
  await page.getByRole('button', { name: '更多操作' }).click()
  await page.getByRole('menuitem', { name: '取消活动' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: '取消原因' })).toBeFocused()
  await expect(dialog.getByRole('button', { name: '取消活动' })).toBeDisabled()
  await page.keyboard.type('山火预警')
  await expectGood(page)
  await dialog.getByRole('button', { name: '取消活动' }).click()
  await expect(page.getByText('活动已取消。不能撤销。')).toBeVisible()
  await expect(page.getByText('活动已结束或取消，内容不再修改。')).toBeVisible()
  await expect(page.getByText('山火预警')).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await expectGood(page)
})

test('whoever may only look sees the event and who may change it', async ({ page, service }) => {
  const viewer = await aClerk(office, 'viewer')
  await enter(page, service, viewer, '/events')
  await expect(page.getByRole('link', { name: '新建活动' })).toHaveCount(0)
  await page.getByRole('link', { name: '清洁家园第2场' }).click()
  await expect(page.getByText('您可以查看，不能修改。由主办单位或其上级主管部门修改。')).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await expect(page.locator('.acts').getByRole('button')).toHaveCount(0)
  await expectGood(page)
})

test('an address without an event, and one without a page, say so', async ({ page, service }) => {
  await enter(page, service, clerk, '/events/00000000-0000-7000-8000-000000000000')
  await expect(page.getByRole('alert')).toContainText('没有这个活动，请核对地址。')
  await expectGood(page)
  await page.goto(`${service.url}/events/a/b/c`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('页面未能打开')
  await expectGood(page)
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB' })

  test('the same pages speak English, and Chinese when asked, from then on', async ({ page, service }) => {
    const complaints = complaintsOf(page, service)
    const id = await anEvent(office, '清洁家园英文')
    const reader = await aClerk(office, 'city_office')
    await enter(page, service, reader, '/events')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Events')
    await expect(page.getByRole('row', { name: /学雷锋志愿服务日/ })).toContainText('4 March 11:30–18:00')
    await expectGood(page)
    await page.goto(`${service.url}/events/${id}`)
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('清洁家园英文')
    await expectGood(page)
    await page.getByRole('button', { name: 'Publish the event' }).click()
    await expect(page.getByRole('dialog')).toContainText('The event has no shift.')
    await expectGood(page)
    await page.goto(`${service.url}/events/new`)
    await page.getByRole('button', { name: 'Save as a draft' }).click()
    await expect(page.getByText('Please fill this in.')).toHaveCount(4)
    await expectGood(page)

    await page.goto(`${service.url}/events`)
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok())
    await page.getByRole('button', { name: '中文' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('活动')
    await saved
    await page.reload()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('活动')
    await expectGood(page)
    expect(complaints).toEqual([])
  })
})

test('the list and the form hold in a narrow window, and for whoever reads at twice the size', async ({
  page,
  service,
}) => {
  const id = await anEvent(office, '窄屏')
  await enter(page, service, clerk, '/events')
  await page.setViewportSize({ width: 720, height: 900 })
  await expectGood(page)
  await page.goto(`${service.url}/events/${id}`)
  await expect(page.getByRole('textbox', { name: '活动名称' })).toBeVisible()
  await expectGood(page)
})
