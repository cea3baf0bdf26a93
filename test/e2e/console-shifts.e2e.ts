/** The pages of an event's shifts: many made at once and taken back, one edited by two, one cancelled. */
import { aClerk, type Clerk, complaintsOf, enter, expectGood } from './console.ts'
import { anEvent, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 } })

let office: Office
let clerk: Clerk
let districtName: string
const zoneIds = new Map<string, string>()

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  const { client } = office
  clerk = await aClerk(office, 'city_office')
  const district = await client.post('/api/zones', { name: '溪湖区', kind: 'district', code: '210503' })
  districtName = district.name
  for (const name of ['河东社区', '河西社区', '彩屯社区'])
    zoneIds.set(
      name,
      (await client.post('/api/zones', { name, kind: 'community', parentId: district.id })).id,
    )
  await client.post('/api/zones', { name: '溪湖大街', kind: 'street', parentId: district.id })
})

test('shifts are made from zones and times, seen before, and taken back', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  const eventId = await anEvent(office, '河岸清洁日')
  await enter(page, service, clerk, `/events/${eventId}/shifts`)
  await expect(page.getByRole('navigation', { name: '活动步骤' }).getByRole('link')).toContainText([
    '活动概况',
    '岗位班次',
  ])
  await expect(page.getByText('还没有班次。')).toBeVisible()
  await expectGood(page)
  await page.getByRole('link', { name: '批量新建班次' }).first().click()
  await page.getByRole('button', { name: '预览' }).click()
  await expect(page.getByText('请选择区域。')).toBeVisible()
  await expectGood(page)

  await page.getByRole('combobox', { name: '类别' }).click()
  await page.getByRole('combobox', { name: '类别' }).fill('社区')
  await page.getByTitle('社区', { exact: true }).click()
  await page.getByRole('combobox', { name: '县区' }).click()
  await page.getByTitle(districtName).click()
  await expect(page.getByRole('checkbox', { name: /大街/ })).toBeHidden()
  await page.getByRole('button', { name: '选中符合条件的全部3个区域' }).click()
  await expect(page.getByText('已选3个区域')).toBeVisible()
  await page.getByRole('textbox', { name: '任务' }).fill('捡拾白色垃圾')
  for (const [name, count] of [
    ['最低人数', '2'],
    ['目标人数', '6'],
    ['上限人数', '4'],
  ] as const)
    await page.getByRole('spinbutton', { name }).fill(count)
  await page.getByRole('button', { name: '预览' }).click()
  await expect(page.getByText('人数应满足最低≤目标≤上限，上限至少1人。')).toBeVisible()
  await page.getByRole('spinbutton', { name: '上限人数' }).fill('8')
  await page.getByRole('button', { name: '预览' }).click()
  await expect(page.getByRole('dialog')).toContainText('将在3个区域新建3个班次，目标共18人。')
  await expectGood(page)
  // Back closes the preview and keeps everything typed.
  await page.goBack()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('button', { name: '预览' }).click()
  await page.getByRole('button', { name: '新建班次', exact: true }).click()
  await expect(page).toHaveURL(`${service.url}/events/${eventId}/shifts`)
  await expect(page.getByRole('rowheader')).toHaveCount(3)
  await expect(page.getByText('共3个班次，目标18人，已安排0人')).toBeVisible()
  await expectGood(page)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('已撤销，删除了这3个班次')).toBeVisible()
  await expect(page.getByText('还没有班次。')).toBeVisible()
  expect(complaints).toEqual([])
})

test('what is there already is not made twice', async ({ page, service }) => {
  const { client } = office
  const eventId = await anEvent(office, '河岸清洁日二')
  const times = [{ startsAt: '2026-03-12T09:00:00+08:00', endsAt: '2026-03-12T11:30:00+08:00' }]
  const template = { work: '清扫', min: 1, target: 2, max: 3 }
  const spec = { zoneIds: [zoneIds.get('河东社区')], times, template }
  await client.post(`/api/events/${eventId}/shift-batches`, spec)
  await enter(page, service, clerk, `/events/${eventId}/shifts/new`)
  await page.getByRole('checkbox', { name: /河东社区/ }).check()
  await page.getByRole('checkbox', { name: /河西社区/ }).check()
  await page.getByRole('textbox', { name: '任务' }).fill('清扫')
  for (const name of ['最低人数', '目标人数', '上限人数'])
    await page.getByRole('spinbutton', { name }).fill('2')
  await page.getByRole('button', { name: '预览' }).click()
  await expect(page.getByRole('dialog')).toContainText('其中1个不能新建：')
  await expect(page.getByRole('button', { name: '新建班次', exact: true })).toBeDisabled()
  await page.getByRole('checkbox', { name: '跳过这些' }).check()
  await page.getByRole('button', { name: '新建班次', exact: true }).click()
  await expect(page.getByRole('rowheader')).toHaveText(['河东社区', '河西社区'])

  // Many are cancelled as one act: seen, done, taken back.
  await page.getByRole('checkbox', { name: /选择河东社区/ }).check()
  await page.getByRole('checkbox', { name: /选择河西社区/ }).check()
  await page.getByRole('button', { name: '取消所选班次' }).click()
  const dialog = page.getByRole('dialog')
  await page.getByRole('textbox', { name: '取消原因' }).fill('因雨取消')
  await dialog.getByRole('button', { name: '预览' }).click()
  await expect(dialog).toContainText('将取消2个区域的2个班次。')
  await expectGood(page)
  await dialog.getByRole('button', { name: '批量取消班次' }).click()
  await expect(page.getByText('还没有班次。')).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('rowheader')).toHaveCount(2)

  // And changed as one: what cannot be is named, the rest is seen, done, taken back.
  await page.getByRole('button', { name: '修改全部班次' }).click()
  await page.getByRole('radio', { name: '顺延或提前' }).check()
  await page.getByRole('spinbutton', { name: '天' }).fill('30')
  await dialog.getByRole('button', { name: '预览' }).click()
  await expect(dialog).toContainText('时间超出活动时间（2个）')
  await expectGood(page)
  await page.getByRole('radio', { name: '改为固定时刻' }).check()
  await page.getByRole('textbox', { name: '开始时间' }).fill('10：00')
  await page.getByRole('spinbutton', { name: '上限人数' }).fill('9')
  await dialog.getByRole('button', { name: '预览' }).click()
  await expect(dialog).toContainText('3月12日09:00–11:30 → 3月12日10:00–11:30')
  await expectGood(page)
  await dialog.getByRole('button', { name: '批量修改班次' }).click()
  await expect(page.getByText('已修改2个班次')).toBeVisible()
  await expect(page.getByRole('row', { name: /河东社区/ })).toContainText('10:00–11:30')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('已撤销，2个班次恢复原样')).toBeVisible()
  await expect(page.getByRole('row', { name: /河东社区/ })).toContainText('09:00–11:30')
})

test.describe('in English, by keyboard', () => {
  test.use({ locale: 'en-GB' })
  test('one shift edited by two loses nothing, and is cancelled with a reason', async ({ page, service }) => {
    const { client } = office
    const eventId = await anEvent(office, '敬老服务日')
    const shift = await client.post(`/api/events/${eventId}/shifts`, {
      zoneId: zoneIds.get('彩屯社区'),
      startsAt: '2026-03-12T09:00:00+08:00',
      endsAt: '2026-03-12T11:00:00+08:00',
      work: '打扫卫生',
      min: 1,
      target: 2,
      max: 4,
    })
    await enter(page, service, clerk, `/events/${eventId}/shifts/${shift.id}`)
    await page.getByRole('spinbutton', { name: 'Target' }).fill('3')
    await page.getByRole('textbox', { name: 'Meeting point' }).fill('社区门口')
    const url = `/api/shifts/${shift.id}`
    await client.must('PATCH', url, {
      body: { target: 4, tools: '手套' },
      headers: { 'if-match': '"v1"' },
    })
    await page.getByRole('button', { name: 'Save' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('row')).toHaveCount(2)
    await expectGood(page)
    await dialog.getByRole('button', { name: 'Save what is chosen' }).press('Enter')
    await expect(page.getByText(/^Saved/)).toBeVisible()
    const now = await client.get(url)
    expect([now.target, now.tools, now.meetingPoint]).toEqual([3, '手套', '社区门口'])
    await expectGood(page)

    await page.getByRole('button', { name: 'Cancel the shift' }).press('Enter')
    await expect(page.getByRole('textbox', { name: 'Reason' })).toBeFocused()
    await page.keyboard.type('施工封路')
    await expectGood(page)
    await dialog.getByRole('button', { name: 'Cancel the shift' }).press('Enter')
    await expect(page.getByText('The shift is cancelled. This cannot be taken back.')).toBeVisible()
    await expect(page.getByText('The shift is cancelled or the event over')).toBeVisible()
    await page.getByRole('link', { name: 'Shifts', exact: true }).click()
    await expect(page.getByText('There is no shift yet.')).toBeVisible()
  })
})

test('an event is copied to another day, with its shifts', async ({ page, service }) => {
  const { client } = office
  const eventId = await anEvent(office, '护绿日')
  await client.post(`/api/events/${eventId}/shifts`, {
    zoneId: zoneIds.get('河西社区'),
    startsAt: '2026-03-12T09:30:00+08:00',
    endsAt: '2026-03-12T11:00:00+08:00',
    work: '浇水',
    min: 1,
    target: 2,
    max: 3,
  })
  await enter(page, service, clerk, `/events/${eventId}`)
  await page.getByRole('button', { name: '更多操作' }).click()
  await page.getByRole('menuitem', { name: '复制为新活动' }).click()
  await page.getByRole('textbox', { name: '新活动名称' }).fill('护绿日第二场')
  await page.getByRole('textbox', { name: '新活动开始时间' }).fill('2026-04-12 09:00')
  await page.keyboard.press('Enter')
  await expectGood(page)
  await page.getByRole('dialog').getByRole('button', { name: '复制为新活动' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('护绿日第二场')
  await expect(page.getByText('已复制为草稿，共1个班次。')).toBeVisible()
  await page.getByRole('link', { name: '岗位班次' }).click()
  await expect(page.getByRole('row', { name: /河西社区/ })).toContainText('4月12日09:30–11:00')
})
