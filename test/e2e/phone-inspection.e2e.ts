/** The pages of the phone, as an inspector uses them: the round, a visit, a patrol, and what became of it. */
import { Client } from '../../scripts/day/client.ts'
import { signIn } from '../../scripts/day/offices.ts'
import type { RunningService } from '../../scripts/day/server.ts'
import { complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'
import { aPicture, expectForFingers, keptNames, standardOf, tap } from './support/inspector.ts'
import { administratorOf, officeOf } from './support/officers.ts'
import { type Inspected, inspected, roundsToGo } from './support/rounds-to-go.ts'

test.use({ alone: 'inspection on the phone', fresh: true })

let office: Office
let city: Inspected
/** By the codes of their points. */
let visits: Map<string, string>

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  city = await inspected(office)
  visits = await roundsToGo(city)
})

async function moveClock(service: RunningService, now: string): Promise<void> {
  const machine = await signIn(new Client(service.url), await administratorOf(service))
  await machine.put('/api/clock', { now })
  office.client = await signIn(new Client(service.url), await officeOf(service))
}

interface SeenObservation {
  standard: { code: string }
  answer: string
  count: number | null
  note: string | null
  pictures: { width: number; height: number }[]
}

test('before its opening nothing of the sample is shown, and from then on the round is there', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  const [, , inspector] = city.inspectors
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
  // A large one: the next ones are chosen while it is still being made small.
  await failed.getByLabel('拍照').setInputFiles(await aPicture('brown', 4000, 3000))
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
  // Of a round that is not disclosed nobody learns whether there is such a visit.
  await expect(page.getByText('没有安排给您的这次走访，已暂存。')).toBeVisible()
  await expect(page.getByText('暂存待核', { exact: true })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'uploads-held')
  await page.getByRole('button', { name: '知道了' }).click()
  await expect(page.getByText('还没有已上传的走访。')).toBeVisible()
  const { items } = await office.client.get('/api/held-uploads')
  expect(items).toMatchObject([{ userId: inspector.userId, remarks: [{ code: 'visit.not_drawn' }] }])
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
