import { expect, test } from 'vitest'
import { openGuardian } from '#modules/organisation/index.ts'
import { guardianConsents, memberships, persons, teams, units } from '#modules/organisation/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aCsv, aWorkbook, committing, importing, rowsOf } from '#test/support/factories/spreadsheets.ts'
import { education, headings, personNamed } from './education.ts'

test('a register of units brings parents, liaisons and other names, and is unchanged when it comes again', async () => {
  await using app = await startApp()
  const file = await aWorkbook([
    ['单位名称', '单位性质', '上级单位', '所在区县', '联络员', '联络员电话', '别名'],
    ['本溪市实验小学', '学校', '本溪市教育局', '210502', '李娜', '15400000002', null],
    ['本溪市教育局', '机关', null, '210502', '张伟', '15400000001', '市教育局、教育局'],
  ])
  const judged = await importing(app, [file])
  expect(judged).toMatchObject({ state: 'judged', counts: { new: 2, error: 0 }, openDecisions: 0, rows: 2 })
  expect(await app.db.read.select().from(units)).toEqual([])
  expect(await committing(app, judged.id)).toMatchObject({ state: 'committed' })
  const { items } = (await app.as('city_office').get('/api/units')).body
  const school = items.find((unit: { name: string }) => unit.name === '本溪市实验小学')
  expect(school).toMatchObject({
    kind: 'school',
    districtCode: '210502',
    parent: { name: '本溪市教育局' },
    liaison: { name: '李娜' },
  })
  const again = await importing(app, [file])
  expect(again.counts).toMatchObject({ unchanged: 2, new: 0, update: 0 })
  expect((await committing(app, again.id)).state).toBe('committed')
  expect(await app.db.read.select().from(persons)).toHaveLength(2)
})

test('units, teams and people that name one another come in one upload, in any order of files', async () => {
  await using app = await startApp()
  const people = await aWorkbook([
    headings,
    ['王芳', '15400000003', '市教育局', '一队', '队长'],
    ['赵敏', null, '市教育局', '一队', null],
  ])
  const register = await aWorkbook({
    单位: [
      ['单位名称', '单位性质'],
      ['市教育局', '机关'],
    ],
    队伍: [
      ['队伍名称', '所属单位', '队长', '队长电话', '驻地经度', '驻地纬度'],
      ['一队', '市教育局', '王芳', '15400000003', 123.76, 41.29],
    ],
  })
  const judged = await importing(app, [people, register])
  expect(judged.counts).toMatchObject({ new: 4, error: 0, needs_decision: 0 })
  await committing(app, judged.id)
  const [team] = await app.db.read.select().from(teams)
  const everybody = await app.db.read.select().from(persons)
  expect(everybody.map(({ name }) => name).sort()).toEqual(['王芳', '赵敏'])
  expect(team).toMatchObject({
    name: '一队',
    baseLongitude: 123.76,
    leaderPersonId: everybody.find(({ name }) => name === '王芳')?.id,
  })
  const again = await importing(app, [register, people])
  expect(again.counts).toMatchObject({ unchanged: 4, new: 0, update: 0, duplicate: 0 })
})

test('unit and team follow from the name of the file where the table names neither', async () => {
  await using app = await startApp()
  const { team } = await education(app)
  const file = aCsv(
    '姓名,手机\n王芳,154-0000-0003\n合计,1人\n填表人:张伟,审核人:李娜\n',
    '本溪市教育局学雷锋志愿者名单.csv',
  )
  const judged = await importing(app, [file])
  expect(judged.counts).toMatchObject({ new: 1, error: 0 })
  const kinds = (await rowsOf(app, judged.id, 'limit=10')).map(({ kind, judgement }) => [kind, judgement])
  expect(kinds).toEqual([
    ['heading', null],
    ['data', 'new'],
    ['subtotal', null],
    ['signature', null],
  ])
  await committing(app, judged.id)
  expect(await app.db.read.select().from(memberships)).toMatchObject([{ teamId: team.id, role: 'member' }])
})

test('every row is judged with column, value and reason, and only valid rows are written', async () => {
  await using app = await startApp()
  await education(app)
  const file = await aWorkbook([
    ['姓名', '联系电话', '身份证', '单位'],
    ['王芳', '15400000003', null, '本溪市教育局'],
    ['赵敏', '1540000000', null, '本溪市教育局'],
    [null, '15400000004', null, '本溪市教育局'],
    ['王芳', '154 0000 0003', null, '本溪市教育局'],
    ['钱进', null, '210502199001311111', '本溪市教育局'],
  ])
  const judged = await importing(app, [file])
  expect(judged.counts).toMatchObject({ new: 1, duplicate: 1, error: 3 })
  const rows = await rowsOf(app, judged.id)
  expect(rows.map(({ line, judgement, sameAsLine }) => [line, judgement, sameAsLine])).toEqual([
    [2, 'new', null],
    [3, 'error', null],
    [4, 'error', null],
    [5, 'duplicate', 2],
    [6, 'error', null],
  ])
  expect(rows[1].problems).toEqual([
    {
      column: '联系电话',
      index: 1,
      field: 'phone',
      value: '1****00',
      code: 'phone.malformed',
      reason: '不是有效的电话号码',
      line: null,
    },
  ])
  expect(rows[0].values.phone).toEqual(['154****0003'])
  const inEnglish = await rowsOf(app, judged.id, 'judgement=error&lang=en')
  expect(inEnglish[0].problems[0].reason).toBe('This is not a phone number')
  await committing(app, judged.id)
  expect((await app.db.read.select().from(persons)).map(({ name }) => name)).toEqual(['王芳'])
})

test('a second list adds a membership, not a second person, and takes nothing away', async () => {
  await using app = await startApp()
  const { unit } = await education(app)
  const other = await aTeam(app.db, { unitId: unit.id, name: '二队' })
  const first = await aWorkbook([
    ['姓名', '手机', '单位', '队伍', '出生日期'],
    ['王芳', '15400000003', '本溪市教育局', '教育局志愿服务队', '1990-01-31'],
  ])
  await committing(app, (await importing(app, [first])).id)
  const second = await aWorkbook([headings, ['王芳', '+86 15400000003', '本溪市教育局', '二队', null]])
  const judged = await importing(app, [second])
  expect(await rowsOf(app, judged.id)).toMatchObject([{ judgement: 'update', changes: ['memberships'] }])
  await committing(app, judged.id)
  expect(await personNamed(app, '王芳')).toMatchObject([{ birthDate: '1990-01-31' }])
  expect((await app.db.read.select().from(memberships)).map(({ teamId }) => teamId)).toContain(other.id)
  expect(await app.db.read.select().from(memberships)).toHaveLength(2)
})

test('rows of one person that contradict each other are errors, and so is one number under two names', async () => {
  await using app = await startApp()
  await education(app)
  const file = await aWorkbook([
    ['姓名', '手机', '身份证号', '性别', '单位'],
    ['王芳', '15400000003', null, '女', '本溪市教育局'],
    ['王芳', '15400000003', null, '男', '本溪市教育局'],
    ['赵敏', null, '110101199003077715', null, '本溪市教育局'],
    ['钱进', null, '110101199003077715', null, '本溪市教育局'],
  ])
  const rows = await rowsOf(app, (await importing(app, [file])).id)
  expect(rows.map(({ judgement, problems }) => [judgement, problems[0]?.code, problems[0]?.line])).toEqual([
    ['new', undefined, undefined],
    ['error', 'row.contradicts', 2],
    ['new', undefined, undefined],
    ['error', 'person.two_names', 4],
  ])
})

test('class lists bring classes, pupils without phones, guardians and their consent', async () => {
  await using app = await startApp()
  await aUnit(app.db, { name: '实验小学', kind: 'school' })
  const file = await aWorkbook(
    [
      ['实验小学“小手拉大手”活动师生名单'],
      ['班级', '姓名', '性别', '出生日期', '身份', '电话', '监护人', '监护人电话', '监护人同意'],
      ['三年级1班', '李敏老师', '女', '1985-05-05', '教师', '15400000005', null, null, null],
      ['三年级1班', '小明', '男', '2017-01-02', '学生', null, '大明', '15400000006', '是'],
      ['三年一班', '小红', '女', '2017-03-04', '学生', null, '大红', '15400000007', '否'],
    ],
    '实验小学师生名单.xlsx',
  )
  const judged = await importing(app, [file])
  expect(judged).toMatchObject({
    counts: { new: 3 },
    files: [{ sheets: [{ list: 'classes', unit: '实验小学' }] }],
  })
  await committing(app, judged.id)
  expect(await app.db.read.select().from(teams)).toMatchObject([{ name: '三年级1班', kind: 'class' }])
  const roles = (await app.db.read.select().from(memberships)).map(({ role }) => role)
  expect(roles.sort()).toEqual(['pupil', 'pupil', 'teacher'])
  const consents = await app.db.read.select().from(guardianConsents)
  expect(consents.map((row) => [openGuardian(app.context.keys, row), row.says]).sort()).toEqual([
    ['大明', 'yes'],
    ['大红', 'no'],
  ])
  expect((await importing(app, [file])).counts).toMatchObject({ unchanged: 3, new: 0, update: 0 })
})

test('heads without names are kept with the team or class', async () => {
  await using app = await startApp()
  await education(app)
  await aUnit(app.db, { name: '实验小学', kind: 'school' })
  const file = await aWorkbook({
    学校: [
      ['学校', '班级', '教师人数', '学生人数'],
      ['实验小学', '三年级1班', 3, 35],
      ['合计', null, 3, 35],
    ],
    单位: [
      ['单位', '人数'],
      ['本溪市教育局', '36人'],
      ['本溪市教育局', '三十'],
    ],
  })
  const judged = await importing(app, [file])
  expect(judged.counts).toMatchObject({ new: 1, update: 1, error: 1 })
  await committing(app, judged.id)
  const stated = (await app.db.read.select().from(teams)).map(({ name, statedHeads, statedMinors }) => [
    name,
    statedHeads,
    statedMinors,
  ])
  expect(stated.sort()).toEqual([
    ['三年级1班', 38, 35],
    ['教育局志愿服务队', 36, null],
  ])
  expect((await importing(app, [file])).counts).toMatchObject({ unchanged: 2, error: 1 })
})
