/** The area 督查 as the office of a district and an inspector have it: their menu, their pages, and no act that is not theirs. */
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { Client } from '../../scripts/day/client.ts'
import { demoPassword, invite, signIn } from '../../scripts/day/offices.ts'
import type { RunningService } from '../../scripts/day/server.ts'
import { type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { openOffice } from './day.ts'
import { expect, test } from './service.ts'
import { anInspectedCity, type Inspected } from './support/inspected.ts'
import { expectWhole } from './support/whole.ts'

test.use({ viewport: { width: 1280, height: 860 }, alone: 'inspection-roles', actionTimeout: 20_000 })

let city: Inspected
let district: Clerk
const inspector: Clerk = { login: 'ducha', password: demoPassword }
/** A round of the district's own office, and a point in the district and in the other one. */
let ownRoundId: string
const pointIds: string[] = []

test.beforeAll(async ({ service }) => {
  city = await anInspectedCity(service)
  const { client } = await openOffice(service)
  const grant = { role: 'district_office', districtCode: '210502' } as { role: string }
  district = await invite(client, { login: 'pingshan', name: '平山文明办', what: '', ...grant })
  const unit = await client.post('/api/units', {
    ...{ name: '平山区文明办', kind: 'government', districtCode: '210502' },
  })
  const { items: schemes } = await client.get('/api/schemes?state=published')
  const own = await (await as(service, district)).post('/api/rounds', {
    ...{ kind: 'self_test', title: '平山区自查', issuerUnitId: unit.id, schemeId: schemes[0].id },
    ...{ opensAt: '2026-03-02T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
    spec: { size: 1, districtCodes: ['210502'] },
  })
  ownRoundId = own.id
  for (const code of ['210502', '210503']) {
    const { items } = await client.get(`/api/points?districtCode=${code}&limit=1`)
    pointIds.push(items[0].id)
  }
})

/** The service as somebody: what their pages may do is compared with it. */
const as = (service: RunningService, { login, password }: Clerk) =>
  signIn(new Client(service.url), { login, password, what: '' })

const links = (page: Page, name: string) =>
  page.getByRole('navigation', { name }).getByRole('link').allInnerTexts()
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const act = (page: Page, name: string) => button(page, name).or(page.getByRole('link', { name, exact: true }))

/** Opens each page, and looks whether it is whole. */
async function openAll(page: Page, service: RunningService, who: string, pages: Record<string, string>) {
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(service.url + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expect(page.locator('.skeleton')).toHaveCount(0)
    await test.step(`${who} ${name}`, async () => {
      await expect(page.locator('.note.bad')).toHaveCount(0)
      await pictured(page, `inspection-${who}-${name}`)
      await expectWhole(page)
      await expectGood(page)
    })
  }
}

/** Each act of a page is offered exactly where the service allows it. */
async function expectActs(page: Page, allowed: Record<string, boolean>) {
  for (const [name, may] of Object.entries(allowed)) {
    const found = act(page, name)
    await test.step(`${page.url()} ${name} ${may}`, async () => {
      if (may) await expect(found.first()).toBeVisible()
      else await expect(found).toHaveCount(0)
    })
  }
}

async function expectRound(page: Page, service: RunningService, client: Client, roundId: string) {
  const { allowed } = await client.get(`/api/rounds/${roundId}`)
  await page.goto(`${service.url}/inspection/rounds/${roundId}`)
  await expect(page.getByRole('table').or(page.getByText('抽样核验')).first()).toBeVisible()
  await expectActs(page, {
    ...{ 抽样: allowed.draw, 公开: allowed.reveal, 结束本轮: allowed.close },
    保存: allowed.edit,
  })
}

async function expectPoint(page: Page, service: RunningService, client: Client, pointId: string) {
  const { allowed, name } = await client.get(`/api/points/${pointId}`)
  await page.goto(`${service.url}/inspection/points/${pointId}`)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expectActs(page, { 停用: allowed.edit, 保存: allowed.edit })
  return allowed.edit as boolean
}

async function expectCase(page: Page, service: RunningService, client: Client, caseId: string) {
  const { allowed, number } = await client.get(`/api/cases/${caseId}`)
  await page.goto(`${service.url}/inspection/cases/${caseId}`)
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible()
  await expectActs(page, { 立即交办: allowed.issue, 指定责任单位: allowed.nameUnit })
}

test('the office of a district runs its own rounds and points, and looks at those of the city', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, district, '/inspection')
  const client = await as(service, district)
  expect(await links(page, '主菜单')).toEqual(['首页', '活动', '人员', '网格', '创城', '督查', '系统'])
  const rooms = ['轮次', '点位', '测评体系', '整改问题', '排名', '申诉', '各项率']
  expect(await links(page, '督查各部分')).toEqual(rooms)
  await expectActs(page, { 新建轮次: true })
  await openAll(page, service, 'district', {
    ...{ rounds: '/inspection', new: '/inspection/rounds/new', own: `/inspection/rounds/${ownRoundId}` },
    ...{ round: `/inspection/rounds/${city.roundId}`, proof: `/inspection/rounds/${city.roundId}/proof` },
    ...{ points: '/inspection/points', map: '/inspection/points/map', schemes: '/inspection/schemes' },
    ...{ cases: '/inspection/cases', case: `/inspection/cases/${city.issued}` },
    ...{ rankings: '/inspection/rankings', appeals: '/inspection/appeals', rates: '/inspection/rates' },
  })
  await expectRound(page, service, client, ownRoundId)
  await expectRound(page, service, client, city.roundId)
  const edits = []
  for (const pointId of pointIds) edits.push(await expectPoint(page, service, client, pointId))
  expect(edits).toEqual([true, false])
  await expectCase(page, service, client, city.issued)
  // What phones sent and was held is the city office's: the page is not in the menu, and says so.
  await page.goto(`${service.url}/inspection/held`)
  await expect(page.getByText('没有等待处理的上传。')).toBeVisible()
  await page.goto(`${service.url}/inspection/held/${city.heldId}`)
  await expect(page.getByRole('alert')).toContainText('没有这次上传')
  expect(complaints).toEqual([])
})

test('an inspector looks at points, standards and cases, and changes nothing on a computer', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, inspector, '/inspection')
  const client = await as(service, inspector)
  expect(await links(page, '主菜单')).toEqual(['首页', '活动', '人员', '网格', '督查'])
  expect(await links(page, '督查各部分')).toEqual(['轮次', '点位', '测评体系', '整改问题'])
  await expectActs(page, { 新建轮次: false })
  await openAll(page, service, 'inspector', {
    ...{ rounds: '/inspection', round: `/inspection/rounds/${city.roundId}` },
    ...{ sample: `/inspection/rounds/${city.roundId}/sample` },
    ...{
      points: '/inspection/points',
      map: '/inspection/points/map',
      point: `/inspection/points/${pointIds[0]}`,
    },
    ...{ schemes: '/inspection/schemes', cases: '/inspection/cases' },
  })
  await page.goto(`${service.url}/inspection/points`)
  await expectActs(page, { 登记点位: false, 从表格导入: false, 下载模板: false })
  await page.goto(`${service.url}/inspection/schemes`)
  await expectActs(page, { 新建测评体系: false })
  await expectRound(page, service, client, city.roundId)
  for (const pointId of pointIds) expect(await expectPoint(page, service, client, pointId)).toBe(false)
  await expectCase(page, service, client, city.issued)
  // A round that was not shown is not there for them.
  await page.goto(`${service.url}/inspection/rounds/${ownRoundId}`)
  await expect(page.getByRole('alert')).toBeVisible()
  for (const path of ['/inspection/rankings', '/inspection/appeals', '/inspection/held']) {
    await page.goto(service.url + path)
    await expect(page.getByRole('alert')).toBeVisible()
  }
  expect(complaints).toEqual([])
})

test('the office takes in what a phone saved as a file: entry by entry, and nothing twice', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  const { client } = await openOffice(service)
  const round = await client.get(`/api/rounds/${city.roundId}`)
  const { items } = await client.get(`/api/rounds/${city.roundId}/visits?limit=200`)
  const { items: standards } = await client.get(`/api/schemes/${round.scheme.id}/standards`)
  const seen = standards.map(({ id }: { id: string }) => ({ standardId: id, answer: 'met' }))
  const times = { startedAt: '2026-03-03T10:00:00+08:00', endedAt: '2026-03-03T10:30:00+08:00' }
  const pictureId = randomUUID()
  const failed = { ...seen[0], answer: 'not', note: '垃圾未清运', pictureIds: [pictureId] }
  const visits = [
    { operationId: randomUUID(), visitId: items[0].id, ...times, observations: seen },
    {
      ...{ operationId: randomUUID(), visitId: null, ...times, observations: [failed, ...seen.slice(1)] },
      patrol: { schemeId: round.scheme.id, zoneId: items[0].zone.id },
    },
  ]
  const colour = { create: { width: 320, height: 240, channels: 3, background: '#7a4b2a' } } as const
  const jpeg = await sharp(colour).jpeg().toBuffer()
  const file = { visits, pictures: { [pictureId]: jpeg.toString('base64') } }
  const upload = (name: string, text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })

  await enter(page, service, city.clerk, `/inspection/rounds/${city.roundId}`)
  await button(page, '导入手机文件').click()
  await upload('别的文件.json', '{"visits": 3}')
  await expect(page.getByText('这不是督导员手机导出的文件')).toBeVisible()
  await upload('未上传的走访.json', JSON.stringify(file))
  await page.getByRole('combobox', { name: '谁的手机' }).click()
  await page.locator('.ant-select-item-option', { hasText: '欧阳督导' }).click()
  await expectGood(page)
  await pictured(page, 'inspection-bring-file-zh')
  for (const _ of ['once', 'again']) {
    await page.getByRole('dialog').getByRole('button', { name: '上传2份' }).click()
    const answered = page.getByRole('dialog').getByRole('listitem')
    await expect(answered.nth(0)).toContainText('该走访此前已有一份上传，并已收下。')
    await expect(answered.nth(1)).toContainText('已收下，整改问题1个 · 照片1/1张')
  }
  await expectGood(page)
  await pictured(page, 'inspection-brought-zh')
  const { items: cases } = await client.get('/api/cases?source=patrol&limit=200')
  expect(
    cases.filter(({ note }: { note: string | null }) => note === '垃圾未清运').length,
  ).toBeLessThanOrEqual(1)
  const { items: held } = await client.get('/api/held-uploads')
  expect(
    held.filter(({ operationId }: { operationId: string }) => operationId === visits[0]!.operationId),
  ).toHaveLength(1)
  expect(complaints).toEqual([])
})
