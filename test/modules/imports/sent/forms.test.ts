/** What stands around the people of a list: titles, dividing lines, signatures, and lists of several offices. */
import { beforeAll, expect, test } from 'vitest'
import { outcomeOf, type SentCell, sent } from '#test/support/factories/sent-lists.ts'
import { committing, importing } from '#test/support/factories/spreadsheets.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { a, b, c, d, offices } from './ground.ts'

const app = sharedApp()
beforeAll(async () => {
  await offices(app)
})

type Rows = readonly (readonly SentCell[])[]

test('a form with its office in a line, totals, signatures and whom to call', async () => {
  const rows = [
    ['2026年学雷锋志愿服务活动报名表'],
    ['填报单位（盖章）：市住建局', null, null, '填报时间：2026年2月25日'],
    ['序号', '姓名', '性别', '联系电话', '政治面貌', '备注'],
    [1, '张 三', '男', '１３９００００００１１', '中共党员', '备用13900000091'],
    [2, '李　四', '女', 13900000012, '群众', null],
    ['合计', null, null, '2人'],
    ['制表人：王芳', null, null, '审核人：刘强'],
    ['联系人：王芳  联系电话：13900000019'],
    ['联系人', '王芳', '13900000019'],
  ]
  expect(await outcomeOf(app, sent([{ rows, merges: ['A1:F1', 'A2:C2', 'D2:F2'] }]))).toEqual([
    'new 张三 0011',
    'new 李四 0012',
    'unread 政治面貌 2',
    'unread 备注 1 people',
  ])
})

test.each([
  [['填报单位：市住建局']],
  [['单位：市住建局      联系人：张三     电话：13900000001']],
  [['附件2'], ['报送单位：市住建局（公章）']],
  [['志愿者名单'], ['单位名称:市住建局', null, '日期：2026年2月25日']],
])('the office is read out of %j, and whoever is to be called leads nobody', async (...titles) => {
  const rows = [...titles, ['姓名', '电话'], ['张三', a]]
  expect(await outcomeOf(app, sent(rows as SentCell[][]))).toEqual(['new 张三 0001'])
})

const lists: [string, Rows, string[], string?][] = [
  [
    'groups on lines of their own between two columns',
    [['姓名', '电话'], ['第一组'], ['张伟', a], ['第二组（1人）'], ['李娜', b]],
    ['needs_decision 张伟 0001 队:第一组 ?team:第一组', 'needs_decision 李娜 0002 队:第二组 ?team:第二组'],
    '市住建局志愿者名单.xlsx',
  ],
  [
    'classes on lines of their own between two columns',
    [['姓名', '家长电话'], ['三年一班'], ['甲一', a], ['三年二班学生名单'], ['甲二', b]],
    ['new 甲一 班:三年一班 家长:0001', 'new 甲二 班:三年二班 pupil 家长:0002'],
    '实验小学.xlsx',
  ],
  [
    'lists of two offices below one another, with the same headings',
    [
      ['市住建局志愿者名单'],
      ['姓名', '电话'],
      ['张三', a],
      [],
      ['行政局志愿者名单'],
      ['姓名', '电话'],
      ['李四', b],
      ['市住建局志愿者名单（续）'],
      ['王五', c],
    ],
    ['new 张三 0001', 'new 李四 0002 @行政局', 'new 王五 0003'],
  ],
  [
    'the class of another school below the first',
    [
      ['实验小学三年1班学生名单'],
      ['姓名', '家长电话'],
      ['甲一', a],
      ['胜利小学三年1班学生名单'],
      ['姓名', '家长电话'],
      ['甲二', b],
    ],
    [
      'new 甲一 班:三年1班 家长:0001',
      'needs_decision 甲二 @胜利小学 班:三年1班 pupil 家长:0002 ?unit:胜利小学',
    ],
  ],
  [
    'a line for each class, with its teacher',
    [
      ['实验小学三年1班学生名单'],
      ['班主任：李敏  电话：13900000008'],
      ['序号', '姓名', '家长电话'],
      [1, '甲一', a],
      ['三年2班    班主任：赵敏 13900000009'],
      [1, '甲二', b],
      ['三年3班'],
      [1, '甲三', c],
    ],
    [
      'new 甲一 班:三年1班 家长:0001 教师:李敏/0008',
      'new 甲二 班:三年2班 家长:0002 教师:赵敏/0009',
      'new 甲三 班:三年3班 家长:0003',
    ],
  ],
  [
    'pupils and teachers side by side',
    [
      ['学生名单', null, null, null, '带队教师名单'],
      ['姓名', '班级', '家长电话', null, '姓名', '电话'],
      ['甲一', '三年1班', a, null, '王敏', d],
      ['甲二', '三年2班', b],
    ],
    [
      'new 甲一 班:三年1班 pupil 家长:0001',
      'error 王敏 0004 teacher !class.missing',
      'new 甲二 班:三年2班 pupil 家长:0002',
    ],
    '实验小学师生名单.xlsx',
  ],
  [
    'who called is not on the list, wherever it stands',
    [
      ['姓名', '电话', '单位'],
      ['张三', a, '市住建局'],
      ['联络员：王芳  13900000019'],
      ['联系人：王芳', '13900000019'],
    ],
    ['new 张三 0001 @市住建局', 'error 0019 !name.malformed', 'error 0019 !name.malformed'],
  ],
  [
    'members of the party are no second person',
    [
      ['姓名', '民族', '党员', '电话', '单位'],
      ['张三', '满族', '是', a, '市住建局'],
      ['李四', '汉族', '否', b, '市住建局'],
    ],
    ['new 张三 0001 @市住建局', 'new 李四 0002 @市住建局', 'unread 民族 2', 'unread 党员 2'],
  ],
  [
    'headings in two languages',
    [
      ['No.', '姓名 Name', '联系电话 Tel', '单位/Unit'],
      [1, '张三', a, '市住建局'],
    ],
    ['new 张三 0001 @市住建局'],
  ],
  [
    'headings in two languages, of which one is somebody else',
    [
      ['姓名', '家长 QQ', '单位'],
      ['张三', '12345678', '市住建局'],
    ],
    ['new 张三 @市住建局', 'unread 家长 QQ 1 people'],
  ],
  [
    'words behind a name: a sex, two people, and who left',
    [
      ['姓名', '电话', '单位'],
      ['张伟 女', a, '市住建局'],
      ['李娜（女）', b, '市住建局'],
      ['张和平', c, '市住建局'],
      ['张伟和李娜', d, '市住建局'],
      ['赵敏（已调走）', d, '市住建局'],
      ['钱进离职', d, '市住建局'],
    ],
    [
      'new 张伟 0001 @市住建局',
      'new 李娜 0002 @市住建局',
      'new 张和平 0003 @市住建局',
      'error 0004 @市住建局 !name.several',
      'error 0004 @市住建局 !name.gone',
      'error 0004 @市住建局 !name.gone',
    ],
  ],
  [
    'numbers that a program rounded, and separators behind one',
    [
      ['姓名', '电话', '单位'],
      ['张伟', 1.39e10, '市住建局'],
      ['李娜', `${b}、`, '市住建局'],
    ],
    ['error 张伟 @市住建局 !phone.lost_digits', 'new 李娜 0002 @市住建局'],
  ],
]

test.each(lists)('%s', async (_, rows, outcome, name) => {
  expect(await outcomeOf(app, sent(rows, name))).toEqual(outcome)
})

test('what stands in a hidden column is said to be read', async () => {
  const rows = [
    ['姓名', '电话', '联系电话', '单位'],
    ['张三', a, b, '市住建局'],
    ['李四', null, c, '市住建局'],
  ]
  expect(await outcomeOf(app, sent([{ rows, hiddenColumns: [2] }]))).toEqual([
    'new 张三 0001 0002 @市住建局 ~column.hidden',
    'new 李四 0003 @市住建局',
  ])
})

test('sheets called 1班 and 2班 are classes of the grade in the file’s name', async () => {
  const sheet = (name: string, pupil: string) => ({
    name,
    rows: [
      ['姓名', '家长电话'],
      [pupil, a],
    ],
  })
  const sheets = [sheet('1班', '甲一'), sheet('(2)班', '甲二')]
  expect(await outcomeOf(app, sent(sheets, '实验小学三年级学生名单.xlsx'))).toEqual([
    'new 甲一 班:三年级1班 家长:0001',
    'new 甲二 班:三年级2班 家长:0001',
  ])
  expect(await outcomeOf(app, sent(sheets, '实验小学学生名单.xlsx'))).toEqual([
    'error 甲一 家长:0001 !class.missing',
    'error 甲二 家长:0001 !class.missing',
  ])
})

test('the lists of two offices with columns of their own are written into their own teams', async () => {
  const rows = [
    ['市住建局志愿者名单'],
    ['序号', '姓名', '电话'],
    [1, '孙一', a],
    [],
    ['行政局志愿者名单'],
    ['姓名', '性别', '电话'],
    ['孙二', '男', b],
  ]
  const judged = await importing(app, [sent(rows)])
  await committing(app, judged.id)
  const { items } = (await app.as('city_office').get('/api/persons?search=孙')).body
  expect(
    items.map(({ name, memberships }: { name: string; memberships: { team: { name: string } }[] }) => [
      name,
      memberships.map(({ team }) => team.name),
    ]),
  ).toEqual([
    ['孙二', ['行政一队']],
    ['孙一', ['市住建局志愿服务队']],
  ])
})
