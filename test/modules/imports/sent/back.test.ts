/** What goes back to an office, what is said for a whole sheet, and whose number is kept in the end. */
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { outcomeOf, sent } from '#test/support/factories/sent-lists.ts'
import { committing, downloading, importing, importOf, rowsOf } from '#test/support/factories/spreadsheets.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { a, b, c, d, offices } from './ground.ts'

const app = sharedApp()
let ground: Awaited<ReturnType<typeof offices>>
beforeAll(async () => {
  ground = await offices(app)
})

/** The formats of the cells of a workbook's first sheet, without repetition: `@` is text. */
function formatsIn(workbook: Buffer): string[] {
  const parts = unzipSync(workbook)
  const xml = (name: string) => strFromU8(parts[name] as Uint8Array)
  const styles = xml('xl/styles.xml')
  const custom = new Map(
    [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code]),
  )
  const [, cellXfs = ''] = /<cellXfs[^>]*>([\s\S]*?)<\/cellXfs>/.exec(styles) ?? []
  const formats = [...cellXfs.matchAll(/<xf\b[^>]*>/g)].map(([xf]) => {
    const id = /numFmtId="(\d+)"/.exec(xf)?.[1] ?? '0'
    return custom.get(id) ?? (id === '49' ? '@' : id)
  })
  const cells = [...xml('xl/worksheets/sheet1.xml').matchAll(/<c r="[A-Z]+\d+"([^>]*)>/g)]
  return [...new Set(cells.map(([, more = '']) => formats[Number(/ s="(\d+)"/.exec(more)?.[1] ?? 0)] ?? ''))]
}

test('a number typed into a template or an error sheet keeps all its digits, and both are called in the reader’s language', async () => {
  const judged = await importing(app, [
    sent([
      ['姓名', '身份证号', '单位'],
      ['甲一', '210502', '市住建局'],
    ]),
  ])
  const errors = `/api/imports/${judged.id}/errors.xlsx`
  for (const path of ['/api/import-templates/people.xlsx', '/api/import-templates/classes.xlsx', errors]) {
    const { body } = await downloading(app, path)
    expect([path, formatsIn(body)]).toEqual([path, ['@']])
  }
  const named = async (path: string, language: string) => {
    const { headers } = await downloading(app, path, { language })
    return decodeURIComponent(headers['content-disposition'] as string)
  }
  expect(await named(errors, 'zh-CN')).toMatch(/名单错误表-\d{8}\.xlsx/)
  expect(await named(errors, 'en')).toMatch(/List errors \d{8}\.xlsx/)
  expect(await named('/api/import-templates/people.xlsx', 'zh-CN')).toContain('志愿者名单模板.xlsx')
  expect(await named('/api/import-templates/people.xlsx', 'en')).toContain('Volunteers template.xlsx')
})

test('an error sheet keeps what stood between the rows, over the blocks and on the sheet: corrected, nobody changes places', async () => {
  const { id: unitId } = await aUnit(app.db, { name: '市水利局' })
  for (const name of ['水利一队', '水利二队']) await aTeam(app.db, { unitId, name })
  const files = [
    sent(
      [
        ['实验小学三年1班学生名单'],
        ['序号', '姓名', '家长电话'],
        [1, '甲一', a],
        ['三年2班  班主任：赵敏 13900000009'],
        [1, '甲二', '1390000'],
        ['带队教师'],
        [1, '李敏', '1390001'],
      ],
      '学生.xlsx',
    ),
    sent(
      [
        ['市水利局志愿者'],
        ['水利一队', null, '水利二队', null],
        ['姓名', '电话', '姓名', '电话'],
        ['乙一', a, '乙二', '1390002'],
        [null, null, '乙三', '1390003'],
      ],
      '志愿者.xlsx',
    ),
    sent(
      [
        {
          name: '水利二队',
          rows: [
            ['姓名', '电话'],
            ['丙一', '1390004'],
          ],
        },
        {
          name: '水利一队',
          rows: [
            ['姓名', '电话'],
            ['丙二', b],
          ],
        },
      ],
      '市水利局.xlsx',
    ),
  ]
  const judged = await importing(app, files)
  expect(judged.counts).toMatchObject({ error: 5, needs_decision: 0 })
  const { body } = await downloading(app, `/api/imports/${judged.id}/errors.xlsx`)
  const again = await importing(app, [{ name: '错误表.xlsx', bytes: body }])
  const places = async (id: string) =>
    (await rowsOf(app, id)).map(({ values: v }) => [v.name, v.class ?? v.team, v.role, v.teacher].join(' '))
  const all = await places(judged.id)
  const returned = ['甲二', '李敏', '乙一', '乙二', '乙三', '丙一']
  expect(await places(again.id)).toEqual(all.filter((each) => returned.includes(each.split(' ')[0]!)))
  expect(all).toContain('甲二 三年2班  赵敏')
  expect(all).toContain('乙三 水利二队  ')
})

/** Says what the only sheet of an import is, and what holds for rows that do not say it. */
async function saying(importId: string, list: string, fields: (string | null)[], defaults: object) {
  const [sheet] = (await importOf(app, importId)).files[0].sheets
  await app
    .as('city_office')
    .put(`/api/imports/${importId}/sheets/${sheet.id}/headings`)
    .set('If-Match', `"v${sheet.version}"`)
    .send({ list, headingLine: 1, columns: fields.map((field, index) => ({ index, field })), defaults })
    .expect(202)
  await app.settled()
  const rows = await rowsOf(app, importId)
  return rows.map(({ judgement, values }) => [judgement, values.name])
}

test('unit, team and class are said for all rows of a sheet that do not say them', async () => {
  const second = await aTeam(app.db, { unitId: ground.bureau.id, name: '住建局二队' })
  const classTeam = await aTeam(app.db, { unitId: ground.school.id, name: '五年一班', kind: 'class' })
  const people = [
    ['姓名', '电话'],
    ['张伟', a],
    ['李娜', b],
  ]
  const pupils = [
    ['姓名', '家长电话'],
    ['甲一', c],
  ]
  const everybody = [
    ['new', '张伟'],
    ['new', '李娜'],
  ]

  const unnamed = await importing(app, [sent(people)])
  expect(unnamed.counts).toMatchObject({ new: 0, needs_decision: 2 })
  expect(await saying(unnamed.id, 'people', ['name', 'phone'], { teamId: second.id })).toEqual(everybody)
  await committing(app, unnamed.id)
  const members = await app.as('city_office').get(`/api/persons?teamId=${second.id}`)
  expect(members.body.items.map(({ name }: { name: string }) => name).sort()).toEqual(['张伟', '李娜'])

  const ofUnit = await importing(app, [
    sent([
      ['姓名', '电话', '队伍'],
      ['王芳', c, '住建局二队'],
    ]),
  ])
  const inUnit = await saying(ofUnit.id, 'people', ['name', 'phone', 'team'], { unitId: ground.bureau.id })
  expect(inUnit).toEqual([['new', '王芳']])

  for (const defaults of [
    { teamId: classTeam.id },
    { unitId: ground.school.id, teamId: classTeam.id },
    { unitId: ground.school.id, className: '五年二班' },
  ]) {
    const judged = await importing(app, [sent(pupils)])
    expect(await saying(judged.id, 'classes', ['name', 'guardianPhone'], defaults)).toEqual([['new', '甲一']])
    const [sheet] = (await importOf(app, judged.id)).files[0].sheets
    expect(sheet.defaults).toMatchObject({
      ...('teamId' in defaults ? { teamId: classTeam.id } : { class: '五年二班' }),
    })
  }
})

test('what is written is what was shown: each number is kept with whom it belongs to', async () => {
  const lists = [
    sent(
      [
        {
          rows: [
            ['姓名', '电话', '姓名', '电话'],
            ['孙一', a, '孙二', b],
          ],
        },
      ],
      '行政局志愿者.xlsx',
    ),
    sent(
      [
        ['学校', '班级', '学生姓名', '电话', '家长姓名', '电话', '家长是否同意'],
        ['实验小学', '六年一班', '孙三', null, '孙父', c, '不同意'],
      ],
      '学生.xlsx',
    ),
    sent(
      [
        ['序号', '单位名称', '联络员', '电话', '负责人', '电话'],
        [1, '市水务局', '孙四', c, '孙五', d],
      ],
      '单位.xlsx',
    ),
  ]
  const judged = await importing(app, lists)
  expect(judged.counts).toMatchObject({ new: 4, error: 0, needs_decision: 0 })
  await committing(app, judged.id)
  const { items } = (await app.as('city_office').get('/api/persons?search=孙')).body
  const numbers = items.map(
    ({ name, contacts }: { name: string; contacts: { masked: string; relation: string }[] }) =>
      [name, ...contacts.map(({ masked, relation }) => `${relation} ${masked}`)].join(' '),
  )
  expect(numbers.sort()).toEqual([
    '孙一 own 139****0001',
    '孙三 guardian 139****0003',
    '孙二 own 139****0002',
    '孙五 own 139****0004',
    '孙四 own 139****0003',
  ])
})

test('an unknown heading that looks like ours is proposed, and not used', async () => {
  const judged = await importing(app, [
    sent([
      ['姓名', '手机联系号', '单位', '血型'],
      ['甲一', a, '市住建局', 'A'],
    ]),
  ])
  const [{ columns, unreadColumns }] = judged.files[0].sheets
  expect(columns.map(({ field, resembles }: Record<string, unknown>) => [field, resembles])).toEqual([
    ['name', null],
    [null, 'phone'],
    ['unit', null],
    [null, null],
  ])
  expect(unreadColumns).toMatchObject([
    { heading: '手机联系号', values: 1, holdsPeople: true },
    { heading: '血型', values: 1, holdsPeople: false },
  ])
})

test('remarks with numbers in them, in any manner of writing, are named among what is not read', async () => {
  for (const remark of ['备用 13900000091', '１３９００００００９２', '其母139 0000 0093', '张伟、李娜'])
    expect(
      await outcomeOf(
        app,
        sent([
          ['姓名', '单位', '备注'],
          ['甲一', '行政局', remark],
        ]),
      ),
    ).toEqual(['new 甲一 @行政局', 'unread 备注 1 people'])
  expect(
    await outcomeOf(
      app,
      sent([
        ['姓名', '单位', '备注'],
        ['甲一', '行政局', '2026-02-25入队'],
      ]),
    ),
  ).toEqual(['new 甲一 @行政局', 'unread 备注 1'])
})
