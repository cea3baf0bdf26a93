/** Whose number it is, and what kind of list: uploaded as offices send them. */
import { beforeAll, expect, test } from 'vitest'
import { outcomeOf, type SentCell, sent } from '#test/support/factories/sent-lists.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { a, b, c, d, e, f, offices } from './ground.ts'

const app = sharedApp()
beforeAll(async () => {
  await offices(app)
})

type Rows = readonly (readonly SentCell[])[]
const school = (...others: string[]) => ['学校', '班级', ...others]
const inClass = (...others: SentCell[]) => ['实验小学', '三年一班', ...others]

const side: [string, Rows, string[], string[]?][] = [
  [
    'numbered people side by side below a title',
    [
      ['市住建局学雷锋志愿者名单'],
      ['序号', '姓名', '联系电话', '序号', '姓名', '联系电话'],
      [1, '甲一', a, 4, '甲四', d],
      [2, '甲二', b, 5, '甲五', e],
      [3, '甲三', c, 6, '甲六', f],
    ],
    ['甲一 0001', '甲四 0004', '甲二 0002', '甲五 0005', '甲三 0003', '甲六 0006'].map(
      (each) => `new ${each}`,
    ),
    ['A1:F1'],
  ],
  [
    'people side by side with one unit for all of a line',
    [
      ['姓名', '性别', '联系电话', null, '姓名', '性别', '联系电话', '单位'],
      ['甲一', '男', a, null, '乙一', '女', b, '市住建局'],
      ['甲二', '男', c, null, null, null, null, '市住建局'],
    ],
    ['new 甲一 0001 @市住建局', 'new 乙一 0002 @市住建局', 'new 甲二 0003 @市住建局'],
  ],
  [
    'three people in a line, each with their own unit',
    [
      ['姓名', '电话', '单位', '姓名', '电话', '单位', '姓名', '电话', '单位'],
      ['甲一', a, '市住建局', '乙一', b, '行政局', '丙一', c, '市住建局'],
    ],
    ['new 甲一 0001 @市住建局', 'new 乙一 0002 @行政局', 'new 丙一 0003 @市住建局'],
  ],
  [
    'a team over each of two blocks',
    [
      ['市住建局志愿者名单'],
      ['市住建局志愿服务队', null, '市住建局二队', null],
      ['姓名', '电话', '姓名', '电话'],
      ['甲一', a, '乙一', b],
    ],
    ['new 甲一 0001 队:市住建局志愿服务队', 'needs_decision 乙一 0002 队:市住建局二队 ?team:市住建局二队'],
  ],
  [
    'a number that stands before the first of two names',
    [
      ['电话', '姓名', '电话', '姓名', '单位'],
      [a, '甲一', b, '甲二', '市住建局'],
    ],
    ['甲一 0001 0002', '甲二'].map((each) => `needs_decision ${each} @市住建局 ?sheet:Sheet1`),
  ],
  [
    'a number behind the guardian’s name',
    [school('学生姓名', '电话', '家长姓名', '电话'), inClass('甲一', null, '甲父', b)],
    ['new 甲一 @实验小学 班:三年一班 家长:甲父/0002'],
  ],
  [
    'numbers below a group for the guardian',
    [
      ['学校', '班级', '学生信息', null, '监护人信息'],
      [null, null, '姓名', '性别', '姓名', '联系方式'],
      inClass('甲一', '男', '甲父', b),
    ],
    ['new 甲一 @实验小学 班:三年一班 家长:甲父/0002'],
    ['A1:A2', 'B1:B2', 'C1:D1', 'E1:F1'],
  ],
  [
    'headings in three rows',
    [
      ['学校', '班级', '学生信息', null, null, '监护人信息'],
      [null, null, '姓名', '联系方式', null, '姓名', '联系方式'],
      [null, null, null, '手机', '座机', null, '手机'],
      inClass('甲一', a, '024-42880001', '甲父', b),
    ],
    ['new 甲一 0001 0001 @实验小学 班:三年一班 家长:甲父/0002'],
    ['A1:A3', 'B1:B3', 'C1:E1', 'F1:G1', 'C2:C3', 'D2:E2', 'F2:F3'],
  ],
  [
    'father and mother with their own numbers, and those of grandparents in brackets',
    [
      school('学生姓名', '父亲', '电话', '母亲', '电话'),
      inClass('甲一', '甲父', a, '甲母', b),
      inClass('甲二', '乙父', `${c}（爷爷）`, null, null),
    ],
    [
      'new 甲一 @实验小学 班:三年一班 家长:甲父/0001 家长2:甲母/0002',
      'new 甲二 @实验小学 班:三年一班 家长:乙父/0003',
    ],
  ],
  [
    'the number of a spouse',
    [
      ['单位', '姓名', '电话', '家属姓名', '电话'],
      ['市住建局', '甲一', a, '乙一', b],
    ],
    ['new 甲一 0001 @市住建局', 'unread 家属姓名 1 people', 'unread 电话 1 people'],
  ],
  [
    'a group for emergencies',
    [
      ['单位', '本人', null, '紧急联系人', null],
      [null, '姓名', '电话', '姓名', '电话'],
      ['市住建局', '甲一', a, '乙一', b],
    ],
    ['new 甲一 0001 @市住建局', 'unread 紧急联系人姓名 1 people', 'unread 紧急联系人电话 1 people'],
    ['A1:A2', 'B1:C1', 'D1:E1'],
  ],
  [
    'liaison and leader of units, each with a number',
    [
      ['序号', '单位名称', '联络员', '电话', '负责人', '电话'],
      [1, '市环保局', '甲一', a, '甲二', b],
      [2, '市水务局', '乙一', c, '乙二', d],
    ],
    ['new @市环保局 联络员:甲一/0001 负责人:甲二/0002', 'new @市水务局 联络员:乙一/0003 负责人:乙二/0004'],
  ],
  [
    'a register of teams whose leader stands beside a number',
    [
      ['序号', '队伍名称', '单位', '队长', '联系电话'],
      [1, '住建局第三队', '市住建局', '丁一', a],
    ],
    ['new @市住建局 队:住建局第三队 负责人:丁一/0001'],
  ],
  [
    'a register of teams with a person in charge, and their size',
    [
      ['序号', '单位', '队伍名称', '负责人', '联系电话', '人数'],
      [1, '市住建局', '住建局第四队', '丁二', b, 12],
    ],
    ['new @市住建局 队:住建局第四队 负责人:丁二/0002 12人'],
  ],
]

test.each(side)('%s', async (_, rows, outcome, merges = []) => {
  expect(await outcomeOf(app, sent([{ rows, merges }]))).toEqual(outcome)
})

const kinds: [string, Rows, string[]][] = [
  [
    'volunteers without a heading for names are people, and an unknown office is asked about',
    [
      ['单位', '志愿者', '联系电话', '性别'],
      ['市住建局', '戊一', a, '男'],
      ['市林业局', '戊二', b, '女'],
    ],
    ['new 戊一 0001 @市住建局', 'needs_decision 戊二 0002 @市林业局 ?unit:市林业局'],
  ],
  [
    'pupils and parents without the word 姓名',
    [school('学生', '家长', '家长电话'), inClass('未一', '未父', a), inClass('未二', '未母', b)],
    ['new 未一 @实验小学 班:三年一班 家长:未父/0001', 'new 未二 @实验小学 班:三年一班 家长:未母/0002'],
  ],
  [
    'the parent before the child',
    [
      ['家长姓名', '家长电话', '孩子姓名', '学校', '班级'],
      ['午父', a, '午一', '实验小学', '六年四班'],
    ],
    ['new 午一 @实验小学 班:六年四班 家长:午父/0001'],
  ],
  [
    'a directory of leaders and liaisons over two rows makes nobody a volunteer',
    [
      ['全市文明单位通讯录'],
      ['序号', '单位名称', '责任领导', null, null, '联络员'],
      [null, null, '姓名', '职务', '电话', '姓名', '职务', '电话'],
      [1, '市环保局', '甲一', '局长', a, '甲二', '科员', b],
    ],
    ['new @市环保局 联络员:甲二/0002 负责人:甲一/0001', 'unread 责任领导职务 1', 'unread 联络员职务 1'],
  ],
  [
    'comrades may be people, or the liaisons of units',
    [
      ['单位', '同志', '联系电话'],
      ['市住建局', '张伟', a],
      ['行政局', '李娜', b],
    ],
    ['张伟 0001 @市住建局', '李娜 0002 @行政局'].map((each) => `needs_decision ${each} ?sheet:Sheet1`),
  ],
  [
    'the teachers of a school are asked about, and are no unit',
    [
      ['学校', '教师姓名', '任教班级', '电话'],
      ['实验小学', '张伟', '三年一班', a],
    ],
    ['needs_decision 张伟 0001 @实验小学 ?sheet:Sheet1', 'unread 任教班级 1'],
  ],
]

test.each(kinds)('%s', async (_, rows, outcome) => {
  expect(await outcomeOf(app, sent(rows))).toEqual(outcome)
})
