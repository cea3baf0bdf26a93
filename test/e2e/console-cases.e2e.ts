/** The console's area 督查: cases from what was found to what is signed off, and uploads that were held. */
import sharp from 'sharp'
import { complaintsOf, enter, expectGood, pictured } from './console.ts'
import { expect, test } from './service.ts'
import { button, choose, dialog, link } from './support/clicks.ts'
import { drawn } from './support/drawn.ts'
import { lookAtAll, type PageToSee } from './support/every-page.ts'
import { anInspectedCity, type Inspected } from './support/inspected.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'cases', actionTimeout: 20_000 })
test.describe.configure({ mode: 'serial' })

let city: Inspected

test.beforeAll(async ({ service }) => {
  city = await anInspectedCity(service)
})

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
  await page.getByRole('textbox', { name: '处理说明' }).fill('与督导员核实，内容属实')
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

test('a unit has no way to uploads that were held', async ({ page, service }) => {
  await enter(page, service, city.liaison, '/inspection/cases')
  await expect(link(page, '暂存上传')).toHaveCount(0)
  await page.goto(`${service.url}/inspection/held/${city.heldId}`)
  await expect(page.getByRole('alert')).toBeVisible()
})

/** The pages there are, those of a unit first. */
const ofUnits = {
  cases: { path: () => '/inspection/cases', title: { zh: '整改问题', en: 'Cases' }, shows: '东明' },
  'cases-none': {
    path: () => '/inspection/cases?number=9999',
    title: { zh: '整改问题', en: 'Cases' },
    shows: /没有符合条件的整改问题|No case/,
  },
  'case-closed': {
    path: () => `/inspection/cases/${city.waiting}`,
    title: /\d/,
    shows: '3单元一楼堆放旧家具',
  },
  'case-overdue': { path: () => `/inspection/cases/${city.issued}`, title: /\d/, shows: '绿地内无垃圾' },
} satisfies Record<string, PageToSee>

const pages = {
  ...ofUnits,
  held: { path: () => '/inspection/held', title: { zh: '暂存上传', en: 'Held uploads' } },
  'held-decided': { path: () => `/inspection/held/${city.heldId}`, title: /欧阳督导/, shows: '楼道堆放纸箱' },
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
      await city.at('2026-03-10T09:00:00+08:00')
      await enter(page, service, city[who], '/inspection/cases')
      await lookAtAll(page, service, `cases-${who}-${locale}-${width}`, who === 'clerk' ? pages : ofUnits)
      expect(complaints).toEqual([])
    })
  })
