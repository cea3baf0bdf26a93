/** The console's pages of zones: the map, the same as a table, and who answers for what. */
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'accounts' })

let office: Office
let clerk: Clerk

/** A square around a place, in degrees. */
const square = (longitude: number, latitude: number, half: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [longitude - half, latitude - half],
      [longitude + half, latitude - half],
      [longitude + half, latitude + half],
      [longitude - half, latitude + half],
      [longitude - half, latitude - half],
    ],
  ],
})

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  const { client, unitId } = office
  const zone = (body: object) => client.post('/api/zones', body)
  const district = await zone({
    name: '平山区',
    kind: 'district',
    code: '210502',
    boundary: square(123.76, 41.29, 0.05),
  })
  const community = await zone({
    name: '站前社区',
    kind: 'community',
    parentId: district.id,
    boundary: square(123.75, 41.28, 0.012),
  })
  await zone({
    name: '解放北路',
    kind: 'street',
    parentId: community.id,
    boundary: square(123.755, 41.285, 0.003),
  })
  await zone({ name: '望溪公园', kind: 'park', parentId: district.id })
  await client.post('/api/responsibilities', {
    zoneId: community.id,
    level: 'unit',
    unitId,
    duties: '每周清洁一次',
    validFrom: '2026-01-01',
  })
})

test('zones are on the map, in the table, and each tells who answers for it', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/grid')
  await expect(page.getByText('地图上有3个区域')).toBeVisible()
  await expect(page.getByText('平山区', { exact: true })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'grid-map-zh')
  await page.getByRole('navigation', { name: '网格' }).getByRole('link', { name: '区域' }).click()
  await expect(page.getByRole('row', { name: /望溪公园/ })).toContainText('没有位置')
  await expectGood(page)
  await pictured(page, 'grid-zones-zh')
  await page.getByRole('searchbox').fill('解放')
  await expect(page).toHaveURL(/search=/)
  await page.getByRole('link', { name: '解放北路' }).click()
  await expect(page.getByRole('region', { name: '现在由谁负责' })).toContainText('市住房和城乡建设局')
  await expect(page.getByText('沿用上级区域 站前社区')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'grid-zone-zh')
  await page.getByRole('navigation', { name: '网格' }).getByRole('link', { name: '责任空缺' }).click()
  await expect(page.getByRole('rowheader')).toHaveText(['解放北路', '平山区', '望溪公园'])
  await page.getByRole('checkbox', { name: '上级区域有人负责的也算有人负责' }).click()
  await expect(page.getByRole('rowheader')).toHaveText(['平山区', '望溪公园'])
  await expectGood(page)
  expect(complaints).toEqual([])
})

test('a zone is drawn by hand and by its corners, and who answers for it is entered and ended', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/grid/zones')
  await page.getByRole('link', { name: '新建区域' }).click()
  await page.getByRole('textbox', { name: '名称' }).fill('滨河东路')
  await page.getByRole('combobox', { name: '类别' }).fill('背街')
  await page.locator('.ant-select-item-option', { hasText: '背街' }).click()
  const corners = page.getByRole('textbox', { name: '边界各点坐标' })
  const canvas = page.locator('.outlines.drawn .canvas')
  await canvas.scrollIntoViewIfNeeded()
  for (const position of [
    { x: 200, y: 200 },
    { x: 300, y: 200 },
    { x: 300, y: 300 },
  ])
    await canvas.click({ position })
  await expect(corners).toHaveValue(/^[\d.]+, [\d.]+\n[\d.]+, [\d.]+\n[\d.]+, [\d.]+$/)
  await expectGood(page)
  await pictured(page, 'grid-draw-zh')
  await corners.fill('41.27, 123.77\n41.27, 不详\n41.275, 123.78')
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.getByText('第2行不是坐标，请核对。')).toBeVisible()
  await corners.fill('41.27, 123.77\n41.27, 123.78\n41.275, 123.78')
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('滨河东路')

  const who = page.getByRole('region', { name: '现在由谁负责' })
  await who.getByRole('button', { name: '登记责任' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '单位', exact: true }).fill('市住房')
  await page.locator('.ant-select-item-option', { hasText: '市住房和城乡建设局' }).click()
  await dialog.getByRole('textbox', { name: '职责' }).fill('每周清扫两次')
  await expectGood(page)
  await pictured(page, 'grid-duty-zh')
  await dialog.getByRole('button', { name: '登记责任' }).click()
  await expect(who).toContainText('市住房和城乡建设局 每周清扫两次')
  await page.getByRole('textbox', { name: '编码' }).fill('BHDL-01')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'grid-edit-zh')
  await who.getByRole('button', { name: '结束“市住房和城乡建设局”的责任' }).click()
  await dialog.getByRole('button', { name: '结束责任' }).click()
  await expect(page.getByText('责任已结束')).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(who).toContainText('每周清扫两次')
  await page.getByText('变更记录').click()
  await expect(page.getByText('您 修改区域')).toBeVisible()

  await page.getByRole('link', { name: '打印' }).click()
  await expect(page.getByRole('img', { name: '位置图' })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'print-zone-zh')
  await page.goto(`${service.url}/print/map`)
  await expect(page.getByRole('img', { name: '网格挂图' })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'print-map-zh')
  expect(complaints).toEqual([])
})

test('a zone is split into two: what hangs on it is seen and answered first', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  const { client, unitId } = office
  const district = (await client.get('/api/zones?kind=district&limit=1')).items[0]
  const wide = await client.post('/api/zones', { name: '北地网格', kind: 'grid_cell', parentId: district.id })
  const below = await client.post('/api/zones', { name: '北地一院', kind: 'compound', parentId: wide.id })
  await client.post('/api/responsibilities', {
    ...{ zoneId: wide.id, level: 'unit', unitId, validFrom: '2026-01-01' },
  })
  await enter(page, service, clerk, `/grid/zones/${wide.id}`)
  await page.getByRole('link', { name: '拆分区域' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('拆分区域')
  await page.getByRole('textbox', { name: '名称' }).first().fill('北地东片')
  await expect(page.getByRole('button', { name: '查看须转入的事项' })).toBeDisabled()
  await page.getByRole('textbox', { name: '名称' }).last().fill('北地西片')
  await page.getByRole('button', { name: '查看须转入的事项' }).click()
  await expect(page.getByText('还有1项未选择归入哪个区域。')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'grid-split-zh')
  await page.getByRole('combobox', { name: '北地一院归入' }).click()
  await page.getByTitle('北地西片').last().click()
  await expect(page.getByText('全部已确定。')).toBeVisible()
  await page.getByRole('button', { name: '拆分区域' }).click()
  await expect(page.getByText('已拆分为2个区域。不能撤销。')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('北地东片')
  await expect(page.getByRole('region', { name: '现在由谁负责' })).toContainText('市住房和城乡建设局')
  expect((await client.get(`/api/zones/${below.id}`)).parent.name).toBe('北地西片')
  expect((await client.get(`/api/zones/${wide.id}`)).closedAt).not.toBeNull()
  expect(complaints).toEqual([])
})

test('a book is written, issued and read as a chart; a task is moved on and its history read', async ({
  page,
  service,
}) => {
  const { client, unitId } = office
  const owing = await client.post('/api/units', { name: '平山区房产局', kind: 'government' })
  const book = await client.post('/api/books', {
    kind: 'task_book',
    title: '创城任务书',
    issuerUnitId: unitId,
  })
  const due = { dueKind: 'dated', dueClass: 'workdays:3' }
  for (const [outline, text] of [
    ['一、', '老旧小区环境整治'],
    ['（一）', '清理楼道堆物'],
    ['1.', '清除小广告'],
  ])
    await client.post(`/api/books/${book.id}/tasks`, {
      ...{ kind: 'item', outline, text, unitId: owing.id, ...due },
    })
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/city')
  await expect(page.getByRole('row', { name: /创城任务书/ })).toContainText('草稿')
  await expectGood(page)
  await pictured(page, 'city-books-zh')
  await page.getByRole('link', { name: '创城任务书' }).click()
  await page.getByRole('button', { name: '下发清单' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '下发清单' }).click()
  await expect(page.getByText('清单已下发')).toBeVisible()
  await expect(page.getByRole('row', { name: /清理楼道堆物/ })).toContainText('○ 待签收')
  await expectGood(page)
  await pictured(page, 'city-book-zh')
  await page.getByRole('link', { name: '清理楼道堆物' }).click()
  await page.getByRole('button', { name: '报结' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('已清理，附照片')
  await pictured(page, 'city-report-zh')
  await page.getByRole('dialog').getByRole('button', { name: '报结' }).click()
  await expect(page.getByRole('table', { name: '办理过程' })).toContainText('已清理，附照片')
  await expectGood(page)
  await pictured(page, 'city-task-zh')
  await page.goto(`${service.url}/city/desk`)
  await expect(page.getByRole('row', { name: /清理楼道堆物/ })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'city-desk-zh')
  await page.goto(`${service.url}/city/books/${book.id}/chart`)
  await expect(page.getByRole('row', { name: /清除小广告/ })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'city-chart-zh')
  await page.goto(`${service.url}/city/blind-spots`)
  await expect(page.getByRole('heading', { name: '未逐条讲解' })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'city-spots-zh')
  expect(complaints).toEqual([])
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB' })
  test('the register is read and narrowed by keyboard', async ({ page, service }) => {
    await enter(page, service, clerk, '/grid/responsibilities')
    await expect(page.getByRole('row', { name: /站前社区/ })).toContainText('since 2026-01-01')
    await expectGood(page)
    await pictured(page, 'grid-register-en')
    await page.getByRole('combobox', { name: 'Level' }).press('Enter')
    await page.getByTitle('Counsellor').click()
    await expect(page.getByText('Nothing fits.')).toBeVisible()
    await page.getByRole('search').getByRole('button', { name: 'Clear filters' }).press('Enter')
    await page.getByRole('link', { name: '站前社区' }).press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('站前社区')
    await expectGood(page)
    await pictured(page, 'grid-zone-en')
  })

  test('zones are imported after a look at what would change', async ({ page, service }) => {
    await enter(page, service, clerk, '/grid/import?of=zones')
    const table =
      'code,name,parent_code,kind,longitude,latitude\nZ-901,东明路,210502,street,123.77,41.3\nZ-902,,210502,street,1,2\n'
    await page
      .getByLabel('Choose files')
      .setInputFiles({ name: 'zones.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
    await expect(page.getByText('1 new, 0 changed, 0 as before, 1 with faults')).toBeVisible()
    await expectGood(page)
    await pictured(page, 'grid-import-en')
    await page.getByRole('button', { name: 'Import 1' }).press('Enter')
    await expect(page.getByText('1 imported')).toBeVisible()
    await page.keyboard.press('Control+K')
    const find = page.getByRole('combobox', { name: 'Go to' })
    await find.fill('东明')
    await expect(page.getByRole('option', { name: /东明路/ })).toBeVisible()
    await expectGood(page)
    await pictured(page, 'palette-en')
    await find.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('东明路')
    await page.keyboard.press('Control+K')
    await find.fill('My street')
    await page.getByRole('option', { name: /Save this page/ }).click()
    await expect(page.getByText('“My street” is saved')).toBeVisible()
    await page.keyboard.press('Control+K')
    await expect(page.getByRole('option', { name: /My street/ })).toBeVisible()
  })
})
