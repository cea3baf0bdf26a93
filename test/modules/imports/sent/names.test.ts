/** Roles, names, classes and teams: uploaded as offices send them. */
import { beforeAll, expect, test } from 'vitest'
import { outcomeOf, type SentCell, type SentSheet, sent } from '#test/support/factories/sent-lists.ts'
import { aCsv } from '#test/support/factories/spreadsheets.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { a, b, c, d, offices } from './ground.ts'

const app = sharedApp()
beforeAll(async () => {
  await offices(app)
})

type Rows = readonly (readonly SentCell[])[]
const teacher = [
  '教师',
  '语文教师',
  '任课教师',
  '副班主任',
  '辅导员',
  '校长',
  '体育老师',
  '教师（带队）',
  '师',
]
const pupil = ['学生', '班长', '少先队员', '生']

test('words for roles in a class make teachers and pupils, parents members, and unknown ones are asked', async () => {
  const words = [...teacher, ...pupil, '家长', '带队', '生活助理', '校车司机']
  const rows = words.map((word, at) => [
    '实验小学',
    '六年三班',
    `寅${at}`.replace(/\d+/, (n) => '一二三四五六七八九十甲乙丙丁戊己庚辛'[Number(n)]!),
    word,
  ])
  const outcome = await outcomeOf(app, sent([['学校', '班级', '姓名', '人员类别'], ...rows]))
  const roles = outcome.map((each) => each.split(' ').slice(4).join(' '))
  expect(roles).toEqual([
    ...teacher.map(() => 'teacher'),
    ...pupil.map(() => 'pupil'),
    'member',
    'leader',
    '?role:生活助理',
    '?role:校车司机',
  ])
  expect(outcome.filter((each) => each.startsWith('new'))).toHaveLength(words.length - 2)
})

const lists: [string, Rows, string[], string?][] = [
  [
    'a word about the person behind the name',
    [
      ['学校', '班级', '姓名', '联系电话'],
      ['实验小学', '六年一班', '子七（教师）', a],
      ['实验小学', '六年一班', '子八老师', b],
      ['实验小学', '六年一班', '子九（带队）', c],
      ['实验小学', '六年一班', '子十', null],
    ],
    [
      'new 子七 0001 @实验小学 班:六年一班 teacher',
      'new 子八 0002 @实验小学 班:六年一班 teacher',
      'new 子九 0003 @实验小学 班:六年一班 leader',
      'new 子十 @实验小学 班:六年一班',
    ],
  ],
  [
    'roles on lines of their own',
    [['姓名', '性别', '家长电话'], ['带队教师（1人）'], ['子一', '女', null], ['学生：'], ['子二', '男', a]],
    ['new 子一 班:六年二班 teacher', 'new 子二 班:六年二班 pupil 家长:0001'],
    '实验小学六年二班名单.xlsx',
  ],
  [
    'a leading group, whose members without a word stay members',
    [
      ['市住建局学雷锋领导小组'],
      ['职务', '姓名', '电话'],
      ['组长', '张伟', a],
      ['副组长', '李娜', b],
      ['成员', '王芳', c],
      [null, '赵敏', d],
    ],
    ['new 张伟 0001 leader', 'new 李娜 0002 deputy', 'new 王芳 0003 member', 'new 赵敏 0004'],
  ],
  [
    'several people in a cell, with a number on each line',
    [
      ['单位', '姓名', '联系电话'],
      ['市住建局', '张三\n李四\n王五', `${a}\n${b}\n${c}`],
      ['市住建局', '赵六', d],
    ],
    ['张三 0001', '李四 0002', '王五 0003', '赵六 0004'].map((each) => `new ${each} @市住建局`),
  ],
  [
    'people apart by two blanks or a comma, and names with blanks inside',
    [
      ['单位', '姓名', '联系电话'],
      ['市住建局', '张三  李四', `${a} ${b}`],
      ['市住建局', '欧 阳 娜', c],
      ['市住建局', '司马 相如', d],
      ['市住建局', '钱七、孙八', a],
      ['市住建局', '周九 吴十', b],
    ],
    [
      'new 张三 0001 @市住建局',
      'new 李四 0002 @市住建局',
      'new 欧阳娜 0003 @市住建局',
      'new 司马相如 0004 @市住建局',
      'error 钱七 @市住建局 !phone.unpaired',
      'error 孙八 @市住建局 !phone.unpaired',
      'error 0002 @市住建局 !name.several',
    ],
  ],
  [
    'names in the cell of their unit, and their count',
    [
      ['单位', '参加人员名单', '人数'],
      ['市住建局', '张伟、李娜', 2],
    ],
    ['new 张伟 @市住建局', 'new 李娜 @市住建局', 'unread 人数 1'],
  ],
  [
    'grade and class in two columns',
    [
      ['学校', '年级', '班级', '学生姓名', '家长电话'],
      ['实验小学', '三年级', '1班', '甲一', a],
      ['实验小学', '三年级', 2, '甲二', b],
      ['实验小学', '四年级', '四（1）班', '甲三', c],
    ],
    [
      'new 甲一 @实验小学 班:三年级1班 家长:0001',
      'new 甲二 @实验小学 班:三年级2班 家长:0002',
      'new 甲三 @实验小学 班:四(1)班 家长:0003',
    ],
  ],
  [
    'a class that became a date',
    [
      ['学校', '班级', '学生姓名', '家长电话'],
      ['实验小学', new Date('2026-03-01T00:00:00Z'), '甲一', a],
      ['实验小学', '3-3', '甲三', c],
    ],
    ['error 甲一 @实验小学 家长:0001 !cell.is_date', 'new 甲三 @实验小学 班:3-3 家长:0003'],
  ],
  [
    'ditto marks',
    [
      ['学校', '班级', '姓名', '家长电话'],
      ['实验小学', '七年一班', '申三', a],
      ['同上', '同上', '申四', b],
      ['〃', '″', '申五', '同上'],
      ['实验小学', '七年二班', '同上', c],
    ],
    [
      'new 申三 @实验小学 班:七年一班 家长:0001',
      'new 申四 @实验小学 班:七年一班 家长:0002 ~ditto.resolved',
      'new 申五 @实验小学 班:七年一班 家长:0002 ~ditto.resolved',
      'error @实验小学 班:七年二班 家长:0003 !cell.ditto',
    ],
  ],
  [
    'a file for a class, with its teacher in a title',
    [['班主任：李敏  电话：13900000009'], ['姓名', '联系电话'], ['甲一', a]],
    ['new 甲一 0001 班:四年级2班 教师:李敏/0009'],
    '实验小学四年级2班学生信息表.xlsx',
  ],
]

test.each(lists)('%s', async (_, rows, outcome, name) => {
  expect(await outcomeOf(app, sent(rows, name))).toEqual(outcome)
})

const pages: [string, SentSheet[], string, string[]][] = [
  [
    'a sheet for each class',
    [
      {
        name: '三年一班',
        rows: [
          ['姓名', '家长电话'],
          ['甲一', a],
        ],
      },
      {
        name: '三年二班',
        rows: [
          ['姓名', '家长电话'],
          ['甲二', b],
        ],
      },
    ],
    '实验小学师生名单.xlsx',
    ['new 甲一 班:三年一班 家长:0001', 'new 甲二 班:三年二班 家长:0002'],
  ],
  [
    'a sheet for each team, each asked about once',
    [
      {
        name: '第一分队',
        rows: [
          ['姓名', '联系电话'],
          ['甲一', a],
          ['甲二', b],
        ],
      },
      {
        name: '第二分队',
        rows: [
          ['姓名', '联系电话'],
          ['甲三', c],
        ],
      },
    ],
    '市住建局志愿者名单.xlsx',
    [
      'needs_decision 甲一 0001 队:第一分队 ?team:第一分队',
      'needs_decision 甲二 0002 队:第一分队 ?team:第一分队',
      'needs_decision 甲三 0003 队:第二分队 ?team:第二分队',
    ],
  ],
]

test.each(pages)('%s', async (_, sheets, name, outcome) => {
  expect(await outcomeOf(app, sent(sheets, name))).toEqual(outcome)
})

const dots = ['·', '•', '‧', '・', '･', '∙', '⋅', '.', '．', '。', '●', 'ㆍ', '—', ' ', '-', '˙']
const rare = [
  '𠮷田',
  '张㛃',
  '李䶮',
  '王\ue863',
  '赵\ue81e\ue826',
  '孙\u{30edd}',
  '周\u{323b1}',
  '吴\u{2ebf5}',
  '冯\u{f0001}',
  '卫〇',
]

test('all dots are one, rare characters are kept, and what is no name is refused', async () => {
  const names = [...dots.map((dot) => `买买提${dot}艾力`), ...rare, '陈\ufffd', '褚⿰木㐄']
  const rows = names.map((name, at) => ['市住建局', name, `1391000${String(at).padStart(4, '0')}`])
  const outcome = await outcomeOf(app, sent([['单位', '姓名', '联系电话'], ...rows]))
  expect(outcome.map((each) => each.split(' ').slice(0, 2).join(' '))).toEqual([
    ...dots.map(() => 'new 买买提·艾力'),
    ...rare.map((name) => `new ${name}`),
    ...['0026', '0027'].map((number) => `error ${number}`),
  ])
  expect(await outcomeOf(app, aCsv(`姓名,联系电话,单位\n王\ue863,${a},行政局\n`))).toEqual([
    'new 王\ue863 0001 @行政局',
  ])
})

test.each([
  '第一组',
  '张伟等三人',
  '张伟等',
  '以下空白',
  '市住建局志愿者名单（续）',
  '党员突击队',
  '张某',
  '全体人员',
  '联系人：王芳',
  '联络员：王芳',
  '夫妻2人',
  '见附件',
])('%s with a number beside it is nobody, and is said', async (name) => {
  const [row] = await outcomeOf(
    app,
    sent([
      ['姓名', '电话', '单位'],
      [name, a, '市住建局'],
    ]),
  )
  expect(row).toBe('error 0001 @市住建局 !name.malformed')
})

test.each(['张三（退休）', '毕业', '张三（住建局）'])('%s is somebody', async (name) => {
  const [row] = await outcomeOf(
    app,
    sent([
      ['姓名', '电话', '单位'],
      [name, a, '市住建局'],
    ]),
  )
  expect(row?.startsWith('new ')).toBe(true)
})

test('names that are almost such words are names', async () => {
  const names = ['王平等', '第五伦', '张一名', '李正文', '王志愿', '班固', '师旷', '时间', '毛队军']
  const rows = names.map((name) => [name, '市住建局'])
  expect(await outcomeOf(app, sent([['姓名', '单位'], ...rows]))).toEqual(
    names.map((name) => `new ${name} @市住建局`),
  )
})
