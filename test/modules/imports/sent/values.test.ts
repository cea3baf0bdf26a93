/** Numbers, documents, dates and what guardians said: uploaded as offices send them. */
import { strToU8 } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { identityCheckCharacter } from '#modules/organisation/index.ts'
import { startApp } from '#test/support/app.ts'
import {
  outcomeOf,
  partsOf,
  type SentCell,
  type SentSheet,
  sent,
} from '#test/support/factories/sent-lists.ts'
import { zipped } from '#test/support/factories/spreadsheets.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { a, b, c, offices } from './ground.ts'

const app = sharedApp()
beforeAll(async () => {
  await offices(app)
})

const givenNames = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超霞辉鹏飞玲红桂兰']
/** A list of people with one value each, and what is said of each value. */
async function said(heading: string, values: readonly SentCell[]): Promise<string[]> {
  const rows = values.map((value, at) => ['市住建局', `张${givenNames[at]}`, value])
  const outcome = await outcomeOf(app, sent([['单位', '姓名', heading], ...rows]))
  return outcome.map((each, at) => each.replace(` 张${givenNames[at]}`, '').replace(' @市住建局', ''))
}

const identity = (first17: string) => first17 + identityCheckCharacter(first17)
const adult = identity('21050219900307123')
const withX = Array.from({ length: 100 }, (_, n) =>
  identity(`210502199003071${String(n).padStart(2, '0')}`),
).find((each) => each.endsWith('X'))!

test('identity numbers are checked by kind, however they are typed', async () => {
  const typed: [SentCell, string][] = [
    [`${adult.slice(0, 6)} ${adult.slice(6, 14)} ${adult.slice(14)}`, 'new 证 ~birth.derived'],
    [`’${identity('21050219900307001')}`, 'new 证 ~birth.derived'],
    [withX.toLowerCase(), 'new 证 ~birth.derived'],
    ['210502900307003', 'new 证 ~birth.derived'],
    ['E12345678', 'new 证'],
    ['210502199O03071235', 'error !identity.malformed'],
    ['2l0502199003071235', 'error !identity.malformed'],
    [`${withX.slice(0, 16)}X`, 'error !identity.malformed'],
    [`${adult.slice(0, 17)}${adult.endsWith('1') ? '2' : '1'}`, 'error !identity.checksum'],
    [Number(identity('21050219900307005')), 'error !identity.lost_digits'],
    ['2.10502E+17', 'error !identity.lost_digits'],
  ]
  expect(
    await said(
      '居民身份证号码',
      typed.map(([cell]) => cell),
    ),
  ).toEqual(typed.map(([, outcome]) => outcome))
})

test('telephone numbers are read as typed, and never with something else in them', async () => {
  const typed: [SentCell, string][] = [
    ['１３９００００００１１', 'new 0011'],
    [13900000012, 'new 0012'],
    ['13900000013.0', 'new 0013'],
    ['139 0000 0014', 'new 0014'],
    ['+86(139)00000015', 'new 0015'],
    ['13900000016；13900000017', 'new 0016 0017'],
    ['024-42880001', 'new 0001'],
    ['0414-2888001', 'new 8001'],
    ['13900000018（妻）', 'new spouse:0018'],
    ['1.39E+10', 'error !phone.lost_digits'],
    ['024-42880001转801', 'error !phone.malformed'],
    ['024-42880001-8', 'error !phone.malformed'],
    ['0414-2888001-12', 'error !phone.malformed'],
    ['（024）42880001－801', 'error !phone.malformed'],
    ['024428800018', 'error !phone.malformed'],
    ['1390000001l', 'error !phone.malformed'],
    ['139****0001', 'error !phone.malformed'],
    ['13900000019（停机）', 'error !phone.noted'],
    ['42880001', 'error !phone.area_code_missing'],
  ]
  expect(
    await said(
      '联系电话',
      typed.map(([cell]) => cell),
    ),
  ).toEqual(typed.map(([, outcome]) => outcome))
})

test('where the place has an area code, a landline without one is completed', async () => {
  await using here = await startApp({ env: { AREA_CODE: '024' } })
  await offices(here)
  const list = sent([
    ['单位', '姓名', '联系电话'],
    ['市住建局', '张伟', '4288 0001'],
    ['市住建局', '李娜', '024-42880002'],
    ['市住建局', '王芳', '66123'],
  ])
  expect(await outcomeOf(here, list)).toEqual([
    'new 张伟 0001 @市住建局',
    'new 李娜 0002 @市住建局',
    'error 王芳 @市住建局 !phone.malformed',
  ])
})

const at = (day: string, time = '00:00:00') => new Date(`${day}T${time}Z`)

test('dates of birth as programs and people write them', async () => {
  const typed: [SentCell, string][] = [
    // 43 seconds before midnight and after it, as programs write that reckon in local time.
    [at('2001-08-31', '23:59:17'), 'new 2001-09-01'],
    [at('2001-09-01', '00:00:43'), 'new 2001-09-01'],
    [at('2001-09-01'), 'new 2001-09-01'],
    // Midnight of Shanghai, and with its summer time of then, in UTC.
    [at('2001-08-31', '16:00:00'), 'error !birth.time_of_day'],
    [at('1990-06-30', '15:00:00'), 'error !birth.time_of_day'],
    ['1985.3.4', 'new 1985-03-04'],
    ['1985年3月4日', 'new 1985-03-04'],
    ['1985-3-4 0:00', 'new 1985-03-04'],
    [19850304, 'new 1985-03-04'],
    [31110, 'new 1985-03-04'],
    ['85年3月', 'error !birth.malformed'],
    ['3/4/1985', 'error !birth.malformed'],
    ['2031-01-01', 'error !birth.impossible'],
    ['1985-02-30', 'error !birth.malformed'],
  ]
  expect(
    await said(
      '出生日期',
      typed.map(([cell]) => cell),
    ),
  ).toEqual(typed.map(([, outcome]) => outcome))
})

test('year and month are kept as what they are', async () => {
  const typed: [SentCell, string][] = [
    ['1985年3月', 'new 1985-03 ~birth.month_only'],
    ['1985．03', 'new 1985-03 ~birth.month_only'],
    ['1985/3', 'new 1985-03 ~birth.month_only'],
    [198503, 'new 1985-03 ~birth.month_only'],
    [1985.03, 'new 1985-03 ~birth.month_only'],
    [1985, 'new 1985 ~birth.month_only'],
    [at('1985-03-01'), 'new 1985-03 ~birth.month_only'],
    [at('1985-03-04'), 'new 1985-03-04'],
    [1985.1, 'error !birth.month_unsure'],
    ['1985-13', 'error !birth.malformed'],
  ]
  expect(
    await said(
      '出生年月',
      typed.map(([cell]) => cell),
    ),
  ).toEqual(typed.map(([, outcome]) => outcome))
})

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const extension = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main'

test.each([
  ['', 39325],
  [
    `<extLst><ext uri="x"><x14:workbookPr xmlns:x14="${extension}" defaultImageDpi="32767"/></ext></extLst>`,
    39325,
  ],
])('a workbook of the 1904 calendar%s has its own days', async (more, serial) => {
  const list: SentSheet = {
    rows: [
      ['姓名', '出生日期', '单位'],
      ['甲一', at('2000-01-01'), '市住建局'],
    ],
  }
  const parts = partsOf([list])
  const text = new TextDecoder().decode(parts['xl/worksheets/sheet1.xml'])
  const workbook = `<workbook xmlns="${main}" xmlns:r="${relationships}"><workbookPr date1904="1"/><sheets><sheet name="a" sheetId="1" r:id="s1"/></sheets>${more}</workbook>`
  const bytes = zipped({
    ...parts,
    'xl/worksheets/sheet1.xml': strToU8(text.replace(/<v>\d+<\/v>/, `<v>${serial}</v>`)),
    'xl/workbook.xml': strToU8(workbook),
  })
  expect(await outcomeOf(app, { name: '名单.xlsx', bytes })).toEqual(['new 甲一 2011-09-01 @市住建局'])
})

const inClass = (...others: SentCell[]) => ['实验小学', '三年一班', ...others]
const consents: [string, SentCell[][], string[]][] = [
  [
    'a no is a no, an empty cell is nothing',
    [
      ['学校', '班级', '学生姓名', '家长姓名', '家长电话', '家长是否同意'],
      inClass('甲一', '甲父', a, '不同意'),
      inClass('甲二', '甲母', b, '不 同 意'),
      inClass('甲三', '甲父', c, null),
      inClass('甲四', '甲父', a, '√'),
      inClass('甲五', '甲父', b, '未交'),
    ],
    [
      'new 甲一 @实验小学 班:三年一班 家长:甲父/0001 不同意 ~consent.refused',
      'new 甲二 @实验小学 班:三年一班 家长:甲母/0002 不同意 ~consent.refused',
      'new 甲三 @实验小学 班:三年一班 家长:甲父/0003',
      'new 甲四 @实验小学 班:三年一班 家长:甲父/0001 同意',
      'error 甲五 @实验小学 班:三年一班 家长:甲父/0002 !consent.unclear',
    ],
  ],
  [
    'a no without a name counts, a yes without one is said',
    [['学校', '班级', '姓名', '监护人意见'], inClass('甲一', '拒绝'), inClass('甲二', '同意参加')],
    [
      'new 甲一 @实验小学 班:三年一班 不同意 ~consent.refused',
      'new 甲二 @实验小学 班:三年一班 同意 ~consent.nameless',
    ],
  ],
  [
    'whether somebody takes part is what the guardian says in a class, and no more than a remark among volunteers',
    [
      ['单位', '姓名', '联系电话', '是否参加'],
      ['市住建局', '甲一', a, '否'],
      ['市住建局', '甲二', b, '是'],
    ],
    ['new 甲一 0001 @市住建局 ~attends.not_yes', 'new 甲二 0002 @市住建局'],
  ],
]

test.each(consents)('%s', async (_, rows, outcome) => {
  expect(await outcomeOf(app, sent(rows))).toEqual(outcome)
})
