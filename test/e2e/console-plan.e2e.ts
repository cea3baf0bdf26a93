/** The page of an event's proposals: made, judged, compared and accepted. */
import { aClerk, complaintsOf, enter, expectGood } from './console.ts'
import { anEvent, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })

let office: Office
let eventId: string

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  const { client, teamId } = office
  eventId = await anEvent(office, '护河行动')
  const district = await client.post('/api/zones', { name: '平山区', kind: 'district', code: '210502' })
  const zoneIds: string[] = []
  for (const name of ['河沿社区', '北地社区'])
    zoneIds.push((await client.post('/api/zones', { name, kind: 'community', parentId: district.id })).id)
  const times = [{ startsAt: '2026-03-12T09:00:00+08:00', endsAt: '2026-03-12T11:00:00+08:00' }]
  const template = { work: '清理河道', min: 1, target: 2, max: 2 }
  await client.post(`/api/events/${eventId}/shift-batches`, { zoneIds, times, template })
  const personIds: string[] = []
  for (const name of ['孙一', '孙二', '孙三'])
    personIds.push(
      (await client.post('/api/persons', { name, birthDate: '1980-05-01', memberships: [{ teamId }] })).id,
    )
  await client.post(`/api/events/${eventId}/sign-ups`, { teamId, personIds })
})

test('a proposal is made, looked at, compared with another, and accepted in its district', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, await aClerk(office, 'city_office'), `/events/${eventId}/plan`)
  await expect(page.getByText('There is no proposal yet.')).toBeVisible()
  await expectGood(page)
  for (const policy of ['Teams together first', 'Full places first']) {
    await page.getByRole('button', { name: 'Have a proposal made' }).press('Enter')
    await page.getByRole('radio', { name: policy }).check()
    await expectGood(page)
    await page.getByRole('button', { name: 'Begin' }).press('Enter')
    await expect(page.getByRole('row', { name: new RegExp(`${policy}.*Shown`) })).toContainText('Proposed')
  }
  await expect(page.getByRole('region', { name: 'Result' })).toContainText('3People placed')
  await expect(page.getByText('Nothing better is possible').first()).toBeVisible()
  await expectGood(page)

  await page.getByRole('button', { name: 'Compare' }).press('Enter')
  await expect(page.getByText('Two proposals compared')).toBeVisible()
  await expect(page.getByRole('row', { name: /平山区/ })).toContainText('3 → 3')
  await expectGood(page)
  await page.goBack()
  await expect(page.getByText('Two proposals compared')).toBeHidden()

  await page.getByRole('button', { name: 'Accept the proposal' }).press('Enter')
  await page.getByRole('radio', { name: 'Only these districts' }).check()
  await page.getByRole('checkbox', { name: '平山区' }).check()
  await expectGood(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Accept the proposal' }).press('Enter')
  await expect(page.getByText('Accepted: 3 placed, 0 kept, 0 taken back')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Accept the proposal' })).toBeHidden()
  const demand = await office.client.get(`/api/events/${eventId}/demand`)
  expect(demand.total.taken).toBe(3)

  // Until publication it is taken back as a whole: from the bar, or from the page later.
  await expect(page.getByRole('button', { name: 'Undo the acceptance' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter')
  await expect(page.getByText('Undone: 3 taken back, 0 placed as before')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Accept the proposal' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo the acceptance' })).toBeHidden()
  expect((await office.client.get(`/api/events/${eventId}/demand`)).total.taken).toBe(0)
  expect(complaints).toEqual([])
})
