/** The office walked in the last browser of Windows 7: every page opens, whole, and prints legibly in black and white. */
import { aClerk, type Clerk, complaintsOf, enter } from '../console.ts'
import { anEvent, type Office, openOffice } from '../day.ts'
import { paleOnPaper, sheetsOf } from '../paper.ts'
import { expect, test } from '../service.ts'

let office: Office
let clerk: Clerk
let eventId: string
let shiftId: string
let zoneId: string
let bookId: string
let taskId: string
let schemeId: string
let pointId: string

const square = {
  type: 'Polygon',
  coordinates: [
    [
      [123.76, 41.29],
      [123.77, 41.29],
      [123.77, 41.3],
      [123.76, 41.3],
      [123.76, 41.29],
    ],
  ],
}

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  const { client, teamId } = office
  eventId = await anEvent(office, '植树节志愿服务')
  const district = await client.post('/api/zones', { name: '平山区', kind: 'district', code: '210502' })
  const zone = { name: '解放北路', kind: 'street', parentId: district.id, boundary: square }
  zoneId = (await client.post('/api/zones', zone)).id
  const times = [{ startsAt: '2026-03-12T09:00:00+08:00', endsAt: '2026-03-12T11:30:00+08:00' }]
  const template = { work: '清理小广告', min: 2, target: 6, max: 12 }
  await client.post(`/api/events/${eventId}/shift-batches`, { zoneIds: [zoneId], times, template })
  shiftId = (await client.get(`/api/events/${eventId}/shifts?limit=1`)).items[0].id
  for (let n = 1; n <= 3; n++) {
    const { id } = await client.post('/api/persons', { name: `张志愿${n}`, memberships: [{ teamId }] })
    await client.put(`/api/shifts/${shiftId}/assignments/${id}`, { teamId })
  }
  await cityGround()
})

/** A book with a task, a published scheme and a point: what the pages of command and inspection show. */
async function cityGround(): Promise<void> {
  const { client, unitId } = office
  const book = { kind: 'work_list', title: '背街小巷整治清单', issuerUnitId: unitId }
  bookId = (await client.post('/api/books', book)).id
  const owing = await client.post('/api/units', { name: '平山区住建局', kind: 'government' })
  const task = { kind: 'item', outline: '1', text: '清理楼道', unitId: owing.id, dueKind: 'standing' }
  taskId = (await client.post(`/api/books/${bookId}/tasks`, task)).id
  const scheme = await client.post('/api/schemes', {
    ...{ name: '测评体系', issuerUnitId: unitId, indicators: [{ code: '1', name: '环境卫生' }] },
  })
  schemeId = scheme.id
  await client.post(`/api/schemes/${schemeId}/standards`, {
    ...{ code: 'LR-01', text: '楼道内无堆放杂物', pointClass: 'compound', indicator: '1' },
  })
  const point = { code: 'P1', name: '东明小区', zoneId, pointClass: 'compound' }
  pointId = (await client.post('/api/points', point)).id
}

test('every page of the office opens and is whole', async ({ page, service, browser }) => {
  expect(browser.version()).toMatch(/^109\./)
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/home')
  expect(await page.evaluate("document.createElement('canvas').getContext('webgl')")).toBeNull()
  const ofEvent = ['', '/shifts', '/shifts/new', '/quotas', '/quotas/ask', '/plan', '/board', '/people']
  const pages = [
    ...['/home', '/events', '/events/new', ...ofEvent.map((step) => `/events/${eventId}${step}`)],
    ...['messages', 'day', 'report'].map((step) => `/events/${eventId}/${step}`),
    ...['/people', '/people/units', '/people/teams', '/people/imports', '/people/imports/new'],
    ...['/people/duplicates', '/people/requests'],
    ...['/grid', '/grid/zones', `/grid/zones/${zoneId}`, `/grid/zones/${zoneId}/split`, '/grid/gaps'],
    ...['/people/late', '/people/access', '/people/persons/new', '/people/units/new', '/people/teams/new'],
    ...['/grid/zones/new', '/grid/import', '/grid/responsibilities'],
    ...['/city', '/city/desk', '/city/owed', '/city/bodies', '/city/blind-spots', '/city/campaigns'],
    ...['/city/explaining', '/city/compounds', `/city/tasks/${taskId}`],
    ...['', '/templates', '/chart'].map((page) => `/city/books/${bookId}${page}`),
    ...['/inspection', '/inspection/rounds/new', '/inspection/schemes', `/inspection/schemes/${schemeId}`],
    ...[`/inspection/schemes/${schemeId}/matrix`, '/inspection/points', '/inspection/points/map'],
    ...['/inspection/points/new', `/inspection/points/${pointId}`, '/inspection/cases', '/inspection/held'],
    ...['/inspection/rankings', '/inspection/rankings/new', '/inspection/rates', '/inspection/appeals'],
    ...['/inspection/rates/standards', '/admin/confirmations', '/admin/workdays', '/admin/health'],
    ...['/admin/users', '/admin/users/new', '/admin/users/invitations', '/admin/templates', '/account'],
  ]
  for (const path of pages) {
    await test.step(path, async () => {
      await page.goto(service.url + path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.locator('.skeleton')).toHaveCount(0)
      const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
      expect([path, await page.evaluate(wider)]).toEqual([path, 0])
    })
  }
  expect(complaints).toEqual([])
})

test('an event is made, its shifts are changed and a move is made on the board', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, `/events/${eventId}/shifts`)
  await page.getByRole('button', { name: '修改全部班次' }).click()
  await page.getByRole('spinbutton', { name: '目标人数' }).fill('8')
  await page.getByRole('dialog').getByRole('button', { name: '预览' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '批量修改班次' }).click()
  await expect(page.getByText('已修改1个班次')).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('已撤销，1个班次恢复原样')).toBeVisible()
  await page.goto(`${service.url}/events/${eventId}/board`)
  const grid = page.getByRole('grid')
  await expect(grid.getByRole('gridcell', { name: /3/ }).first()).toBeVisible()
  await grid.focus()
  await grid.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(complaints).toEqual([])
})

test('what is printed has its paper, its text, and is legible in black and white', async ({
  page,
  service,
}) => {
  await enter(page, service, clerk, `/print/roll/${shiftId}`)
  await expect(page.getByText('张志愿1')).toBeVisible()
  expect(await paleOnPaper(page)).toEqual([])
  const [roll, ...more] = await sheetsOf(page)
  expect([roll?.mm, more.length]).toEqual([[210, 297], 0])
  for (const text of ['解放北路', '张志愿1', '张志愿2', '张志愿3']) expect(roll?.text).toContain(text)

  await page.goto(`${service.url}/print/zone/${zoneId}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await paleOnPaper(page)).toEqual([])
  const [zone] = await sheetsOf(page)
  expect(zone?.mm).toEqual([210, 297])
  expect(zone?.text).toContain('解放北路')

  for (const [paper, mm] of [
    ['A3', [420, 297]],
    ['A1', [841, 594]],
  ] as const) {
    await page.goto(`${service.url}/print/map?paper=${paper}`)
    await expect(page.locator('svg path').first()).toBeVisible()
    expect(await paleOnPaper(page)).toEqual([])
    const [map] = await sheetsOf(page)
    expect(map?.mm).toEqual(mm)
    expect(map?.text).toContain('解放北路')
  }
  // The page of the day, too, when it is printed as it is.
  await page.goto(`${service.url}/events/${eventId}/shifts`)
  await expect(page.getByRole('table')).toBeVisible()
  expect(await paleOnPaper(page)).toEqual([])
})
