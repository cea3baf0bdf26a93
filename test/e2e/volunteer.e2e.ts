import type { Page } from '@playwright/test'
import { inviteVolunteer, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'
import { violationsOf } from './support/axe.ts'

test.use({ fresh: true })

let office: Office

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
})

/** Usable by everybody: no violation that axe knows, and nothing wider than the phone. */
async function expectUsable(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([])
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled, permissions: [] })

    test('a volunteer accepts, checks in, and does not check out by a slip of the finger', async ({
      page,
      service,
    }) => {
      const link = await inviteVolunteer(service, office)
      const answer = await page.goto(link)
      expect((await answer?.body())?.length).toBeLessThan(15 * 1024)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('学雷锋志愿服务日')
      await expect(page.getByText(/张\*.*，您好！/)).toBeVisible()
      await expect(page.getByText(/平山区站前社区/)).toBeVisible()
      await expect(page.getByText('站前广场东侧')).toBeVisible()
      await expect(page.getByText('注意过往车辆')).toBeVisible()
      if (javaScriptEnabled) await expectUsable(page)

      await page.locator('summary', { hasText: '尚未到场' }).click()
      await page.getByRole('button', { name: '参加', exact: true }).click()
      await expect(page.getByText('您已确认参加')).toBeVisible()
      await page.getByRole('button', { name: '我到了' }).click()
      await expect(page.getByText(/已签到\d\d:\d\d/)).toBeVisible()
      if (javaScriptEnabled) await expectUsable(page)
      await page.locator('summary', { hasText: '签退' }).click()
      await expect(page.getByText(/现在离班次结束还有.*确定签退吗/)).toBeVisible()
      if (javaScriptEnabled) await expectUsable(page)
      // So soon after the check-in it was a second tap.
      await page.getByRole('button', { name: '确定签退' }).click()
      await expect(page.locator('summary', { hasText: '签退' })).toBeVisible()
    })
  })
}

test('looking changes nothing, however often a preview fetches the link', async ({
  page,
  service,
  request,
}) => {
  const link = await inviteVolunteer(service, office)
  for (let times = 0; times < 3; times++) expect((await request.get(link)).status()).toBe(200)
  await page.goto(link)
  await expect(page.getByText('请确认能否参加')).toBeVisible()
})

test('a form that is sent twice, or a page that comes back, does nothing twice', async ({
  page,
  service,
  request,
}) => {
  const link = await inviteVolunteer(service, office)
  await page.goto(link)
  const fields = page.locator('form[action*="/check-in"] input')
  const form = Object.fromEntries(
    await Promise.all(
      (await fields.all()).map(async (field) => [await field.getAttribute('name'), await field.inputValue()]),
    ),
  )
  for (const time of ['first', 'again']) {
    const answer = await request.post(`${link}/check-in`, { form })
    expect([time, answer.status()]).toEqual([time, 200])
  }
  await page.getByRole('button', { name: '我到了' }).click()
  await expect(page.getByText(/已签到/)).toHaveCount(1)
  await page.goBack()
  await page.reload()
  await expect(page.locator('summary', { hasText: '签退' })).toBeVisible()
})

test('somebody with a wrong number ends the link', async ({ page, service }) => {
  const link = await inviteVolunteer(service, office)
  await page.goto(link)
  await page.locator('summary', { hasText: '不是本人' }).click()
  await expectUsable(page)
  await page.getByRole('button', { name: '确认不是本人' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('感谢告知')
  const again = await page.goto(link)
  expect(again?.status()).toBeGreaterThanOrEqual(400)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('链接已失效')
  await expectUsable(page)
})

test.describe('in English', () => {
  test.use({
    locale: 'en-GB',
    geolocation: { latitude: 41.3, longitude: 123.77 },
    permissions: ['geolocation'],
  })

  test('a volunteer who typed the code declines, changes their mind, and comes', async ({
    page,
    service,
  }) => {
    const code = (await inviteVolunteer(service, office)).split('/').at(-1) as string
    await page.goto(service.url)
    await page.getByLabel('Personal code').fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Open my shifts' }).click()
    await expect(page.getByText('Please tell us whether you will come')).toBeVisible()
    await expectUsable(page)
    await page.locator('summary', { hasText: 'Not there yet' }).click()
    await page.getByRole('button', { name: 'I cannot come' }).click()
    await expect(page.getByText('Noted: you cannot come')).toBeVisible()
    await page.locator('summary', { hasText: 'Changed your mind' }).click()
    await page.getByRole('button', { name: 'I will come after all' }).click()
    await expect(page.getByText('You are coming')).toBeVisible()
    await page.getByRole('button', { name: 'I am here' }).click()
    await expect(page.getByText(/Checked in at/)).toBeVisible()
    await expectUsable(page)
  })
})
