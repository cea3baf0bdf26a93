/** Lists of zones and of duties: uploaded as offices and public services write them. */
import { beforeAll, expect, test } from 'vitest'
import { type SentSheet, sent } from '#test/support/factories/sent-lists.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { upload, zoneBy } from '../zone-files.ts'
import { offices, threeZones } from './ground.ts'

const app = sharedApp({ worker: false })
beforeAll(async () => {
  await offices(app)
  await threeZones(app)
})

const square = {
  type: 'Polygon',
  coordinates: [
    [
      [123.7, 41.3],
      [123.71, 41.3],
      [123.71, 41.31],
      [123.7, 41.31],
      [123.7, 41.3],
    ],
  ],
}

// biome-ignore lint/suspicious/noExplicitAny: what the service answered
type Answer = any

/** The codes that would be written, what is refused, and what is not read. */
function told({ status, body }: { status: number; body: Answer }): string[] {
  if (status !== 200) return [`${body.code} ${body.details?.system ?? ''}`.trim()]
  const [{ rows, faults, ignored }] = body.files
  return [
    ...rows.map(({ code, name, outcome }: Answer) => `${outcome} ${code} ${name}`),
    ...faults.map(({ row, reason }: Answer) => `${row} ${reason}`),
    ...ignored.map((property: string) => `ignored ${property}`),
  ]
}

/** Previews a FeatureCollection; codes as numbers stand in it as they are typed. */
const features = (properties: readonly string[], more = '') =>
  upload(
    app,
    [
      [
        '网格.geojson',
        `{"type":"FeatureCollection"${more},"features":[${properties
          .map((each) => `{"type":"Feature","properties":${each},"geometry":${JSON.stringify(square)}}`)
          .join()}]}`,
      ],
    ],
    { preview: true },
  )

const files: [string, string[], string, string[]][] = [
  [
    'as DataV writes it, its parents are known',
    [
      '{"adcode":210500,"name":"本溪市","level":"city","parent":{"adcode":210000},"center":[123.77,41.3]}',
      '{"adcode":210502,"name":"平山区","level":"district","parent":{"adcode":210500},"childrenNum":0}',
    ],
    '',
    ['new 210500 本溪市', 'new 210502 平山区', 'ignored childrenNum'],
  ],
  [
    'codes of 18 digits as numbers are refused, as texts they are taken',
    [
      '{"code":210502001001001001,"name":"一号网格"}',
      '{"code":210502001001001002,"name":"二号网格"}',
      '{"code":"210502001001001003","name":"三号网格"}',
      '{"code":"X4","name":"四号网格","parent_code":210502001001001002}',
    ],
    '',
    ['new 210502001001001003 三号网格', '1 code-lost-digits', '2 code-lost-digits', '4 code-lost-digits'],
  ],
  ['no reference system', ['{"code":"Z1","name":"丁"}'], ',"crs":null', ['new Z1 丁']],
  [
    'CGCS2000',
    ['{"code":"Z1","name":"丁"}'],
    ',"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}',
    ['new Z1 丁'],
  ],
  [
    'another system is refused by its name',
    ['{"code":"Z1","name":"丁"}'],
    ',"crs":{"type":"name","properties":{"name":"EPSG:4547"}}',
    ['geojson.reference_system EPSG:4547'],
  ],
  [
    'properties in Chinese and in capitals',
    [
      '{"编码":"Z1","名称":"北台社区","类型":"社区"}',
      '{"CODE":"Z2","NAME":"南芬社区","KIND":"社区"}',
      '{"网格编码":"Z3","网格名称":"三号","备注":"x"}',
    ],
    '',
    ['new Z1 北台社区', 'new Z2 南芬社区', 'new Z3 三号', 'ignored 备注'],
  ],
]

test.each(files)('a FeatureCollection: %s', async (_, properties, more, outcome) => {
  expect(told(await features(properties, more))).toEqual(outcome)
})

test('a city and its district are what they say, one below the other', async () => {
  const properties = [
    '{"adcode":210500,"name":"本溪市","level":"city"}',
    '{"adcode":210502,"name":"平山区","kind":"区","parent":{"adcode":210500}}',
  ]
  const body = properties.map((each) => ({ type: 'Feature', properties: JSON.parse(each), geometry: square }))
  const file = JSON.stringify({ type: 'FeatureCollection', features: body })
  expect((await upload(app, [['本溪.geojson', file]])).status).toBe(200)
  expect(await zoneBy(app, '210500')).toMatchObject({ kind: 'prefecture_city' })
  expect(await zoneBy(app, '210502')).toMatchObject({ parent: { name: '本溪市' } })
})

const table = async (sheets: SentSheet[], query: object = { preview: true }) =>
  told(await upload(app, [['网格.xlsx', sent(sheets).bytes]], { ...query }))

const tables: [string, SentSheet[], string[]][] = [
  [
    'codes as numbers that lost their last digits',
    [
      {
        rows: [
          ['网格编码', '网格名称', '类型'],
          [210502001001001000, '一号网格', '网格'],
          [210502001001000960, '二号网格', '网格'],
          ['210502001001001003', '三号', '网格'],
          [210502001001, '四号', '社区'],
        ],
      },
    ],
    ['new 210502001001001003 三号', 'new 210502001001 四号', '2 code-lost-digits', '3 code-lost-digits'],
  ],
  [
    'a code that became a date',
    [
      {
        rows: [
          ['编码', '名称', '类型'],
          [new Date('2026-03-01T00:00:00Z'), '一号楼', '社区'],
          ['01-02', '二号楼', '社区'],
        ],
      },
    ],
    ['new 01-02 二号楼', '2 code-is-date'],
  ],
  [
    'marks and explanations in the headings',
    [
      {
        rows: [
          ['网格编码（必填）', '网格名称*', '类型 ', '经度(°)', '纬度(°)'],
          ['G4', '四号', '网格', 123.7, 41.3],
        ],
      },
    ],
    ['new G4 四号'],
  ],
  [
    'a title above, a total and a note below',
    [
      {
        rows: [
          ['平山区网格一览表'],
          ['编码', '名称', '类型'],
          ['G9', '九号', '社区'],
          ['合计', '1个'],
          [],
          ['注：以民政部门数据为准'],
          ['制表人：王芳'],
        ],
      },
    ],
    ['new G9 九号'],
  ],
  [
    'the second sheet',
    [
      { name: '说明', rows: [['请填写']] },
      {
        name: '网格',
        rows: [
          ['编码', '名称', '类型'],
          ['G10', '十号', '社区'],
        ],
      },
    ],
    ['new G10 十号'],
  ],
  [
    'a kind merged over its zones, and zones without a code below a parent',
    [
      {
        rows: [
          ['类型', '名称', '上级编码'],
          ['社区', '东明', 'R1'],
          [null, '南地', 'R1'],
          [null, '无处', null],
        ].map((cells, at) => (at === 0 ? [...cells, '编码'] : [...cells, null])),
        merges: ['A2:A4'],
      },
    ],
    ['new R1-东明 东明', 'new R1-南地 南地', '4 code-missing'],
  ],
  [
    'hidden rows wait for a word',
    [
      {
        rows: [
          ['编码', '名称'],
          ['G11', '十一号'],
          ['G12', '十二号'],
        ],
        hidden: [3],
      },
    ],
    ['new G11 十一号', '3 row-hidden'],
  ],
]

test.each(tables)('a table of zones: %s', async (_, sheets, outcome) => {
  expect(await table(sheets)).toEqual(outcome)
})

test('a parent merged over several zones is the parent of each', async () => {
  const rows = [
    ['上级编码', '网格编码', '网格名称', '类型'],
    ['R1', 'G1', '一号', '网格'],
    [null, 'G2', '二号', '网格'],
    [null, 'G3', '三号', '网格'],
  ]
  expect(await table([{ rows, merges: ['A2:A4'] }], {})).toEqual([
    'new G1 一号',
    'new G2 二号',
    'new G3 三号',
  ])
  const parent = (await zoneBy(app, 'R1')).name
  for (const code of ['G1', 'G2', 'G3'])
    expect((await zoneBy(app, code)).parent).toMatchObject({ name: parent })
})

const duties = async (sheet: SentSheet) => {
  const { body } = await app
    .as('city_office')
    .post('/api/responsibility-imports?preview=true')
    .attach('file', sent([sheet]).bytes, '三定.xlsx')
  return [
    body.counts.new,
    ...body.faults.map(({ row, column, reason }: Answer) => `${row} ${column} ${reason}`),
    ...body.ignored,
  ]
}

test.each<[string, SentSheet, (number | string)[]]>([
  [
    'headings with marks',
    {
      rows: [
        ['网格编码（必填）', '层级', '责任单位*'],
        ['R1', '责任单位', '市住建局'],
      ],
    },
    [1],
  ],
  [
    'unit and level merged over their zones',
    {
      rows: [
        ['责任单位', '层级', '网格编码'],
        ['市住建局', '责任单位', 'R1'],
        [null, null, 'R2'],
        [null, null, 'R3'],
      ],
      merges: ['A2:A4', 'B2:B4'],
    },
    [3],
  ],
  [
    'a title, ditto marks and a total',
    {
      rows: [
        ['责任分工表'],
        ['网格编码', '层级', '责任单位', '备注'],
        ['R1', '责任单位', '市住建局'],
        ['R2', '同上', '〃', 'x'],
        ['合计', '2'],
        ['审核人：刘强'],
      ],
    },
    [2, '备注'],
  ],
  [
    'a code that is no text',
    {
      rows: [
        ['网格编码', '层级', '责任单位'],
        [new Date('2026-03-01T00:00:00Z'), '责任单位', '市住建局'],
        [210502001001001000, '责任单位', '市住建局'],
      ],
    },
    [0, '2 zone_code code-is-date', '3 zone_code code-lost-digits'],
  ],
])('a table of duties: %s', async (_, sheet, outcome) => {
  expect(await duties(sheet)).toEqual(outcome)
})
