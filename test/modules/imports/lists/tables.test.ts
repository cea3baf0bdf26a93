/** Zones and duties are read with the grammar of all sheets, and so are the properties of GeoJSON. */
import { expect, test } from 'vitest'
import { readFeatureCollection } from '#modules/imports/read/tables/read-geojson.ts'
import { readZoneTable } from '#modules/imports/read/tables/read-zone-table.ts'
import { readTable } from '#modules/imports/read/tables/table-columns.ts'
import type { Cell, Merge, Sheet } from '#platform/files/cells.ts'
import { merged } from '#test/support/factories/lists.ts'

const sheetOf = (rows: Cell[][], merges: Merge[] = []): Sheet => ({
  name: 'S',
  hidden: false,
  merges,
  rows: rows.map((cells, at) => ({ line: at + 1, cells })),
})
const zonesOf = (...sheets: Sheet[]) => {
  const { records, faults, ignored } = readZoneTable('z', sheets)
  return {
    zones: records.map(({ code, name, parentCode }) => [code, name, parentCode]),
    faults: faults.map(({ row, reason }) => [row, reason]),
    ignored,
  }
}

test('a parent merged over several zones is the parent of each', () => {
  const rows = [
    ['上级编码', '网格编码', '网格名称', '类型'],
    ['210502', 'G1', '一号', '网格'],
    [null, 'G2', '二号', '网格'],
    [null, 'G3', '三号', '网格'],
  ]
  expect(zonesOf(sheetOf(rows, [merged('A2:A4')])).zones).toEqual([
    ['G1', '一号', '210502'],
    ['G2', '二号', '210502'],
    ['G3', '三号', '210502'],
  ])
})

test('marks and explanations in headings, titles, totals and notes do not disturb the reading', () => {
  const rows = [
    ['网格一览表'],
    ['网格编码（必填）', '网格名称*', '类型 ', '经度(°)', '纬度(°)', '面积'],
    ['G4', '四号', '网格', 123.7, 41.3, 5],
    ['合计', '1个'],
    ['注：以民政部门数据为准'],
  ]
  expect(zonesOf(sheetOf(rows))).toEqual({
    zones: [['G4', '四号', undefined]],
    faults: [],
    ignored: ['面积'],
  })
})

test('the table may stand in the second sheet', () => {
  const second = sheetOf([
    ['编码', '名称'],
    ['G10', '十号'],
  ])
  expect(zonesOf(sheetOf([['请填写']]), second).zones).toEqual([['G10', '十号', undefined]])
})

test('codes that lost digits or became days are refused', () => {
  const rows = [
    ['编码', '名称'],
    [210502001001001000, '一号'],
    [new Date('2026-03-01T00:00:00Z'), '二号'],
    [210502001, '三号'],
    ['210502001001001002', '四号'],
  ]
  expect(zonesOf(sheetOf(rows))).toEqual({
    zones: [
      ['210502001', '三号', undefined],
      ['210502001001001002', '四号', undefined],
    ],
    faults: [
      [2, 'code-lost-digits'],
      [3, 'code-is-date'],
    ],
    ignored: [],
  })
})

test('a zone without a code gets one below its parent, the same each time', () => {
  const rows = [
    ['编码', '名称', '上级编码'],
    [null, '一号楼', 'G1'],
    [null, '无处', null],
  ]
  expect(zonesOf(sheetOf(rows))).toMatchObject({
    zones: [['G1-一号楼', '一号楼', 'G1']],
    faults: [[3, 'code-missing']],
  })
})

test('duties merged over zones hold for each of them', () => {
  const rows = [
    ['责任单位*', '层级', '网格编码（必填）'],
    ['市住建局', '责任单位', 'R1'],
    [null, null, 'R2'],
    [null, null, 'R3'],
  ]
  const headings = { zone_code: ['网格编码'], level: ['层级'], unit: ['责任单位'] }
  const table = readTable([sheetOf(rows, [merged('A2:A4'), merged('B2:B4')])], headings, [
    'zone_code',
    'level',
  ])
  expect(table.rows.map((row) => [row.text('zone_code'), row.text('unit'), row.text('level')])).toEqual(
    ['R1', 'R2', 'R3'].map((code) => [code, '市住建局', '责任单位']),
  )
})

const geometry = '{"type":"Point","coordinates":[123.7,41.3]}'
const collection = (properties: string, more = '') =>
  Buffer.from(
    `{"type":"FeatureCollection"${more},"features":[{"type":"Feature","properties":${properties},"geometry":${geometry}}]}`,
  )
const readZone = (properties: string, more?: string) => {
  const { records, faults, ignored } = readFeatureCollection('z', collection(properties, more))
  const [record] = records
  return record
    ? { code: record.code, name: record.name, kind: record.kind, parent: record.parentCode, ignored }
    : { faults: faults.map(({ reason }) => reason) }
}

test.each([
  ['{"编码":"Z1","名称":"北台社区","类型":"社区"}'],
  ['{"CODE":"Z1","NAME":"北台社区","KIND":"社区"}'],
  ['{"网格编码":"Z1","网格名称":"北台社区","类别":"community"}'],
])('the properties %s are a zone', (properties) => {
  expect(readZone(properties)).toMatchObject({ code: 'Z1', name: '北台社区', kind: 'community', ignored: [] })
})

test('a parent may be an object with its code, and a level says the kind', () => {
  const properties =
    '{"adcode":210502,"name":"平山区","level":"district","parent":{"adcode":210500},"childrenNum":0}'
  expect(readZone(properties)).toEqual({
    code: '210502',
    name: '平山区',
    kind: undefined,
    parent: '210500',
    ignored: ['childrenNum'],
  })
  expect(readZone('{"adcode":210500,"name":"本溪市","level":"city"}')).toMatchObject({
    kind: 'prefecture_city',
  })
})

test('codes as large numbers lost digits; as text they have not', () => {
  expect(readZone('{"code":210502001001001001,"name":"一号"}')).toEqual({ faults: ['code-lost-digits'] })
  expect(readZone('{"code":"210502001001001001","name":"一号"}')).toMatchObject({
    code: '210502001001001001',
  })
})

test.each([
  '',
  ',"crs":null',
  ',"crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}',
  ',"crs":{"properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}',
])('the reference system %j is taken', (crs) =>
  expect(readZone('{"code":"Z1","name":"甲"}', crs)).toMatchObject({ code: 'Z1' }),
)
test.each(['EPSG:4547', 'urn:ogc:def:crs:EPSG::3857', 'GCJ-02'])(
  'the reference system %s is refused by name',
  (name) => {
    const crs = `,"crs":{"properties":{"name":"${name}"}}`
    expect(() => readZone('{"code":"Z1","name":"甲"}', crs)).toThrow(
      expect.objectContaining({ code: 'geojson.reference_system', details: { system: name } }),
    )
  },
)

test('rows that are hidden in a table, or in its sheet, are asked about once, and then taken or left out', () => {
  const row = (line: number, cells: string[], hidden = false) =>
    hidden ? { line, cells, hidden: true as const } : { line, cells }
  const rows = [row(1, ['网格编码', '名称']), row(2, ['G1', '一格']), row(3, ['G2', '二格'], true)]
  const sheet = { name: '网格', hidden: false, merges: [], rows }
  const shown = ({ records, faults, hiddenRows }: ReturnType<typeof readZoneTable>) => [
    records.map(({ code }) => code),
    faults.map(({ row: line, reason }) => [line, reason]),
    hiddenRows,
  ]
  expect(shown(readZoneTable('z', [sheet]))).toEqual([['G1'], [[3, 'row-hidden']], 1])
  expect(shown(readZoneTable('z', [sheet], 'take'))).toEqual([['G1', 'G2'], [], 1])
  expect(shown(readZoneTable('z', [sheet], 'skip'))).toEqual([['G1'], [], 1])
  const unseen = { ...sheet, hidden: true, rows: rows.slice(0, 2) }
  expect(shown(readZoneTable('z', [unseen]))).toEqual([[], [[2, 'row-hidden']], 1])
  // What is shown comes before what is hidden, wherever it stands.
  expect(
    shown(readZoneTable('z', [unseen, { ...sheet, rows: [row(1, ['网格编码']), row(2, ['G9'])] }])),
  ).toEqual([['G9'], [], 0])
})
