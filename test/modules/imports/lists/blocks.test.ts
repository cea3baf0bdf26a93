/** Whose phone is it, and what kind of list: the columns of a list belong to people. */
import { expect, test } from 'vitest'
import { merged, reads } from '#test/support/factories/lists.ts'

const phones = ['13900000001', '13900000002', '13900000003', '13900000004'] as const
const [own, other, third, fourth] = phones

test('people side by side are as many people, each with their own number', () => {
  const { list, doubt, entries } = reads([
    ['市住建局学雷锋志愿者名单'],
    ['序号', '姓名', '联系电话', '序号', '姓名', '联系电话'],
    [1, '甲一', own, 3, '甲三', third],
    [2, '甲二', other],
  ])
  expect([list, doubt]).toEqual(['people', null])
  expect(entries).toEqual([
    { name: '甲一', phone: [own] },
    { name: '甲三', phone: [third] },
    { name: '甲二', phone: [other] },
  ])
})

test('a value that occurs once in a row of several people applies to all of them', () => {
  const heading = ['姓名', '性别', '联系电话', null, '姓名', '性别', '联系电话', '单位']
  expect(reads([heading, ['甲一', '男', own, null, '乙一', '女', other, '市住建局']]).entries).toEqual([
    { name: '甲一', sex: 'male', phone: [own], unit: '市住建局' },
    { name: '乙一', sex: 'female', phone: [other], unit: '市住建局' },
  ])
})

test('a value that occurs in every block applies to its block', () => {
  const heading = ['姓名', '电话', '队伍', '姓名', '电话', '队伍', '姓名', '电话', '队伍']
  expect(
    reads([heading, ['甲一', own, '一队', '甲二', other, '二队', '甲三', third, '三队']]).entries,
  ).toEqual([
    { name: '甲一', phone: [own], team: '一队' },
    { name: '甲二', phone: [other], team: '二队' },
    { name: '甲三', phone: [third], team: '三队' },
  ])
})

test('a number that stands before the first of several names is asked about', () => {
  expect(
    reads([
      ['电话', '姓名', '电话', '姓名'],
      [own, '甲一', other, '甲二'],
    ]).doubt,
  ).toBe('blocks')
})

test.each([
  [
    ['学校', '班级', '学生姓名', '电话', '家长姓名', '电话'],
    ['实验小学', '三年一班', '甲一', null, '甲父', own],
  ],
  [
    ['学校', '班级', '学生姓名', '家长姓名', '联系电话'],
    ['实验小学', '三年一班', '甲一', '甲父', own],
  ],
  [
    ['学校', '班级', '孩子姓名', '父亲', '手机'],
    ['实验小学', '三年一班', '甲一', '甲父', own],
  ],
  [
    ['家长姓名', '家长电话', '孩子姓名', '学校', '班级'],
    ['甲父', own, '甲一', '实验小学', '三年一班'],
  ],
  [
    ['学校', '班级', '学生', '监护人', '监护人联系号码'],
    ['实验小学', '三年一班', '甲一', '甲父', own],
  ],
])('under %j the number is the guardian’s', (heading, row) => {
  const { list, doubt, entries } = reads([heading, row])
  expect([list, doubt]).toEqual(['classes', null])
  expect(entries).toEqual([
    { unit: '实验小学', class: '三年一班', name: '甲一', guardian: '甲父', guardianPhone: [own] },
  ])
})

test('father and mother keep their own numbers', () => {
  const heading = ['班级', '学生姓名', '父亲姓名', '父亲电话', '母亲姓名', '母亲电话']
  expect(reads([heading, ['三年一班', '甲一', '甲父', own, '甲母', other]]).entries).toEqual([
    {
      class: '三年一班',
      name: '甲一',
      guardian: '甲父',
      guardianPhone: [own],
      secondGuardian: '甲母',
      secondGuardianPhone: [other],
    },
  ])
})

test.each([
  [['单位', '姓名', '电话', '家属姓名', '电话']],
  [['单位', '姓名', '电话', '紧急联系人', '紧急联系电话']],
  [['单位', '姓名', '电话', '介绍人', '联系方式']],
])('numbers of people who are not kept are left out and said: %j', (heading) => {
  const { entries, unread, doubt } = reads([heading, ['市住建局', '甲一', own, '乙一', other]])
  expect(doubt).toBeNull()
  expect(entries).toEqual([{ unit: '市住建局', name: '甲一', phone: [own] }])
  expect(unread.map(({ index, values, holdsPeople }) => [index, values, holdsPeople])).toEqual([
    [3, 1, true],
    [4, 1, true],
  ])
})

test('the name of a group says whose its columns are', () => {
  const rows = [
    ['学校', '班级', '学生信息', null, '监护人信息'],
    [null, null, '姓名', '性别', '姓名', '联系方式'],
    ['实验小学', '三年一班', '甲一', '男', '甲父', own],
  ]
  const merges = ['A1:A2', 'B1:B2', 'C1:D1', 'E1:F1'].map(merged)
  const expected = [
    {
      unit: '实验小学',
      class: '三年一班',
      name: '甲一',
      sex: 'male',
      guardian: '甲父',
      guardianPhone: [own],
    },
  ]
  expect(reads(rows, { merges }).entries).toEqual(expected)
  expect(reads(rows).entries).toEqual(expected)
  const groupsOnly = [
    ['学生信息', null, null, '监护人信息'],
    ['姓名', '性别', '班级', '姓名', '联系方式'],
    ['甲一', '男', '三年一班', '甲父', own],
  ]
  expect(reads(groupsOnly, { merges: ['A1:C1', 'D1:E1'].map(merged) }).entries).toEqual([
    { name: '甲一', sex: 'male', class: '三年一班', guardian: '甲父', guardianPhone: [own] },
  ])
})

test('headings in three rows are read together', () => {
  const rows = [
    ['学校', '班级', '学生信息', null, null, '监护人信息'],
    [null, null, '姓名', '联系方式', null, '姓名', '联系方式'],
    [null, null, null, '手机', '座机', null, '手机'],
    ['实验小学', '三年一班', '甲一', own, '024-42880001', '甲父', other],
  ]
  const merges = ['A1:A3', 'B1:B3', 'C1:E1', 'F1:G1', 'C2:C3', 'D2:E2', 'F2:F3'].map(merged)
  expect(reads(rows, { merges }).entries).toEqual([
    {
      unit: '实验小学',
      class: '三年一班',
      name: '甲一',
      phone: [own, '02442880001'],
      guardian: '甲父',
      guardianPhone: [other],
    },
  ])
})

test('a row of data whose words are headings too is no row of headings', () => {
  const { entries } = reads([
    ['姓名', '身份'],
    ['张三', '学生'],
    ['李四', '教师'],
  ])
  expect(entries.map(({ name }) => name)).toEqual(['张三', '李四'])
})

test('liaisons and leaders of a register keep their own numbers', () => {
  const { list, entries } = reads([
    ['序号', '单位名称', '联络员', '电话', '负责人', '电话'],
    [1, '市环保局', '甲一', own, '甲二', other],
  ])
  expect(list).toBe('units')
  expect(entries).toEqual([
    { unit: '市环保局', liaison: '甲一', liaisonPhone: [own], leader: '甲二', leaderPhone: [other] },
  ])
})

test('a directory with leaders and liaisons over two rows is a register of units, not a list of people', () => {
  const rows = [
    ['全市文明单位通讯录'],
    ['序号', '单位名称', '责任领导', null, null, '联络员'],
    [null, null, '姓名', '职务', '电话', '姓名', '职务', '电话'],
    [1, '市环保局', '甲一', '局长', own, '甲二', '科员', other],
    [2, '市水务局', '乙一', '局长', third, '乙二', '科员', fourth],
  ]
  const { list, doubt, entries } = reads(rows, { merges: ['A2:A3', 'B2:B3', 'C2:E2', 'F2:H2'].map(merged) })
  expect([list, doubt]).toEqual(['units', null])
  expect(entries).toEqual([
    { unit: '市环保局', leader: '甲一', leaderPhone: [own], liaison: '甲二', liaisonPhone: [other] },
    { unit: '市水务局', leader: '乙一', leaderPhone: [third], liaison: '乙二', liaisonPhone: [fourth] },
  ])
})

test.each([
  [
    ['序号', '队伍名称', '单位', '队长', '联系电话'],
    [1, '一队', '市住建局', '丁一', own],
  ],
  [
    ['单位', '队伍名称', '负责人', '联系电话'],
    ['市住建局', '一队', '丁一', own],
  ],
  [
    ['志愿服务队', '所属单位', '领队姓名', '手机号码'],
    ['一队', '市住建局', '丁一', own],
  ],
])('the leader of a team keeps the number under %j', (heading, row) => {
  const { list, entries } = reads([heading, row])
  expect(list).toBe('teams')
  expect(entries).toEqual([{ team: '一队', unit: '市住建局', leader: '丁一', leaderPhone: [own] }])
})

test.each(['志愿者', '成员', '队员', '党员', '参加人员'])('a column called %s names people', (heading) => {
  const { list, doubt, entries } = reads([
    ['单位', heading, '联系电话', '性别'],
    ['市林业局', '戊一', own, '男'],
  ])
  expect([list, doubt]).toEqual(['people', null])
  expect(entries).toEqual([{ unit: '市林业局', name: '戊一', phone: [own], sex: 'male' }])
})

test.each([
  [
    ['单位', '同志', '联系电话'],
    [
      ['市林业局', '张伟', own],
      ['市水务局', '李娜', other],
    ],
  ],
  [
    ['学校', '教师', '电话'],
    [
      ['实验小学', '张伟', own],
      ['实验小学', '李娜', other],
    ],
  ],
  [
    ['单位', '备注', '出生日期'],
    [
      ['市林业局', '张伟', '1990-01-31'],
      ['市水务局', '李娜', '1991-01-31'],
    ],
  ],
  [
    ['姓名', '联系电话'],
    [
      ['市林业局', own],
      ['市水务局', other],
      ['市教育局', third],
    ],
  ],
])('a list that may be of people or of units is asked about: %j', (heading, rows) => {
  const { doubt, readings } = reads([heading, ...rows])
  expect(doubt).toBe('list')
  expect(new Set(readings.map(({ list }) => list))).toEqual(new Set(['people', 'units']))
})

test('a column that may belong to the pupil or to the parent is asked about, with both readings', () => {
  const { doubt, readings } = reads([
    ['班级', '学生姓名', '家长姓名', '身份证号'],
    ['三年一班', '甲一', '甲父', '210502199003071235'],
  ])
  expect(doubt).toBe('whose')
  expect(readings.map(({ columns }) => columns.find(({ index }) => index === 3)?.field)).toEqual([
    null,
    'identityNumber',
  ])
})

test('a column without a heading is reported as unread', () => {
  expect(
    reads([
      ['姓名', '单位'],
      ['甲一', '市住建局', own],
    ]).unread,
  ).toEqual([{ index: 2, heading: '', values: 1, holdsPeople: true }])
})
