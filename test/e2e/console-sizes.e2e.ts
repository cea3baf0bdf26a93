/** Every page of the office with long names and five-digit figures: readable, accessible, in one language. */
import { aClerk, complaintsOf, enter } from './console.ts'
import { anEvent, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'
import { drawn } from './support/drawn.ts'
import { lookAtAll } from './support/every-page.ts'
import { unreadable } from './support/whole.ts'

test.use({ actionTimeout: 30_000 })

let office: Office
let eventId: string
/** A unit of 28 characters, a zone of 20. */
const unitName = '本溪满族自治县小市镇人民政府退役军人服务保障中心综合办公'
const zoneName = '本溪满族自治县小市镇滨河北路及两侧背街'

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  const { client } = office
  eventId = await anEvent(office, '“弘扬雷锋精神 共建文明本溪”学雷锋志愿服务主题实践活动')
  const district = await client.post('/api/zones', {
    name: '本溪满族自治县',
    kind: 'district',
    code: '210521',
  })
  const zone = await client.post('/api/zones', { name: zoneName, kind: 'street', parentId: district.id })
  const template = {
    work: '清理小广告、清除卫生死角、劝导不文明行为',
    min: 9_000,
    target: 9_999,
    max: 10_000,
  }
  const times = [
    { startsAt: '2026-03-12T09:00:00+08:00', endsAt: '2026-03-12T10:00:00+08:00' },
    { startsAt: '2026-03-12T10:00:00+08:00', endsAt: '2026-03-12T11:30:00+08:00' },
  ]
  await client.post(`/api/events/${eventId}/shift-batches`, { zoneIds: [zone.id], times, template })
  const unit = await client.post('/api/units', { name: unitName, kind: 'government', districtCode: '210521' })
  const team = await client.post('/api/teams', {
    name: `${unitName.slice(0, 20)}志愿服务队`,
    unitId: unit.id,
  })
  await client.put(`/api/events/${eventId}/quotas`, { quotas: [{ unitId: unit.id, asked: 12_345 }] })
  const { items } = await client.get(`/api/events/${eventId}/shifts?limit=10`)
  await client.put(`/api/shifts/${items[0].id}/allotments/${team.id}`, { heads: 9_999 })
  const person = await client.post('/api/persons', { name: '欧阳志愿', memberships: [{ teamId: team.id }] })
  await client.put(`/api/shifts/${items[1].id}/assignments/${person.id}`, { teamId: team.id })
})

/** The pages there are, by the roles that see them. */
const pages = [
  { path: () => '/home', roles: ['city_office', 'viewer'] },
  { path: () => '/events', roles: ['city_office', 'viewer'] },
  { path: () => '/events/new', roles: ['city_office'] },
  { path: () => `/events/${eventId}`, roles: ['city_office', 'viewer'] },
  { path: () => `/events/${eventId}/shifts`, roles: ['city_office', 'viewer'] },
  { path: () => `/events/${eventId}/shifts/new`, roles: ['city_office'] },
  { path: () => `/events/${eventId}/quotas`, roles: ['city_office'] },
  { path: () => `/events/${eventId}/quotas/ask`, roles: ['city_office'] },
  { path: () => `/events/${eventId}/plan`, roles: ['city_office'] },
  { path: () => `/events/${eventId}/board`, roles: ['city_office'] },
  { path: () => `/events/${eventId}/people`, roles: ['city_office'] },
  { path: () => `/events/${eventId}/messages`, roles: ['city_office'] },
  { path: () => `/events/${eventId}/day`, roles: ['city_office', 'viewer'] },
  { path: () => `/events/${eventId}/report`, roles: ['city_office', 'viewer'] },
  { path: () => '/people/units', roles: ['city_office'] },
  { path: () => '/people/teams', roles: ['city_office'] },
  { path: () => '/admin/templates', roles: ['city_office'] },
] as const

test('a figure that breaks, a text that is cut off, and one that lies on another are found', async ({
  page,
}) => {
  await page.setContent(`
    <p>whole</p><p style="width:30px;overflow-wrap:anywhere">12345</p>
    <p style="width:60px;overflow:hidden;white-space:nowrap">a name that is longer than its place</p>
    <div style="position:relative;height:40px"><b style="position:absolute;top:0">one</b><i style="position:absolute;top:2px">two</i></div>`)
  expect(await unreadable(page)).toEqual([
    'broken: 12345 (P)',
    'cut off: a name that is longer than its place (P)',
    'one on another: one / two',
  ])
})

for (const { locale, width, role } of [
  ...drawn([
    { locale: 'zh-CN', width: 1280, role: 'city_office' },
    { locale: 'en-GB', width: 1440, role: 'city_office' },
  ] as const),
  { locale: 'en-GB', width: 1280, role: 'viewer' },
] as const) {
  test.describe(`a ${role}, in ${locale} at ${width}`, () => {
    test.use({ locale, viewport: { width, height: 900 } })

    test('reads every page', async ({ page, service }) => {
      const complaints = complaintsOf(page, service)
      await enter(page, service, await aClerk(office, role), '/home')
      const own = pages.filter(({ roles }) => (roles as readonly string[]).includes(role))
      const named = own.map((each) => [each.path().replace(eventId, '').split('/').slice(1).join('_'), each])
      await lookAtAll(page, service, `sizes-${role}-${locale}-${width}`, Object.fromEntries(named))
      expect(complaints).toEqual([])
    })
  })
}
