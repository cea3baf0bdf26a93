/** Lists of standards and points as offices write them: every row is judged, none is lost in silence, and the undo is exact. */
import { expect, test } from 'vitest'
import { committing, deciding, decisionsOf } from '#test/support/factories/spreadsheets.ts'
import {
  aListGround,
  app,
  bare,
  bring,
  city,
  office,
  type Rows,
  stored,
  undo,
  verdicts,
} from './list-ground.ts'

aListGround()

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
