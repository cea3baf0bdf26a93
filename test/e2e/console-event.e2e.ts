/** One event: made, changed, published and cancelled. */
import { aClerk, type Clerk, complaintsOf, enter, expectGood } from './console.ts'
import { anEvent, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 } })

let office: Office
let clerk: Clerk

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
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

  const { client } = office
  const eventId = await anEvent(office, '河东清洁日')
  const { id: zoneId } = await client.post('/api/zones', { name: '解放北路', kind: 'street' })
  const leader = await client.post('/api/persons', {
    name: '李领队',
    memberships: [{ teamId: office.teamId }],
  })
  await client.post(`/api/events/${eventId}/shifts`, {
    zoneId,
    startsAt: '2026-03-12T09:00:00+08:00',
    endsAt: '2026-03-12T11:00:00+08:00',
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
  await anEvent(office, '登高望远')
  await enter(page, service, viewer, `/events?search=${encodeURIComponent('登高')}`)
  await expect(page.getByRole('link', { name: '新建活动' })).toHaveCount(0)
  await page.getByRole('link', { name: '登高望远' }).click()
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
