import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { zones } from '#modules/grid/schema.ts'
import { writeWorkbook } from '#platform/files/index.ts'
import { startApp } from '#test/support/app.ts'
import { squareAround } from '#test/support/factories/grid.ts'
import { divisions, type Upload, upload, zoneBy } from './zone-files.ts'

/** Reference data that may lie beside the repository. */
const shared = resolve(import.meta.dirname, '../../../../shared/data')

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
