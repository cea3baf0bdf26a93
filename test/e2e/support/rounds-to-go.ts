/** A city that inspects, as the browser tests need it: points in a zone, a scheme, and inspectors with rounds to go. */
import { activate, demoPassword } from '../../../scripts/day/offices.ts'
import type { Clerk } from '../console.ts'
import type { Office } from '../day.ts'

export interface Inspector extends Clerk {
  userId: string
  name: string
}

export interface Inspected {
  schemeId: string
  zoneId: string
  inspectors: [Inspector, Inspector, Inspector]
  /** Draws every point of a class, and sends somebody to all of them. @returns the visits, by the codes of their points */
  round(pointClass: string, inspector: Inspector, opensAt: string): Promise<Map<string, string>>
  /** Makes a point. */
  point(code: string, name: string, pointClass: string, place?: object): Promise<string>
}

const standards = [
  { code: 'JT-01', text: '楼道内无堆放杂物', photo: 'on_failure', dueClass: 'workdays:3', observations: 2 },
  {
    ...{ code: 'JT-02', text: '楼体、楼道无小广告', answer: 'count', photo: 'never', dueClass: 'hours:24' },
    thresholds: [
      { upTo: 0, score: 1 },
      { upTo: 3, score: 0.5 },
      { upTo: null, score: 0 },
    ],
  },
  { code: 'JT-03', text: '绿地无裸土、无践踏', mayNotApply: true, photo: 'never' },
  { code: 'JT-04', text: '公示栏内容完整、及时更新', photo: 'always' },
]

/** Inspectors act for a unit of their own, away from every district. */
export async function inspected({ client, unitId }: Office): Promise<Inspected> {
  const district = await client.post('/api/zones', { name: '平山区', kind: 'district', code: '210502' })
  const zone = await client.post('/api/zones', {
    name: '站前街道',
    kind: 'subdistrict',
    parentId: district.id,
  })
  const keeper = await client.post('/api/units', {
    ...{ name: '平山区房产局', kind: 'government', districtCode: '210502' },
  })
  await client.post('/api/responsibilities', {
    ...{ zoneId: zone.id, level: 'unit', unitId: keeper.id, validFrom: '2026-01-01' },
  })
  const sending = await client.post('/api/units', { name: '市委督查室', kind: 'government' })
  const scheme = await client.post('/api/schemes', { name: '文明城市测评体系', issuerUnitId: unitId })
  const url = `/api/schemes/${scheme.id}/standards`
  for (const [pointClass, prefix] of [
    ['compound', 'JT'],
    ['market', 'SC'],
    ['park', 'GY'],
  ] as const)
    for (const standard of standards)
      await client.post(url, {
        ...{ ...standard, pointClass },
        code: standard.code.replace('JT', prefix),
      })
  await client.put(`/api/schemes/${scheme.id}/publication`, {}, '"v1"')
  const inspector = async (login: string, name: string): Promise<Inspector> => {
    const user = await client.post('/api/users', { login, name, grants: [{ role: 'inspector' }] })
    await client.put(`/api/users/${user.id}/unit`, { unitId: sending.id }, `"v${user.version}"`)
    const { link } = await client.post(`/api/users/${user.id}/activations`, { deliver: 'list' })
    await activate(client.as(undefined), link)
    return { userId: user.id, login, name, password: demoPassword }
  }
  return {
    schemeId: scheme.id,
    zoneId: zone.id,
    inspectors: [
      await inspector('inspector1', '李督查'),
      await inspector('inspector2', '赵督查'),
      await inspector('inspector3', '孙督查'),
    ],
    async round(pointClass, { userId }, opensAt) {
      const { items } = await client.get(`/api/points?limit=200&pointClass=${pointClass}`)
      const round = await client.post('/api/rounds', {
        ...{ kind: 'monthly', title: '3月测评', issuerUnitId: unitId, schemeId: scheme.id },
        ...{ opensAt: '2026-03-04T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
        spec: { size: items.length, reserve: 0, districtCodes: ['210502'], pointClasses: [pointClass] },
      })
      await client.put(`/api/rounds/${round.id}/draw`, {}, '"v1"')
      const drawn = await client.get(`/api/rounds/${round.id}/visits?limit=200`)
      const visits = drawn.items as { id: string; point: { code: string } }[]
      await client.put(`/api/rounds/${round.id}/assignments`, {
        visits: visits.map(({ id }) => ({ visitId: id, inspectorUserId: userId, opensAt })),
      })
      return new Map(visits.map(({ id, point }) => [point.code, id]))
    },
    async point(code, name, pointClass, place = {}) {
      return (await client.post('/api/points', { code, name, pointClass, zoneId: zone.id, ...place })).id
    },
  }
}

const near = { latitude: 41.301, longitude: 123.701 }
const far = { latitude: 41.32, longitude: 123.74 }

/** Everybody has a round: two are open, and that of the third opens at 12:30. @returns visits of the first, by their points */
export async function roundsToGo(city: Inspected): Promise<Map<string, string>> {
  await city.point('PS-01', '永丰小区', 'compound', far)
  await city.point('PS-02', '北地小区', 'compound', near)
  await city.point('PS-03', '站前广场东侧北光路老旧小区三期', 'compound')
  await city.point('SC-01', '明山市场', 'market', near)
  await city.point('SC-02', '北地市场', 'market')
  await city.point('GY-01', '滨河公园', 'park')
  await city.point('GY-02', '望溪公园', 'park', far)
  await city.point('GY-03', '本溪湖公园东侧健身步道及周边', 'park', near)
  const [first, second, third] = city.inspectors
  await city.round('market', second, '2026-03-04T11:00:00+08:00')
  await city.round('park', third, '2026-03-04T12:30:00+08:00')
  return city.round('compound', first, '2026-03-04T11:00:00+08:00')
}
