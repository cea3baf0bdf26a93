/** The pages of the phone, as an inspector uses them: the round, a visit without network, and what became of it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, BrowserType, Page } from '@playwright/test'
import sharp from 'sharp'
import { Client } from '../../scripts/day/client.ts'
import { createAdministrator, demoPassword, signIn } from '../../scripts/day/offices.ts'
import { complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { type Inspected, inspected } from './inspected.ts'
import { expect, test } from './service.ts'
import { expectWhole } from './support/whole.ts'

test.use({ alone: 'inspection on the phone' })

let office: Office
let city: Inspected
/** By the codes of their points. */
let visits: Map<string, string>
let browser: { type: BrowserType; launchOptions: object }

const near = { latitude: 41.301, longitude: 123.701 }

test.beforeAll(async ({ service, browser: running }, { project }) => {
  const { launchOptions } = project.use as { launchOptions?: object }
  browser = { type: running.browserType(), launchOptions: launchOptions ?? {} }
  office = await openOffice(service)
  city = await inspected(office)
  await city.point('PS-01', '永丰小区', 'compound', { latitude: 41.32, longitude: 123.74 })
  await city.point('PS-02', '北地小区', 'compound', near)
  await city.point('PS-03', '站前广场东侧北光路老旧小区三期', 'compound')
  await city.point('SC-01', '明山市场', 'market', near)
  await city.point('SC-02', '北地市场', 'market')
  await city.point('GY-01', '滨河公园', 'park')
  await city.point('GY-02', '望溪公园', 'park', { latitude: 41.32, longitude: 123.74 })
  await city.point('GY-03', '本溪湖公园东侧健身步道及周边', 'park', near)
  const [first, second, third] = city.inspectors
  visits = await city.round('compound', first, '2026-03-04T11:00:00+08:00')
  await city.round('market', second, '2026-03-04T11:00:00+08:00')
  await city.round('park', third, '2026-03-04T12:30:00+08:00')
})

async function moveClock(service: { url: string }, now: string): Promise<void> {
  const administrator = { login: 'admin', password: demoPassword, what: '' }
  await (await signIn(new Client(service.url), administrator)).put('/api/clock', { now })
  office.client = await signIn(new Client(service.url), { login: 'office', password: demoPassword, what: '' })
}

const aPicture = async (colour: string, width = 2400, height = 1800) => ({
  name: 'IMG_1.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width, height, channels: 3, background: colour } })
    .jpeg()
    .toBuffer(),
})

interface SeenObservation {
  standard: { code: string }
  answer: string
  count: number | null
  note: string | null
  pictures: { width: number; height: number }[]
}

const standardOf = (page: Page, code: string) => page.getByRole('listitem').filter({ hasText: code })
const tap = (page: Page, code: string, answer: string) =>
  standardOf(page, code)
    .getByRole('button', { name: new RegExp(` ${answer}$`) })
    .click()

test('before its opening nothing of the sample is shown, and from then on the round is there', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  const [, , inspector] = city.inspectors
  await createAdministrator(service)
  await page.goto(`${service.url}/sign-in`)
  await page.locator('#login').fill(inspector.login)
  await page.locator('#password').fill(inspector.password)
  await page.locator('button.primary').click()
  // Inspectors begin with their round.
  await page.waitForURL(`${service.url}/m/visits`)
  await expect(page.getByText('目前没有已开放的走访任务')).toBeVisible()
  await expect(page.locator('body')).not.toContainText('公园')
  await expectGood(page)
  await pictured(page, 'visits-before')

  await moveClock(service, '2026-03-04T12:31:00+08:00')
  await enter(page, service, inspector, '/m/visits')
  await expect(page.getByText('还有3个点位待走访')).toBeVisible()
  await expectGood(page)
  await expectForFingers(page)
  await expect(page.getByRole('navigation').getByRole('link')).toHaveText(['走访', '上传'])
  await page.context().grantPermissions(['geolocation'])
  await page.context().setGeolocation({ latitude: 41.3, longitude: 123.7 })
  await page.getByRole('button', { name: '按距离排序' }).click()
  await expect(page.getByRole('heading', { level: 3 })).toHaveText([
    '本溪湖公园东侧健身步道及周边',
    '望溪公园',
    '滨河公园',
  ])
  await expect(page.getByText(/约1\d0米/)).toBeVisible()
  expect(await page.getByRole('link', { name: '在地图中查看' }).first().getAttribute('href')).toMatch(
    /^geo:41\.301,123\.701\?q=/,
  )
  await expectGood(page)
  await pictured(page, 'visits-round')
  expect(complaints).toEqual([])
})

test('a visit is tapped, its pictures are made small, and the office has it a moment later', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, city.inspectors[0], `/m/visits/${visits.get('PS-02')}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('北地小区')
  await expect(page.getByText('已记录0/5')).toBeVisible()
  await expectGood(page)
  await expectForFingers(page)
  await pictured(page, 'visit-empty')

  await tap(page, 'JT-01 第1处', '不达标')
  await expect(page.getByText('请拍照。').first()).toBeVisible()
  const failed = standardOf(page, 'JT-01 第1处')
  await failed.getByLabel('备注').fill('3单元一楼堆放旧家具')
  await failed.getByLabel('拍照').setInputFiles(await aPicture('brown'))
  await failed
    .getByLabel('从相册选择')
    .setInputFiles([await aPicture('grey', 1800, 2400), await aPicture('teal')])
  await expect(failed.getByRole('img')).toHaveCount(3)
  await failed.getByRole('button', { name: '删除照片2' }).click()
  await expect(failed.getByRole('img')).toHaveCount(2)
  await failed.getByLabel('从相册选择').setInputFiles({
    ...{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') },
  })
  await expect(failed.getByText('无法识别这张照片，请重新拍摄。')).toBeVisible()
  await tap(page, 'JT-01 第2处', '达标')
  await standardOf(page, 'JT-02').getByLabel('问题数量').fill('2')
  await tap(page, 'JT-03', '不适用')
  await expect(page.getByText('请说明原因。')).toBeVisible()
  await page.getByRole('button', { name: '无此设施' }).click()
  await tap(page, 'JT-04', '未见')
  await page.getByRole('button', { name: '施工围挡' }).click()
  await expect(page.getByText('已记录5/5')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'visit-full')
  await page.getByRole('button', { name: '有问题' }).click()
  await expect(page.locator('.standard')).toHaveCount(2)
  await page.getByRole('button', { name: '完成走访' }).click()
  await expectGood(page)
  await pictured(page, 'visit-finish')
  await page.getByRole('button', { name: '完成走访' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('上传')
  await expect(page.getByText('已全部上传，本机已清除')).toBeVisible()
  await expect(page.getByText('照片2张 · 生成整改问题2件')).toBeVisible()
  await expectGood(page)
  await expectForFingers(page)
  await pictured(page, 'uploads-taken')
  expect(await page.evaluate(keptNames)).toEqual(['key', 'visits'])

  const seen = await office.client.get(`/api/visits/${visits.get('PS-02')}`)
  expect(seen).toMatchObject({ state: 'received', valid: 3, notApplicable: 1, unseen: 1 })
  const told = (seen.observations as SeenObservation[]).map(({ standard, answer, count, note, pictures }) => [
    ...[standard.code, answer, count, note],
    pictures.map(({ width, height }) => `${width}×${height}`),
  ])
  expect(told).toEqual([
    ['JT-01', 'not', null, '3单元一楼堆放旧家具', ['1600×1200', '1600×1200']],
    ['JT-01', 'met', null, null, []],
    ['JT-02', 'partly', 2, null, []],
    ['JT-03', 'not_applicable', null, '无此设施', []],
    ['JT-04', 'not_seen', null, '施工围挡', []],
  ])
  // It is not offered again.
  await page.getByRole('link', { name: '走访', exact: true }).click()
  await expect(page.getByText('还有2个点位待走访')).toBeVisible()
  await expect(page.getByText('北地小区')).toHaveCount(0)
  expect(complaints).toEqual([])
})

test('a finding on patrol stands at no drawn point', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, city.inspectors[0], '/m/patrol')
  await expect(page.getByRole('button', { name: /站前街道/ })).toBeVisible()
  await expectGood(page)
  await expectForFingers(page)
  await pictured(page, 'patrol-zone')
  await page.getByRole('button', { name: /站前街道/ }).click()
  await page.getByLabel('违反的标准').fill('小广告')
  await expect(page.getByRole('button', { name: /JT-02/ })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'patrol-standard')
  await page.getByRole('button', { name: /SC-02/ }).click()
  await standardOf(page, 'SC-02').getByLabel('问题数量').fill('5')
  await page.getByRole('button', { name: '完成走访' }).click()
  await page.getByRole('button', { name: '完成走访' }).click()
  await expect(page.getByText('已全部上传，本机已清除')).toBeVisible()
  const { items } = await office.client.get('/api/cases?source=patrol')
  expect(items).toMatchObject([{ standard: { code: 'SC-02' }, zone: { name: '站前街道' }, point: null }])
  expect(complaints).toEqual([])
})

test('without network a visit goes on over a restart, and nothing of it lies open on the phone', async ({
  service,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-inspector-'))
  const phone = await aPhone(folder)
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

  const again = await aPhone(folder)
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
  const phone = await aPhone(folder)
  const page = await phone.newPage()
  const [, inspector] = city.inspectors
  const [other] = city.inspectors
  await enter(page, service, inspector, '/m/visits')
  await page.getByRole('link', { name: '开始走访' }).first().click()
  await tap(page, 'SC-04', '未见')
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
  const uploads = async () =>
    (await office.client.get('/api/audit?limit=1').catch(() => undefined)) as unknown
  await uploads()
  await page.getByRole('button', { name: '退出，由赵督查登录' }).click()
  await page.locator('#login').fill(inspector.login)
  await page.locator('#password').fill(inspector.password)
  await page.locator('button.primary').click()
  await expect(page.getByText('已全部上传，本机已清除')).toBeVisible()
  await phone.close()
  rmSync(folder, { recursive: true })
})

test('a visit that was given to somebody else meanwhile is held, and says why', async ({ page, service }) => {
  const [, inspector] = city.inspectors
  const [other] = city.inspectors
  await enter(page, service, inspector, '/m/visits')
  await page.getByRole('link', { name: '开始走访' }).first().click()
  await tap(page, 'SC-04', '达标')
  const visitId = new URL(page.url()).pathname.split('/').at(-1)
  const { roundId } = await office.client.get(`/api/visits/${visitId}`)
  const opensAt = '2026-03-04T12:30:00+08:00'
  await office.client.put(`/api/rounds/${roundId}/assignments`, {
    visits: [{ visitId, inspectorUserId: other.userId, opensAt }],
  })
  await page.getByRole('button', { name: '完成走访' }).click()
  await expect(page.getByText('1处缺照片。')).toBeVisible()
  await page.getByRole('button', { name: '完成走访' }).click()
  await expect(page.getByText('该走访由他人负责，已暂存。')).toBeVisible()
  await expect(page.getByText('暂存待核', { exact: true })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'uploads-held')
  await page.getByRole('button', { name: '知道了' }).click()
  await expect(page.getByText('还没有已上传的走访。')).toBeVisible()
  const { items } = await office.client.get('/api/held-uploads')
  expect(items).toMatchObject([{ userId: inspector.userId, remarks: [{ code: 'visit.not_yours' }] }])
})

test('what the service does not take stays on the phone, and may be tried again', async ({
  page,
  service,
}) => {
  const [inspector] = city.inspectors
  await enter(page, service, inspector, '/m/visits')
  await page.getByRole('link', { name: '开始走访' }).first().click()
  await tap(page, /-04/.test(await page.locator('.standards').innerText()) ? '-04' : 'JT-04', '未见')
  const body = { type: 'about:blank', title: '', status: 422, code: 'x.y', text: '内容有误', detail: '' }
  await page.route('**/api/visit-uploads', (route) => route.fulfill({ status: 422, json: body }))
  await page.getByRole('button', { name: '完成走访' }).click()
  await page.getByRole('button', { name: '完成走访' }).click()
  await expect(page.getByText('未能上传，内容仍在本机')).toBeVisible()
  await expect(page.getByText('内容有误')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'uploads-stuck')
  await page.unroute('**/api/visit-uploads')
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.getByText('已全部上传，本机已清除')).toBeVisible()
})

/** A browser that keeps its data in a folder. */
function aPhone(folder: string): Promise<BrowserContext> {
  return browser.type.launchPersistentContext(folder, {
    ...browser.launchOptions,
    locale: 'zh-CN',
    viewport: { width: 390, height: 844 },
    acceptDownloads: true,
  })
}

/** Whatever a script could read that tells of anything. */
const openSecrets = `Object.entries(localStorage).concat(Object.entries(sessionStorage)).join()`

const ofDatabase = (work: string) => `new Promise((resolve) => {
  const request = indexedDB.open('muster-phone')
  request.onupgradeneeded = () => request.result.createObjectStore('kept')
  request.onsuccess = () => {
    const asked = request.result.transaction('kept').objectStore('kept').${work}
    asked.onsuccess = () => { request.result.close(); resolve(asked.result) }
  }
})`
/** The names of everything that the phone keeps. */
const keptNames = ofDatabase('getAllKeys()')
/** What is kept and is neither sealed nor a key that never leaves the browser. */
const keptOpenly = `${ofDatabase('getAll()')}.then((all) => all
  .filter((each) => !(each instanceof CryptoKey && !each.extractable))
  .filter(({ iv, data, bytes, ...more }) => !(iv instanceof Uint8Array && data instanceof ArrayBuffer) || Object.keys(more).length > 0)
  .map((each) => JSON.stringify(each)))`

/** Everything that is tapped is at least 48 pixels high. */
async function expectForFingers(page: Page): Promise<void> {
  const small =
    await page.evaluate(`[...document.querySelectorAll('a, button, input:not(.unseen), summary, label.button, select, textarea')]
    .filter((each) => each.checkVisibility())
    .filter((each) => each.getBoundingClientRect().height < 48)
    .map((each) => each.outerHTML)`)
  expect(small).toEqual([])
}

/** The pages of an inspector. */
const pages = ['/m/visits', 'visit', '/m/patrol', '/m/uploads', '/m/account']
const sizes = [
  { name: '390', width: 390, text: '' },
  { name: '360', width: 360, text: '' },
  { name: 'large', width: 360, text: '200%' },
]

for (const locale of ['zh-CN', 'en-GB']) {
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
