import { expect, test } from 'vitest'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import {
  aCsv,
  aWorkbook,
  committing,
  deciding,
  decisionsOf,
  importing,
  importOf,
} from '#test/support/factories/spreadsheets.ts'
import { education, headings, personNamed } from './education.ts'

test('a unit under another name is asked about once and remembered', async () => {
  await using app = await startApp()
  const { unit } = await education(app)
  await aUnit(app.db, { name: '本溪市民政局' })
  const file = await aWorkbook([
    headings,
    ['王芳', '15400000003', '市教育局', null, null],
    ['赵敏', '15400000004', '市教育局', null, null],
  ])
  const judged = await importing(app, [file])
  expect(judged).toMatchObject({ counts: { needs_decision: 2, new: 0 }, openDecisions: 1 })
  const [question] = await decisionsOf(app, judged.id)
  expect(question).toMatchObject({
    kind: 'unit',
    name: '市教育局',
    rows: 2,
    proposals: [{ id: unit.id, likeness: 1 }],
  })
  expect((await app.as('city_office').get(`/api/units/${unit.id}`)).body.aliases).toEqual([])

  const decided = await deciding(app, judged.id, {
    decisions: [{ decisionId: question.id, answer: 'use', id: unit.id }],
  })
  expect(decided).toMatchObject({ state: 'judged', counts: { new: 2, needs_decision: 0 }, openDecisions: 0 })
  const { aliases } = (await app.as('city_office').get(`/api/units/${unit.id}`)).body
  expect(aliases).toMatchObject([{ alias: '市教育局' }])
  expect((await importing(app, [file])).openDecisions).toBe(0)
})

test('an unknown unit is added or left out only by an answer', async () => {
  await using app = await startApp()
  const file = await aWorkbook([
    headings,
    ['王芳', null, '新单位', '新队', null],
    ['赵敏', null, '不要的单位', '一队', null],
  ])
  const judged = await importing(app, [file])
  expect((await committing(app, judged.id)).state).toBe('committed')
  expect(await app.db.read.select().from(units)).toEqual([])

  const next = await importing(app, [file])
  const questions = await decisionsOf(app, next.id)
  const decisionId = (name: string) => questions.find((question) => question.name === name).id
  await deciding(app, next.id, {
    decisions: [
      { decisionId: decisionId('新单位'), answer: 'create', kind: 'enterprise' },
      { decisionId: decisionId('不要的单位'), answer: 'skip' },
    ],
  })
  const asked = await deciding(app, next.id, { decisions: [], others: { team: 'create' } })
  expect(asked.counts).toMatchObject({ new: 1, skipped: 1, needs_decision: 0 })
  await committing(app, next.id)
  expect(await app.db.read.select().from(units)).toMatchObject([{ name: '新单位', kind: 'enterprise' }])
  expect(await app.db.read.select().from(teams)).toMatchObject([{ name: '新队' }])
})

test('about the same name with another number in the same unit a user decides', async () => {
  await using app = await startApp()
  await education(app)
  const list = (phone: string) => aWorkbook([headings, ['王芳', phone, '本溪市教育局', null, null]])
  await committing(app, (await importing(app, [await list('15400000003')])).id)
  const judged = await importing(app, [await list('15400000009')])
  const [question] = await decisionsOf(app, judged.id)
  expect(question).toMatchObject({
    kind: 'person',
    name: '王芳',
    mayCreate: true,
    proposals: [{ because: 'other_contact' }],
  })
  const [known] = await personNamed(app, '王芳')
  const asNew = await deciding(app, judged.id, { decisions: [{ decisionId: question.id, answer: 'create' }] })
  expect(asNew.counts).toMatchObject({ new: 1 })
  const asKnown = await deciding(app, judged.id, {
    decisions: [{ decisionId: question.id, answer: 'use', id: known?.id }],
  })
  expect(asKnown.counts).toMatchObject({ update: 1 })
  await committing(app, judged.id)
  expect(await personNamed(app, '王芳')).toHaveLength(1)
})

test('unrecognised headings can be corrected, and the rows are judged again', async () => {
  await using app = await startApp()
  await education(app)
  const file = aCsv('甲,乙,丙\n王芳,15400000003,x\n', '本溪市教育局志愿者名单.csv')
  const judged = await importing(app, [file])
  const [sheet] = judged.files[0].sheets
  expect(sheet).toMatchObject({ problem: 'sheet.headings_missing', columns: [] })
  expect(judged.rows).toBe(0)
  const put = app.as('city_office').put(`/api/imports/${judged.id}/sheets/${sheet.id}/headings`)
  const body = {
    list: 'people',
    headingLine: 1,
    columns: [
      { index: 0, field: 'name' },
      { index: 1, field: 'phone' },
      { index: 2, field: null },
    ],
  }
  expect((await put.send(body)).body.code).toBe('precondition.required')
  const corrected = await app
    .as('city_office')
    .put(`/api/imports/${judged.id}/sheets/${sheet.id}/headings`)
    .set('If-Match', `"v${sheet.version}"`)
    .send(body)
  expect(corrected.status).toBe(202)
  await app.settled()
  const after = await importOf(app, judged.id)
  expect(after).toMatchObject({
    counts: { new: 1 },
    files: [{ sheets: [{ unknownColumns: ['丙'], version: 2 }] }],
  })
  const stale = await app
    .as('city_office')
    .put(`/api/imports/${judged.id}/sheets/${sheet.id}/headings`)
    .set('If-Match', '"v1"')
    .send(body)
  expect(stale.body.code).toBe('version.stale')
})

test('an outdated preview is made again instead of being written', async () => {
  await using app = await startApp()
  const { unit } = await education(app)
  const file = await aWorkbook([headings, ['王芳', '15400000003', '本溪市教育局', null, null]])
  const judged = await importing(app, [file])
  await aTeam(app.db, { unitId: unit.id, name: '二队' })
  const after = await committing(app, judged.id)
  expect(after).toMatchObject({
    state: 'judged',
    failure: { code: 'import.outdated' },
    counts: { needs_decision: 1 },
  })
  expect(await app.db.read.select().from(persons)).toEqual([])
})

test('the same Idempotency-Key starts one import, and another file under it is refused', async () => {
  await using app = await startApp()
  const { bytes } = await aWorkbook([headings, ['王芳', null, null, null, null]])
  const upload = (content: Buffer) =>
    app
      .as('city_office')
      .post('/api/imports')
      .set('Idempotency-Key', 'list-of-march')
      .attach('files', content, '名单.xlsx')
  const first = await upload(bytes)
  const second = await upload(bytes)
  expect([first.status, second.status]).toEqual([202, 202])
  expect(second.body.id).toBe(first.body.id)
  expect((await upload(Buffer.from('a,b\n'))).body.code).toBe('idempotency.reused')
  expect((await app.as('city_office').get('/api/imports')).body.items).toHaveLength(1)
})
