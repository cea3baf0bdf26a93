/** What the first half of the area 督查 is shown on: points of two districts, a published scheme, and a closed round of it. */
import { invite } from '../../../scripts/day/offices.ts'
import type { RunningService } from '../../../scripts/day/server.ts'
import { aClerk, type Clerk } from '../console.ts'
import { openOffice } from '../day.ts'

export interface InspectionGround {
  clerk: Clerk
  /** Of the unit that answers for the points of the first district. */
  liaison: Clerk
  schemeId: string
  /** The next edition of the scheme. */
  draftId: string
  roundId: string
  pointId: string
}

const grounds = new WeakMap<RunningService, Promise<InspectionGround>>()

/** Made once for a service. */
export function inspectionGround(service: RunningService): Promise<InspectionGround> {
  const known = grounds.get(service) ?? make(service)
  grounds.set(service, known)
  return known
}

/** An outline of two by two kilometres, north-east of a corner. */
const square = (latitude: number, longitude: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [longitude, latitude],
      [longitude + 0.024, latitude],
      [longitude + 0.024, latitude + 0.018],
      [longitude, latitude + 0.018],
      [longitude, latitude],
    ],
  ],
})

async function make(service: RunningService): Promise<InspectionGround> {
  const office = await openOffice(service)
  const clerk = await aClerk(office, 'city_office')
  const { client } = office
  const unit = (name: string, more: object = {}) =>
    client.post('/api/units', { name, kind: 'government', ...more })
  const root = await unit('市委市政府')
  const wmb = await unit('市文明办', { parentId: root.id })
  const sending = await unit('市委督查室', { parentId: root.id })
  await unit('市城市管理局', { parentId: root.id })
  const keeper = await unit('平山区房产局', { districtCode: '210502' })
  const { id } = await client.post('/api/users', {
    ...{ login: 'ducha', name: '欧阳督导' },
    grants: [{ role: 'inspector' }],
  })
  await client.put(`/api/users/${id}/unit`, { unitId: sending.id }, '"v1"')
  const liaison = await invite(client, {
    ...{ login: 'liaison', name: '王同志', what: '', role: 'unit_administrator' },
    ...({ unitId: keeper.id } as object),
  })
  let pointId = ''
  const classes = ['compound', 'compound', 'compound', 'market'] as const
  for (const [n, name] of (['平山区', '溪湖区'] as const).entries()) {
    const [latitude, longitude] = [41.28 + n * 0.03, 123.76]
    const zone = await client.post('/api/zones', {
      ...{ name, kind: 'district', code: `21050${n + 2}`, boundary: square(latitude, longitude) },
    })
    for (const [at, pointClass] of classes.entries()) {
      const { id: made } = await client.post('/api/points', {
        ...{ code: `BX-${n}${at}`, name: `${name}第${at + 1}点位`, pointClass, zoneId: zone.id },
        ...{ latitude: latitude + 0.003 * (at + 1), longitude: longitude + 0.004 * (at + 1) },
        ...(n === 0 ? { unitId: keeper.id } : {}),
      })
      pointId = made
    }
  }
  const scheme = await client.post('/api/schemes', {
    ...{ name: '市容环境测评体系', issuerUnitId: wmb.id, indicators: [{ code: '1', name: '环境卫生' }] },
  })
  for (const [n, text] of ['楼道内无堆放杂物', '绿地内无垃圾', '路面无破损、无积水'].entries())
    await client.post(`/api/schemes/${scheme.id}/standards`, {
      ...{ code: `HJ-0${n + 1}`, text, pointClass: 'common', indicator: '1', dueClass: 'workdays:3' },
    })
  const schemeId = scheme.id
  await client.put(`/api/schemes/${schemeId}/publication`, {}, '"v1"')
  const draftId = (await client.post(`/api/schemes/${schemeId}/editions`, {})).id
  const round = await client.post('/api/rounds', {
    ...{
      kind: 'monthly',
      title: '二月市容测评',
      schemeId,
      issuerUnitId: wmb.id,
      spec: { size: 6, reserve: 1 },
    },
    ...{ opensAt: '2026-03-02T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
  })
  const roundId = round.id
  for (const [n, step] of ['draw', 'disclosure', 'closure'].entries())
    await client.put(`/api/rounds/${roundId}/${step}`, {}, `"v${n + 1}"`)
  return { clerk, liaison, schemeId, draftId, roundId, pointId }
}
