/** Blocks side by side with a team's name over each, and lists of volunteers that ask who takes part. */
import { expect, test } from 'vitest'
import { merged, reads } from '#test/support/factories/lists.ts'

const [a, b, c, d] = ['13900000001', '13900000002', '13900000003', '13900000004'] as const
const teams = (entries: { name?: string; team?: string | undefined }[]) =>
  entries.map(({ name, team }) => [name, team])

test.each([
  ['merged over its block', ['一队', null, '二队', null], [merged('A2:B2'), merged('C2:D2')]],
  ['in its first cell', ['一队', null, '二队', null], []],
  ['over the names', ['青年突击队', null, '党员先锋队', null], []],
] as const)('a team %s is the team of everybody below it', (_, labels, merges) => {
  const { list, doubt, kinds, entries } = reads(
    [
      ['住建局志愿者名单'],
      [...labels],
      ['姓名', '电话', '姓名', '电话'],
      ['甲一', a, '乙一', b],
      [null, null, '乙二', c],
    ],
    { merges: [...merges] },
  )
  expect([list, doubt, kinds]).toEqual(['people', null, ['title', 'heading', 'heading', 'data', 'data']])
  expect(entries).toEqual([
    { name: '甲一', phone: [a], team: labels[0] },
    { name: '乙一', phone: [b], team: labels[2] },
    { name: '乙二', phone: [c], team: labels[2] },
  ])
})

test('a second tier of teams below the first changes the team of each block', () => {
  const { kinds, entries } = reads([
    ['一队', null, null, '二队'],
    ['序号', '姓名', '电话', '序号', '姓名', '电话'],
    [1, '甲一', a, 1, '乙一', b],
    ['三队', null, null, '四队'],
    ['序号', '姓名', '电话', '序号', '姓名', '电话'],
    [1, '丙一', c, 1, '丁一', d],
  ])
  expect(kinds).toEqual(['heading', 'heading', 'data', 'title', 'heading', 'data'])
  expect(teams(entries)).toEqual([
    ['甲一', '一队'],
    ['乙一', '二队'],
    ['丙一', '三队'],
    ['丁一', '四队'],
  ])
})

test('classes and units over the blocks are those of the people below them', () => {
  const classes = reads([
    ['三年一班', null, '三年二班', null],
    ['姓名', '性别', '姓名', '性别'],
    ['甲一', '男', '乙一', '女'],
  ])
  expect([classes.list, classes.entries.map((entry) => entry.class)]).toEqual([
    'classes',
    ['三年一班', '三年二班'],
  ])
  const units = reads([
    ['市住建局', null, '市教育局', null],
    ['姓名', '电话', '姓名', '电话'],
    ['甲一', a, '乙一', b],
  ])
  expect([units.list, units.entries.map(({ unit }) => unit)]).toEqual(['people', ['市住建局', '市教育局']])
})

test('labels that may be anything are asked about, with and without them as teams', () => {
  const { doubt, readings, entries } = reads([
    ['东线', null, '西线', null],
    ['姓名', '电话', '姓名', '电话'],
    ['甲一', a, '乙一', b],
  ])
  expect([doubt, readings.map(({ sections }) => sections)]).toEqual([
    'blocks',
    [[{ team: '东线' }, { team: '西线' }], undefined],
  ])
  expect(teams(entries)).toEqual([
    ['甲一', '东线'],
    ['乙一', '西线'],
  ])
})

test('a title in two cells over blocks, or a number, is no label', () => {
  const rows = (above: (string | number | null)[]) =>
    reads([above, ['姓名', '电话', '姓名', '电话'], ['甲一', a, '乙一', b]])
  for (const above of [
    ['学雷锋志愿者名单', null, null, null],
    [2026, null, 3, null],
  ]) {
    const { doubt, entries } = rows(above)
    expect([doubt, entries.map(({ team }) => team)]).toEqual([null, [undefined, undefined]])
  }
})

test.each(['是否参加', '是否同意', '能否参加', '是否参加活动'])(
  '%s leaves a list of volunteers one',
  (heading) => {
    const { list, unread, entries, remarks } = reads([
      ['单位', '姓名', '联系电话', heading],
      ['市住建局', '甲一', a, '是'],
      ['市住建局', '甲二', b, '否'],
      ['市住建局', '甲三', c, '待定'],
      ['市住建局', '甲四', d, null],
    ])
    expect([list, unread]).toEqual(['people', []])
    expect(entries.map(({ name, guardianConsent }) => [name, guardianConsent])).toEqual(
      ['甲一', '甲二', '甲三', '甲四'].map((name) => [name, undefined]),
    )
    expect(remarks).toEqual([[], ['attends.not_yes'], ['attends.not_yes'], []])
  },
)

test('in a class list it is what the guardian answered', () => {
  const { list, entries, reasons } = reads([
    ['学校', '班级', '姓名', '家长姓名', '是否参加'],
    ['实验小学', '三年一班', '甲一', '甲父', '是'],
    ['实验小学', '三年一班', '甲二', '乙父', '否'],
    ['实验小学', '三年一班', '甲三', '丙父', '看情况'],
  ])
  expect(list).toBe('classes')
  expect(entries.map(({ guardianConsent }) => guardianConsent)).toEqual([true, false, undefined])
  expect(reasons[2]).toEqual(['consent.unclear'])
})
