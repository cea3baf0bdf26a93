import type { Page } from '@playwright/test'
import { expect, test } from './service.ts'
import { violationsOf } from './support/axe.ts'

test.use({ fresh: true })

/** What the page tried to load or do that the browser refused. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    // Aborted: the page was left while it was still loading.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()} failed: ${why}`)
  })
  return complaints
}

test('the first page speaks Chinese, and English when asked, and anybody can use it', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page)
  await page.goto(service.url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('城市志愿服务动员平台')
  await expect(page.getByRole('status')).toContainText(/模拟时间 2026-03-04 \d\d:\d\d/)
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('link', { name: 'English' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Volunteers, mobilized and scheduled')
  expect(await violationsOf(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('the first page holds on the narrowest phone and in the dark', async ({ page, service }) => {
  await page.setViewportSize({ width: 320, height: 568 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(service.url)
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
  expect(await violationsOf(page)).toEqual([])
})

test('the documentation can be read, from the service alone', async ({ page, service }) => {
  const complaints = complaintsOf(page)
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(service.url) && !request.url().startsWith('data:'))
      elsewhere.push(request.url())
  })
  for (const address of ['/api/docs', '/api/docs/']) {
    await page.goto(service.url + address)
    await expect(page.getByRole('heading', { name: /集结 Muster/ })).toBeVisible()
  }
  expect(complaints).toEqual([])
  expect(elsewhere).toEqual([])
})

test('a wrong address answers a person with a page', async ({ page, service }) => {
  const answer = await page.goto(`${service.url}/nowhere`)
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('链接无效或不完整')
  expect(await violationsOf(page)).toEqual([])
})
