/** Whose people they are: by what the titles, the names of sheets and of files say of all rows. */
import { beforeAll, expect, test } from 'vitest'
import { outcomeOf, type SentCell, type SentSheet, sent } from '#test/support/factories/sent-lists.ts'
import { committing, importing, type TestFile } from '#test/support/factories/spreadsheets.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { a, b, c, offices } from './ground.ts'

const app = sharedApp()
beforeAll(async () => {
  await offices(app)
})

const bureau = '市住建局志愿服务队'
const other = '行政一队'
const surnames = [...'赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施']
let lists = 0

/** Writes a list of somebody called like nobody before, and says whose team they are in; or what is asked. */
async function joining(file: (name: string) => TestFile): Promise<string[]> {
  const name = `${surnames[lists++]}一帆`
  const judged = await importing(app, [file(name)])
  if (judged.openDecisions > 0) {
    const { body } = await app.as('city_office').get(`/api/imports/${judged.id}/decisions`)
    return body.items.map(({ kind, name: about }: { kind: string; name: string }) => `${kind}:${about}`)
  }
  await committing(app, judged.id)
  const { items } = (await app.as('city_office').get('/api/persons').query({ search: name })).body
  return items.flatMap(({ memberships }: { memberships: { team: { name: string } }[] }) =>
    memberships.map(({ team }) => team.name),
  )
}

const rows = (name: string, ...titles: SentCell[][]) => [...titles, ['姓名', '电话'], [name, a]]

test.each<[string, string[]]>([
  ['市住建局志愿者名单.xlsx', [bureau]],
  ['1.市住建局志愿者名单.xlsx', [bureau]],
  ['12-市住建局（最终版）.xlsx', [bureau]],
  ['20260225市住建局-志愿者名单(1) - 副本.xlsx', [bureau]],
  ['志愿者名单（市住建局）.xlsx', [bureau]],
  ['附件：志愿者报名表-市住建局.et', [bureau]],
  ['学雷锋+市住建局+志愿者名单.csv', [bureau]],
  ['志愿者名单（市林业局）.xlsx', ['unit:市林业局']],
])('by the name of the file: %s', async (name, said) => {
  expect(await joining((of) => sent(rows(of), name))).toEqual(said)
})

test.each<[SentCell[][], string, string[]]>([
  [[['学雷锋志愿者名单（市住建局）']], '名单.xlsx', [bureau]],
  [[['学雷锋志愿者名单——市住建局']], '名单.xlsx', [bureau]],
  // Who calls for the lists stands above; who fills one in, below.
  [[['行政局学雷锋活动报名表'], ['填报单位（盖章）：市住建局']], '名单.xlsx', [bureau]],
  [[['行政局学雷锋活动报名表'], ['单位：市林业局']], '名单.xlsx', ['unit:市林业局']],
  // The file brings the lists of several, of whom one is not known.
  [[['市林业局志愿者名单']], '市住建局汇总.xlsx', ['unit:市林业局']],
  [[['市行政局志愿者名单']], '行政局汇总.xlsx', [other]],
  [[['全市学雷锋志愿者名单']], '行政局.xlsx', [other]],
  [[['各社区志愿者名单']], '行政局.xlsx', [other]],
  [[['办公室志愿者名单']], '行政局.xlsx', [other]],
])('by the titles %j in the file %s', async (titles, name, said) => {
  expect(await joining((of) => sent(rows(of, ...titles), name))).toEqual(said)
})

test('by the names of the sheets, of which an unknown one is asked about', async () => {
  const sheets = (of: string, ...names: string[]): SentSheet[] =>
    names.map((name, at) => ({ name, rows: at === 0 ? rows(of) : [['姓名', '电话']] }))
  const file = '市住建局志愿者名单.xlsx'
  expect(await joining((of) => sent(sheets(of, '行政局', '市住建局'), file))).toEqual([other])
  expect(await joining((of) => sent(sheets(of, '市林业局', '市住建局'), file))).toEqual(['unit:市林业局'])
  for (const department of ['名单', '办公室', '机关党支部'])
    expect(await joining((of) => sent(sheets(of, department, '说明'), file))).toEqual([bureau])
})

test('a form for volunteers of any age whose columns for guardians are empty is asked about', async () => {
  const heading = ['单位', '志愿者姓名', '联系电话', '监护人（未满18岁填写）', '监护人电话']
  expect(await outcomeOf(app, sent([heading, ['市住建局', '张伟', a, null, null]]))).toEqual([
    'needs_decision 张伟 0001 @市住建局 ?sheet:Sheet1',
  ])
  expect(await outcomeOf(app, sent([heading, ['市住建局', '张小伟', null, '张伟', a]]))).toEqual([
    'error 张小伟 @市住建局 家长:张伟/0001 !class.missing',
  ])
})

test('a heading merged over several names in a row is that of each', async () => {
  const four = [['市住建局志愿者名单'], ['姓名'], ['张伟', '李娜', '王芳', '赵敏'], ['钱进', '孙丽', '周涛']]
  expect(await outcomeOf(app, sent([{ rows: four, merges: ['A1:D1', 'A2:D2'] }]))).toEqual(
    ['张伟', '李娜', '王芳', '赵敏', '钱进', '孙丽', '周涛'].map((name) => `new ${name}`),
  )
  const merged = [
    ['姓名', null, '电话', null, '单位'],
    ['张伟', null, a, null, '市住建局'],
  ]
  expect(
    await outcomeOf(app, sent([{ rows: merged, merges: ['A1:B1', 'C1:D1', 'A2:B2', 'C2:D2'] }])),
  ).toEqual(['new 张伟 0001 @市住建局'])
})

test('numbered pupils in a line are as many pupils', async () => {
  const heading = ['学校', '班级', '学生1', '电话', '学生2', '电话', '学生3', '电话']
  expect(
    await outcomeOf(app, sent([heading, ['实验小学', '三年1班', '甲一', a, '甲二', b, '甲三', c]])),
  ).toEqual(['甲一 0001', '甲二 0002', '甲三 0003'].map((each) => `new ${each} @实验小学 班:三年1班`))
})
