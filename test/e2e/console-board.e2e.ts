/** The board of an event: teams moved by keyboard, by mouse, and by two clerks at once. */
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { anEvent, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', actionTimeout: 30_000, alone: 'board' })

let office: Office
let clerk: Clerk
let zones: string[]
const names = ['河沿社区', '北地社区', '本溪满族自治县小市镇滨河北路及两侧背街']

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  const { client } = office
  const district = await client.post('/api/zones', { name: '明山区', kind: 'district', code: '210504' })
  zones = []
  for (const name of names)
    zones.push((await client.post('/api/zones', { name, kind: 'community', parentId: district.id })).id)
})

const times = [
  { startsAt: '2026-03-12T09:00:00+08:00', endsAt: '2026-03-12T10:00:00+08:00' },
  { startsAt: '2026-03-12T10:00:00+08:00', endsAt: '2026-03-12T11:00:00+08:00' },
]

/** An event of three zones and two times, with a team of two in the first place. */
async function aBoard(name: string): Promise<{ eventId: string; shifts: string[][]; team: string }> {
  const { client, unitId } = office
  const eventId = await anEvent(office, name)
  const template = { work: '清理河道', min: 1, target: 2, max: 3 }
  await client.post(`/api/events/${eventId}/shift-batches`, { zoneIds: zones, times, template })
  const { items } = await client.get(`/api/events/${eventId}/shifts?limit=50`)
  const shifts = zones.map((zoneId) =>
    times.map(({ startsAt }) => {
      const start = new Date(startsAt).toISOString()
      return items.find(
        (each: { zone: { id: string }; startsAt: string }) =>
          each.zone.id === zoneId && new Date(each.startsAt).toISOString() === start,
      ).id
    }),
  )
  const { id: team } = await client.post('/api/teams', { name: `${name}先锋队`, unitId })
  for (const person of ['钱一', '钱二']) {
    const { id } = await client.post('/api/persons', { name: `${person}`, memberships: [{ teamId: team }] })
    await client.put(`/api/shifts/${shifts[0]?.[0]}/assignments/${id}`, { teamId: team })
  }
  return { eventId, shifts, team }
}

test('a team is moved by keyboard alone, shown at once, and brought back', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  const { eventId } = await aBoard('护河行动')
  await enter(page, service, clerk, `/events/${eventId}/board`)
  const grid = page.getByRole('grid', { name: 'Board of places' })
  await expect(grid.getByRole('rowheader')).toHaveCount(3)
  await expectGood(page)
  await pictured(page, 'board-en')
  // The zone with people is the last line: the worst come first.
  await grid.focus()
  await grid.press('ArrowDown')
  await grid.press('ArrowDown')
  await grid.press('m')
  await expect(page.getByText('Moving: 护河行动先锋队 2 people')).toBeVisible()
  // Where they are already, and nowhere else, they cannot go; each says why.
  await expect(grid.getByText('Leaves here', { exact: true })).toBeVisible()
  await expect(grid.locator('.can')).toHaveCount(5)
  await expectGood(page)
  await grid.press('ArrowUp')
  await grid.press('Enter')
  await expect(page.getByText('Moved 2 people; nobody was told')).toBeVisible()
  await expect(grid.getByRole('gridcell', { name: /^2 placed/ })).toHaveCount(1)
  await expect(page.getByRole('region', { name: 'Latest moves' })).toContainText('护河行动先锋队')
  await grid.focus()
  await grid.press('u')
  await expect(page.getByText('The move was undone; nobody was told')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Latest moves' })).toContainText('Undone')
  await grid.focus()
  await grid.press('?')
  await expectGood(page)
  expect(complaints).toEqual([])
})

test('a team is dragged, some of it chosen, and others placed who had no place', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  const { eventId, shifts, team } = await aBoard('植树行动')
  const { client } = office
  await client.post('/api/persons', { name: '钱三', memberships: [{ teamId: team }] })
  await client.put(`/api/events/${eventId}/quotas`, { quotas: [{ unitId: office.unitId, asked: 5 }] })
  await enter(page, service, clerk, `/events/${eventId}/board?shift=${shifts[0]?.[0]}`)
  const side = page.getByRole('complementary', { name: 'The place' })
  await expect(side).toContainText('2 by name, 0 accepted')
  await side.getByRole('button', { name: 'Move some' }).click()
  await side.getByRole('checkbox', { name: '钱一' }).check()
  await side.getByRole('button', { name: 'Move the 1 chosen' }).click()
  const grid = page.getByRole('grid', { name: 'Board of places' })
  await grid.locator('.can').first().click()
  await expect(page.getByText('Moved 1 person; nobody was told')).toBeVisible()
  await expect(side).toContainText('1 by name, 0 accepted')

  const free = side.locator('.team', { hasText: '植树行动先锋队' }).filter({ hasText: 'to place' })
  await expect(free).toContainText('1 to place')
  await free.getByRole('button', { name: 'Place here' }).click()
  await expect(page.getByText('Moved 1 person; nobody was told')).toBeVisible()
  await expect(side).toContainText('2 by name, 0 accepted')
  await expectGood(page)

  const from = grid.getByRole('gridcell', { name: /^2 placed/ }).first()
  const empty = grid.getByRole('gridcell', { name: /^0 placed/ }).last()
  await from.dragTo(empty)
  await expect(page.getByText('Moved 2 people; nobody was told')).toBeVisible()
  expect(complaints).toEqual([])
})

test('two clerks move the same team: the second sees what changed, and nothing is lost', async ({
  browser,
  service,
}) => {
  const { eventId, shifts, team } = await aBoard('洁城行动')
  // Another team leaves room for one of the two: the move asks first.
  const { id: others } = await office.client.post('/api/teams', { name: '机关支队', unitId: office.unitId })
  await office.client.put(`/api/shifts/${shifts[1]?.[1]}/allotments/${others}`, { heads: 2 })
  const other = await aClerk(office, 'city_office')
  const [one, two] = await Promise.all([browser.newPage(), browser.newPage()])
  const board = `/events/${eventId}/board?shift=${shifts[0]?.[0]}`
  for (const [page, who] of [
    [one, clerk],
    [two, other],
  ] as const) {
    await page.setViewportSize({ width: 1280, height: 900 })
    await enter(page, service, who, board)
  }
  const { moves } = { moves: [{ teamId: team, fromShiftId: shifts[0]?.[0], toShiftId: shifts[2]?.[1] }] }
  await two.getByRole('button', { name: 'Move the team' }).click()
  const cell = two.locator(`[role=gridcell]`).filter({ hasText: '2/2' }).last()
  await cell.click()
  const dialog = two.getByRole('dialog')
  await expect(dialog).toContainText('1 person cannot move')
  const preview = await office.client.post(`/api/events/${eventId}/transfers/preview`, { moves })
  await office.client.post(`/api/events/${eventId}/transfers`, { token: preview.token })
  await dialog.getByRole('button', { name: /^Move 1 person/ }).click()
  await expect(dialog.getByRole('alert')).toContainText('Somebody changed this after you looked')
  await dialog.getByRole('button', { name: 'Look again' }).click()
  await expect(dialog.getByRole('button', { name: /^Move 0/ })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Back' }).click()
  await expect(two.getByRole('region', { name: 'Latest moves' })).toContainText('王主任')
  await expect(one.getByRole('region', { name: 'Latest moves' })).toContainText('王主任', { timeout: 20_000 })
  await one.close()
  await two.close()
})
