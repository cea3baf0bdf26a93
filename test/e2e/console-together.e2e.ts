/** Several at once, and the world changing under a form: nothing typed is lost, nothing is written as somebody else. */
import type { BrowserContext, Page } from '@playwright/test'
import { aClerk, type Clerk, complaintsOf, enter, expectGood } from './console.ts'
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

/** Somebody else saves, behind the back of whoever has the page open. */
async function meanwhile(id: string, change: object): Promise<void> {
  const { version } = await read(id)
  const { status } = await office.client.send('PATCH', `/api/events/${id}`, {
    body: change,
    headers: { 'if-match': `"v${version}"` },
  })
  expect(status).toBe(200)
}

test('two who change different fields both have their way, without being asked', async ({
  page,
  service,
}) => {
  const id = await anEvent(office, '各改各的')
  await enter(page, service, clerk, `/events/${id}`)
  await field(page, '主题').fill('碧水蓝天')
  await meanwhile(id, { minorsPerAdult: 5 })
  await save(page)
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  await expect(page.getByRole('spinbutton', { name: '每名成年人带领未成年人上限' })).toHaveValue('5')
  expect(await read(id)).toMatchObject({ theme: '碧水蓝天', minorsPerAdult: 5 })
})

test('two who change the same field are asked, about that field alone', async ({ page, service }) => {
  const id = await anEvent(office, '同改一处')
  await enter(page, service, clerk, `/events/${id}`)
  await field(page, '活动名称').fill('我起的名称')
  await field(page, '主题').fill('我的主题')
  await field(page, '活动说明').fill('带好手套')
  await meanwhile(id, { name: '对方起的名称', theme: '对方的主题', minorsPerAdult: 6 })
  await save(page)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('他人刚刚修改过')
  await expect(dialog.getByRole('rowheader')).toHaveText(['活动名称', '主题'])
  await expectGood(page)
  // Back to the form: everything typed is there. And saving asks again.
  await dialog.getByRole('button', { name: '返回继续修改' }).click()
  await expect(field(page, '活动说明')).toHaveValue('带好手套')
  await expect(field(page, '活动名称')).toHaveValue('我起的名称')
  await save(page)
  await dialog.getByRole('radio', { name: '对方的主题' }).check()
  await dialog.getByRole('button', { name: '按所选内容保存' }).click()
  await expect(page.getByText(/已保存/)).toBeVisible()
  expect(await read(id)).toMatchObject({
    name: '我起的名称',
    theme: '对方的主题',
    description: '带好手套',
    minorsPerAdult: 6,
  })
})

test('what somebody changed since cannot be undone, and it says so', async ({ page, service }) => {
  const id = await anEvent(office, '撤销迟了')
  await enter(page, service, clerk, `/events/${id}`)
  await field(page, '主题').fill('第一次')
  await save(page)
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  await meanwhile(id, { theme: '第二次' })
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('之后又有人修改，不能撤销。')).toBeVisible()
  await expect(field(page, '主题')).toHaveValue('第二次')
  expect((await read(id)).theme).toBe('第二次')
})

test('a way back that the network cut stays open', async ({ page, service }) => {
  const id = await anEvent(office, '撤销断网')
  await enter(page, service, clerk, `/events/${id}`)
  await field(page, '主题').fill('写错了')
  await save(page)
  await page.route(`**/api/events/${id}`, (route) => route.abort(), { times: 1 })
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('网络不通，请检查网络后重试。')).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('已撤销，恢复为原来的内容')).toBeVisible()
  expect((await read(id)).theme).toBeNull()
})

/** Ends the session of a browser as time or another machine would do it: it keeps its cookie. */
async function endSession(page: Page, context: BrowserContext, url: string): Promise<void> {
  const cookies = await context.cookies()
  await page.request.delete(`${url}/api/sessions/current`, { headers: { origin: url } })
  await context.addCookies(cookies)
}

test('a session that ends in the middle of a form costs a password and nothing else', async ({
  page,
  context,
  service,
}) => {
  const id = await anEvent(office, '中途过期')
  await enter(page, service, clerk, `/events/${id}`)
  await field(page, '主题').fill('写了一半')
  await endSession(page, context, service.url)
  await save(page)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('登录已失效')
  await expect(field(page, '密码')).toBeFocused()
  await expectGood(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await field(page, '密码').fill('wrong-password-1')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toHaveText('账号或密码错误。')
  await field(page, '密码').fill(clerk.password)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  expect((await read(id)).theme).toBe('写了一半')
})

test('signing in in a second tab revives the first', async ({ page, context, service }) => {
  const id = await anEvent(office, '另一标签页')
  await enter(page, service, clerk, `/events/${id}`)
  await field(page, '主题').fill('还在这里')
  await endSession(page, context, service.url)
  await save(page)
  await expect(page.getByRole('dialog')).toContainText('登录已失效')
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: '在新标签页用其他方式登录' }).click()
  const second = await opened
  await second.locator('#login').fill(clerk.login)
  await second.locator('#password').fill(clerk.password)
  await second.locator('button.primary').click()
  await expect(second.getByRole('heading', { level: 1 })).toHaveText('活动')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  expect((await read(id)).theme).toBe('还在这里')
})

test('of two accounts in two tabs, the first writes nothing as the second', async ({
  page,
  context,
  service,
}) => {
  const id = await anEvent(office, '两个账号')
  const other = await aClerk(office, 'city_office')
  await enter(page, service, clerk, `/events/${id}`)
  await field(page, '主题').fill('甲写的')
  await context.clearCookies()
  const second = await context.newPage()
  await enter(second, service, other, '/events')
  await page.bringToFront()
  await save(page)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('本浏览器已登录另一账号')
  await expect(dialog).toContainText('没有以另一位用户的名义保存任何内容')
  expect((await read(id)).theme).toBeNull()
  await expectGood(page)
  await field(page, '密码').fill(clerk.password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  expect((await read(id)).theme).toBe('甲写的')
  // Now it is the second tab that was opened by somebody else.
  await second.bringToFront()
  await second.getByRole('searchbox').fill('两个')
  await expect(second.getByRole('dialog')).toContainText('本浏览器已登录另一账号')
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB' })

  test('a conflict and a session that ended speak English', async ({ page, context, service }) => {
    const id = await anEvent(office, '英文冲突')
    await enter(page, service, clerk, `/events/${id}`)
    await field(page, 'Theme').fill('Mine')
    await meanwhile(id, { theme: '对方的' })
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('dialog')).toContainText('Somebody else has just changed this')
    await expectGood(page)
    await page.getByRole('button', { name: 'Save what is chosen' }).click()
    await expect(page.getByText('Saved, 1 field changed')).toBeVisible()
    await field(page, 'Theme').fill('Again')
    await endSession(page, context, service.url)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('dialog')).toContainText('You are signed out')
    await expectGood(page)
  })
})

test('nothing of this asked another machine, or broke the policy of the page', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  const id = await anEvent(office, '只此一处')
  await enter(page, service, clerk, `/events/${id}?act=cancel`)
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.goto(`${service.url}/events/new`)
  await field(page, '开始时间').click()
  await page.getByText('15', { exact: true }).first().click()
  expect(complaints).toEqual([])
})
