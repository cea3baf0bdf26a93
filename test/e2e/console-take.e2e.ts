/** Lists that are taken along: exactly what is filtered, all pages of it, and nobody who declined. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { inviteVolunteer, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'take' })

let office: Office
let clerk: Clerk
let bookId: string

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  await inviteVolunteer(service, office)
  await inviteVolunteer(service, office)
  const { client, eventId, unitId } = office
  const { items } = await client.get(
    `/api/events/${eventId}/participations?search=${encodeURIComponent('张小三')}`,
  )
  await client.put(`/api/participations/${items[0].id}/answer`, { answer: 'declined' })
  for (let n = 1; n <= 55; n++) await client.post('/api/teams', { name: `=清扫${n}队`, unitId })
  const owing = await client.post('/api/units', { name: '市城市管理局', kind: 'government' })
  bookId = (
    await client.post('/api/books', { kind: 'work_list', title: '春季清理清单', issuerUnitId: unitId })
  ).id
  for (const outline of ['1', '2'])
    await client.post(`/api/books/${bookId}/tasks`, {
      ...{ kind: 'item', outline, text: `清理第${outline}段`, unitId: owing.id },
      ...{ dueKind: 'dated', dueClass: 'workdays:15' },
    })
})

/** What is in the file that the page hands over, a line each. */
async function taken(page: Page, label: RegExp, save: RegExp): Promise<string[]> {
  await page.getByRole('button', { name: label }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: save }).click()
  const file = await coming
  expect(file.suggestedFilename()).toMatch(/\.csv$/)
  return readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n')
}

test('teams are taken along over all pages, as they are filtered', async ({ page, context, service }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, `/people/teams?search=${encodeURIComponent('清扫')}`)
  await expect(page.getByRole('rowheader')).toHaveCount(50)
  await expectGood(page)
  const lines = await taken(page, /导出列表/, /下载表格文件/)
  expect(lines).toHaveLength(56)
  expect(lines[0]).toBe('名称,类别,所属单位,队长,成员,上报总人数')
  expect(lines[1]).toMatch(/^'=清扫\d+队,.*,市住房和城乡建设局,,0,$/)
  await expect(page.getByText('已导出55条，与当前筛选条件一致。')).toBeVisible()
  await pictured(page, 'take-teams')
  await page.getByRole('button', { name: /导出列表/ }).press('Enter')
  await page.getByRole('menuitem', { name: /复制/ }).click()
  await expect
    .poll(async () => (await page.evaluate<string>('navigator.clipboard.readText()')).split('\n').length)
    .toBe(56)
  expect(complaints).toEqual([])
})

test('people, messages and tasks of a book are taken along; whoever declined is not', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  const { eventId } = office
  await enter(page, service, clerk, `/events/${eventId}/people`)
  await expect(page.getByRole('rowheader')).toHaveCount(2)
  const people = await taken(page, /导出列表/, /下载表格文件/)
  expect(people.map((line) => line.split(',')[0])).toEqual(['姓名', '张小二'])
  await expect(page.getByText('不能参加的人员不导出')).toBeVisible()
  await expectGood(page)
  await page.goto(`${service.url}/events/${eventId}/people?answer=declined`)
  await expect(page.getByRole('rowheader')).toHaveCount(1)
  await expect(page.getByRole('button', { name: /导出列表/ })).toHaveCount(0)
  await page.goto(`${service.url}/events/${eventId}/messages?kind=invitation`)
  await expect(page.getByRole('rowheader')).toHaveCount(2)
  expect(await taken(page, /导出列表/, /下载表格文件/)).toHaveLength(3)
  await page.goto(`${service.url}/city/books/${bookId}?state=draft`)
  await expect(page.getByRole('rowheader')).toHaveCount(2)
  const tasks = await taken(page, /导出列表/, /下载表格文件/)
  expect(tasks.slice(1).map((line) => line.split(',').slice(0, 3).join())).toEqual([
    '1,清理第1段,市城市管理局',
    '2,清理第2段,市城市管理局',
  ])
  await expectGood(page)
  await pictured(page, 'take-tasks')
  expect(complaints).toEqual([])
})

test('shifts, zones, the register and points are taken along, how full a shift is in figures', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  const { client, eventId, unitId } = office
  const { items } = await client.get(`/api/events/${eventId}/shifts`)
  const { zone } = items[0]
  await client.post('/api/responsibilities', {
    ...{ zoneId: zone.id, level: 'unit', unitId, validFrom: '2026-01-01', duties: '清扫' },
  })
  await client.post('/api/points', {
    code: 'D-1',
    name: '东门集贸市场',
    pointClass: 'market',
    zoneId: zone.id,
  })
  const said: string[][] = []
  await enter(page, service, clerk, `/events/${eventId}/shifts`)
  for (const path of [
    `/events/${eventId}/shifts`,
    '/grid/zones',
    '/grid/responsibilities',
    '/inspection/points',
  ]) {
    await page.goto(`${service.url}${path}`)
    await expect(page.getByRole('rowheader').first()).toBeVisible()
    await expectGood(page)
    said.push(await taken(page, /导出列表/, /下载表格文件/))
  }
  const [shifts, zones, register, points] = said
  expect(shifts![0]).toBe('区域,县区,时间,任务,现场负责人,已安排,最低人数,目标人数,上限人数,班次状态')
  expect(shifts!).toHaveLength(items.length + 1)
  expect(shifts![1]).toMatch(new RegExp(`^${zone.name},.*,\\d+,\\d+,\\d+,\\d+,`))
  expect(zones!.some((line) => line.startsWith(`${zone.name},`))).toBe(true)
  expect(register!.slice(1).map((line) => line.split(',').slice(0, 4).join())).toEqual([
    expect.stringMatching(new RegExp(`^${zone.name},.+,市住房和城乡建设局,$`)),
  ])
  expect(points!.slice(1).map((line) => line.split(',').slice(0, 2).join())).toEqual(['D-1,东门集贸市场'])
  await pictured(page, 'take-points')
  expect(complaints).toEqual([])
})
