/** The console's area 督查: rankings and appeals, and their pages in both languages, at each width. */
import { complaintsOf, enter, expectGood, pictured } from './console.ts'
import { expect, test } from './service.ts'
import { button, choose, dialog, link } from './support/clicks.ts'
import { drawn } from './support/drawn.ts'
import { lookAtAll, type PageToSee } from './support/every-page.ts'
import { anInspectedCity, type Inspected } from './support/inspected.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'rankings', actionTimeout: 20_000 })
test.describe.configure({ mode: 'serial' })

let city: Inspected
/** As they are made on the way. */
let rankingPath: string
let appealPath: string

test.beforeAll(async ({ service }) => {
  city = await anInspectedCity(service)
})

test('a ranking is drafted, a unit appeals, the office grants, it is computed again and made final', async ({
  page,
  browser,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  const client = await city.at('2026-03-10T09:00:00+08:00')
  const { version } = await client.get(`/api/rounds/${city.roundId}`)
  await client.put(`/api/rounds/${city.roundId}/closure`, {}, `"v${version}"`)
  await enter(page, service, city.clerk, '/inspection/rankings')
  await expect(page.getByText('还没有排名。')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'rankings-empty-zh')
  await page.goto(`${service.url}/inspection/rankings/new`)
  await button(page, '开始编制').click()
  await expect(page.getByText('请选择组别')).toHaveCount(2)
  await choose(page, '组别', '城区')
  await page.getByRole('checkbox', { name: /三月市容测评/ }).check()
  await page.getByRole('spinbutton', { name: '最少点位数' }).fill('1')
  await page.getByRole('spinbutton', { name: '最少到期问题数' }).fill('1')
  await expectGood(page)
  await pictured(page, 'ranking-new-zh')
  await button(page, '开始编制').click()
  const lines = page.getByRole('table', { name: '排名表' })
  const own = lines.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '平山区' }) })
  await expect(own).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/公示中：3月13日.*前，各单位可以对观察结果提出申诉/)).toBeVisible()
  rankingPath = new URL(page.url()).pathname
  const total = async () => (await own.getByRole('cell').nth(1).textContent()) ?? ''
  const before = await total()
  await expectGood(page)
  await pictured(page, 'ranking-draft-zh')

  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })
  const unit = await context.newPage()
  const said = complaintsOf(unit, service)
  await enter(unit, service, city.liaison, rankingPath)
  await link(unit, '平山区').click()
  await expect(unit.getByRole('table', { name: '各类点位' })).toContainText('居民小区')
  await unit.getByRole('link', { name: '查看走访 居民小区' }).click()
  await expect(unit).toHaveURL(/pointClass=compound/)
  await expectGood(unit)
  await pictured(unit, 'ranking-line-zh')
  const failing = unit.getByRole('table', { name: '走访' }).getByRole('row').filter({ hasText: /2\/3/ })
  await failing.first().getByRole('link').click()
  const row = unit.getByRole('row', { name: /HJ-0[12]/ }).filter({ hasText: '不达标' })
  await expect(row).toBeVisible()
  await pictured(unit, 'ranked-visit-zh')
  await row.getByRole('button', { name: '提出申诉' }).click()
  await choose(unit, '应更正为', '不达标')
  await expect(unit.getByText('与现有结果相同')).toBeVisible()
  await choose(unit, '应更正为', '达标')
  await unit.getByRole('textbox', { name: '理由' }).fill('当天已清理，照片为邻院')
  await expectGood(unit)
  await pictured(unit, 'appeal-file-zh')
  await dialog(unit).getByRole('button', { name: '提出申诉' }).click()
  await expect(unit.getByText('已提出申诉')).toBeVisible()
  // Taken back, and made again.
  await unit.goto(`${service.url}/inspection/appeals`)
  await unit.getByRole('table', { name: '申诉' }).getByRole('link').first().click()
  await button(unit, '撤回申诉').click()
  await dialog(unit).getByRole('button', { name: '撤回申诉' }).click()
  await expect(unit.getByRole('heading', { name: '已撤回' })).toBeVisible()
  await pictured(unit, 'appeal-withdrawn-zh')
  await link(unit, '查看整次走访').click()
  await row.getByRole('button', { name: '提出申诉' }).click()
  await choose(unit, '应更正为', '达标')
  await unit.getByRole('textbox', { name: '理由' }).fill('当天已清理，附照片')
  await dialog(unit).getByRole('button', { name: '提出申诉' }).click()
  await expect(unit.getByText('已提出申诉')).toBeVisible()
  expect(said).toEqual([])
  await context.close()

  await page.goto(`${service.url}/inspection/appeals?open=true`)
  await expect(page.getByRole('table', { name: '申诉' })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'appeals-zh')
  await page.getByRole('table', { name: '申诉' }).getByRole('link').first().click()
  await expect(page).toHaveURL(/\/inspection\/appeals\/[^/]+$/)
  appealPath = new URL(page.url()).pathname
  await expect(page.getByText('当天已清理，附照片')).toBeVisible()
  await button(page, '申诉成立').click()
  await page.getByRole('textbox', { name: '理由' }).fill('经核实，照片位置有误')
  await expectGood(page)
  await pictured(page, 'appeal-grant-zh')
  await dialog(page).getByRole('button', { name: '申诉成立' }).click()
  await expect(page.getByRole('heading', { name: '申诉成立' })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'appeal-granted-zh')
  await page.goto(service.url + rankingPath)
  await expect(page.getByText('待办0件，成立1件，不成立0件，撤回1件')).toBeVisible()
  const again = async () => {
    await page.reload()
    await expect(own).toBeVisible()
    return total()
  }
  await expect.poll(again, { timeout: 60_000 }).not.toBe(before)
  await expect(button(page, '定稿')).toHaveCount(0)

  await city.at('2026-03-17T09:00:00+08:00')
  await enter(page, service, city.clerk, rankingPath)
  await expect(page.getByText('申诉期已满。')).toBeVisible()
  await button(page, '定稿').click()
  await dialog(page).getByRole('button', { name: '定稿' }).click()
  await expect(page.getByText(/已于3月17日.*定稿，不再变动。/)).toBeVisible()
  await expect(button(page, '定稿')).toHaveCount(0)
  await pictured(page, 'ranking-final-zh')
  expect(complaints).toEqual([])
})

/** The pages there are, those of a unit first. */
const ofUnits = {
  rankings: { path: () => '/inspection/rankings', title: { zh: '排名', en: 'Rankings' }, shows: '2026' },
  ranking: { path: () => rankingPath, title: /2026|三月|3月|March/, shows: '平山区' },
  appeals: { path: () => '/inspection/appeals', title: { zh: '申诉', en: 'Appeals' }, shows: '平山区房产局' },
  appeal: { path: () => appealPath, title: /^平山区房产局 · HJ-0/, shows: '当天已清理，附照片' },
  rates: {
    path: () => '/inspection/rates?by=unit',
    title: { zh: '各项率', en: 'Rates' },
    shows: '平山区房产局',
  },
  'rates-source': { path: () => '/inspection/rates?by=source', title: { zh: '各项率', en: 'Rates' } },
  standards: {
    path: () => '/inspection/rates/standards',
    title: { zh: '标准×县区', en: 'Standards by district' },
    shows: 'HJ-01',
  },
} satisfies Record<string, PageToSee>

const pages = {
  ...ofUnits,
  'ranking-new': { path: () => '/inspection/rankings/new', title: { zh: '编制排名', en: 'Make a ranking' } },
} satisfies Record<string, PageToSee>

for (const { who, locale, width } of drawn([
  { who: 'clerk', locale: 'zh-CN', width: 1280 },
  { who: 'clerk', locale: 'en-GB', width: 1440 },
  { who: 'liaison', locale: 'en-GB', width: 1280 },
  // 180 % text on 1440 is as wide as 800.
  { who: 'clerk', locale: 'zh-CN', width: 800 },
] as const))
  test.describe(`the ${who}, in ${locale} at ${width}`, () => {
    test.use({ locale, viewport: { width, height: 900 } })

    test('reads every page', async ({ page, service }) => {
      const complaints = complaintsOf(page, service)
      await enter(page, service, city[who], '/inspection/rankings')
      await lookAtAll(page, service, `rankings-${who}-${locale}-${width}`, who === 'clerk' ? pages : ofUnits)
      expect(complaints).toEqual([])
    })
  })

test('a unit has no way to what is the office’s', async ({ page, service }) => {
  await enter(page, service, city.liaison, '/inspection/rankings')
  await expect(link(page, '暂存上传')).toHaveCount(0)
  await expect(page.getByRole('button', { name: '编制排名' })).toHaveCount(0)
  await page.goto(service.url + appealPath)
  await expect(page.getByText('当天已清理，附照片')).toBeVisible()
  for (const act of ['申诉成立', '申诉不成立']) await expect(button(page, act)).toHaveCount(0)
})
