import { expect, test } from 'vitest'
import { zones } from '#modules/grid/schema.ts'
import { startApp } from '#test/support/app.ts'
import { squareAround } from '#test/support/factories/grid.ts'
import { divisions, type Upload, upload, zoneBy } from './zone-files.ts'

test('rows with errors are named with row, column, value and reason; the others are taken', async () => {
  await using app = await startApp({ worker: false })
  const table = [
    'code,name,parent_code,kind,latitude,longitude,minors_suitable',
    ',无编码,,park,,,',
    'B 1,编码有空格,,park,,,',
    'B2,,,park,,,',
    'B3,类型不明,,wonderland,,,',
    'B4,坐标不对,,park,123,41,',
    'B5,第一次,,park,,,也许',
    'B6,好的,,park,,,yes',
    'B6,重复,,park,,,',
    'B7,上级有错,B3,park,,,',
    'B8,成环,B9,park,,,',
    'B9,成环,B8,park,,,',
    'B10,constructor,,constructor,,,',
  ].join('\n')
  const { body } = await upload(app, [['errors.csv', table]])
  const [file] = body.files
  expect(file.counts).toEqual({ new: 1, update: 0, unchanged: 0, error: 11 })
  expect(
    file.faults.map(({ row, column, reason }: Record<string, unknown>) => [row, column, reason]),
  ).toEqual([
    [2, 'code', 'code-missing'],
    [3, 'code', 'code-invalid'],
    [4, 'name', 'name-missing'],
    [5, 'kind', 'kind-unknown'],
    [6, 'latitude', 'centre-invalid'],
    [7, 'minors_suitable', 'flag-unknown'],
    [9, 'code', 'code-twice'],
    [10, 'parent_code', 'parent-in-error'],
    [11, 'parent_code', 'parent-cycle'],
    [12, 'parent_code', 'parent-cycle'],
    [13, 'kind', 'kind-unknown'],
  ])
  expect(file.faults[0].message).toBe('缺少编码')
  expect(await app.db.read.$count(zones)).toBe(1)
})

test('a boundary with a fault costs its feature only', async () => {
  await using app = await startApp({ worker: false })
  const bow = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [3, 2],
        [3, 0],
        [0, 3],
        [0, 0],
      ],
    ],
  }
  const collection = {
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', properties: { code: 'G1', name: '好' }, geometry: squareAround(123, 41, 100) },
      { type: 'Feature', properties: { code: 'G2', name: '坏' }, geometry: bow },
      null,
      'x',
      { type: 'Feature', properties: { code: 'G3', name: '高', centre: [500, 1] }, geometry: null },
    ],
  }
  const { body } = await upload(app, [['g.geojson', JSON.stringify(collection)]])
  expect(body.files[0].counts).toEqual({ new: 1, update: 0, unchanged: 0, error: 4 })
  expect(body.files[0].faults[0]).toMatchObject({
    row: 2,
    reason: 'boundary-invalid',
    details: { because: 'crossing' },
  })
})

test('files that cannot be read as zones are refused as a whole', async () => {
  await using app = await startApp({ worker: false })
  const answers = []
  for (const file of [
    ['x.geojson', '{"type":"FeatureCollection","features":'],
    ['x.geojson', '{"type":"Topology"}'],
    ['x.geojson', '{"type":"FeatureCollection","features":[],"crs":{"properties":{"name":"EPSG:2414"}}}'],
    ['x.csv', 'a,b,c\n1,2,3\n'],
    ['x.geojson', `{"type":"FeatureCollection","features":[${'{},'.repeat(20_001)}{}]}`],
    ['x.geojson', `{"type":"FeatureCollection","features":[{"properties":{"centre":${'['.repeat(500_000)}`],
    ['x.geojson', `{"type":"FeatureCollection","more":[${'[],'.repeat(500_000)}[]],"features":[]}`],
  ] as Upload[]) {
    const { status, body } = await upload(app, [file])
    answers.push([status, body.code])
  }
  expect(answers).toEqual([
    [422, 'geojson.malformed'],
    [422, 'geojson.malformed'],
    [422, 'geojson.reference_system'],
    [422, 'table.headings_missing'],
    [413, 'geojson.too_many_features'],
    [422, 'file.corrupt'],
    [413, 'file.too_large'],
  ])
  const json = await app.as('city_office').post('/api/zone-imports').send({ type: 'FeatureCollection' })
  expect([json.status, json.body.code]).toEqual([415, 'body.media_type'])
  const empty = await app.as('city_office').post('/api/zone-imports').field('note', 'x')
  expect([empty.status, empty.body.code]).toEqual([422, 'file.missing'])
})

test('a district office imports into its district only, all or nothing', async () => {
  await using app = await startApp({ worker: false })
  await upload(app, [['divisions.csv', divisions]]).expect(200)
  const office = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const send = (table: string) =>
    app.as(office).post('/api/zone-imports').attach('file', Buffer.from(table), 'cells.csv')
  const head = 'code,name,parent_code,kind\n'
  const outside = await send(`${head}C1,界内,210502001,park\nC2,界外,210521,park\n`)
  expect([outside.status, outside.body.code, outside.body.details]).toEqual([
    403,
    'zone.out_of_reach',
    { code: 'C2' },
  ])
  expect(await zoneBy(app, 'C1')).toBeUndefined()
  expect((await send(`${head}C1,界内,210502001,park\n`)).status).toBe(200)
  expect(
    (await app.as('viewer').post('/api/zone-imports').attach('file', Buffer.from(head), 'x.csv')).status,
  ).toBe(403)
})
