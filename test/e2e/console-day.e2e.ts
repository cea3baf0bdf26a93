/** The day of an event: figures as they change, the number to call, and a screen in a hall. */
import { aClerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { anEvent, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ alone: 'day' })

test.use({ viewport: { width: 1440, height: 900 } })

let office: Office
let shifts: { id: string; zone: string; people: string[] }[]

const square = (west: number, south: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + 0.004, south],
      [west + 0.004, south + 0.003],
      [west, south + 0.003],
      [west, south],
    ],
  ],
})

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  const { client, teamId, eventId } = office
  shifts = []
  for (const [at, zone] of ['解放北路', '永丰社区', '滨河西路', '站前广场'].entries()) {
    const head = await client.post('/api/persons', {
      name: `李领队${at}`,
      contacts: [{ kind: 'phone', value: `1540001000${at}`, relation: 'own' }],
      memberships: [{ teamId }],
    })
    const place = await client.post('/api/zones', {
      name: zone,
      kind: 'street',
      boundary: square(123.76 + at * 0.006, 41.29 + (at % 2) * 0.004),
    })
    const shift = await client.post(`/api/events/${eventId}/shifts`, {
      zoneId: place.id,
      startsAt: '2026-03-04T11:40:00+08:00',
      endsAt: '2026-03-04T16:00:00+08:00',
      work: '清理小广告',
      min: 1,
      target: 6,
      max: 10,
      inChargePersonId: head.id,
    })
    const people: string[] = []
    for (let n = 0; n < 3 + at; n++) {
      const { id } = await client.post('/api/persons', {
        name: `张小${'一二三四'[at]}${'甲乙丙丁戊己庚'[n]}`,
        memberships: [{ teamId }],
      })
      people.push((await client.put(`/api/shifts/${shift.id}/assignments/${id}`, { teamId })).id)
    }
    shifts.push({ id: shift.id, zone, people })
  }
  await client.put(`/api/events/${eventId}/publication`, {})
})

const arrive = ({ id, people }: { id: string; people: string[] }, count: number) =>
  office.client.put(`/api/shifts/${id}/roll`, {
    operationId: `roll-${id}-${count}`,
    entries: people.slice(0, count).map((assignmentId) => ({ assignmentId, is: 'present' })),
  })

test('the clerk sees who is missing as it changes, and calls whoever is in charge', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  const clerk = await aClerk(office, 'city_office')
  await enter(page, service, clerk, `/events/${await anEvent(office, '植树')}/day`)
  await expect(page.getByText('活动发布后，这里显示到岗情况。')).toBeVisible()
  await expectGood(page)
  await page.goto(`${service.url}/events/${office.eventId}/day`)
  await expect(page.getByText('● 实时')).toBeVisible()
  const row = page.getByRole('row', { name: /站前广场/ })
  await expect(row).toHaveText(/站前广场\s*6\s*0\s*6\s*0%/)
  await arrive(shifts[3] as (typeof shifts)[0], 2)
  await expect(row).toHaveText(/站前广场\s*6\s*2\s*4\s*33%/)
  await expect(page.getByText('到岗2人', { exact: true })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'day')

  // Two clicks from the page to the number: here one.
  await page.locator('.acts').getByRole('button', { name: '联系现场负责人' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('link', { name: '15400010002' })).toBeVisible()
  await expect(dialog).toContainText('现场负责人 李领队2')
  await expectGood(page)
  await page.goBack()
  await expect(dialog).toHaveCount(0)
  await page.locator('.worst').first().getByRole('button').nth(1).click()
  await expect(dialog.getByRole('link', { name: /^154000100/ })).toBeVisible()
  await page.keyboard.press('Escape')
  expect(complaints).toEqual([])
})

test('two clicks from the first page to the number to call; a second page shows the same without another stream', async ({
  page,
  service,
  context,
}) => {
  const streams: string[] = []
  context.on('request', (request) => {
    if (request.url().endsWith('/stream')) streams.push(request.frame().page() === page ? 'first' : 'second')
  })
  await enter(page, service, await aClerk(office, 'city_office'), '/home')
  await page.getByRole('link', { name: '查看现场' }).click()
  await page.getByRole('main').getByRole('button', { name: '联系现场负责人' }).first().click()
  await expect(page.getByRole('dialog').getByRole('link', { name: /^154000100/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('● 实时')).toBeVisible()

  const second = await context.newPage()
  await second.goto(page.url().split('?')[0] as string)
  await expect(second.getByText('● 实时')).toBeVisible()
  await arrive(shifts[2] as (typeof shifts)[0], 1)
  for (const each of [page, second])
    await expect(each.getByRole('row', { name: /滨河西路/ })).toHaveText(/滨河西路\s*5\s*1\s*4/)
  expect([...new Set(streams)]).toEqual(['first'])
  // The one that reads is closed: the other goes on by itself.
  await page.close()
  await expect.poll(() => streams.includes('second')).toBe(true)
  await arrive(shifts[2] as (typeof shifts)[0], 2)
  await expect(second.getByRole('row', { name: /滨河西路/ })).toHaveText(/滨河西路\s*5\s*2\s*3/)
})

test('a viewer sees the figures and neither a name nor a number', async ({ page, service }) => {
  const viewer = await aClerk(office, 'viewer')
  await enter(page, service, viewer, `/events/${office.eventId}/day`)
  await expect(page.getByRole('row', { name: /站前广场/ })).toBeVisible()
  await expect(page.getByRole('button', { name: '联系现场负责人' })).toHaveCount(0)
  await expect(page.getByText('大屏位置')).toHaveCount(0)
  await expect(page.getByText(/李领队/)).toHaveCount(0)
  await expectGood(page)
})

test('a screen is made, shows the day without signing in, and goes dark when it is taken back', async ({
  page,
  browser,
  service,
}) => {
  const { eventId } = office
  const clerk = await aClerk(office, 'city_office')
  await enter(page, service, clerk, `/events/${eventId}/day`)
  await page.getByRole('textbox', { name: '大屏位置' }).fill('指挥大厅')
  await page.getByRole('button', { name: '新建大屏链接' }).click()
  const url = await page.getByRole('link', { name: /\/screen\// }).getAttribute('href')

  const wall = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1920, height: 1080 } })
  const screen = await wall.newPage()
  const complaints = complaintsOf(screen, service)
  const asked: string[] = []
  screen.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await screen.goto(url as string)
  await expect(screen.getByRole('heading', { level: 1 })).toHaveText('学雷锋志愿服务日')
  await expect(screen.getByText('● 实时')).toBeVisible()
  // A zone in which no other test lets anybody arrive.
  await arrive(shifts[1] as (typeof shifts)[0], 4)
  const came = async () =>
    (await screen.getByRole('listitem').filter({ hasText: '永丰社区' }).allInnerTexts())
      .map((text) => Number(/到岗(\d+)人/.exec(text)?.[1]))
      .reduce((sum, count) => sum + count, 0)
  // Whoever comes between two readings is told apart.
  await expect.poll(came).toBe(4)
  await expect(screen.locator('.latest')).toContainText('永丰社区')
  await expectGood(screen)
  await pictured(screen, 'screen-1920')
  expect(await screen.locator('body').innerText()).not.toMatch(/张小|李领队|1540001/)
  expect(
    asked.filter((path) => path.startsWith('/api/')).every((path) => path.startsWith('/api/screen/')),
  ).toBe(true)
  await screen.setViewportSize({ width: 3840, height: 2160 })
  await expectGood(screen)
  await pictured(screen, 'screen-3840')
  const english = await browser.newContext({ locale: 'en-GB', viewport: { width: 1920, height: 1080 } })
  const other = await english.newPage()
  await other.goto(url as string)
  await expect(other.getByText('Zones with most people missing')).toBeVisible()
  await expectGood(other)
  await english.close()

  await page.getByRole('button', { name: '收回' }).click()
  await expect(page.getByText('已收回，大屏将停止更新。')).toBeVisible()
  await expect(screen.getByText('大屏链接已失效，请向主办单位索取新的链接。')).toBeVisible()
  await screen.goto(`${service.url}/screen/0000000000000000`)
  await expect(screen.getByText('大屏链接无效或不完整，请核对地址。')).toBeVisible()
  expect(complaints).toEqual([])
  await wall.close()
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB' })

  test('the day page speaks English', async ({ page, service }) => {
    const clerk = await aClerk(office, 'city_office')
    await enter(page, service, clerk, `/events/${office.eventId}/day`)
    await expect(page.getByText('● Live')).toBeVisible()
    await expectGood(page)
    await page.locator('.acts').getByRole('button', { name: 'Call whoever is in charge' }).click()
    await expect(page.getByRole('dialog')).toContainText('in charge')
    await expectGood(page)
  })
})
