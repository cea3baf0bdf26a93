/** What goes wrong around a page: a new version, a busy service, a network that is cut. Nothing typed is lost. */
import { aClerk, type Clerk, enter, expectGood } from './console.ts'
import { anEvent, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'
import { field, save } from './support/clicks.ts'

test.use({ viewport: { width: 1280, height: 860 } })

let office: Office
let clerk: Clerk

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
})

const read = (id: string) => office.client.get(`/api/events/${id}`)

test('an upgrade in the middle of a form leaves it as it is', async ({ page, service }) => {
  const id = await anEvent(office, '升级之中')
  await enter(page, service, clerk, `/events/${id}`)
  await field(page, '主题').fill('升级前写的')
  // As after an upgrade: the part of the list is gone, and the service says that it serves another build.
  await page.route('**/assets/list-*.js', (route) => route.fulfill({ status: 404, body: '' }))
  await page.route('**/api/me', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), build: 'ffffffffffffffff' } })
  })
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '活动' }).click()
  await page.getByRole('button', { name: '不保存，离开' }).click()
  await expect(page.getByText('新版本已发布')).toBeVisible()
  await expect(field(page, '主题')).toHaveValue('升级前写的')
  await expectGood(page)
  await save(page)
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  expect((await read(id)).theme).toBe('升级前写的')
})

test('a service that is busy is asked again, and one that is away is told of in place', async ({
  page,
  service,
}) => {
  const id = await anEvent(office, '系统繁忙')
  await enter(page, service, clerk, `/events/${id}`)
  const patch = (url: URL) => url.pathname === `/api/events/${id}`
  let asked = 0
  await page.route(
    patch,
    (route) => {
      asked += 1
      return route.fulfill({ status: 503, headers: { 'retry-after': '1' }, body: '{}' })
    },
    { times: 1 },
  )
  await field(page, '主题').fill('第一次就成')
  await save(page)
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  expect([asked, (await read(id)).theme]).toEqual([1, '第一次就成'])

  await page.route(patch, (route) => route.abort())
  await field(page, '主题').fill('断网')
  await save(page)
  await expect(page.getByRole('alert')).toContainText('网络不通，请检查网络后重试。')
  await expect(field(page, '主题')).toHaveValue('断网')
  await page.unroute(patch)
  await page.route(patch, (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        status: 409,
        code: 'event.shifts_outside',
        text: '有3个班次将超出活动时间，请先调整或取消这些班次。',
        requestId: 'r-1',
        details: { shifts: 3 },
      }),
    }),
  )
  await save(page)
  await expect(page.getByRole('alert')).toContainText('有3个班次将超出活动时间，请先调整或取消这些班次。')
  await expectGood(page)
})

test('what fails on a page leaves the menu, says so, and is told to the service without a name', async ({
  page,
  service,
}) => {
  await enter(page, service, clerk, '/events')
  const told = page.waitForRequest((request) => request.url().endsWith('/api/client-errors'))
  await page.route('**/api/events?search=*', (route) =>
    route.fulfill({ json: { items: [{ id: '1', name: '张三' }], nextCursor: null } }),
  )
  await page.getByRole('searchbox').fill('张三')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('页面未能打开')
  await expect(
    page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '活动' }),
  ).toBeVisible()
  const body = (await told).postDataJSON()
  expect(body).toMatchObject({ kind: 'page', page: '/events', error: 'RangeError' })
  expect(JSON.stringify(body)).not.toContain('张三')
  expect((await (await told).response())?.status()).toBe(204)
  await expectGood(page)
})

test('a panel that fails leaves the rest of the page as it is', async ({ page, service }) => {
  const id = await anEvent(office, '一块失败')
  await enter(page, service, clerk, '/events')
  await page.route(`**/api/events/${id}`, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), closedAt: '没有时间' } })
  })
  await page.goto(`${service.url}/events/${id}`)
  const panel = page.getByRole('complementary', { name: '活动情况' })
  await expect(panel).toContainText('这一部分未能显示')
  await expect(field(page, '活动名称')).toHaveValue('一块失败')
  await expectGood(page)
  await page.unroute(`**/api/events/${id}`)
  await field(page, '主题').fill('照常保存')
  await save(page)
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  await panel.getByRole('button', { name: '重试' }).click()
  await expect(panel).toContainText('草稿')
})

test('a service that cannot say who is signed in gets a word, not an empty page', async ({
  page,
  service,
}) => {
  await enter(page, service, clerk, '/events')
  await page.route('**/api/me', (route) => route.fulfill({ status: 503, body: '{}' }))
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('页面未能打开，请检查网络后刷新。')
  await page.unroute('**/api/me')
  await page.route('**/api/me/preferences', (route) => route.abort())
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('活动')
})

test('what cannot be read again says how old it is', async ({ page, service }) => {
  await enter(page, service, clerk, '/events')
  await expect(page.getByRole('rowheader').first()).toBeVisible()
  await page.route('**/api/events', (route) => route.abort())
  // Somebody comes back to the window, again and again: what is younger than five seconds is not read again.
  await expect(async () => {
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`)
    await expect(page.getByRole('alert')).toContainText('网络不通，请检查网络后重试。', { timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await expect(page.getByRole('alert')).toContainText(/以下内容截至3月4日\d\d:\d\d/)
  await expect(page.getByRole('rowheader').first()).toBeVisible()
  await expectGood(page)
})
