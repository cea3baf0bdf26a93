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
