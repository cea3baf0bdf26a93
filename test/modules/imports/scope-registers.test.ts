import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { imports } from '#modules/imports/schema.ts'
import { memberships, persons, unitAliases, units } from '#modules/organisation/schema.ts'
import { type SignedIn, startApp } from '#test/support/app.ts'
import {
  aWorkbook,
  committing,
  deciding,
  decisionsOf,
  importing,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'
import { aPlace } from './scoped.ts'

const register = (rows: unknown[][]) =>
  aWorkbook({
    单位: [['单位名称', '区县', '别名', '单位类别', '联络员', '联络员电话'], ...rows] as (string | null)[][],
  })

test('a register of units is not read without the right to edit units, and the preview counts its rows', async () => {
  await using app = await startApp()
  const { unit } = await aPlace(app, '甲单位', '210502')
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const [before] = await app.db.read.select().from(units).where(eq(units.id, unit.id))
  const file = await register([
    ['甲单位', '210503', '乙区实验中学', '学校', '王芳', '13500001111'],
    ['新单位', '210502', null, null, null, null],
  ])
  const judged = await importing(app, [file], admin)
  expect(judged).toMatchObject({ counts: { skipped: 2 }, rows: 2 })
  expect(judged.remarks).toEqual([
    { code: 'units.not_permitted', text: '您没有修改单位的权限，单位登记内容未读取', rows: 2 },
  ])
  await committing(app, judged.id, admin)
  expect(await app.db.read.select().from(units)).toEqual([before])
  expect(await app.db.read.select().from(unitAliases)).toEqual([])
  expect(await app.db.read.$count(persons)).toBe(0)
})

test('a register moves a unit only between districts that its importer answers for', async () => {
  await using app = await startApp()
  const { unit } = await aPlace(app, '甲单位', '210502')
  const file = await register([['甲单位', '210503', null, '学校', null, null]])
  const judgedBy = async (who: SignedIn | 'city_office') => {
    const { id } = await importing(app, [file], who)
    const [row] = await rowsOf(app, id, 'kind=data', who)
    return [row.judgement, row.changes, row.problems.map(({ code }: { code: string }) => code)]
  }
  const refused = ['error', [], ['district.out_of_reach']]
  const moved = ['update', ['kind', 'districtCode'], []]
  expect(await judgedBy(await app.signIn({ role: 'district_office', districtCode: '210502' }))).toEqual(
    refused,
  )
  expect(await judgedBy(await app.signIn({ role: 'district_office', districtCode: '210500' }))).toEqual(moved)
  expect(await judgedBy('city_office')).toEqual(moved)
  const [still] = await app.db.read.select().from(units).where(eq(units.id, unit.id))
  expect(still?.districtCode).toBe('210502')
})

test('a district office adds units where it answers for the place and for the parent', async () => {
  await using app = await startApp()
  await aPlace(app, '甲单位', '210502')
  await aPlace(app, '乙单位', '210503')
  const who = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const file = await aWorkbook({
    单位: [
      ['单位名称', '区县', '上级单位'],
      ['孙单位', '210502', '子单位'],
      ['子单位', '210502', '甲单位'],
      ['根单位', '210502', null],
      ['远单位', '210503', '甲单位'],
      ['无处单位', null, null],
      ['丁单位', '210502', '乙单位'],
    ],
  })
  const { id } = await importing(app, [file], who)
  const rows = await rowsOf(app, id, 'kind=data', who)
  expect(rows.map(({ judgement, problems }) => [judgement, problems[0]?.code])).toEqual([
    ['new', undefined],
    ['new', undefined],
    ['new', undefined],
    ['error', 'unit.out_of_reach'],
    ['error', 'unit.out_of_reach'],
    ['needs_decision', undefined],
  ])
  expect((await committing(app, id, who)).state).toBe('committed')
})

test('grants do not add up: who edits units of a district does not edit the unit they administer elsewhere', async () => {
  await using app = await startApp()
  const { unit } = await aPlace(app, '甲单位', '210502')
  await aPlace(app, '乙单位', '210503')
  const who = await app.signIn(
    { role: 'unit_administrator', unitId: unit.id },
    { role: 'district_office', districtCode: '210503' },
  )
  const judged = await importing(
    app,
    [
      await register([
        ['甲单位', '210502', null, '学校', null, null],
        ['乙单位', '210503', null, '学校', null, null],
      ]),
    ],
    who,
  )
  expect(judged.counts).toMatchObject({ skipped: 1, update: 1 })
  expect(judged.remarks).toMatchObject([{ code: 'units.not_permitted', rows: 1 }])
})

test('without the right to edit teams, a register of teams is read as a list of people', async () => {
  await using app = await startApp()
  const { unit, team } = await aPlace(app, '甲单位', '210502')
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const file = await aWorkbook({
    队伍: [
      ['单位', '队伍名称', '队长', '队长电话'],
      ['甲单位', '甲单位一队', '王芳', '13500001111'],
      ['甲单位', '甲单位二队', '赵敏', '13500001112'],
    ],
  })
  const { id } = await importing(app, [file], admin)
  const [row] = await app.db.read.select().from(imports).where(eq(imports.id, id))
  // No role of today imports without editing teams; the office's look keeps the reach the import has.
  await app.db.transaction((tx) =>
    tx
      .update(imports)
      .set({ reach: { ...row!.reach, teams: null } })
      .where(eq(imports.id, id)),
  )
  const judged = await deciding(app, id, { decisions: [] })
  expect(judged.counts).toMatchObject({ new: 1, skipped: 1 })
  expect(judged.remarks).toMatchObject([{ code: 'teams.not_permitted', rows: 2 }])
  expect((await committing(app, id)).state).toBe('committed')
  const joined = await app.db.read.select().from(memberships)
  expect(joined).toMatchObject([{ teamId: team.id, role: 'member' }])
  expect((await app.as('city_office').get(`/api/teams/${team.id}`)).body.leader).toBeNull()
})

test('the answer about a unit is stored as an alias if the user edits units; otherwise it applies to one import', async () => {
  await using app = await startApp()
  const { unit } = await aPlace(app, '甲单位', '210502')
  const file = await aWorkbook([
    ['姓名', '单位', '队伍'],
    ['王芳', '甲局', '甲单位一队'],
  ])
  const answering = async (who: SignedIn) => {
    const { id } = await importing(app, [file], who)
    const [question] = await decisionsOf(app, id, who)
    const decisions = [{ decisionId: question.id, answer: 'use', id: unit.id }]
    return {
      mayCreate: question.mayCreate,
      counts: (await deciding(app, id, { decisions }, who)).counts,
      id,
      question,
    }
  }
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const told = await answering(admin)
  expect(told).toMatchObject({ mayCreate: false, counts: { new: 1 } })
  const created = await app
    .as(admin)
    .post(`/api/imports/${told.id}/decisions`)
    .send({ decisions: [{ decisionId: told.question.id, answer: 'create' }] })
  expect(created).toMatchObject({ status: 422, body: { code: 'decision.not_possible' } })
  expect(await app.db.read.select().from(unitAliases)).toEqual([])
  expect((await importing(app, [file], admin)).openDecisions).toBe(1)
  const office = await app.signIn({ role: 'district_office', districtCode: '210502' })
  expect(await answering(office)).toMatchObject({ mayCreate: true, counts: { new: 1 } })
  expect((await importing(app, [file], admin)).openDecisions).toBe(0)
})

test('two districts use the same alias for different units, and neither learns of the other', async () => {
  await using app = await startApp()
  const one = await aPlace(app, '甲单位', '210502')
  const other = await aPlace(app, '乙单位', '210503')
  const naming = async (districtCode: string, unitId: string) => {
    const who = await app.signIn({ role: 'district_office', districtCode })
    return (await app.as(who).post(`/api/units/${unitId}/aliases`).send({ alias: '教育局' })).status
  }
  expect([await naming('210502', one.unit.id), await naming('210503', other.unit.id)]).toEqual([201, 201])
  expect(await naming('210502', other.unit.id)).toBe(404)
  const people = await aWorkbook([
    ['姓名', '单位', '队伍'],
    ['王芳', '教育局', '甲单位一队'],
  ])
  expect((await importing(app, [people])).openDecisions).toBe(1)
  const office = await app.signIn({ role: 'district_office', districtCode: '210502' })
  expect((await importing(app, [people], office)).counts).toMatchObject({ new: 1 })
})
