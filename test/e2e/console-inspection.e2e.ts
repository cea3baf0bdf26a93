/** The console's area 督查, its first half: a scheme, points, and a round from its creation to the proof of its draw. */
import type { Page } from '@playwright/test'
import { invite } from '../../scripts/day/offices.ts'
import type { RunningService } from '../../scripts/day/server.ts'
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'
import { drawn } from './support/drawn.ts'
import { expectWhole } from './support/whole.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'inspection', actionTimeout: 20_000 })

let office: Office
let clerk: Clerk
let liaison: Clerk
/** A published scheme and a closed round of it, as the pages in English show them. */
let schemeId: string
let draftId: string
let roundId: string
let pointId: string

/** An outline of two by two kilometres, north-east of a corner. */
const square = (latitude: number, longitude: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [longitude, latitude],
      [longitude + 0.024, latitude],
      [longitude + 0.024, latitude + 0.018],
      [longitude, latitude + 0.018],
      [longitude, latitude],
    ],
  ],
})

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  const { client } = office
  const unit = (name: string, more: object = {}) =>
    client.post('/api/units', { name, kind: 'government', ...more })
  const root = await unit('市委市政府')
  const wmb = await unit('市文明办', { parentId: root.id })
  const sending = await unit('市委督查室', { parentId: root.id })
  await unit('市城市管理局', { parentId: root.id })
  const keeper = await unit('平山区房产局', { districtCode: '210502' })
  const { id } = await client.post('/api/users', {
    ...{ login: 'ducha', name: '欧阳督导' },
    grants: [{ role: 'inspector' }],
  })
  await client.put(`/api/users/${id}/unit`, { unitId: sending.id }, '"v1"')
  liaison = await invite(client, {
    ...{ login: 'liaison', name: '王同志', what: '', role: 'unit_administrator' },
    ...({ unitId: keeper.id } as object),
  })
  const classes = ['compound', 'compound', 'compound', 'market'] as const
  for (const [n, name] of (['平山区', '溪湖区'] as const).entries()) {
    const [latitude, longitude] = [41.28 + n * 0.03, 123.76]
    const zone = await client.post('/api/zones', {
      ...{ name, kind: 'district', code: `21050${n + 2}`, boundary: square(latitude, longitude) },
    })
    for (const [at, pointClass] of classes.entries()) {
      const { id: made } = await client.post('/api/points', {
        ...{ code: `BX-${n}${at}`, name: `${name}第${at + 1}点位`, pointClass, zoneId: zone.id },
        ...{ latitude: latitude + 0.003 * (at + 1), longitude: longitude + 0.004 * (at + 1) },
        ...(n === 0 ? { unitId: keeper.id } : {}),
      })
      pointId = made
    }
  }
  const scheme = await client.post('/api/schemes', {
    ...{ name: '市容环境测评体系', issuerUnitId: wmb.id, indicators: [{ code: '1', name: '环境卫生' }] },
  })
  for (const [n, text] of ['楼道内无堆放杂物', '绿地内无垃圾', '路面无破损、无积水'].entries())
    await client.post(`/api/schemes/${scheme.id}/standards`, {
      ...{ code: `HJ-0${n + 1}`, text, pointClass: 'common', indicator: '1', dueClass: 'workdays:3' },
    })
  schemeId = scheme.id
  await client.put(`/api/schemes/${schemeId}/publication`, {}, '"v1"')
  draftId = (await client.post(`/api/schemes/${schemeId}/editions`, {})).id
  const round = await client.post('/api/rounds', {
    ...{
      kind: 'monthly',
      title: '二月市容测评',
      schemeId,
      issuerUnitId: wmb.id,
      spec: { size: 6, reserve: 1 },
    },
    ...{ opensAt: '2026-03-02T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
  })
  roundId = round.id
  for (const [n, step] of ['draw', 'disclosure', 'closure'].entries())
    await client.put(`/api/rounds/${roundId}/${step}`, {}, `"v${n + 1}"`)
})

/** Chooses an option of a select by what it says. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  const select = page.getByRole('combobox', { name: label }).last()
  await select.click()
  await select.fill(option).catch(() => undefined)
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option })
    .first()
    .click()
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')

/** Does what the dialog offers, and waits until it is gone. */
async function confirm(page: Page, name: string): Promise<void> {
  await dialog(page).getByRole('button', { name, exact: true }).click()
  await expect(dialog(page)).toHaveCount(0)
}

/** Leaves the dialog as it is. */
async function back(page: Page): Promise<void> {
  await confirm(page, '返回')
}

/** A link that looks like a button. */
const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click()

test('a clerk writes a scheme, says who leads, and publishes it: then it never changes', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/inspection/schemes')
  await button(page, '新建测评体系').click()
  await page.getByRole('textbox', { name: '名称' }).fill('背街小巷测评体系')
  await choose(page, '编制单位', '市文明办')
  await page.getByRole('textbox', { name: '指标' }).fill('1 环境卫生\n2')
  await expect(page.getByText('第2行：请先写编号，空格后写名称')).toBeVisible()
  await expect(dialog(page).getByRole('button', { name: '新建' })).toBeDisabled()
  await page.getByRole('textbox', { name: '指标' }).fill('1 环境卫生\n2 公共秩序')
  await expectGood(page)
  await pictured(page, 'inspection-new-scheme-zh')
  await confirm(page, '新建')
  await expect(page.getByRole('heading', { level: 1, name: '背街小巷测评体系' })).toBeVisible()
  // Without standards it cannot be published, and says so before.
  await button(page, '发布').click()
  await expect(page.getByText('还没有标准，不能发布。请先添加标准。')).toBeVisible()
  await expect(dialog(page).getByRole('button', { name: '发布' })).toBeDisabled()
  await back(page)

  await button(page, '添加标准').click()
  await page.getByRole('textbox', { name: '编号' }).fill('XX-01')
  await page.getByRole('textbox', { name: '标准内容' }).fill('巷道内无乱堆乱放')
  await choose(page, '适用点位', '背街小巷')
  await choose(page, '评价方式', '问题数量')
  await page.getByRole('button', { name: '添加一档' }).click()
  await expectGood(page)
  await pictured(page, 'inspection-standard-zh')
  await confirm(page, '添加标准')
  await expect(page.getByRole('row', { name: /XX-01/ })).toContainText('无牵头单位')
  // The same code again is refused in place, and nothing typed is lost.
  await button(page, '添加标准').click()
  await page.getByRole('textbox', { name: '编号' }).fill('XX-01')
  await page.getByRole('textbox', { name: '标准内容' }).fill('墙面无小广告')
  await dialog(page).getByRole('button', { name: '添加标准' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('本体系已有编号为XX-01的标准')
  await page.getByRole('textbox', { name: '编号' }).fill('XX-02')
  await confirm(page, '添加标准')
  await expect(page.getByRole('row', { name: /XX-02/ })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'inspection-scheme-zh')

  await follow(page, '责任分工表')
  await page.getByRole('button', { name: '填写标准XX-01的责任分工' }).click()
  await button(page, '添加单位').click()
  await choose(page, '单位', '市城市管理局')
  await expectGood(page)
  await pictured(page, 'inspection-assign-zh')
  await confirm(page, '保存')
  await expect(page.getByRole('row', { name: /XX-01/ })).toContainText('市城市管理局')
  await expectGood(page)
  await pictured(page, 'inspection-matrix-zh')
  await page.goBack()
  await page.goBack()
  await page.getByRole('link', { name: '测评体系' }).first().click()
  await page.getByRole('link', { name: '背街小巷测评体系' }).click()
  await button(page, '发布').click()
  await expect(page.getByText('这些标准没有牵头单位')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'inspection-publish-zh')
  await confirm(page, '发布')
  await expect(page.getByText('已发布的标准和责任分工不再变动')).toBeVisible()
  await expect(button(page, '添加标准')).toHaveCount(0)
  await expect(page.getByRole('button', { name: '修改标准XX-01' })).toHaveCount(0)
  await button(page, '新编一版').click()
  await confirm(page, '新编一版')
  await expect(page.getByText('第2版', { exact: true })).toBeVisible()
  await expect(page.getByRole('row', { name: /XX-01/ })).toContainText('市城市管理局')
  expect(complaints).toEqual([])
})

test('a clerk enters a point where it is, changes it, closes it and takes that back', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/inspection/points')
  await expect(page.getByRole('row', { name: /BX-00/ })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'inspection-points-zh')
  const [template] = await Promise.all([page.waitForEvent('download'), follow(page, '下载模板')])
  expect(template.suggestedFilename()).toBe('点位台账模板.xlsx')
  await follow(page, '登记点位')
  await page.getByRole('textbox', { name: '名称' }).fill('东明农贸市场')
  await page.getByRole('textbox', { name: '编号' }).fill('BX-90')
  await choose(page, '类型', '农贸市场')
  await choose(page, '所在区域', '平山区')
  // A click on the map is a place, which a drag moves; typed numbers are the same place.
  const place = page.getByRole('textbox', { name: '纬度、经度' })
  const map = page.getByRole('region', { name: '在地图上标注位置' }).locator('.canvas')
  await expect(map.locator('path').first()).toBeAttached()
  await map.click({ position: { x: 200, y: 150 } })
  await expect(place).toHaveValue(/^41\.\d+, 123\.\d+$/)
  const clicked = await place.inputValue()
  await map.locator('.corner.place').dragTo(map, { targetPosition: { x: 260, y: 180 } })
  await expect(place).not.toHaveValue(clicked)
  await pictured(page, 'inspection-place-zh')
  await button(page, '清除位置').click()
  await expect(map.locator('.corner.place')).toHaveCount(0)
  await place.fill('39.9, 116.4')
  await button(page, '登记').click()
  // What the service refuses stands at its field.
  await expect(page.getByText('位置在本市范围以外，请核对经纬度。')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'inspection-new-point-zh')
  await page.getByRole('textbox', { name: '纬度、经度' }).fill('41.285, 123.765')
  await button(page, '登记').click()
  await expect(page.getByRole('heading', { level: 1, name: '东明农贸市场' })).toBeVisible()
  await page.getByRole('textbox', { name: '名称' }).fill('东明市场')
  await button(page, '保存').click()
  await expect(page.getByRole('heading', { level: 1, name: '东明市场' })).toBeVisible()
  await expect(page.locator('.outlines .corner.place')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'inspection-point-zh')
  await button(page, '停用').click()
  await confirm(page, '停用')
  await expect(page.getByText('点位已停用，不再抽中。')).toBeVisible()
  await button(page, '撤销').click()
  await expect(page.getByText('已恢复点位')).toBeVisible()
  await page.goto(`${service.url}/inspection/points/map?pointClass=market`)
  await expect(page.getByText('地图上3个点位')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'inspection-map-zh')
  expect(complaints).toEqual([])
})

test('a clerk runs a round: begins it, draws once, sends an inspector, shows it, closes it; the draw proves itself', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/inspection/rounds/new')
  await page.getByRole('textbox', { name: '名称' }).fill('三月市容测评')
  await choose(page, '测评体系', '市容环境测评体系')
  await choose(page, '组织单位', '市文明办')
  const ends = page.getByLabel('结束时间')
  await ends.fill('2026-03-31 18:00')
  await ends.press('Enter')
  await page.getByRole('spinbutton', { name: '样本量' }).fill('6')
  await choose(page, '县区', '平山区')
  await page.keyboard.press('Escape')
  await choose(page, '点位类型', '公园')
  await page.keyboard.press('Escape')
  await expectGood(page)
  await pictured(page, 'inspection-new-round-zh')
  await button(page, '新建轮次').click()
  await expect(page.getByRole('heading', { level: 1, name: '三月市容测评' })).toBeVisible()
  // No park there: refused by name, and nothing was drawn.
  await button(page, '抽样').click()
  await dialog(page).getByRole('button', { name: '抽样' }).click()
  await expect(dialog(page).getByRole('alert')).toBeVisible()
  await pictured(page, 'inspection-draw-refused-zh')
  await back(page)
  for (const shown of ['公园', '平山区'])
    await page
      .locator('.ant-select-selection-item', { hasText: shown })
      .locator('.ant-select-selection-item-remove')
      .click()
  await button(page, '保存').click()
  await expect(button(page, '保存')).toBeDisabled()
  await expectGood(page)
  await pictured(page, 'inspection-round-created-zh')
  await button(page, '抽样').click()
  await expect(page.getByText('从现有点位中抽取6个')).toBeVisible()
  await confirm(page, '抽样')
  await expect(page.getByRole('table', { name: '分层' })).toContainText('溪湖区')
  await expectGood(page)
  await pictured(page, 'inspection-round-drawn-zh')

  await follow(page, '样本与走访')
  await expect(page.getByText('每次查看样本都会留痕')).toBeVisible()
  await button(page, '选中本页未走访的').click()
  await expect(page.getByText('已选6个')).toBeVisible()
  await button(page, '安排走访').click()
  await choose(page, '督查人员', '欧阳督导')
  await expect(dialog(page).getByRole('button', { name: '安排6个点位' })).toBeEnabled()
  await expectGood(page)
  await pictured(page, 'inspection-assign-visits-zh')
  await confirm(page, '安排6个点位')
  await expect(page.getByRole('cell', { name: /欧阳督导/ })).toHaveCount(6)
  await expectGood(page)
  await pictured(page, 'inspection-sample-zh')
  await follow(page, '返回轮次')
  await expect(page.getByRole('table', { name: '各督查人员进度' })).toContainText('欧阳督导')
  await expectGood(page)
  await pictured(page, 'inspection-round-assigned-zh')
  await button(page, '公开').click()
  await expect(page.getByText('还有6个点位没有走访完，公开后被查单位会知道去哪里。')).toBeVisible()
  await pictured(page, 'inspection-reveal-zh')
  await confirm(page, '公开')
  await button(page, '结束本轮').click()
  await expect(page.getByText('还有6个点位没有走访完，结束后不再计入得分。')).toBeVisible()
  await confirm(page, '结束本轮')
  await expect(page.getByText('本轮已结束')).toBeVisible()
  await follow(page, '抽样核验')
  await expect(page.getByText('✓ 一致')).toHaveCount(4)
  await expectGood(page)
  await pictured(page, 'inspection-proof-zh')
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, '下载核验数据').click()])
  expect(file.suggestedFilename()).toMatch(/^抽样核验-2026-\d\d\.json$/)
  expect(complaints).toEqual([])
})

test('with the keyboard alone a clerk opens the area, a round, and a dialog, and leaves it again', async ({
  page,
  service,
}) => {
  await enter(page, service, clerk, '/inspection')
  await expect(page.getByRole('link', { name: '二月市容测评' })).toBeVisible()
  await page.getByRole('link', { name: '二月市容测评' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: '二月市容测评' })).toBeFocused()
  await page.goto(`${service.url}/inspection/schemes/${draftId}`)
  await button(page, '添加标准').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: '编号' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
})

/** The pages there are, and what each shows to whom. */
const pages = {
  rounds: () => '/inspection',
  'new-round': () => '/inspection/rounds/new',
  round: () => `/inspection/rounds/${roundId}`,
  sample: () => `/inspection/rounds/${roundId}/sample`,
  proof: () => `/inspection/rounds/${roundId}/proof`,
  points: () => '/inspection/points',
  map: () => '/inspection/points/map',
  'new-point': () => '/inspection/points/new',
  point: () => `/inspection/points/${pointId}`,
  schemes: () => '/inspection/schemes',
  scheme: () => `/inspection/schemes/${schemeId}`,
  draft: () => `/inspection/schemes/${draftId}`,
  matrix: () => `/inspection/schemes/${draftId}/matrix`,
}

async function lookAtAll(page: Page, service: RunningService, name: string, without: string[] = []) {
  for (const [what, path] of Object.entries(pages)) {
    if (without.includes(what)) continue
    await page.goto(service.url + path())
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expect(page.locator('.skeleton')).toHaveCount(0)
    await test.step(`${name} ${what}`, async () => {
      await pictured(page, `inspection-${name}-${what}`)
      await expectWhole(page)
      await expectGood(page)
    })
  }
}

for (const { locale, width } of drawn([
  { locale: 'en-GB', width: 1440 },
  { locale: 'en-GB', width: 1280 },
  { locale: 'zh-CN', width: 1280 },
  // A window of 1440 with everything 180 % as large.
  { locale: 'zh-CN', width: 800 },
]))
  test(`every page is readable in ${locale} at ${width}`, async ({ browser, service }) => {
    const context = await browser.newContext({ locale, viewport: { width, height: 900 } })
    const page = await context.newPage()
    await enter(page, service, clerk, '/inspection')
    await lookAtAll(page, service, `${locale}-${width}`)
    await context.close()
  })

test('whoever owes a unit its answers looks and changes nothing', async ({ page, service }) => {
  await enter(page, service, liaison, '/inspection')
  await lookAtAll(page, service, 'liaison', ['new-round', 'new-point', 'draft', 'matrix'])
  for (const path of [pages.rounds(), pages.points(), pages.schemes(), pages.scheme(), pages.round()]) {
    await page.goto(service.url + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    for (const act of ['新建轮次', '登记点位', '新建测评体系', '添加标准', '发布', '抽样', '结束本轮'])
      await expect(button(page, act)).toHaveCount(0)
  }
  await page.goto(service.url + pages.round())
  await expect(page.getByText('您可以查看这一轮')).toBeVisible()
})
