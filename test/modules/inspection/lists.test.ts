/** Lists of standards and points as offices write them: every row is judged, none is lost in silence, and the undo is exact. */
import { asc } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { points, schemes, standards, standardUnits } from '#modules/inspection/schema.ts'
import type { OutCell } from '#platform/files/index.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { anInspectedCity, type InspectedCity } from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import {
  aWorkbook,
  committing,
  deciding,
  decisionsOf,
  importing,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
let city: InspectedCity
let office: SignedIn

const square = (west: number, south: number, size = 0.01) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ] as [number, number][],
  ],
})

beforeAll(async () => {
  city = await anInspectedCity(app)
  office = city.office
  const [first, second] = city.districts
  await aZone(app.db, {
    ...{
      kind: 'subdistrict',
      code: '210502001',
      name: '南地街道',
      districtCode: '210502',
      parent: first!.zone,
    },
    boundary: square(123.76, 41.29),
  })
  await aZone(app.db, {
    ...{
      kind: 'subdistrict',
      code: '210503001',
      name: '河东街道',
      districtCode: '210503',
      parent: second!.zone,
    },
    boundary: square(123.8, 41.33),
  })
  for (const [code, districtCode] of [
    ['XS-1', '210502'],
    ['XS-2', '210503'],
  ] as const)
    await aZone(app.db, { kind: 'community', code, name: '幸福社区', districtCode })
  await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
})

/** Everything of the slice that lists write. */
const stored = async () => ({
  schemes: await app.db.read.select().from(schemes).orderBy(asc(schemes.id)),
  standards: await app.db.read.select().from(standards).orderBy(asc(standards.id)),
  units: await app.db.read.select().from(standardUnits).orderBy(asc(standardUnits.id)),
  points: await app.db.read.select().from(points).orderBy(asc(points.id)),
})
/** The same without the versions, which a change and its undo both raise. */
const bare = (all: Awaited<ReturnType<typeof stored>>) =>
  JSON.parse(JSON.stringify(all, (key, value) => (key === 'version' ? undefined : value)))

type Rows = OutCell[][]
const bring = (rows: Rows, who: SignedIn = office, name = '名单.xlsx') =>
  aWorkbook(rows, name).then((file) => importing(app, [file], who))
const verdicts = async (importId: string, who: SignedIn = office) =>
  (await rowsOf(app, importId, 'kind=data&limit=200', who)).map(({ judgement, problems, remarks }) =>
    [
      judgement,
      ...problems.map(({ code }: { code: string }) => code),
      ...remarks.map((r: never) => (r as { code: string }).code),
    ].join(' '),
  )
const undo = (id: string, who: SignedIn = office) => app.as(who).delete(`/api/imports/${id}/commit`)

const pointHeadings = [
  '序号',
  '点位编码',
  '点位名称',
  '点位类型',
  '所属网格',
  '管理单位',
  '经度',
  '纬度',
  '备注',
]

test('a messy list of points: each row is taken, asked about, or refused by name; the undo leaves nothing', async () => {
  const before = await stored()
  const judged = await bring([
    ['平山区、溪湖区测评点位台账'],
    pointHeadings,
    [1, 'PS-01', '东明小区', '小区', '南地街道', '平山区房产局', 123.765, 41.295, null],
    [2, 'PS-02', '南地农贸市场', '农贸市场', null, null, 123.762, 41.292, '无网格，有坐标'],
    [3, 'PS-01', '东明小区二期', '小区', '南地街道', null, null, null, '编码重复'],
    [4, 'PS-02', '南地农贸市场', '农贸市场', null, null, 123.762, 41.292, '无网格，有坐标'],
    [5, 'PS-05', '解放路', '网红街', '南地街道', null, null, null, null],
    [6, 'PS-06', '人民广场', '广场', '210503001', null, 123.765, 41.295, '在另一网格'],
    [7, 'PS-07', '外地', '公园', '南地街道', null, 121.5, 38.9, '在大连'],
    [8, 'PS-08', '野外', '公园', null, null, 123.785, 41.31, '不在任何网格'],
    [9, 'PS-09', '没有网格', '公园', null, null, null, null, null],
    [10, 'PS-10', '重名社区', '社区', '幸福社区', null, null, null, null],
    [11, 'PS-11', '不认识的单位', '公园', '南地街道', '森林公园管护站', null, null, null],
    [12, null, '没有编码', '公园', '南地街道', null, null, null, null],
    [13, 'PS-13', '没这街道', '公园', '北地街道', null, null, null, null],
    [14, 'PS-14', '缺纬度', '公园', '南地街道', null, 123.765, null, null],
    [15, 'PS-15', '没有类型', null, '南地街道', null, null, null, null],
    ['合计', '15个'],
  ])
  expect(judged.files[0].sheets[0]).toMatchObject({ list: 'points', problem: null })
  expect(await verdicts(judged.id)).toEqual([
    'new',
    'new',
    'error point.code_twice',
    'duplicate',
    'error point.class_unknown',
    'error point.outside_zone_named',
    'error point.outside_city_named',
    'error point.outside_zones',
    'error point.zone_missing',
    'error point.zone_several',
    'needs_decision',
    'error point.code_missing',
    'error point.zone_unknown',
    'error coordinate.incomplete',
    'error point.class_missing',
  ])
  const asked = await decisionsOf(app, judged.id, office)
  expect(asked.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['unit 森林公园管护站'])
  const answer = { decisions: [{ decisionId: asked[0].id, answer: 'create' }] }
  expect((await deciding(app, judged.id, answer, office)).counts).toMatchObject({ new: 3, needs_decision: 0 })
  expect(await stored()).toEqual(before)
  expect((await committing(app, judged.id, office)).state).toBe('committed')
  const { body } = await app.as(office).get('/api/points').expect(200)
  expect(
    body.items.map(({ code, pointClass, zone, unit, latitude }: never) =>
      [
        code,
        pointClass,
        (zone as { name: string }).name,
        (unit as { name: string } | null)?.name,
        latitude,
      ].join(' '),
    ),
  ).toEqual([
    'PS-01 compound 南地街道 平山区房产局 41.295',
    // It named no zone: the smallest one that contains it.
    'PS-02 market 南地街道  41.292',
    'PS-11 park 南地街道 森林公园管护站 ',
  ])

  // Again with one change: what is empty stays, what is equal is unchanged; the undo puts it back.
  const known = await stored()
  const again = await bring([
    pointHeadings,
    [1, 'PS-01', '东明小区（一期）', null, null, null, null, null, null],
    [2, 'PS-02', '南地农贸市场', '农贸市场', null, null, 123.762, 41.292, null],
  ])
  expect(await verdicts(again.id)).toEqual(['update', 'unchanged'])
  await committing(app, again.id, office)
  expect((await stored()).points.map(({ name }) => name)).toContain('东明小区(一期)')
  expect((await undo(again.id).expect(200)).body.state).toBe('undone')
  expect(bare(await stored())).toEqual(bare(known))
  expect((await undo(judged.id)).body.code).toBe('changes.edited_since')
})

test('points that were drawn stay, and nobody below the city office learns by an undo whether they were', async () => {
  const rows = (n: number): Rows => [
    ['点位编码', '点位名称', '点位类型', '网格'],
    [`HD-0${n}`, `河东小区${n}`, '居民小区', '210503001'],
  ]
  const district = await app.signIn({ role: 'district_office', districtCode: '210503' })
  const theirs = await bring(rows(1), district)
  expect(await verdicts(theirs.id, district)).toEqual(['new'])
  await committing(app, theirs.id, district)
  expect((await undo(theirs.id, district)).body.code).toBe('changes.out_of_reach')
  // A zone of another district is unknown, and another district's point is not theirs to change.
  const foreign = await bring(
    [
      ['点位编码', '点位名称', '点位类型', '网格'],
      ['HD-09', '南地小区', '居民小区', '南地街道'],
      ['PS-01', '别人的点位', '居民小区', '210503001'],
    ],
    district,
  )
  expect(await verdicts(foreign.id, district)).toEqual([
    'error point.zone_unknown',
    'error point.out_of_reach',
  ])

  const unused = await bring(rows(2))
  await committing(app, unused.id, office)
  const scheme = await bring([
    ['市文明办河东测评体系'],
    ['标准编码', '点位类型', '测评内容'],
    ['HD-A', '通用', '环境整洁'],
  ])
  await committing(app, scheme.id, office)
  const { items } = (await app.as(office).get('/api/schemes').expect(200)).body
  const made = items.find(({ name }: { name: string }) => name.endsWith('河东测评体系'))
  await app.as(office).put(`/api/schemes/${made.id}/publication`).set('if-match', '"v1"').expect(200)
  const round = await app
    .as(office)
    .post('/api/rounds')
    .send({
      ...{ kind: 'monthly', title: '测评', schemeId: made.id, issuerUnitId: city.wmb.id },
      ...{ opensAt: '2026-03-03T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
      spec: { size: 1, districtCodes: ['210503'] },
    })
    .expect(201)
  await app.as(office).put(`/api/rounds/${round.body.id}/draw`).set('if-match', '"v1"').expect(200)
  expect((await undo(unused.id)).body.code).toBe('changes.in_use')
  expect((await undo(scheme.id)).body.code).toBe('changes.in_use')
  // Whoever may not enter points or schemes is told so, row by row.
  const clerk = await app.signIn({ role: 'unit_administrator', unitId: city.branch.id })
  const skipped = await bring(rows(3), clerk)
  expect(await verdicts(skipped.id, clerk)).toEqual(['skipped list.not_permitted'])
})

const standardHeadings =
  '序号 标准编码 点位类型 测评指标 测评内容 测评标准 分值 观察次数 作答方式 计分档 可不适用 拍照要求 问题等级 整改时限 牵头单位 配合单位'.split(
    ' ',
  )
type Row = (string | number | null)[]
const row = (n: number, code: string | null, said: Partial<Record<string, string | number>>): Row =>
  standardHeadings.map((heading) => {
    if (heading === '序号') return n
    if (heading === '标准编码') return code
    return said[heading] ?? null
  })

test('a messy list of standards: each row is taken, asked about, or refused by name; the undo is exact', async () => {
  const before = await stored()
  const good = {
    点位类型: '居民小区',
    测评指标: '一、环境卫生',
    测评内容: '楼道整洁',
    分值: 2,
    整改时限: '3个工作日',
  }
  const rows: Rows = [
    ['市文明办2026年文明城市测评体系'],
    standardHeadings,
    row(1, 'XQ-01', { ...good, 测评标准: '无堆放杂物', 牵头单位: '市城管局', 配合单位: '平山区房产局' }),
    row(2, 'XQ-02', {
      ...good,
      测评内容: '小广告',
      计分档: '0处100%；3处以内50%；3处以上0%',
      整改时限: '立行立改',
    }),
    row(3, 'XQ-01', { ...good, 测评内容: '另一项' }),
    row(4, 'XQ-04', { ...good, 分值: 0 }),
    row(5, 'XQ-05', { ...good, 分值: '三' }),
    row(6, 'XQ-06', { ...good, 点位类型: '居民小区、公园' }),
    row(7, 'XQ-07', { ...good, 整改时限: '6月底前' }),
    row(8, 'XQ-08', { ...good, 牵头单位: '市森林局' }),
    row(9, 'XQ-09', { ...good, 牵头单位: '市城管局、平山区房产局' }),
    row(10, 'XQ-10', { ...good, 牵头单位: '各县区' }),
    row(11, 'XQ-11', { ...good, 作答方式: '问题数量' }),
    row(12, 'XQ-12', { ...good, 计分档: '每处扣0.5分' }),
    row(13, 'XQ-13', { ...good, 观察次数: 0 }),
    row(14, 'XQ-14', { ...good, 拍照要求: '看情况' }),
    row(15, 'XQ-15', { ...good, 问题等级: '很严重' }),
    row(16, 'XQ-16', { 点位类型: '居民小区' }),
    row(17, 'XQ-17', { 测评内容: '没有类型' }),
    row(18, null, good),
    row(19, 'XQ-02', {
      ...good,
      测评内容: '小广告',
      计分档: '0处100%；3处以内50%；3处以上0%',
      整改时限: '立行立改',
    }),
  ]
  const judged = await bring(rows)
  expect(judged.files[0].sheets[0]).toMatchObject({ list: 'standards', problem: null })
  expect(await verdicts(judged.id)).toEqual([
    'new',
    'new',
    'error standard.code_twice',
    'error standard.weight_zero',
    'error standard.weight_unread',
    'error standard.class_unknown',
    'error standard.due_unread',
    'needs_decision',
    'error standard.lead_several',
    'error standard.units_unnamed',
    'error standard.thresholds_missing',
    'error standard.thresholds_unread',
    'error standard.observations_unread',
    'error standard.photo_unknown',
    'error standard.severity_unknown',
    'error standard.text_missing',
    'error standard.class_missing',
    'error standard.code_missing',
    'duplicate',
  ])
  const asked = await decisionsOf(app, judged.id, office)
  expect(asked.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['unit 市森林局'])
  const skip = { decisions: [{ decisionId: asked[0].id, answer: 'skip' }] }
  expect((await deciding(app, judged.id, skip, office)).counts).toMatchObject({ new: 2, skipped: 1 })
  expect(await stored()).toEqual(before)
  await committing(app, judged.id, office)
  const find = async () => {
    const { body } = await app.as(office).get('/api/schemes?state=draft').expect(200)
    return body.items.find(({ name }: { name: string }) => name === '市文明办2026年文明城市测评体系')
  }
  const scheme = await find()
  expect(scheme).toMatchObject({
    issuer: { id: city.wmb.id },
    indicators: [{ code: '1', name: '环境卫生' }],
    standards: 2,
  })
  const read = async () =>
    (await app.as(office).get(`/api/schemes/${scheme.id}/standards`).expect(200)).body.items
  expect(await read()).toMatchObject([
    {
      ...{ code: 'XQ-01', text: '楼道整洁：无堆放杂物', weight: 2, dueClass: 'workdays:3', answer: 'met' },
      units: [
        { unit: { name: '市城管局' }, role: 'lead', districtCode: null },
        { unit: { name: '平山区房产局' }, role: 'support', districtCode: null },
      ],
    },
    {
      ...{ code: 'XQ-02', answer: 'count', dueClass: 'hours:24', indicator: '1' },
      thresholds: [
        { upTo: 0, score: 1 },
        { upTo: 3, score: 0.5 },
        { upTo: null, score: 0 },
      ],
    },
  ])

  // A later list changes a draft, names who answers in a district, and adds an indicator; the undo puts all of it back.
  const known = await stored()
  const later = await bring([
    ['市文明办2026年文明城市测评体系'],
    ['标准编码', '点位类型', '测评指标', '测评内容', '分值', '区县', '牵头单位'],
    ['XQ-01', null, null, null, 3, '平山区', '平山区房产局'],
    ['XQ-01', null, null, null, null, '溪湖区', '市城管局'],
    ['XQ-02', null, null, null, null, null, null],
    ['XQ-20', '公园', '公共秩序', '座椅完好', null, null, null],
  ])
  expect(await verdicts(later.id)).toEqual(['update', 'update', 'unchanged', 'new'])
  await committing(app, later.id, office)
  const [changed] = await read()
  expect(changed).toMatchObject({ weight: 3, text: '楼道整洁：无堆放杂物' })
  expect(changed.units.map(({ districtCode, role }: never) => `${districtCode} ${role}`)).toEqual([
    'null lead',
    'null support',
    '210502 lead',
    '210503 lead',
  ])
  expect((await find()).indicators).toHaveLength(2)
  const repeated = await bring([
    ['市文明办2026年文明城市测评体系'],
    ['标准编码', '点位类型', '测评指标', '测评内容', '分值', '区县', '牵头单位'],
    ['XQ-01', null, null, null, 3, '平山区', '平山区房产局'],
    ['XQ-01', null, null, null, null, '溪湖区', '市城管局'],
  ])
  expect(await verdicts(repeated.id)).toEqual(['unchanged', 'unchanged'])
  expect((await undo(later.id).expect(200)).body.state).toBe('undone')
  expect(bare(await stored())).toEqual(bare(known))

  // Published, it never changes: what is equal is unchanged, anything else an error.
  const { version } = await find()
  await app
    .as(office)
    .put(`/api/schemes/${scheme.id}/publication`)
    .set('if-match', `"v${version}"`)
    .expect(200)
  const late = await bring([
    ['市文明办2026年文明城市测评体系'],
    ['标准编码', '点位类型', '测评内容', '分值'],
    ['XQ-02', '居民小区', '小广告', 2],
    ['XQ-01', null, null, 5],
    ['XQ-30', '公园', '新的一项', 1],
  ])
  expect(await verdicts(late.id)).toEqual([
    'unchanged',
    'error standard.scheme_published',
    'error standard.scheme_published',
  ])
  expect((await undo(judged.id)).body.code).toBe('changes.in_use')
  // Its next edition is a draft again.
  await app.as(office).post(`/api/schemes/${scheme.id}/editions`).expect(201)
  const next = await bring([
    ['市文明办2026年文明城市测评体系'],
    ['标准编码', '测评内容', '分值'],
    ['XQ-01', null, 5],
  ])
  expect(await verdicts(next.id)).toEqual(['update'])
})

test('what was begun by a list goes again with it, and not once somebody edited it', async () => {
  const before = await stored()
  const list: Rows = [
    ['市文明办市场专项测评标准'],
    ['标准编码', '点位类型', '测评内容', '测评指标'],
    ['SC-1', '农贸市场', '摊位整齐', '秩序'],
    ['SC-2', '农贸市场', '地面干净', '卫生'],
  ]
  const first = await bring(list)
  await committing(app, first.id, office)
  expect((await undo(first.id).expect(200)).body.state).toBe('undone')
  expect(await stored()).toEqual(before)
  const second = await bring(list)
  await committing(app, second.id, office)
  const { items } = (await app.as(office).get('/api/schemes?state=draft').expect(200)).body
  const scheme = items.find(({ name }: { name: string }) => name === '市文明办市场专项测评标准')
  const all = (await app.as(office).get(`/api/schemes/${scheme.id}/standards`).expect(200)).body.items
  await app
    .as(office)
    .patch(`/api/standards/${all[0].id}`)
    .set('if-match', '"v1"')
    .send({ weight: 4 })
    .expect(200)
  expect((await undo(second.id)).body.code).toBe('changes.edited_since')
})

test('whoever corrects a reading finds these kinds of lists by their names', async () => {
  const { body } = await app.as(office).get('/api/import-kinds?lang=zh').expect(200)
  const named = new Map(body.lists.map(({ list, name }: { list: string; name: string }) => [list, name]))
  expect(['tasks', 'points', 'standards'].map((list) => named.get(list))).toEqual([
    '任务清单',
    '点位台账',
    '测评标准',
  ])
})

test('whose list it is: the unit in its title, else it is asked; units out of reach are unknown', async () => {
  const list = (title: string): Rows => [
    [title],
    ['标准编码', '点位类型', '测评内容'],
    ['A-1', '公园', '草坪完好'],
  ]
  const unknown = await bring(list('公园测评细则'))
  expect(await verdicts(unknown.id)).toEqual(['needs_decision'])
  const district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  // The city office is none of the units that they see: its name is asked about like an unknown one.
  const foreign = await bring(list('市文明办公园测评细则'), district)
  expect(await verdicts(foreign.id, district)).toEqual(['needs_decision'])
})
