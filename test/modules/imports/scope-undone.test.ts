import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { roleGrants } from '#modules/accounts/schema.ts'
import { forgetUsers } from '#modules/accounts/session-cache.ts'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import {
  aWorkbook,
  committing,
  decisionsOf,
  importing,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'
import { phone } from './scope-lists.ts'
import { aPlace } from './scoped.ts'

test('an undo is refused if the written data is now out of reach', async () => {
  await using app = await startApp()
  const { unit, team } = await aPlace(app, '甲单位', '210502')
  const other = await aPlace(app, '乙单位', '210503')
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const file = await aWorkbook([
    ['姓名', '手机号', '单位', '队伍'],
    ['王芳', phone, '甲单位', '甲单位一队'],
  ])
  const { id } = await importing(app, [file], admin)
  await committing(app, id, admin)
  const read = await app.as('city_office').get(`/api/teams/${team.id}`)
  const moved = app
    .as('city_office')
    .patch(`/api/teams/${team.id}`)
    .set('If-Match', read.headers.etag as string)
  await moved.send({ unitId: other.unit.id }).expect(200)
  const refused = await app.as(admin).delete(`/api/imports/${id}/commit`)
  expect(refused).toMatchObject({ status: 403, body: { code: 'changes.out_of_reach' } })
  expect((await app.as('city_office').delete(`/api/imports/${id}/commit`)).body.state).toBe('undone')
})

test('an undo reveals nothing about later marks of others on a number', async () => {
  await using app = await startApp()
  const { unit } = await aPlace(app, '甲单位', '210502')
  const other = await aPlace(app, '乙单位', '210503')
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const stranger = await app.signIn({ role: 'unit_administrator', unitId: other.unit.id })
  const file = await aWorkbook([
    ['姓名', '手机号', '单位', '队伍'],
    ['王芳', phone, '甲单位', '甲单位一队'],
  ])
  const { id } = await importing(app, [file], admin)
  await committing(app, id, admin)
  const known = await aPerson(app, { name: '王芳', phone, teamId: other.team.id })
  const [link] = await app.db.read.select().from(personContacts).where(eq(personContacts.personId, known.id))
  await app.as(stranger).patch(`/api/contacts/${link!.contactId}`).send({ invalid: true }).expect(204)
  expect((await app.as(admin).delete(`/api/imports/${id}/commit`)).body.state).toBe('undone')
  expect(await app.db.read.$count(contacts)).toBe(1)
})

test('a unit administrator imports into the own units only', async () => {
  await using app = await startApp()
  const own = await aUnit(app.db, { name: '市教育局' })
  await aTeam(app.db, { unitId: own.id, name: '一队' })
  const other = await aUnit(app.db, { name: '市民政局' })
  await aTeam(app.db, { unitId: other.id, name: '二队' })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: own.id })
  const file = await aWorkbook([
    ['姓名', '单位', '队伍'],
    ['王芳', '市教育局', '一队'],
    ['赵敏', '市民政局', '二队'],
    ['钱进', '民政局', '二队'],
  ])
  const judged = await importing(app, [file], admin)
  const rows = await rowsOf(app, judged.id, 'kind=data', admin)
  expect(rows.map(({ judgement, problems }) => [judgement, problems[0]?.code])).toEqual([
    ['new', undefined],
    ['needs_decision', undefined],
    ['needs_decision', undefined],
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

  const above = await aUnit(app.db, { name: '市政府' })
  const serves = (unitId: string, more: Partial<typeof roleGrants.$inferInsert> = {}) =>
    app.db.transaction(async (tx) => {
      forgetUsers(tx, [admin.userId])
      const now = { unitId, scope: `unit:${unitId}`, ...more }
      await tx.update(roleGrants).set(now).where(eq(roleGrants.userId, admin.userId))
    })
  const ids = async (limit = 50) =>
    (await app.as(admin).get(`/api/imports?limit=${limit}`)).body.items.map((each: { id: string }) => each.id)
  // Whoever changed units has left the lists of the old one behind, and has those of the new one.
  await serves(other.id)
  const { id: later } = await importing(app, [await aWorkbook([['姓名'], ['钱进']])], admin)
  for (const path of paths) expect((await app.as(admin).get(path)).status).toBe(404)
  expect((await app.as(admin).delete(`/api/imports/${id}/commit`)).status).toBe(404)
  expect([await ids(), await ids(1)]).toEqual([[later], [later]])
  await serves(own.id)
  expect([await ids(), await ids(1)]).toEqual([[id], [id]])
  // The unit is the same part of the organisation wherever it is moved with its grants.
  const read = await app.as('city_office').get(`/api/units/${own.id}`)
  const moved = app.as('city_office').patch(`/api/units/${own.id}`).set('If-Match', read.headers.etag!)
  await moved.send({ parentId: above.id }).expect(200)
  expect(await ids()).toEqual([id])
  await serves(above.id)
  expect(await ids()).toEqual([id])
  const district = { role: 'district_office' as const, unitId: null, districtCode: '210502' }
  await serves(own.id, { ...district, scope: 'district:210502' })
  expect(await ids()).toEqual([])
})
