import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { zones } from '#modules/grid/schema.ts'
import { writeWorkbook } from '#platform/files/index.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { squareAround } from '#test/support/factories/grid.ts'

/** Reference data that may lie beside the repository. */
const shared = resolve(import.meta.dirname, '../../../../shared/data')

const divisions = `\ufeffcode,name,parent_code,level,kind,code12,edition
210500,本溪市,210000,2,prefecture_city,210500000000,2021
210502,平山区,210500,3,district,210502000000,2021
210521,本溪满族自治县,210500,3,autonomous_county,210521000000,2021
210502001,南地街道,210502,4,subdistrict,210502001000,2021
210502001002,南地社区居委会,210502001,5,community,210502001002,2021
`
const boundaries = {
  type: 'FeatureCollection',
  name: 'districts',
  bbox: [123, 41, 125, 42],
  features: [
    {
      type: 'Feature',
      id: '210502',
      properties: {
        adcode: '210502',
        name: '平山区',
        level: 'district',
        parent: '210500',
        center: [123.755, 41.289],
      },
      geometry: squareAround(123.75, 41.29, 5000),
    },
    {
      type: 'Feature',
      properties: { adcode: 210521, name: '本溪满族自治县', level: 'district', area_km2: 3343.4 },
      geometry: squareAround(124.12, 41.29, 9000),
    },
  ],
}

type Upload = [name: string, text: string | Buffer]

function upload(app: TestApp, files: Upload[], query: Record<string, unknown> = {}) {
  const request = app.as('city_office').post('/api/zone-imports').query(query)
  for (const [name, text] of files) request.attach('file', Buffer.from(text as string), name)
  return request
}

async function zoneBy(app: TestApp, code: string) {
  const { body } = await app.as('city_office').get('/api/zones').query({ search: code, limit: 200 })
  return body.items.find((zone: { code: string }) => zone.code === code)
}

describe('a division list and boundaries', () => {
  test('previewed, imported, and imported again without a change', async () => {
    await using app = await startApp({ worker: false })
    const files: Upload[] = [['divisions.csv', divisions]]
    const preview = await upload(app, files, { preview: true })
    expect(preview.body).toMatchObject({
      preview: true,
      files: [
        {
          file: 'divisions.csv',
          counts: { new: 5, update: 0, unchanged: 0, error: 0 },
          roots: ['210500'],
          ignored: ['code12', 'edition'],
          faults: [],
        },
      ],
    })
    expect(await app.db.read.$count(zones)).toBe(0)

    await upload(app, files).expect(200)
    expect(await zoneBy(app, '210502001002')).toMatchObject({
      name: '南地社区居委会',
      kind: 'community',
      level: 5,
      districtCode: '210502',
      parent: { name: '南地街道' },
      hasBoundary: false,
      centre: null,
    })
    expect(await zoneBy(app, '210500')).toMatchObject({
      parent: null,
      districtCode: null,
      kind: 'prefecture_city',
    })

    const attached = await upload(app, [['districts.geojson', JSON.stringify(boundaries)]])
    expect(attached.body.files[0]).toMatchObject({
      counts: { new: 0, update: 2, unchanged: 0, error: 0 },
      ignored: ['area_km2'],
    })
    expect(await zoneBy(app, '210502')).toMatchObject({
      hasBoundary: true,
      centre: { latitude: 41.289, longitude: 123.755 },
      kind: 'district',
    })
    expect(await zoneBy(app, '210521')).toMatchObject({ kind: 'autonomous_county' })

    const again = await upload(app, [...files, ['districts.geojson', JSON.stringify(boundaries)]])
    expect(again.body.files.map((file: { counts: object }) => file.counts)).toEqual([
      { new: 0, update: 0, unchanged: 5, error: 0 },
      { new: 0, update: 0, unchanged: 2, error: 0 },
    ])
    expect((await zoneBy(app, '210502')).version).toBe(2)
  })

  test.skipIf(!existsSync(`${shared}/divisions.csv`))('the real files of Benxi as they are', async () => {
    await using app = await startApp({ worker: false })
    const files: Upload[] = ['divisions.csv', 'districts-wgs84.geojson'].map((name) => [
      name,
      readFileSync(`${shared}/${name}`),
    ])
    const first = await upload(app, files)
    expect(first.body.files.map((file: { counts: object }) => file.counts)).toEqual([
      { new: 565, update: 0, unchanged: 0, error: 0 },
      { new: 0, update: 6, unchanged: 0, error: 0 },
    ])
    expect(first.body.files[0]).toMatchObject({
      roots: ['210500'],
      ignored: ['code12', 'short_name', 'edition', 'in_2019_codes'],
    })
    const again = await upload(app, files)
    expect(again.body.files.map((file: { counts: object }) => file.counts)).toEqual([
      { new: 0, update: 0, unchanged: 565, error: 0 },
      { new: 0, update: 0, unchanged: 6, error: 0 },
    ])
    const map = await app.as('viewer').get('/api/zones.geojson').query({ bbox: '125.2,41.2,125.3,41.3' })
    expect(
      map.body.features.map((feature: { properties: { code: string } }) => feature.properties.code),
    ).toEqual(['210522'])
    const huanren = await zoneBy(app, '210522')
    expect([huanren.kind, huanren.centre]).toEqual([
      'autonomous_county',
      { latitude: 41.266743, longitude: 125.352997 },
    ])
    const below = await app.as('viewer').get('/api/zones').query({ under: huanren.id, limit: 200 })
    expect(new Set(below.body.items.map((zone: { districtCode: string }) => zone.districtCode))).toEqual(
      new Set(['210522']),
    )
  })
})

test('a FeatureCollection carries whole cells: kind, parent, suitability, boundary', async () => {
  await using app = await startApp({ worker: false })
  await upload(app, [['divisions.csv', divisions]]).expect(200)
  const cell = (code: string, properties: object, geometry: object | null) => ({
    type: 'Feature',
    properties: { code, ...properties },
    geometry,
  })
  const cells = {
    type: 'FeatureCollection',
    features: [
      cell(
        'W-2',
        { name: '滨河公园', kind: '公园', parent_code: '210502001002', minors_suitable: true },
        squareAround(123.76, 41.3, 200),
      ),
      cell(
        'W-1',
        { name: '解放路', kind: 'street', parent_code: '210502001', minors_suitable: '否' },
        { type: 'Point', coordinates: [123.77, 41.31] },
      ),
    ],
  }
  const { body } = await upload(app, [['cells.geojson', JSON.stringify(cells)]])
  expect(body.files[0].counts).toEqual({ new: 2, update: 0, unchanged: 0, error: 0 })
  expect(await zoneBy(app, 'W-2')).toMatchObject({
    kind: 'park',
    districtCode: '210502',
    minorsSuitable: true,
    hasBoundary: true,
  })
  expect((await zoneBy(app, 'W-2')).centre.latitude).toBeCloseTo(41.3, 9)
  expect(await zoneBy(app, 'W-1')).toMatchObject({
    minorsSuitable: false,
    centre: { latitude: 41.31, longitude: 123.77 },
  })
})

/** The text in GBK, by asking the decoder for every pair of bytes. */
function inGbk(text: string): Buffer {
  const decoder = new TextDecoder('gbk')
  const bytes = new Map<string, number[]>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++)
      bytes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail])
  }
  return Buffer.from([...text].flatMap((character) => bytes.get(character) ?? [character.charCodeAt(0)]))
}

test('a list of cells as a table, in Chinese, in UTF-8 and in GBK', async () => {
  await using app = await startApp({ worker: false })
  const table =
    '某某区网格表,,,,\n编码,名称,类型,经度,纬度,适合未成年人,备注\nA1,和平广场,广场,123.75,41.3,是,x\nA2,站前路,主次干道,123.751,41.31,否,\n'
  for (const data of [Buffer.from(table), inGbk(table)]) {
    const { body } = await upload(app, [['cells.csv', data]])
    expect(body.files[0]).toMatchObject({ ignored: ['备注'], faults: [] })
  }
  expect(await zoneBy(app, 'A1')).toMatchObject({ kind: 'square', minorsSuitable: true, version: 1 })
  expect(await zoneBy(app, 'A2')).toMatchObject({
    kind: 'street',
    centre: { latitude: 41.31, longitude: 123.751 },
  })
})

test('a list of cells as .xlsx, with numbers as numbers', async () => {
  await using app = await startApp({ worker: false })
  const rows = [
    ['编码', '名称', '类型', '经度', '纬度', '适合未成年人'],
    [1001, '和平广场', '广场', 123.75, 41.3, '适合'],
  ]
  const file = await writeWorkbook([{ name: '网格', headingRows: 1, rows }])
  const { body } = await upload(app, [['cells.xlsx', file]])
  expect(body.files[0]).toMatchObject({ counts: { new: 1, error: 0 }, faults: [] })
  expect(await zoneBy(app, '1001')).toMatchObject({
    kind: 'square',
    minorsSuitable: true,
    centre: { latitude: 41.3, longitude: 123.75 },
  })
})

test('the same file twice at once creates every zone once', async () => {
  await using app = await startApp({ worker: false })
  const answers = await Promise.all([1, 2].map(() => upload(app, [['divisions.csv', divisions]])))
  expect(answers.map(({ status, body }) => [status, body.files?.[0].counts.new]).sort()).toEqual([
    [200, 0],
    [200, 5],
  ])
  expect(await app.db.read.$count(zones)).toBe(5)
})

test('a parent that arrives later takes its children; kinds and districts follow', async () => {
  await using app = await startApp({ worker: false })
  await upload(app, [['a.csv', 'code,name,parent_code,level,kind\nX1,甲社区,P1,,community\n']]).expect(200)
  expect(await zoneBy(app, 'X1')).toMatchObject({ parent: null, districtCode: null })
  const both = 'code,name,parent_code,level,kind\nX1,甲社区,P1,,community\nP1,某区,,,district\n'
  const { body } = await upload(app, [['b.csv', both]])
  expect(body.files[0].rows).toMatchObject([
    { code: 'X1', outcome: 'update', fields: ['parent'] },
    { code: 'P1', outcome: 'new' },
  ])
  expect(await zoneBy(app, 'X1')).toMatchObject({ parent: { name: '某区' }, districtCode: 'P1' })
})

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
