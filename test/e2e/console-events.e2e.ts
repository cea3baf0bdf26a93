/** The list of events: what it shows is its address. */
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
