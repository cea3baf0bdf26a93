/** The phone of an inspector without network, after the end of a session, in other hands; and its pages at every size. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserType } from '@playwright/test'
import { activate, demoPassword } from '../../scripts/day/offices.ts'
import { complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'
import { drawn } from './support/drawn.ts'
import { aPhone, aPicture, keptNames, keptOpenly, openSecrets, standardOf, tap } from './support/inspector.ts'
import { type Inspected, inspected, roundsToGo } from './support/rounds-to-go.ts'
import { expectWhole } from './support/whole.ts'

test.use({ alone: 'inspection without network', fresh: true })

let office: Office
let city: Inspected
let browser: { type: BrowserType; launchOptions: object }

test.beforeAll(async ({ service, browser: running }, { project }) => {
  const { launchOptions } = project.use as { launchOptions?: object }
  browser = { type: running.browserType(), launchOptions: launchOptions ?? {} }
  office = await openOffice(service)
  city = await inspected(office)
  await roundsToGo(city)
})

test('a phone keeps a roll and visits in one place, both sealed, and each goes by itself', async ({
  page,
  service,
}) => {
  const { client, teamId, eventId } = office
  const zone = await client.post('/api/zones', { name: '解放北路', kind: 'street' })
  const person = await client.post('/api/persons', { name: '张志愿', memberships: [{ teamId }] })
  const shift = await client.post(`/api/events/${eventId}/shifts`, {
    ...{ zoneId: zone.id, startsAt: '2026-03-04T12:10:00+08:00', endsAt: '2026-03-04T16:00:00+08:00' },
    ...{ work: '清理小广告', min: 1, target: 1, max: 5, inChargePersonId: person.id },
  })
  await client.put(`/api/shifts/${shift.id}/assignments/${person.id}`, { teamId })
  await client.put(`/api/events/${eventId}/publication`, {})
  const grants = [{ role: 'team_leader', teamId }, { role: 'inspector' }]
  const user = await client.post('/api/users', { login: 'both', name: '周队长', grants })
  const { link } = await client.post(`/api/users/${user.id}/activations`, { deliver: 'list' })
  await activate(client.as(undefined), link)
  await enter(page, service, { login: 'both', password: demoPassword }, `/m/roll/${shift.id}`)
  await expect(page.getByText('到岗0/1')).toBeVisible()
  const tabs = ['岗位', '队员', '点名', '待办', '走访', '上传']
  await expect(page.getByRole('navigation').getByRole('link')).toHaveText(tabs)
  await expectGood(page)
  await pictured(page, 'phone-both')
  await page.getByRole('link', { name: '走访', exact: true }).click()
  await expect.poll(() => page.evaluate(keptNames)).toEqual(['key', 'roll', 'visits'])
  expect([await page.evaluate(keptOpenly), await page.evaluate(openSecrets)]).toEqual([[], ''])
  await page.getByRole('link', { name: '点名', exact: true }).click()
  await page.getByRole('button', { name: '张志愿 到', exact: true }).click()
  await expect(page.getByText('已全部提交')).toBeVisible()
  await page.getByRole('link', { name: '岗位', exact: true }).click()
  // The key stays for what is left.
  await expect.poll(() => page.evaluate(keptNames)).toEqual(['key', 'visits'])
  expect(await page.evaluate(keptOpenly)).toEqual([])
})

test('without network a visit goes on over a restart, and nothing of it lies open on the phone', async ({
  service,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-inspector-'))
  const phone = await aPhone(browser, folder)
  const page = await phone.newPage()
  const inspector = city.inspectors[0]
  await enter(page, service, inspector, '/m/visits')
  await expect(page.getByText(/还有\d个点位待走访/)).toBeVisible()
  await page.evaluate('navigator.serviceWorker.ready')
  await expect.poll(() => page.evaluate(keptNames)).toEqual(['key', 'visits'])
  await phone.setOffline(true)
  await page.getByRole('link', { name: '开始走访' }).first().click()
  await tap(page, 'JT-01 第1处', '部分达标')
  await standardOf(page, 'JT-01 第1处')
    .getByLabel('拍照')
    .setInputFiles(await aPicture('olive'))
  await expect(page.getByRole('img')).toHaveCount(1)
  await standardOf(page, 'JT-01 第1处').getByLabel('备注').fill('楼道口有自行车')
  await expect
    .poll(() => page.evaluate(keptNames))
    .toEqual(['key', expect.stringMatching(/^picture\//), 'visits'])
  expect(await page.evaluate(openSecrets)).toBe('')
  expect(await page.evaluate(keptOpenly)).toEqual([])
  await phone.close()

  const again = await aPhone(browser, folder)
  await again.setOffline(true)
  const reopened = await again.newPage()
  await reopened.goto(`${service.url}/m`)
  await expect(reopened.getByText(/网络不通，显示的是/)).toBeVisible()
  await expect(reopened.getByText('已记录1/5')).toBeVisible()
  await expectGood(reopened)
  await pictured(reopened, 'visits-offline')
  await reopened.getByRole('link', { name: '继续走访' }).click()
  await expect(reopened.getByRole('button', { name: / 部分达标$/ }).first()).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expect(reopened.getByLabel('备注').first()).toHaveValue('楼道口有自行车')
  await expect(reopened.getByRole('img')).toHaveCount(1)
  await tap(reopened, 'JT-04', '达标')
  await standardOf(reopened, 'JT-04')
    .getByLabel('拍照')
    .setInputFiles(await aPicture('navy'))
  await expect(reopened.getByRole('img')).toHaveCount(2)
  await reopened.getByRole('button', { name: '完成走访' }).click()
  await expect(reopened.getByText('3处未记录，将计为未见。')).toBeVisible()
  await reopened.getByRole('button', { name: '完成走访' }).click()
  await expect(reopened.getByText('网络不通，1次走访已存本机，联网后自动上传。')).toBeVisible()
  await expect(reopened.getByRole('link', { name: /^上传\s*1$/ })).toBeVisible()
  await expectGood(reopened)
  await pictured(reopened, 'uploads-waiting')
  const [file] = await Promise.all([
    reopened.waitForEvent('download'),
    reopened.getByRole('button', { name: '导出为文件' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('走访记录.json')
  await reopened.getByRole('link', { name: inspector.name }).click()
  await expect(reopened.getByText('还有1次走访未上传。')).toBeVisible()
  await expect(reopened.getByRole('button', { name: '退出登录' })).toHaveCount(0)
  await expectGood(reopened)

  // Only the answers are lost: what was sent is there once, and stays on the phone until its receipt is read.
  const cut = (url: string) =>
    reopened.route(url, async (route) => {
      await route.fetch()
      await route.abort()
    })
  await cut('**/api/visit-uploads')
  await again.setOffline(false)
  await reopened.getByRole('navigation').getByRole('link', { name: /^上传/ }).click()
  await expect(reopened.getByText('网络不通，1次走访已存本机，联网后自动上传。')).toBeVisible()
  await reopened.unroute('**/api/visit-uploads')
  await cut('**/receipt')
  await reopened.getByRole('button', { name: '立即上传' }).click()
  await expect(reopened.getByText('照片2/2')).toBeVisible()
  expect(await reopened.evaluate(keptNames)).toHaveLength(4)
  await reopened.unroute('**/receipt')
  await reopened.getByRole('button', { name: '立即上传' }).click()
  await expect(reopened.getByText('已全部上传，本机已清除')).toBeVisible()
  expect(await reopened.evaluate(keptNames)).toEqual(['key', 'visits'])
  await reopened.getByRole('link', { name: inspector.name }).click()
  await reopened.getByRole('button', { name: '退出登录' }).click()
  await reopened.waitForURL(/sign-in/)
  expect(await reopened.evaluate(keptNames)).toEqual([])
  await again.close()
  rmSync(folder, { recursive: true })
})

test('a session that ends loses nothing, and nobody else sends what an inspector saw', async ({
  service,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-inspector-'))
  const phone = await aPhone(browser, folder)
  const page = await phone.newPage()
  const [, inspector] = city.inspectors
  const [other] = city.inspectors
  await enter(page, service, inspector, '/m/visits')
  await page.getByRole('link', { name: '开始走访' }).first().click()
  await tap(page, 'SC-04', '未见')
  const visitId = new URL(page.url()).pathname.split('/').at(-1)
  await phone.clearCookies()
  await page.getByRole('button', { name: '完成走访' }).click()
  await page.getByRole('button', { name: '完成走访' }).click()
  await expect(page.getByText('登录已失效，请重新登录。')).toBeVisible()
  await expect(page.getByText('待上传', { exact: true }).first()).toBeVisible()
  await expectGood(page)
  await pictured(page, 'uploads-session-over')

  // Somebody else signs in on this phone.
  await page.getByRole('link', { name: '重新登录' }).click()
  await page.locator('#login').fill(other.login)
  await page.locator('#password').fill(other.password)
  await page.locator('button.primary').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('本机有未上传的走访')
  await expect(page.getByText('赵督查还有1次走访未上传。')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'visits-left')
  // Nothing was written in anybody else's name.
  expect((await office.client.get(`/api/visits/${visitId}`)).state).toBe('assigned')
  await page.getByRole('button', { name: '退出，由赵督查登录' }).click()
  await page.locator('#login').fill(inspector.login)
  await page.locator('#password').fill(inspector.password)
  await page.locator('button.primary').click()
  await expect(page.getByText('已全部上传，本机已清除')).toBeVisible()
  expect((await office.client.get(`/api/visits/${visitId}`)).state).toBe('received')
  await phone.close()
  rmSync(folder, { recursive: true })
})

/** The pages of an inspector. */
const pages = ['/m/visits', 'visit', '/m/patrol', '/m/uploads', '/m/account']
const sizes = [
  { name: '390', width: 390, text: '' },
  { name: '360', width: 360, text: '' },
  { name: 'large', width: 360, text: '200%' },
]

for (const locale of drawn(['zh-CN', 'en-GB'])) {
  test(`every page holds at each size in ${locale}`, async ({ browser: running, service }) => {
    const context = await running.newContext({ locale, viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    const complaints = complaintsOf(page, service)
    const [inspector] = city.inspectors
    await enter(page, service, inspector, '/m/visits')
    const link = page.getByRole('link', { name: /开始走访|Begin/ }).first()
    await expect(link).toBeVisible()
    const visit = (await link.getAttribute('href')) as string
    for (const path of pages) {
      const address = path === 'visit' ? visit : path
      await page.goto(service.url + address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByRole('status', { name: /正在加载|Loading/ })).toHaveCount(0)
      if (path === 'visit') {
        await page
          .getByRole('button', { name: /不达标$|Not met$/ })
          .first()
          .click()
        await page
          .getByRole('button', { name: /未见$|Not seen$/ })
          .last()
          .click()
      }
      for (const { name, width, text } of sizes) {
        await page.setViewportSize({ width, height: 844 })
        await page.evaluate(`document.documentElement.style.fontSize = '${text}'`)
        await test.step(`${path} ${name}`, async () => {
          await pictured(page, `inspector-${locale}-${name}-${path.split('/').at(-1)}`)
          await expectGood(page)
          // At its end the bar of the page covers nothing.
          await page.evaluate('scrollTo(0, document.body.scrollHeight)')
          await expectWhole(page)
        })
      }
      if (path === 'visit') {
        await page.getByRole('button', { name: /放弃本次走访|Give up this visit/ }).click()
        await page.getByRole('button', { name: /放弃本次走访|Give up this visit/ }).click()
      }
    }
    expect(complaints).toEqual([])
    await context.close()
  })
}
