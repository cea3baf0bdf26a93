import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import {
  aWorkbook,
  committing,
  decisionsOf,
  importing,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'

test('a unit administrator imports into the own units only', async () => {
  await using app = await startApp()
  const own = await aUnit(app.db, { name: '市教育局' })
  await aTeam(app.db, { unitId: own.id, name: '一队' })
  const other = await aUnit(app.db, { name: '市民政局' })
  await aTeam(app.db, { unitId: other.id, name: '二队' })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: own.id })
  const file = await aWorkbook({
    队员: [
      ['姓名', '单位', '队伍'],
      ['王芳', '市教育局', '一队'],
      ['赵敏', '市民政局', '二队'],
      ['钱进', '民政局', '二队'],
    ],
    单位: [
      ['单位名称', '上级单位'],
      ['实验小学', '市教育局'],
      ['福利院', '市民政局'],
      ['新单位', null],
    ],
  })
  const judged = await importing(app, [file], admin)
  const rows = await rowsOf(app, judged.id, 'kind=data', admin)
  expect(rows.map(({ judgement, problems }) => [judgement, problems[0]?.code])).toEqual([
    ['new', undefined],
    ['error', 'unit.out_of_reach'],
    ['needs_decision', undefined],
    ['new', undefined],
    ['error', 'unit.out_of_reach'],
    ['error', 'unit.out_of_reach'],
  ])
  const [question] = await decisionsOf(app, judged.id, admin)
  expect(question.proposals).toEqual([])
  const forced = await app
    .as(admin)
    .post(`/api/imports/${judged.id}/decisions`)
    .send({ decisions: [{ decisionId: question.id, answer: 'use', id: other.id }] })
  expect(forced).toMatchObject({ status: 404, body: { code: 'unit.missing' } })
  expect(await committing(app, judged.id, admin)).toMatchObject({ state: 'committed' })
})

test('an import is seen by whoever started it and by the office, and by nobody without the permission', async () => {
  await using app = await startApp()
  const own = await aUnit(app.db, { name: '市教育局' })
  const other = await aUnit(app.db, { name: '市民政局' })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: own.id })
  const stranger = await app.signIn({ role: 'unit_administrator', unitId: other.id })
  const { id } = await importing(app, [await aWorkbook([['姓名'], ['王芳']])], admin)
  const paths = [
    `/api/imports/${id}`,
    `/api/imports/${id}/rows`,
    `/api/imports/${id}/decisions`,
    `/api/imports/${id}/errors.xlsx`,
  ]
  for (const path of paths) {
    expect((await app.as(admin).get(path)).status).toBe(200)
    expect((await app.as('city_office').get(path)).status).toBe(200)
    expect((await app.as(stranger).get(path)).status).toBe(404)
    expect((await app.as('viewer').get(path)).status).toBe(403)
    expect((await app.request.get(path)).status).toBe(401)
  }
  expect((await app.as(stranger).put(`/api/imports/${id}/commit`)).status).toBe(404)
  expect((await app.as(stranger).get('/api/imports')).body.items).toEqual([])
})
