/** Roles, names, classes, numbers and dates as cells really hold them. */
import { expect, test } from 'vitest'
import { classIn, isGenericName, teamNamed } from '#modules/imports/read/defaults.ts'
import { readNames } from '#modules/imports/read/names.ts'
import { roleOfWord } from '#modules/imports/read/roles.ts'
import { readYesNo } from '#modules/imports/read/values.ts'
import { merged, reads } from '#test/support/factories/lists.ts'
import { other, own, third } from './numbers.ts'

test.each([
  '教师',
  '语文教师',
  '任课教师',
  '副班主任',
  '辅导员',
  '校长',
  '体育老师',
  '教师（带队）',
  '师',
  '副校长',
  '班 主 任',
])('%s is a teacher', (word) => expect(roleOfWord(word, true)).toBe('teacher'))

test.each(['学生', '生', '班长', '少先队员', '中队长', '学习委员'])('%s is a pupil', (word) =>
  expect(roleOfWord(word, true)).toBe('pupil'),
)

test.each(['家长', '科长', '司机', ''])('%s is no pupil', (word) =>
  expect(roleOfWord(word, true)).not.toBe('pupil'),
)

test('an unknown role in a class list waits, and so does an empty one beside others', () => {
  const heading = ['学校', '班级', '姓名', '人员类别']
  const row = (name: string, role: string | null) => ['实验小学', '六年三班', name, role]
  const { entries } = reads([heading, row('寅一', '语文教师'), row('寅二', '司机'), row('寅三', null)])
  expect(entries.map(({ role, roleWord }) => [role, roleWord])).toEqual([
    ['teacher', undefined],
    [undefined, '司机'],
    [undefined, ''],
  ])
})

test('a word about the person behind a name is no part of it', () => {
  const heading = ['学校', '班级', '姓名']
  const row = (name: string) => ['实验小学', '六年一班', name]
  const { entries } = reads([heading, row('子七（教师）'), row('子八老师'), row('子九（带队）'), row('子十')])
  expect(entries.map(({ name, role }) => [name, role])).toEqual([
    ['子七', 'teacher'],
    ['子八', 'teacher'],
    ['子九', 'leader'],
    ['子十', undefined],
  ])
})

test.each(['•', '‧', '・', '･', '∙', '⋅', '.', '．', '。', '●', 'ㆍ', '—', ' ', '-', '˙', '·'])(
  '买买提%s艾力 is 买买提·艾力',
  (dot) => expect(readNames(`买买提${dot}艾力`)).toEqual({ names: ['买买提·艾力'] }),
)

test.each([
  ['张 三', ['张三']],
  ['欧 阳 娜', ['欧阳娜']],
  ['司马 相如', ['司马相如']],
  ['𠮷田', ['𠮷田']],
  ['卫〇', ['卫〇']],
  ['王\ue000', ['王\ue000']],
  ['冯\u{f0001}', ['冯\u{f0001}']],
  ['郑\ufa0c', ['郑兀']],
  ['张三\n李四\n王五', ['张三', '李四', '王五']],
  ['张三、李四', ['张三', '李四']],
  ['张三  李四', ['张三', '李四']],
  ['阿不都·热合曼', ['阿不都·热合曼']],
  ['Anna Smith', ['Anna Smith']],
])('the cell %j names %j', (cell, names) => expect(readNames(cell)).toEqual({ names }))

test.each(['张三 李四', '张三.李四'])('%j may be one person or two', (cell) =>
  expect(readNames(cell)).toHaveProperty('either'),
)

test.each(['陈\ufffd', '褚⿰木㐄', '123', '=1+1', '同上'])('%j is no name', (cell) =>
  expect(readNames(cell)).toEqual({ malformed: true }),
)

test('several people in a cell get their own numbers, or wait', () => {
  const heading = ['单位', '姓名', '联系电话']
  expect(reads([heading, ['X局', '张三\n李四', `${own}\n${other}`]]).entries).toEqual([
    { unit: 'X局', name: '张三', phone: [own] },
    { unit: 'X局', name: '李四', phone: [other] },
  ])
  expect(reads([heading, ['X局', '张三  李四', `${own} ${other}`]]).entries).toHaveLength(2)
  expect(reads([heading, ['X局', '张三、李四', own]]).reasons).toEqual([
    ['phone.unpaired'],
    ['phone.unpaired'],
  ])
  expect(reads([heading, ['X局', '张三 李四', own]]).reasons).toEqual([['name.several']])
})

test('grade and class in two columns are one class', () => {
  const heading = ['学校', '年级', '班级', '学生姓名']
  const named = (grade: string, name: string | number) =>
    reads([heading, ['实验小学', grade, name, '甲一']]).entries[0]?.class
  expect([
    named('三年级', '1班'),
    named('三年级', 2),
    named('三年级', '三（1）班'),
    named('2021级', '3班'),
    named('三年级', '三年级4班'),
  ]).toEqual(['三年级1班', '三年级2班', '三(1)班', '2021级3班', '三年级4班'])
})

test('a class that became a date is an error, and so is a team or a unit', () => {
  const date = new Date('2026-03-01T00:00:00Z')
  expect(
    reads([
      ['学校', '班级', '学生姓名'],
      ['实验小学', date, '甲一'],
    ]).reasons,
  ).toEqual([['cell.is_date']])
  expect(
    reads([
      ['单位', '队伍', '姓名'],
      ['X局', date, '甲一'],
    ]).reasons,
  ).toEqual([['cell.is_date']])
  expect(
    reads([
      ['单位', '姓名'],
      [date, '甲一'],
    ]).reasons,
  ).toEqual([['cell.is_date']])
})

test('ditto marks stand for what is above, and for nothing at the top', () => {
  const heading = ['学校', '班级', '姓名']
  const { entries, remarks, reasons } = reads([
    heading,
    ['〃', '七年一班', '申一'],
    ['实验小学', '七年一班', '申三'],
    ['同上', '同上', '申四'],
    ['"', '〃', '申五'],
    ['″', '″', '同上'],
  ])
  expect(reasons).toEqual([['cell.ditto'], [], [], [], ['cell.ditto']])
  expect(entries.slice(1, 4).map(({ unit, class: name }) => [unit, name])).toEqual(
    Array.from({ length: 3 }, () => ['实验小学', '七年一班']),
  )
  expect(remarks[2]).toEqual(['ditto.resolved'])
})

test.each([
  ['三年级1班', '三年级1班'],
  ['四年级2班学生信息表', '四年级2班'],
  ['实验小学三（2）班名单', '三(2)班'],
  ['初一3班', '初一3班'],
  ['2021级3班', '2021级3班'],
  ['1班', undefined],
  ['市住建局志愿者名单', undefined],
])('the title %s names the class %s', (title, name) => expect(classIn(title)).toBe(name))

test('sheets are called by teams, or by nothing', () => {
  expect(['第一分队', '机关党员突击队', '一组', '志愿者名单', 'Sheet1'].map(teamNamed)).toEqual([
    '第一分队',
    '机关党员突击队',
    '一组',
    undefined,
    undefined,
  ])
  expect(
    ['Sheet1', '工作表2', '名单', '志愿者名单', '师生', '队员', '东区', '机关'].map(isGenericName),
  ).toEqual([true, true, true, true, true, true, false, false])
})

test('a sheet for each class, a file for a class, a sheet for each team', () => {
  const pupils = [
    ['姓名', '家长电话'],
    ['甲一', own],
  ]
  expect(reads(pupils, { name: '三年一班', amongOthers: true }).entries[0]?.class).toBe('三年一班')
  const titled = reads([['班主任：李敏 电话：13900000009'], ['姓名', '联系电话'], ['甲一', own]], {
    file: '四年级2班学生信息表.xlsx',
  })
  expect(titled.list).toBe('classes')
  expect(titled.entries).toEqual([
    { name: '甲一', phone: [own], class: '四年级2班', teacher: '李敏', teacherPhone: ['13900000009'] },
  ])
  const members = [
    ['姓名', '联系电话'],
    ['甲一', own],
  ]
  expect(reads(members, { name: '第一分队' }).entries[0]?.team).toBe('第一分队')
  expect(reads(members, { name: '东区', amongOthers: true }).entries[0]?.team).toBe('东区')
  expect(reads(members, { name: '东区' }).entries[0]?.team).toBeUndefined()
})

test('a class on a line of its own holds for the rows below it', () => {
  const { entries } = reads([
    ['学校', '姓名', '家长电话'],
    ['三年级1班'],
    ['实验小学', '甲一', own],
    ['三年级2班'],
    ['实验小学', '甲二', other],
  ])
  expect(entries.map(({ class: name }) => name)).toEqual(['三年级1班', '三年级2班'])
})

test('merged cells hold for all they span, whatever is in them', () => {
  const heading = ['单位', '姓名', '联系电话']
  const shared = reads([heading, ['X局', '张三', 13900000001], ['X局', '李四']], {
    merges: [merged('C2:C3')],
  })
  expect(shared.entries.map(({ phone }) => phone)).toEqual([[own], [own]])
  const one = reads([heading, ['X局', '张三', own], [null, null, other], ['X局', '李四', third]], {
    merges: [merged('A2:A3'), merged('B2:B3')],
  })
  expect(one.kinds).toEqual(['heading', 'data', 'continued', 'data'])
  expect(one.entries.map(({ name, phone }) => [name, phone])).toEqual([
    ['张三', [own, other]],
    ['李四', [third]],
  ])
  const heads = reads(
    [
      ['单位', '队伍', '人数'],
      ['X局', '一队', 12],
      ['X局', '二队'],
    ],
    { merges: [merged('C2:C3')] },
  )
  expect(heads.reasons).toEqual([[], ['count.merged']])
})

test('examples and numbers of empty rows are no data; hidden rows say so', () => {
  const heading = ['序号', '姓名', '联系电话', '单位']
  const { kinds, hidden } = reads(
    [
      heading,
      ['例', '张三', '13800000000', '某某局'],
      ['示例', '李四', '13812345678', '市住建局'],
      [1, '甲一', own, '市住建局'],
      [2, '王五（示例）', other, '市住建局'],
      [3, '甲二', other, '市住建局'],
      [4],
    ],
    { hidden: [6] },
  )
  expect(kinds).toEqual(['heading', 'sample', 'sample', 'data', 'sample', 'data', 'numbered'])
  expect(hidden).toEqual([false, true])
})

test.each(['不同意', '否', '不 同 意。', '拒绝', '不参加', '×'])('%j is a no', (cell) =>
  expect(readYesNo(cell)).toEqual({ value: false }),
)

test('a refusal is said, and an empty cell stays unknown', () => {
  const { entries, remarks } = reads([
    ['班级', '学生姓名', '家长姓名', '家长是否同意'],
    ['三年一班', '甲一', '甲父', '不同意'],
    ['三年一班', '甲二', '甲母', null],
    ['三年一班', '甲三', null, '同意'],
  ])
  expect(entries.map(({ guardianConsent }) => guardianConsent)).toEqual([false, undefined, true])
  expect(remarks).toEqual([['consent.refused'], [], ['consent.nameless']])
})

test('half a name is none, a role is no class, and numbered headings belong to the first and the second', () => {
  const split = reads([
    ['姓', '名', '电话'],
    ['张', '伟', '13900000001'],
  ])
  expect(split.reasons).toEqual([['name.malformed']])
  const escort = reads([
    ['班级', '姓名', '家长', '电话'],
    ['带队教师', '王敏老师', null, '13900000002'],
  ])
  expect(escort.reasons).toEqual([['class.is_role']])
  const both = reads([
    ['班级', '学生姓名', '家长1姓名', '家长1电话', '家长2姓名', '家长2电话'],
    ['三年1班', '甲一', '甲父', '13900000001', '甲母', '13900000002'],
  ])
  expect([both.doubt, both.unread, both.entries]).toEqual([
    null,
    [],
    [
      {
        class: '三年1班',
        name: '甲一',
        guardian: '甲父',
        guardianPhone: ['13900000001'],
        secondGuardian: '甲母',
        secondGuardianPhone: ['13900000002'],
      },
    ],
  ])
  expect(
    reads([
      ['姓名', '手机1', '手机2'],
      ['甲一', '13900000001', '13900000002'],
    ]).entries,
  ).toEqual([{ name: '甲一', phone: ['13900000001', '13900000002'] }])
})
