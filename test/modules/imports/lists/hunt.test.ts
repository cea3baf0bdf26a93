/** What offices put around and into their lists: signatures, remarks, second tables, forms, and two values in one cell. */
import { expect, test } from 'vitest'
import { merged, reads } from '#test/support/factories/lists.ts'

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

test('a table below another one is read by its own headings', () => {
  const { kinds, entries, reasons } = reads([
    ['姓名', '电话', '家长电话'],
    ['张伟', a, b],
    ['姓名', '家长电话', '电话'],
    ['李娜', a, b],
    ['姓名', '电话', '家长电话'],
    ['王芳', c, b],
  ])
  expect(kinds).toEqual(['heading', 'data', 'heading', 'data', 'heading', 'data'])
  expect(reasons).toEqual([[], [], []])
  expect(entries.map(({ name, phone, guardianPhone }) => [name, phone, guardianPhone])).toEqual([
    ['张伟', [a], [b]],
    ['李娜', [b], [a]],
    ['王芳', [c], [b]],
  ])
})

test('tables of several kinds in one sheet are as many lists, each with the title directly above it', () => {
  const rows = [
    ['市住建局志愿者名单'],
    ['姓名', '电话', '单位'],
    ['张伟', a, '市住建局'],
    ['合计', '1人'],
    [],
    ['附：队伍情况'],
    ['队伍', '队长', '电话'],
    ['一队', '李娜', b],
    ['四年级1班学生'],
    ['学生信息', null, '监护人信息', null],
    ['姓名', '性别', '姓名', '联系方式'],
    ['王芳', '女', '王建', c],
  ]
  const { lists, kinds, doubt, entries } = reads(rows, { merges: ['A10:B10', 'C10:D10'].map(merged) })
  expect([lists, doubt]).toEqual([['people', 'teams', 'classes'], null])
  expect(kinds.filter((kind) => kind === 'data')).toHaveLength(3)
  expect(entries).toEqual([
    { name: '张伟', phone: [a], unit: '市住建局' },
    { team: '一队', leader: '李娜', leaderPhone: [b] },
    { name: '王芳', sex: 'female', guardian: '王建', guardianPhone: [c], class: '四年级1班' },
  ])
})

test('a table of things below the people makes nobody of them', () => {
  const { reasons } = reads([
    ['姓名', '电话', '单位'],
    ['张伟', a, '市住建局'],
    ['物品', '数量', '领用人'],
    ['铁锹', 12, '李娜'],
  ])
  expect(reasons).toEqual([[], ['phone.malformed'], ['phone.malformed']])
})

test('who is on duty and who leads them are asked about, each with their own number', () => {
  const known = reads([
    ['日期', '值班人员', '电话', '带班领导', '电话'],
    ['3月1日', '张伟', a, '李娜', b],
  ])
  expect([known.doubt, known.entries.map(({ name, phone }) => [name, phone])]).toEqual([
    'blocks',
    [
      ['张伟', [a]],
      ['李娜', [b]],
    ],
  ])
  for (const heading of ['主班', '科长', '司机']) {
    const { doubt, readings, entries } = reads([
      ['日期', heading, '电话', '姓名', '电话'],
      ['3月1日', '李娜', b, '张伟', a],
    ])
    expect([doubt, readings.length]).toEqual(['whose', 3])
    expect(entries).toEqual([{ name: '张伟', phone: [a] }])
  }
  expect(
    reads([
      ['值班人', '电话'],
      ['张伟', a],
      ['李娜', '同上'],
    ]).entries,
  ).toEqual([
    { name: '张伟', phone: [a] },
    { name: '李娜', phone: [a] },
  ])
})

test('a dividing line says the unit, the team with its count, or the role of the people below it', () => {
  const units = reads([
    ['序号', '姓名', '电话'],
    ['市住建局'],
    [1, '张伟', a],
    ['（二）市教育局：'],
    [1, '李娜', b],
    ['其他人员'],
    [1, '王芳', c],
  ])
  expect(units.entries.map(({ name, unit }) => [name, unit])).toEqual([
    ['张伟', '市住建局'],
    ['李娜', '市教育局'],
    ['王芳', '市教育局'],
  ])
  expect(units.remarks).toEqual([[], [], ['divider.unread']])
  const teams = reads([
    ['姓名', '电话', '性别'],
    ['一队（1人）'],
    ['张伟', a, '男'],
    ['二、二队 1人'],
    ['李娜', b, '女'],
  ])
  expect(teams.entries.map(({ team }) => team)).toEqual(['一队', '二队'])
  const classes = reads([
    ['序号', '姓名', '性别', '家长电话'],
    ['四年级1班'],
    ['一、带队教师（1人）'],
    [1, '张伟', '男', null],
    ['二、学生（1人）：'],
    [1, '李娜', '女', b],
  ])
  expect(classes.entries.map(({ name, role, class: of }) => [name, role, of])).toEqual([
    ['张伟', 'teacher', '四年级1班'],
    ['李娜', 'pupil', '四年级1班'],
  ])
})

test.each(['王主任', '李局', '陈书记', '小王', '老李', '欧阳主任', '王总', '赵师傅', '李副局长'])(
  '%s is no whole name',
  (cell) =>
    expect(
      reads([
        ['姓名', '电话'],
        [cell, a],
      ]).reasons,
    ).toEqual([['name.title_only']]),
)
test.each([
  ['张伟主任', '张伟'],
  ['张伟副局长', '张伟'],
  ['王伟处长', '王伟'],
  ['司马相如教授', '司马相如'],
  ['王科', '王科'],
  ['高书', '高书'],
])('%s is called %s', (cell, name) =>
  expect(
    reads([
      ['姓名', '电话'],
      [cell, a],
    ]).entries[0]?.name,
  ).toBe(name),
)

test('figures and signatures below a list are nobody', () => {
  const { kinds } = reads([
    ['序号', '姓名', '电话'],
    [1, '张伟', a],
    [null, '总人数：', 1],
    [null, '男1人，女0人'],
    ['单位（盖章）：', null, '2026年3月1日'],
    ['共1人'],
  ])
  expect(kinds).toEqual(['heading', 'data', 'subtotal', 'subtotal', 'signature', 'subtotal'])
})

test.each([
  [`${a}（微信同号）`, [a]],
  [`微信：${a}`, [a]],
  [`0${a}`, [a]],
  [`${a} ${b}`, [a, b]],
  [`${a}/${b}`, [a, b]],
  [`${a}\n（${b}）`, [a, b]],
  [`${a}（办）`, [a]],
])('the cell %j holds the numbers %j', (cell, phone) =>
  expect(
    reads([
      ['姓名', '电话'],
      ['张伟', cell],
    ]).entries,
  ).toEqual([{ name: '张伟', phone }]),
)
test.each([`${a}/2`, '024-42880001转801', `V${a}`, '139****0001', `手机${a}座机02442880001`])(
  'the cell %j is no number, and said so',
  (cell) =>
    expect(
      reads([
        ['姓名', '电话'],
        ['张伟', cell],
      ]).reasons,
    ).toEqual([['phone.malformed']]),
)

test('rooms merged over people, names in a cell of a unit, and headings over two lines are read', () => {
  const rooms = reads(
    [
      ['科 室', '姓\u3000名', '联系\n电话'],
      ['办公室', '张伟', a],
      [null, '李娜', b],
    ],
    { merges: [merged('A2:A3')] },
  )
  expect(rooms.entries.map(({ name, phone }) => [name, phone])).toEqual([
    ['张伟', [a]],
    ['李娜', [b]],
  ])
  expect(rooms.unread.map(({ heading }) => heading)).toEqual(['科 室'])
  const names = reads([
    ['单位', '人员名单', '人数'],
    ['市住建局', '张伟、李娜、王芳', 3],
  ])
  expect([names.list, wholeNames(names.entries)]).toEqual(['people', ['张伟', '李娜', '王芳']])
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
