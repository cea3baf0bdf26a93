import { expect, test } from 'vitest'
import { zones } from '#modules/grid/schema.ts'
import { startApp } from '#test/support/app.ts'
import { selectsOf } from '#test/support/counting.ts'
import { aResponsibility, aZone, squareAround } from '#test/support/factories/grid.ts'
import { aUnit } from '#test/support/factories/organisation.ts'

test('a zone is drawn, read back with its boundary, and redrawn under its ETag', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const district = await city.post('/api/zones').send({ name: '平山区', kind: 'district', code: '210502' })
  const boundary = squareAround(123.75, 41.3, 250)
  const body = {
    name: '人民广场',
    kind: 'square',
    parentId: district.body.id,
    boundary,
    minorsSuitable: true,
  }
  const drawn = await city.post('/api/zones').set('idempotency-key', 'zones-0001').send(body)
  const again = await city.post('/api/zones').set('idempotency-key', 'zones-0001').send(body)
  expect([drawn.status, again.body.id]).toEqual([201, drawn.body.id])
  expect(drawn.body).toMatchObject({
    code: null,
    districtCode: '210502',
    parent: { name: '平山区' },
    hasBoundary: true,
    minorsSuitable: true,
    boundary,
  })
  expect(drawn.body.centre.latitude).toBeCloseTo(41.3, 9)
  expect(drawn.headers.etag).toBe('"v1"')

  const redraw = (version: number, changes: object) =>
    city.patch(`/api/zones/${drawn.body.id}`).set('if-match', `"v${version}"`).send(changes)
  const both = await Promise.all([redraw(1, { name: '甲' }), redraw(1, { name: '乙' })])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  const moved = await redraw(2, { boundary: squareAround(123.9, 41.4, 250) })
  expect(moved.body.centre.longitude).toBeCloseTo(123.9, 9)
  const placed = await redraw(3, { centre: { latitude: 41.4005, longitude: 123.9005 } })
  expect(placed.body.centre).toEqual({ latitude: 41.4005, longitude: 123.9005 })
  const kept = await redraw(4, { boundary: squareAround(123.9, 41.4, 300) })
  expect(kept.body.centre).toEqual({ latitude: 41.4005, longitude: 123.9005 })
  const undrawn = await redraw(5, { boundary: null, centre: null })
  expect([undrawn.body.hasBoundary, undrawn.body.centre]).toEqual([false, null])
})

test('moving a zone updates the district of every zone below it; a zone never moves below itself', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const make = async (name: string, kind: string, parentId: string | null, code: string | null = null) =>
    (await city.post('/api/zones').send({ name, kind, parentId, code })).body
  const west = await make('西区', 'district', null, '210501')
  const east = await make('东区', 'district', null, '210509')
  const community = await make('社区', 'community', west.id)
  const cell = await make('网格', 'grid_cell', community.id)
  const districtOf = async (id: string) => (await city.get(`/api/zones/${id}`)).body.districtCode
  expect(await districtOf(cell.id)).toBe('210501')
  await city
    .patch(`/api/zones/${community.id}`)
    .set('if-match', '"v1"')
    .send({ parentId: east.id })
    .expect(200)
  expect(await districtOf(cell.id)).toBe('210509')
  const below = await city.get('/api/zones').query({ under: east.id })
  expect(below.body.items.map(({ name }: { name: string }) => name).sort()).toEqual(
    ['东区', '社区', '网格'].sort(),
  )
  const cycle = await city
    .patch(`/api/zones/${community.id}`)
    .set('if-match', '"v2"')
    .send({ parentId: cell.id })
  expect([cycle.status, cycle.body.code]).toEqual([409, 'zone.cycle'])
  const taken = await city.patch(`/api/zones/${cell.id}`).set('if-match', '"v1"').send({ code: '210501' })
  expect([taken.status, taken.body.code]).toEqual([409, 'zone.code_taken'])
})

test('a zone closes once nothing open lies below it', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const parent = await aZone(app.db, { kind: 'community' })
  const child = await aZone(app.db, { parent })
  const close = (id: string) => city.put(`/api/zones/${id}/closure`).set('if-match', '"v1"')
  const refused = await close(parent.id)
  expect([refused.status, refused.body.code, refused.body.details]).toEqual([
    409,
    'zone.has_open_parts',
    { open: 1 },
  ])
  await close(child.id).expect(200)
  await close(parent.id).expect(200)
  expect((await city.get('/api/zones')).body.items).toEqual([])
  expect((await city.get('/api/zones').query({ closed: true })).body.items).toHaveLength(2)
  const open = await city.delete(`/api/zones/${parent.id}/closure`).set('if-match', '"v2"')
  expect(open.body.closedAt).toBeNull()
})

test('zones are filtered, found by name, pinyin and code, and mapped within a box', async () => {
  await using app = await startApp({ worker: false })
  await aZone(app.db, {
    name: '滨河公园',
    kind: 'park',
    code: 'P-01',
    minorsSuitable: true,
    boundary: squareAround(123.7, 41.3, 300),
  })
  await aZone(app.db, { name: '解放路', kind: 'street', code: 'S-01', latitude: 41.35, longitude: 123.8 })
  await aZone(app.db, {
    name: '站前广场',
    kind: 'square',
    districtCode: '210503',
    latitude: 41.5,
    longitude: 123.9,
  })
  const viewer = app.as('viewer')
  const names = async (query: object) =>
    (await viewer.get('/api/zones').query(query)).body.items.map((zone: { name: string }) => zone.name)
  expect(await names({ kind: 'park' })).toEqual(['滨河公园'])
  expect(await names({ districtCode: '210503' })).toEqual(['站前广场'])
  expect(await names({ districtCode: '210500' })).toEqual(['滨河公园', '解放路', '站前广场'])
  expect(await names({ minorsSuitable: true })).toEqual(['滨河公园'])
  expect(await names({ search: 'jfl' })).toEqual(['解放路'])
  expect(await names({ search: 's-0' })).toEqual(['解放路'])
  expect(await names({ search: 'S-0' })).toEqual(['解放路'])

  const map = (bbox: string) => viewer.get('/api/zones.geojson').query({ bbox })
  const west = await map('123.6,41.2,123.7,41.3')
  expect(west.headers['content-type']).toContain('application/geo+json')
  expect(west.body.features).toHaveLength(1)
  expect(west.body.features[0]).toMatchObject({
    type: 'Feature',
    geometry: squareAround(123.7, 41.3, 300),
    properties: { name: '滨河公园', kind: 'park', minorsSuitable: true },
  })
  const east = await map('123.79,41.34,123.81,41.36')
  expect(east.body.features.map((feature: { geometry: object }) => feature.geometry)).toEqual([
    { type: 'Point', coordinates: [123.8, 41.35] },
  ])
  expect((await map('-10,-10,-9,-9')).body).toEqual({
    type: 'FeatureCollection',
    truncated: false,
    features: [],
  })
  expect((await map('124,41,123,42')).body.code).toBe('bbox.invalid')
  expect((await map('1,2,3')).status).toBe(400)
})

test('a district office edits its own district, and cannot move a zone out of it or take one', async () => {
  await using app = await startApp({ worker: false })
  const mine = await aZone(app.db, { kind: 'community', districtCode: null, code: '210502001' })
  const city = app.as('city_office')
  const east = (await city.post('/api/zones').send({ name: '东区', kind: 'district', code: '210509' })).body
  const office = app.as(await app.signIn({ role: 'district_office', districtCode: '210502' }))
  const edit = (id: string, changes: object) =>
    office.patch(`/api/zones/${id}`).set('if-match', '"v1"').send(changes)
  expect((await office.get('/api/zones')).body.items).toHaveLength(2)
  expect((await edit(east.id, { name: '占领' })).status).toBe(404)
  expect((await edit(mine.id, { parentId: east.id })).status).toBe(404)
  expect((await edit(mine.id, { name: '社区' })).status).toBe(200)
  const foreign = await office.post('/api/zones').send({ name: '网格', kind: 'grid_cell', parentId: east.id })
  expect(foreign.status).toBe(404)
  const homeless = await office.post('/api/zones').send({ name: '网格', kind: 'grid_cell' })
  expect(homeless.status).toBe(404)
  const own = await office.post('/api/zones').send({ name: '网格', kind: 'grid_cell', parentId: mine.id })
  expect([own.status, own.body.districtCode]).toEqual([201, '210502'])
  const unit = await aUnit(app.db)
  const admin = app.as(await app.signIn({ role: 'unit_administrator', unitId: unit.id }))
  expect((await admin.post('/api/zones').send({ name: '网格', kind: 'grid_cell' })).status).toBe(403)
})

test('hostile input is answered with a problem and changes nothing', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const answers = []
  for (const body of [
    { name: '', kind: 'park' },
    { name: '甲', kind: 'constructor' },
    { name: '甲', kind: 'park', path: '/' },
    { name: '甲', kind: 'park', code: "x' or 1=1" },
    { name: '甲', kind: 'park', centre: { latitude: 91, longitude: 0 } },
    { name: '甲', kind: 'park', boundary: { type: 'Point', coordinates: [1, 2] } },
    { name: '甲', kind: 'park', boundary: { type: 'Polygon', coordinates: [[[[[[1]]]]]] } },
    {
      name: '甲',
      kind: 'park',
      boundary: {
        type: 'Polygon',
        coordinates: [
          [
            ['1', '2'],
            [1, 2],
            [1, 3],
            ['1', '2'],
          ],
        ],
      },
    },
    {
      name: '甲',
      kind: 'park',
      boundary: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
      },
    },
    {
      name: '甲',
      kind: 'park',
      boundary: { type: 'Polygon', coordinates: [Array.from({ length: 5001 }, (_, n) => [n / 1e5, 1])] },
    },
    { name: '甲', kind: 'park', parentId: crypto.randomUUID() },
    { name: '，。', kind: 'park' },
  ]) {
    const { status, body: problem } = await city.post('/api/zones').send(body)
    answers.push(status === 400 ? status : (problem.details?.because ?? problem.code ?? status))
  }
  expect(answers).toEqual([
    400,
    400,
    400,
    400,
    400,
    400,
    'position',
    'position',
    'ring-open',
    'too-many-positions',
    'zone.missing',
    201,
  ])
  expect(await app.db.read.$count(zones)).toBe(1)
  for (const query of [
    { search: '\u0000%' },
    { under: crypto.randomUUID() },
    { cursor: 'eyJ' },
    { limit: 0 },
  ]) {
    expect((await city.get('/api/zones').query(query)).status).toBeLessThan(500)
  }
})

test('lists cost the same number of queries for one zone and for three', async () => {
  await using app = await startApp({ worker: false })
  const unit = await aUnit(app.db)
  const viewer = app.as('viewer')
  const fill = async () => {
    const zone = await aZone(app.db, { boundary: squareAround(123.7, 41.3, 300) })
    await aResponsibility(app.db, { zoneId: zone.id, unitId: unit.id })
    return zone
  }
  const first = await fill()
  const urls = [
    '/api/zones',
    '/api/zones.geojson?bbox=120,40,130,50',
    '/api/responsibilities',
    '/api/responsibility-gaps?level=leader&inherited=true',
    `/api/zones/${first.id}/responsibilities`,
  ]
  const measure = async () => {
    const counts: number[] = []
    for (const url of urls) counts.push(await selectsOf(app, () => viewer.get(url)))
    return counts
  }
  const few = await measure()
  await fill()
  await fill()
  expect(await measure()).toEqual(few)
})
