/** The console's area 督查, its second half: cases from what was found to what is signed off, held uploads, rankings and appeals. */
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import type { RunningService } from '../../scripts/day/server.ts'
import { type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { expect, test } from './service.ts'
import { drawn } from './support/drawn.ts'
import { anInspectedCity, type Inspected } from './support/inspected.ts'
import { expectWhole } from './support/whole.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'cases', actionTimeout: 20_000 })
test.describe.configure({ mode: 'serial' })

let city: Inspected
/** As they are made on the way. */
let rankingPath: string
let appealPath: string

test.beforeAll(async ({ service }) => {
  city = await anInspectedCity(service)
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

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

test('a case waits for a picture, is issued, reported with a picture, and signed off beside what was found', async ({
  page,
  browser,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, city.clerk, '/inspection/cases')
  const counts = page.getByRole('navigation', { name: '各状态问题数' })
  await expect(counts).toContainText('4全部')
  await expectGood(page)
  await pictured(page, 'cases-list-zh')
  await counts.getByRole('link', { name: '待交办' }).click()
  await expect(page.getByRole('row', { name: /滨河北路/ })).toContainText('没有责任单位，请指定')
  await expect(page.getByRole('table', { name: '整改问题' }).getByRole('row')).toHaveCount(3)
  await pictured(page, 'cases-waiting-zh')

  await page.goto(`${service.url}/inspection/cases/${city.waiting}`)
  await expect(page.getByText('还有1张照片未上传')).toBeVisible()
  await expect(page.getByText('3单元一楼堆放旧家具')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'case-waiting-zh')
  await button(page, '立即交办').click()
  await expect(dialog(page)).toContainText('交办后不能撤回')
  await dialog(page).getByRole('button', { name: '立即交办' }).click()
  await expect(page.getByRole('heading', { name: '○ 待签收' })).toBeVisible()
  await expect(page.getByText('! 缺照片')).toBeVisible()
  // Who is there now, and the number to call.
  const duty = page.getByRole('region', { name: '现在谁在岗' })
  await expect(duty).toContainText('清理卫生死角')
  await duty.getByRole('button', { name: '查看电话' }).click()
  await expect(dialog(page).getByRole('link', { name: '15400009999' })).toBeVisible()
  await pictured(page, 'case-duty-zh')
  await page.keyboard.press('Escape')

  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })
  const unit = await context.newPage()
  const said = complaintsOf(unit, service)
  await enter(unit, service, city.liaison, `/inspection/cases`)
  await expect(unit.getByRole('row', { name: /溪湖区/ })).toHaveCount(0)
  await unit.goto(`${service.url}/inspection/cases/${city.waiting}`)
  await button(unit, '签收').click()
  await dialog(unit).getByRole('button', { name: '签收' }).click()
  await expect(unit.getByRole('heading', { name: '◐ 办理中' })).toBeVisible()
  const buffer = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#5c7f4f' } })
    .jpeg()
    .toBuffer()
  await unit
    .getByLabel('上传整改后照片')
    .and(unit.locator('input'))
    .setInputFiles({ name: '整改后.jpg', mimeType: 'image/jpeg', buffer })
  await expect(unit.getByRole('link', { name: '整改后照片1，在新窗口查看原图' })).toBeVisible()
  await expectGood(unit)
  await pictured(unit, 'case-unit-zh')
  await button(unit, '报结').click()
  await dialog(unit).getByRole('button', { name: '报结' }).click()
  await expect(unit.getByRole('heading', { name: '◐ 待核查' })).toBeVisible()
  // What is the office's is not offered.
  for (const act of ['立即交办', '指定责任单位', '拟定整改班次', '销号'])
    await expect(button(unit, act)).toHaveCount(0)
  expect(said).toEqual([])
  await context.close()

  // With the keyboard alone: from the list to what was reported, compared, signed off.
  await page.goto(`${service.url}/inspection/cases?state=reported`)
  await page.getByRole('table', { name: '整改问题' }).getByRole('link').first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByRole('link', { name: '整改后照片1，在新窗口查看原图' })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'case-pair-zh')
  await button(page, '销号').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: '原因、说明' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  await button(page, '销号').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: '原因、说明' })).toBeFocused()
  await page.keyboard.type('现场已清理')
  await dialog(page).getByRole('button', { name: '销号' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '● 已销号' })).toBeVisible()
  await expect(page.getByRole('table', { name: '办理过程' })).toContainText('现场已清理')
  await expect(page.getByText('未复核。销号30至90天内，按比例抽取复核。')).toBeVisible()
  await pictured(page, 'case-closed-zh')
  expect(complaints).toEqual([])
})

test('several cases that wait are given to one unit together; from a case a shift is drafted', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, city.clerk, '/inspection/cases?waiting=true')
  await page.getByRole('checkbox', { name: /^选择/ }).first().check()
  await expect(page.getByText('已选1件')).toBeVisible()
  await button(page, '统一指定责任单位').click()
  await choose(page, '责任单位', '平山区房产局')
  await expectGood(page)
  await pictured(page, 'cases-name-unit-zh')
  await dialog(page).getByRole('button', { name: '指定责任单位' }).click()
  await expect(page.getByText('已办理1件')).toBeVisible()
  await expect(page.getByText('没有符合条件的整改问题。')).toBeVisible()
  await page.goto(`${service.url}/inspection/cases/${city.nobodys}`)
  await expect(page.getByRole('heading', { name: '○ 待签收' })).toBeVisible()
  await button(page, '拟定整改班次').click()
  await choose(page, '活动', '学雷锋志愿服务日')
  for (const [label, at] of [
    ['开始', '2026-03-04 16:30'],
    ['结束', '2026-03-04 17:30'],
  ] as const) {
    const field = dialog(page).getByRole('textbox', { name: label })
    await field.fill(at)
    await field.press('Enter')
  }
  await expectGood(page)
  await pictured(page, 'case-shift-zh')
  await dialog(page).getByRole('button', { name: '拟定整改班次' }).click()
  await expect(link(page, '查看班次')).toBeVisible()
  await expect(button(page, '拟定整改班次')).toHaveCount(0)
  await link(page, '查看班次').click()
  await expect(page.getByText(/绿地内无垃圾/).first()).toBeVisible()
  expect(complaints).toEqual([])
})

test('what a phone sent and was held is looked at entry by entry, and taken as a patrol', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, city.clerk, '/inspection/held')
  await expect(page.getByRole('row', { name: /欧阳督导/ })).toContainText('没有安排给这名督导员的这次走访。')
  await expectGood(page)
  await pictured(page, 'held-list-zh')
  await link(page, '欧阳督导').click()
  const entries = page.getByRole('table', { name: '逐条内容' })
  await expect(entries.getByRole('row', { name: /第1条/ })).toContainText('楼道堆放纸箱')
  await expect(entries.getByRole('row', { name: /第2条/ })).toContainText('体系中没有的标准')
  await expect(page.getByRole('link', { name: '现场照片1，在新窗口查看原图' })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'held-upload-zh')
  await button(page, '作为巡查收下').click()
  await choose(page, '测评体系', '市容环境测评体系')
  await choose(page, '区域', '平山区东明小区片')
  await choose(page, '点位', city.quiet)
  await page.getByRole('textbox', { name: '处理说明' }).fill('与督查人员核实，内容属实')
  await expectGood(page)
  await pictured(page, 'held-accept-zh')
  await dialog(page).getByRole('button', { name: '收下2条' }).click()
  await expect(page.getByText('这份上传已经处理，原件保留。')).toBeVisible()
  await expect(entries.getByRole('row', { name: /第1条/ })).toContainText('已收下')
  await pictured(page, 'held-accepted-zh')
  await page.goto(`${service.url}/inspection/cases?source=patrol`)
  await expect(page.getByRole('row').filter({ hasText: city.quiet })).toContainText('楼道内无堆放杂物')
  await page.goto(`${service.url}/inspection/held`)
  await expect(page.getByText('没有等待处理的上传。')).toBeVisible()
  expect(complaints).toEqual([])
})

test('a ranking is drafted, a unit appeals, the office grants, it is computed again and made final', async ({
  page,
  browser,
  service,
}) => {
  test.setTimeout(240_000)
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

test('what a part of the page waits for takes nothing else away', async ({ page, service }) => {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const words = page.waitForRequest(/city-zh-[^/]*\.js$/)
  await page.route(/city-zh-[^/]*\.js$/, async (route) => {
    await held
    await route.continue()
  })
  await enter(page, service, city.clerk, `/inspection/cases/${city.issued}`)
  await words
  await expect(page.locator('.skeleton')).toHaveCount(1)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  release()
  await expect(page.locator('.skeleton')).toHaveCount(0)
  await expect(page.getByText('绿地内无垃圾').first()).toBeVisible()
})

/** The pages there are, and what stands on each when it is there. */
const pages: Record<string, { path: () => string; office?: true; shows?: RegExp }> = {
  cases: { path: () => '/inspection/cases' },
  'cases-none': { path: () => '/inspection/cases?number=9999' },
  'case-closed': { path: () => `/inspection/cases/${city.waiting}` },
  'case-overdue': { path: () => `/inspection/cases/${city.issued}` },
  held: { path: () => '/inspection/held', office: true },
  'held-decided': { path: () => `/inspection/held/${city.heldId}`, office: true },
  rankings: { path: () => '/inspection/rankings' },
  'ranking-new': { path: () => '/inspection/rankings/new', office: true },
  ranking: { path: () => rankingPath },
  appeals: { path: () => '/inspection/appeals' },
  appeal: { path: () => appealPath },
  rates: { path: () => '/inspection/rates?by=unit' },
  'rates-source': { path: () => '/inspection/rates?by=source' },
  standards: { path: () => '/inspection/rates/standards' },
}

async function lookAtAll(page: Page, service: RunningService, name: string, who: 'office' | 'unit') {
  for (const [what, { path, office }] of Object.entries(pages)) {
    if (office && who === 'unit') continue
    await page.goto(service.url + path())
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expect(page.locator('.skeleton')).toHaveCount(0)
    await test.step(`${name} ${what}`, async () => {
      await pictured(page, `cases-${name}-${what}`)
      await expectWhole(page)
      await expectGood(page)
    })
  }
}

const ways: { locale: string; width: number; zoom?: number; who: 'office' | 'unit' }[] = [
  { locale: 'zh-CN', width: 1280, who: 'office' },
  { locale: 'en-GB', width: 1440, who: 'office' },
  { locale: 'en-GB', width: 1280, who: 'unit' },
  // 180 % text on 1440 is as wide as 800.
  { locale: 'zh-CN', width: 800, who: 'office' },
]
for (const { locale, width, who } of drawn(ways))
  test(`every page is readable for the ${who} in ${locale} at ${width}`, async ({ browser, service }) => {
    test.setTimeout(240_000)
    const context = await browser.newContext({ locale, viewport: { width, height: 900 } })
    const page = await context.newPage()
    const clerk: Clerk = who === 'office' ? city.clerk : city.liaison
    await enter(page, service, clerk, '/inspection/cases')
    const complaints = complaintsOf(page, service)
    await lookAtAll(page, service, `${who}-${locale}-${width}`, who)
    expect(complaints).toEqual([])
    await context.close()
  })

test('a unit has no way to what is the office’s', async ({ page, service }) => {
  await enter(page, service, city.liaison, '/inspection/rankings')
  await expect(link(page, '暂存上传')).toHaveCount(0)
  await expect(page.getByRole('button', { name: '编制排名' })).toHaveCount(0)
  await page.goto(service.url + appealPath)
  for (const act of ['申诉成立', '申诉不成立']) await expect(button(page, act)).toHaveCount(0)
  await page.goto(`${service.url}/inspection/held/${city.heldId}`)
  await expect(page.getByRole('alert')).toBeVisible()
})
