import { expect, test } from 'vitest'
import { gridOf } from '#modules/imports/read/grid.ts'
import { ownHeadings } from '#modules/imports/read/headings.ts'
import { layoutOf } from '#modules/imports/read/layout.ts'
import { readRows, readSheetHead } from '#modules/imports/read/read-sheet.ts'
import { rowKindOf } from '#modules/imports/read/row-kinds.ts'
import { leaderIn, likeliestUnit, titleOfFile, unitCandidates } from '#modules/imports/read/said/titles.ts'
import type { Cell, Merge, Sheet } from '#platform/files/cells.ts'

const reading = { today: '2026-03-01', headings: ownHeadings }
const sheetOf = (rows: Cell[][], merges: Merge[] = []): Sheet => ({
  name: 'S',
  hidden: false,
  rows: rows.flatMap((cells, at) => (cells.length > 0 ? [{ line: at + 1, cells }] : [])),
  merges,
})
const fieldsOf = (rows: Cell[][], merges: Merge[] = []) =>
  layoutOf(sheetOf(rows, merges)).columns.map(({ field }) => field)

test.each([
  ['姓名', 'name'],
  ['名字', 'name'],
  ['姓 名', 'name'],
  ['*姓名', 'name'],
  ['志愿者姓名', 'name'],
  ['Name', 'name'],
  ['手机', 'phone'],
  ['手机号码(11位)', 'phone'],
  ['联系电话', 'phone'],
  ['Mobile phone', 'phone'],
  ['所属单位', 'unit'],
  ['志愿服务队', 'team'],
  ['队伍', 'team'],
  ['身份证号【必填】', 'identityNumber'],
  ['出生年月', 'birthDate'],
  ['家长联系电话', 'guardianPhone'],
  ['所属单位', 'unit'],
  ['血型', undefined],
  ['备注', undefined],
])('the heading %s names %s', (heading, field) => {
  expect(ownHeadings.fieldOf(heading)).toBe(field)
})

test('headings stand in any order, below titles, and unknown columns are named', () => {
  const layout = layoutOf(
    sheetOf([['XX局志愿者名单'], [], ['手机', '血型', '名字', '所属单位'], ['1', 'A', '张三', 'X']]),
  )
  expect(layout).toMatchObject({ list: 'people', headingLine: 3, headingLines: 1 })
  expect(layout.columns.map(({ heading, field }) => [heading, field])).toEqual([
    ['手机', 'phone'],
    ['血型', null],
    ['名字', 'name'],
    ['所属单位', 'unit'],
  ])
})

test('headings in two rows are read together, by their merged cells or without knowing them', () => {
  const rows = [
    ['序号', '单位名称', '联络员', null, '上级单位'],
    [null, null, '姓名', '电话'],
    [1, '市教育局', '张三', '15400000001', null],
  ]
  const expected = ['number', 'unit', 'liaison', 'liaisonPhone', 'parent']
  expect(fieldsOf(rows)).toEqual(expected)
  expect(fieldsOf(rows, [{ top: 1, left: 2, bottom: 1, right: 3 }])).toEqual(expected)
  expect(layoutOf(sheetOf(rows))).toMatchObject({ headingLine: 2, headingLines: 2, list: 'units' })
})

test('a first row of data is not taken for headings', () => {
  expect(
    layoutOf(
      sheetOf([
        ['姓名', '性别', '手机'],
        ['张三', '男', '15400000001'],
      ]),
    ),
  ).toMatchObject({ headingLine: 1 })
})

test.each([
  [['姓名', '手机', '队伍'], 'people'],
  [['班级', '姓名', '监护人电话'], 'classes'],
  [['队伍名称', '所属单位', '队长', '队长电话'], 'teams'],
  [['学校', '班级', '教师人数', '学生人数'], 'heads'],
  [['单位', '人数'], 'heads'],
  [['单位名称', '单位性质', '职工人数', '联络员'], 'units'],
  [['单位名称', '上级单位', '人数'], 'units'],
  [['日期', '天气'], null],
])('a table of %j is a list of %s', (headings, list) => {
  expect(layoutOf(sheetOf([headings])).list).toBe(list)
})

test('a field that stands twice counts once, but for numbers and skills', () => {
  expect(fieldsOf([['姓名', '性别', '性别', '手机', '办公电话']])).toEqual([
    'name',
    'sex',
    null,
    'phone',
    'phone',
  ])
})

const { columns } = layoutOf(sheetOf([['序号', '姓名', '单位', '手机']]))
test.each([
  [['1', '张三', 'X', '154'], 'data'],
  [['合计', '36人'], 'subtotal'],
  [[null, '小 计:', null, '12'], 'subtotal'],
  [['共36人'], 'subtotal'],
  [['填表人:', '李四', '审核人:', null], 'signature'],
  [['审核人：王五'], 'signature'],
  [[null, null, null, '2026年3月1日 单位盖章'], 'data'],
  [['注:请于三月一日前报送'], 'note'],
  [['第一小队'], 'title'],
  [['序号', '姓名', '单位', '手机'], 'heading'],
  [[null, '贺计'], 'data'],
  [[7, '签名', 'X', '154'], 'data'],
])('the row %j is %s', (cells, kind) => {
  expect(rowKindOf(cells as Cell[], columns)).toBe(kind)
})

test.each([
  ['本溪市住房和城乡建设局学雷锋志愿者名单', '本溪市住房和城乡建设局'],
  ['附件1:2026年市教育局志愿者报名表', '市教育局'],
  ['本溪市百姓雷锋志愿服务协会学雷锋志愿者名单', '本溪市百姓雷锋志愿服务协会'],
  ['明山区胜利中学“小手拉大手”活动师生名单', '明山区胜利中学'],
  ['XX局志愿者名单', 'XX局'],
  ['志愿者名单', undefined],
  ['名单', undefined],
])('the title %s speaks of %s', (title, unit) => {
  expect(likeliestUnit(title)).toBe(unit)
})

test('candidates come longest first, so that whoever knows the units finds the whole name', () => {
  expect(unitCandidates('本溪市蓝天救援志愿服务协会学雷锋志愿者名单')[0]).toBe('本溪市蓝天救援志愿服务协会')
})

test.each([
  ['领队:张三 13800000001', { name: '张三', phone: '13800000001' }],
  ['带队人：欧阳雪 电话：138-0000-0001', { name: '欧阳雪', phone: '138-0000-0001' }],
  ['XX局志愿者名单(领队张三)', { name: '张三', phone: null }],
  ['队长 李四 联系电话', { name: '李四', phone: null }],
  ['XX局志愿者名单', undefined],
])('the title %s names a leader', (title, leader) => {
  expect(leaderIn(title)).toEqual(leader)
})

test('of a file name only its last part is read', () => {
  expect(titleOfFile('../../etc/C:\\lists\\XX局志愿者名单.XLSX')).toBe('XX局志愿者名单')
})

test('unit and leader come from the title, else from the name of the file', () => {
  const rows = [['市教育局志愿者名单'], ['领队', '张三'], ['姓名', '手机'], ['张三', '154']]
  expect(readSheetHead(sheetOf(rows), 'x.xlsx', reading)).toMatchObject({
    unitName: '市教育局',
    leader: { name: '张三' },
  })
  expect(readSheetHead(sheetOf(rows.slice(2)), '市民政局志愿者名单.xlsx', reading)).toMatchObject({
    unitName: '市民政局',
    leader: null,
  })
})

test('a cell merged downwards holds for every row it spans', () => {
  const sheet = sheetOf(
    [
      ['单位', '姓名'],
      ['X局', '张三'],
      [null, '李四'],
      [null, '王五'],
    ],
    [{ top: 2, left: 0, bottom: 3, right: 0 }],
  )
  const grid = gridOf(sheet.rows, sheet.merges, layoutOf(sheet))
  expect(grid.map(({ cells }) => cells[0])).toEqual(['X局', 'X局', null])
})

test('without headings nothing is data', () => {
  const sheet = sheetOf([['张三', '15400000001']])
  const said = readSheetHead(sheet, 'x.csv', reading)
  expect(readRows(sheet, said, reading)).toEqual([{ line: 1, kind: 'note', reads: [] }])
})
