/** What offices put around and into their lists: signatures, remarks, second tables, forms, and two values in one cell. */
import { expect, test } from 'vitest'
import { reads } from '#test/support/factories/lists.ts'

const [a, b, c] = ['13900000001', '13900000002', '13900000003'] as const
const wholeNames = (entries: { name?: string | undefined }[]) => entries.map(({ name }) => name)

test('who filled in and who checked a list are not on it, also in cells of their own', () => {
  const { kinds, entries } = reads([
    ['序号', '姓名', '电话'],
    [1, '张伟', a],
    ['审核人', '刘强', '填表日期'],
    ['填表人', '王芳', b],
  ])
  expect([kinds, wholeNames(entries)]).toEqual([['heading', 'data', 'signature', 'signature'], ['张伟']])
})

test.each(['以上人员均已购买保险', '本表一式两份', '请各单位于二十八日前报送'])('%s is nobody', (text) => {
  const { kinds, entries } = reads([['姓名', '电话'], ['张伟', a], [text], ['买买提·艾力']])
  expect(kinds).toEqual(['heading', 'data', 'note', 'data'])
  expect(wholeNames(entries)).toEqual(['张伟', '买买提·艾力'])
})

test('a second table with other columns is never read by the headings of the first', () => {
  const { kinds, reasons } = reads([
    ['姓名', '电话', '家长电话'],
    ['张伟', a, b],
    ['姓名', '家长电话', '电话'],
    ['李娜', a, b],
    ['姓名', '电话', '家长电话'],
    ['王芳', c, b],
  ])
  expect(kinds).toEqual(['heading', 'data', 'heading', 'data', 'heading', 'data'])
  expect(reasons).toEqual([[], ['table.headings_differ'], []])
})

test('headings repeated below groups, as on every printed page, change nothing', () => {
  const { kinds, entries, reasons } = reads([
    ['班级', '学生姓名', '电话', '家长姓名', '电话'],
    ['三年一班', '甲一', null, '甲父', a],
    ['班级', '学生姓名', '电话', '家长姓名', '电话'],
    ['三年二班', '乙一', null, '乙父', b],
  ])
  expect([kinds, reasons]).toEqual([
    ['heading', 'data', 'heading', 'data'],
    [[], []],
  ])
  expect(entries.map(({ guardianPhone }) => guardianPhone)).toEqual([[a], [b]])
})

test('a form of one person, with its headings beside the values, makes nobody called 联系电话', () => {
  const { reasons } = reads([
    ['姓名', '张伟', '性别', '男'],
    ['联系电话', a, '单位', '市住建局'],
  ])
  expect(reasons[0]).toContain('name.is_heading')
})

test.each([
  [['姓名及电话', '单位'], '张伟13900000001'],
  [['姓名/联系电话', '单位'], '张伟/13900000001'],
  [['姓名', '单位'], '张伟（139 0000 0001）'],
  [['姓名', '单位'], '张伟：+86 13900000001'],
])('under %j %s is a name and its number', (heading, cell) => {
  expect(reads([heading, [cell, '市住建局']]).entries).toEqual([
    { name: '张伟', phone: [a], unit: '市住建局' },
  ])
})

test('the number beside a liaison is theirs', () => {
  expect(
    reads([
      ['单位', '联系人及电话'],
      ['市住建局', `李娜 ${b}`],
    ]).entries,
  ).toEqual([{ unit: '市住建局', liaison: '李娜', liaisonPhone: [b] }])
})

test('numbers and roles before a name are no part of it', () => {
  const { entries } = reads([
    ['姓名', '电话'],
    ['1.张伟', a],
    ['2、李娜', b],
    ['（3）王芳', c],
    ['组长：赵敏', null],
    ['副队长 钱进', null],
  ])
  expect(entries.map(({ name, role }) => [name, role])).toEqual([
    ['张伟', undefined],
    ['李娜', undefined],
    ['王芳', undefined],
    ['赵敏', 'leader'],
    ['钱进', 'deputy'],
  ])
})

test('a child among volunteers needs a date of birth; an age of an adult changes nothing', () => {
  const { reasons, unread } = reads([
    ['单位', '姓名', '年龄', '出生年月'],
    ['市住建局', '张伟', 45, null],
    ['市住建局', '王小一', 10, null],
    ['市住建局', '王小二', '17岁', '2009.01'],
    ['市住建局', '王小三', '9周岁', null],
  ])
  expect([reasons, unread]).toEqual([[[], ['age.minor'], [], ['age.minor']], []])
  const pupils = reads([
    ['学校', '班级', '姓名', '年龄'],
    ['实验小学', '三年一班', '王小一', 9],
  ])
  expect([pupils.list, pupils.reasons]).toEqual(['classes', [[]]])
})
