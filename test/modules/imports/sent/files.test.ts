/** Text tables, merged and hidden cells, and workbooks of other programs: uploaded as offices send them. */
import { strFromU8, strToU8, zipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { outcomeOf, partsOf, type SentSheet, sent, sheetXml } from '#test/support/factories/sent-lists.ts'
import {
  aCsv,
  importing,
  rawWorkbook,
  type TestFile,
  wide,
  zipped,
} from '#test/support/factories/spreadsheets.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { a, b, c, d, offices } from './ground.ts'

const app = sharedApp()
beforeAll(async () => {
  await offices(app)
})

const people = (...of: [string, string][]) => of.map(([name, number]) => `new ${name} ${number} @市住建局`)
const four = [a, b, c, d].map((number, at) => `甲${'一二三四'[at]},${number},市住建局,`)
const head = '姓名,联系电话,单位,备注'
const everybody = people(['甲一', '0001'], ['甲二', '0002'], ['甲三', '0003'], ['甲四', '0004'])

const texts: [string, string | Buffer, string[]][] = [
  ['headings that end otherwise than the rows', `${head}\r\n${four.join('\n')}\n`, everybody],
  [
    'rows that end otherwise further below',
    `${head}\r\n${four.slice(0, 2).join('\r\n')}\r\n${four.slice(2).join('\n')}\n`,
    everybody,
  ],
  [
    'a second list appended with other ends',
    `${head}\r\n${four.slice(0, 2).join('\r\n')}\r\n${head}\n${four.slice(2).join('\n')}\n`,
    everybody,
  ],
  ['rows that end like those of an old Macintosh', `${head}\r${four.join('\r')}`, everybody],
  [
    'line ends inside of quotation marks',
    `${head}\r\n"甲一",${a},市住建局,"一\r\n二"\n甲二,${b},市住建局,\r\n`,
    [...people(['甲一', '0001'], ['甲二', '0002']), 'unread 备注 1'],
  ],
  [
    'tabs in UTF-16',
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`姓名\t联系电话\t单位\r\n甲一\t${a}\t市住建局\r\n`, 'utf16le'),
    ]),
    people(['甲一', '0001']),
  ],
  [
    'a byte order mark and quoted headings',
    `\ufeff"姓名","联系电话","单位"\r\n"甲一","'${a}","市住建局"\r\n`,
    people(['甲一', '0001']),
  ],
  [
    'semicolons around values with commas',
    `姓名;联系电话;单位;特长\r\n甲一;${a};市住建局;急救,摄影\r\n甲二;${b};市住建局;驾驶,外语\r\n`,
    people(['甲一', '0001'], ['甲二', '0002']),
  ],
]

test.each(texts)('a text table: %s', async (_, text, outcome) => {
  expect(await outcomeOf(app, aCsv(text))).toEqual(outcome)
})

const heading = ['单位', '姓名', '联系电话']
const pages: [string, SentSheet[], string[]][] = [
  [
    'a name merged over two numbers is one person',
    [
      {
        rows: [heading, ['市住建局', '张三', a], [null, null, b], ['市住建局', '李四', c]],
        merges: ['A2:A3', 'B2:B3'],
      },
    ],
    ['new 张三 0001 0002 @市住建局', 'new 李四 0003 @市住建局'],
  ],
  [
    'a number merged over two people is of both',
    [
      {
        rows: [
          heading,
          ['市住建局', '张三', Number(a)],
          ['市住建局', '李四'],
          ['市住建局', '王五', c],
          ['市住建局', '赵六'],
        ],
        merges: ['C2:C3', 'C4:C5'],
      },
    ],
    people(['张三', '0001'], ['李四', '0001'], ['王五', '0003'], ['赵六', '0003']),
  ],
  [
    'a unit merged over its people, and a birth date over twins',
    [
      {
        rows: [
          ['单位', '姓名', '出生日期'],
          ['市住建局', '张三', new Date('1985-03-04T00:00:00Z')],
          [null, '张四', null],
        ],
        merges: ['A2:A3', 'C2:C3'],
      },
    ],
    ['new 张三 1985-03-04 @市住建局', 'new 张四 1985-03-04 @市住建局'],
  ],
  [
    'a figure merged over two teams is refused',
    [
      {
        rows: [
          ['单位', '队伍', '人数'],
          ['市住建局', '市住建局志愿服务队', 12],
          ['市住建局', '二队'],
        ],
        merges: ['C2:C3'],
      },
    ],
    ['update @市住建局 队:市住建局志愿服务队 12人', 'error @市住建局 队:二队 !count.merged'],
  ],
  [
    'rows that a filter hides are asked about',
    [
      {
        rows: [
          heading,
          ['市住建局', '甲一', a],
          ['市住建局', '甲二离职', b],
          ['市住建局', '甲三', c],
          ['市住建局', '甲四', d],
        ],
        hidden: [3, 4],
      },
    ],
    [
      'new 甲一 0001 @市住建局',
      'error 0002 @市住建局 !name.gone ?hidden:Sheet1',
      'needs_decision 甲三 0003 @市住建局 ?hidden:Sheet1',
      'new 甲四 0004 @市住建局',
    ],
  ],
  [
    'hidden sheets are asked about, also those that Excel does not list',
    [
      { name: '名单', rows: [heading, ['市住建局', '甲一', a]] },
      { name: '去年', state: 'hidden', rows: [heading, ['市住建局', '旧人', b]] },
      { name: 'x', state: 'veryHidden', rows: [heading, ['市住建局', '更旧', c]] },
    ],
    [
      'new 甲一 0001 @市住建局',
      'needs_decision 旧人 0002 @市住建局 ?hidden:去年',
      'needs_decision 更旧 0003 @市住建局 ?hidden:x',
    ],
  ],
  [
    'examples are nobody',
    [
      {
        rows: [
          ['序号', '姓名', '联系电话', '单位'],
          ['例', '张三', '13800000000', '某某局'],
          ['示例', '李四', '13812345678', '市住建局'],
          ['填写示例', '王五', '13812345679', '市住建局'],
          [1, '赵六（样例）', d, '市住建局'],
          [2, '甲一', a, '市住建局'],
        ],
      },
    ],
    people(['甲一', '0001']),
  ],
  [
    'numbers written for rows to come are nobody',
    [
      {
        rows: [
          ['市住建局志愿者名单'],
          ['序号', '姓名', '性别', '联系电话'],
          [1, '甲一', '男', a],
          [2, '甲二', '女', b],
          [3],
          [4],
          ['合计：2人'],
        ],
      },
    ],
    ['new 甲一 0001', 'new 甲二 0002'],
  ],
  [
    'numbers for two columns of people, of which one is not full',
    [
      {
        rows: [
          ['序号', '姓名', '单位', '序号', '姓名'],
          [1, '甲一', '市住建局', 3, '甲三'],
          [2, '甲二', '市住建局', 4],
          [5, null, null, 6],
        ],
      },
    ],
    ['甲一', '甲三', '甲二'].map((name) => `new ${name} @市住建局`),
  ],
]

test.each(pages)('%s', async (_, sheets, outcome) => {
  expect(await outcomeOf(app, sent(sheets))).toEqual(outcome)
})

const list: SentSheet = {
  rows: [
    ['姓名', '联系电话', '单位'],
    ['甲一', a, '市住建局'],
    ['甲二', b, '市住建局'],
  ],
}
const renamed = (from: string, to: string) => {
  const { [from]: part, ...others } = partsOf([list])
  return zipped({ ...others, [to]: part! })
}
const shared = () => {
  const texts = list.rows.flat() as string[]
  let at = 0
  const cells = list.rows.map(
    (cells) => `<row>${cells.map(() => `<c t="s"><v>${at++}</v></c>`).join('')}</row>`,
  )
  const parts = {
    'xl/SharedStrings.XML': `<sst>${texts.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
  }
  return rawWorkbook(`<sheetData>${cells.join('')}</sheetData>`, parts)
}
const beside = () =>
  rawWorkbook(sheetXml(list).replace(/<is><t[^>]*>([^<]*)<\/t><\/is>/g, (is, text) => `<v>${text}</v>${is}`))
const prefixed = () => {
  const parts = partsOf([list])
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!)
  const named = sheet.replace(/<(\/?)([a-zA-Z])/g, '<$1x:$2').replace('xmlns=', 'xmlns:x=')
  return zipped({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(named) })
}

test.each([
  ['its sheet is called Sheet1.xml', () => renamed('xl/worksheets/sheet1.xml', 'xl/worksheets/Sheet1.xml')],
  ['its workbook is called XL/WORKBOOK.XML', () => renamed('xl/workbook.xml', 'XL/WORKBOOK.XML')],
  ['its texts are called SharedStrings.XML', shared],
  ['its sizes stand in zip64 fields', () => wide(zipped(partsOf([list])))],
  ['a value stands beside each inline text', beside],
  ['its elements have a prefix', prefixed],
])('a workbook is read when %s', async (_, bytes) => {
  expect(await outcomeOf(app, { name: '名单.xlsx', bytes: bytes() })).toEqual(
    people(['甲一', '0001'], ['甲二', '0002']),
  )
})

const ole = (stream: string) =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(504),
    Buffer.from(stream, 'utf16le'),
  ])
const archive = (parts: Record<string, string>) =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))))

test.each([
  ['名单.numbers', archive({ 'Index/Document.iwa': 'x' }), 'file.not_a_spreadsheet'],
  ['各单位名单.zip', archive({ '名单.xlsx': 'x' }), 'file.not_a_spreadsheet'],
  ['名单.docx', archive({ 'word/document.xml': '<x/>' }), 'file.not_a_spreadsheet'],
  ['名单.rar', Buffer.from('Rar!\x1a\x07\x00', 'latin1'), 'file.not_a_spreadsheet'],
  ['名单.pdf', Buffer.from('%PDF-1.7'), 'file.not_a_spreadsheet'],
  ['加密名单.xlsx', ole('EncryptedPackage'), 'file.encrypted'],
  ['名单.et', ole('Workbook'), 'file.needs_conversion'],
  ['空.xlsx', sent([[]]).bytes, 'file.no_rows'],
] as const)('%s is refused with a reason in words', async (name, bytes, code) => {
  const judged = await importing(app, [{ name, bytes: bytes as Buffer }])
  const [{ failure }] = judged.files
  expect([failure.code, judged.rows]).toEqual([code, 0])
  expect(failure.text).toMatch(/\p{Script=Han}{4}/u)
})

test.each<[string, TestFile]>([
  ['headings without a row', sent([['姓名', '联系电话', '单位']])],
  [
    'headings and a total',
    sent([
      ['姓名', '联系电话', '单位'],
      ['合计', '0人'],
    ]),
  ],
  [
    'headings and an example',
    sent([
      ['序号', '姓名', '联系电话'],
      ['例', '张三', '13800000000'],
    ]),
  ],
])('an empty result is explained: %s', async (_, file) => {
  expect(await outcomeOf(app, file)).toEqual(['sheet.rows_missing'])
})
