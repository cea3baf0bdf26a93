import { expect, test } from 'vitest'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

test('a unit is created once for an Idempotency-Key and read back with its ETag', async () => {
  await using app = await startApp()
  const city = app.as('city_office')
  const body = {
    name: ' 本溪市住房和城乡建设局 ',
    kind: 'government',
    districtCode: '210502',
    staffCount: 120,
  }
  const first = await city.post('/api/units').set('idempotency-key', 'units-0001').send(body)
  const again = await city.post('/api/units').set('idempotency-key', 'units-0001').send(body)
  expect(first.status).toBe(201)
  expect(again.body).toEqual(first.body)
  expect(first.headers.etag).toBe('"v1"')
  const read = await city.get(`/api/units/${first.body.id}`)
  expect(read.body).toEqual({
    id: first.body.id,
    version: 1,
    name: '本溪市住房和城乡建设局',
    kind: 'government',
    parent: null,
    districtCode: '210502',
    system: null,
    honourTitle: null,
    staffCount: 120,
    liaison: null,
    leader: null,
    aliases: [],
    openTeams: 0,
    openUnits: 0,
    createdAt: expect.stringMatching(/^2026-02-20T01:0/),
    closedAt: null,
  })
  const list = await city.get('/api/units')
  expect(list.body.items).toHaveLength(1)
  const other = await city
    .post('/api/units')
    .set('idempotency-key', 'units-0001')
    .send({ ...body, name: '别的' })
  expect([other.status, other.body.code]).toEqual([422, 'idempotency.reused'])
})

test('of two edits with the same ETag one succeeds', async () => {
  const unit = await aUnit(app.db)
  const edit = (name: string) =>
    app.as('city_office').patch(`/api/units/${unit.id}`).set('if-match', '"v1"').send({ name })
  const answers = await Promise.all([edit('甲'), edit('乙')])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
  const won = answers.find(({ status }) => status === 200)!
  const read = await app.as('city_office').get(`/api/units/${unit.id}`)
  expect([read.body.name, read.headers.etag]).toEqual([won.body.name, '"v2"'])
  const without = await app.as('city_office').patch(`/api/units/${unit.id}`).send({ name: '丙' })
  expect([without.status, without.body.code]).toEqual([428, 'precondition.required'])
})

test('moving a unit takes everything below it along, and never below itself', async () => {
  const root = await aUnit(app.db, { name: '市委' })
  const elsewhere = await aUnit(app.db, { name: '市政府' })
  const bureau = await aUnit(app.db, { name: '局', parentId: root.id })
  const office = await aUnit(app.db, { name: '科', parentId: bureau.id })
  const city = app.as('city_office')
  const under = async (id: string) =>
    (await city.get('/api/units').query({ under: id })).body.items.map((unit: { name: string }) => unit.name)
  expect(await under(root.id)).toEqual(['局', '科', '市委'])

  const moved = await city
    .patch(`/api/units/${bureau.id}`)
    .set('if-match', '"v1"')
    .send({ parentId: elsewhere.id })
  expect([moved.status, moved.body.parent]).toEqual([200, { id: elsewhere.id, name: '市政府' }])
  expect(await under(root.id)).toEqual(['市委'])
  expect(await under(elsewhere.id)).toEqual(['局', '科', '市政府'])

  const cycle = await city
    .patch(`/api/units/${bureau.id}`)
    .set('if-match', '"v2"')
    .send({ parentId: office.id })
  expect([cycle.status, cycle.body.code]).toEqual([409, 'unit.cycle'])
  const itself = await city
    .patch(`/api/units/${bureau.id}`)
    .set('if-match', '"v2"')
    .send({ parentId: bureau.id })
  expect([itself.status, itself.body.code]).toEqual([409, 'unit.cycle'])
  const rooted = await city.patch(`/api/units/${bureau.id}`).set('if-match', '"v2"').send({ parentId: null })
  expect(rooted.body.parent).toBeNull()
  expect(await under(bureau.id)).toEqual(['局', '科'])
})

test('two concurrent moves cannot create a cycle', async () => {
  const a = await aUnit(app.db)
  const b = await aUnit(app.db)
  const move = (id: string, parentId: string) =>
    app.as('city_office').patch(`/api/units/${id}`).set('if-match', '"v1"').send({ parentId })
  const answers = await Promise.all([move(a.id, b.id), move(b.id, a.id)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('a unit is closed rather than deleted, once nothing open is below it', async () => {
  await using app = await startApp()
  const unit = await aUnit(app.db, { name: '老单位' })
  const below = await aUnit(app.db, { name: '老科室', parentId: unit.id })
  const team = await aTeam(app.db, { unitId: unit.id })
  const city = app.as('city_office')
  const close = (version: number, id = unit.id) =>
    city.put(`/api/units/${id}/closure`).set('if-match', `"v${version}"`)
  const refused = await close(1)
  expect([refused.status, refused.body.code, refused.body.details]).toEqual([
    409,
    'unit.has_open_parts',
    { openUnits: 1, openTeams: 1 },
  ])
  await city.put(`/api/teams/${team.id}/closure`).set('if-match', '"v1"').expect(200)
  await close(1, below.id).expect(200)
  const closed = await close(1)
  expect(closed.body.closedAt).toMatch(/^2026-02-20T01:0/)
  expect((await city.get('/api/units')).body.items).toEqual([])
  expect((await city.get('/api/units').query({ closed: true })).body.items).toHaveLength(2)
  const opened = await city.delete(`/api/units/${unit.id}/closure`).set('if-match', '"v2"')
  expect([opened.body.closedAt, opened.body.version]).toEqual([null, 3])
})

test('nothing new is put below a closed unit', async () => {
  const closed = await aUnit(app.db)
  const open = await aUnit(app.db)
  const city = app.as('city_office')
  await city.put(`/api/units/${closed.id}/closure`).set('if-match', '"v1"').expect(200)
  const answers = [
    await city.post('/api/units').send({ name: '甲', kind: 'other', parentId: closed.id }),
    await city.patch(`/api/units/${open.id}`).set('if-match', '"v1"').send({ parentId: closed.id }),
    await city.post('/api/teams').send({ name: '甲', unitId: closed.id }),
  ]
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [409, 'parent.closed'],
    [409, 'parent.closed'],
    [409, 'unit.closed'],
  ])
  expect((await city.get(`/api/units/${open.id}`)).body.version).toBe(1)
})

test('an alias names one unit only', async () => {
  const unit = await aUnit(app.db, { name: '市住房和城乡建设局' })
  const other = await aUnit(app.db, { name: '市教育局' })
  const city = app.as('city_office')
  const first = await city.post(`/api/units/${unit.id}/aliases`).send({ alias: '住建局' })
  expect(first.body.aliases).toEqual([{ id: expect.any(String), alias: '住建局' }])
  const again = await city.post(`/api/units/${unit.id}/aliases`).send({ alias: '住 建 局' })
  expect(again.body.aliases).toHaveLength(1)
  const taken = await city.post(`/api/units/${other.id}/aliases`).send({ alias: '住建局' })
  expect([taken.status, taken.body.code]).toEqual([409, 'alias.taken'])
  const named = await city.post(`/api/units/${unit.id}/aliases`).send({ alias: '市 教育局' })
  expect([named.status, named.body.details]).toEqual([409, { unitId: other.id }])
  await city.delete(`/api/unit-aliases/${first.body.aliases[0].id}`).expect(204)
  expect((await city.get(`/api/units/${unit.id}`)).body.aliases).toEqual([])
})

test('units are found by name, pinyin and initials, page after page without gaps', async () => {
  await using app = await startApp()
  for (const name of ['教育局', '卫生局', '交通局', '公安局', 'ＡＢＣ公司']) await aUnit(app.db, { name })
  const city = app.as('city_office')
  const names = async (search: string) =>
    (await city.get('/api/units').query({ search })).body.items.map((unit: { name: string }) => unit.name)
  expect(await names('教育')).toEqual(['教育局'])
  expect(await names('weisheng')).toEqual(['卫生局'])
  expect(await names('JYJ')).toEqual(['教育局'])
  expect(await names('abc')).toEqual(['ＡＢＣ公司'])
  expect(await names('%')).toHaveLength(5)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: { body: { items: { name: string }[]; nextCursor: string | null } } = await city
      .get('/api/units')
      .query({ limit: 2, ...(cursor ? { cursor } : {}) })
    seen.push(...page.body.items.map((unit) => unit.name))
    cursor = page.body.nextCursor
  } while (cursor)
  const whole = await city.get('/api/units')
  expect(seen).toEqual(whole.body.items.map((unit: { name: string }) => unit.name))
  expect(new Set(seen).size).toBe(5)
})

test('reach follows both lines: the parent units and the district', async () => {
  await using app = await startApp()
  const bureau = await aUnit(app.db, { name: '局', districtCode: '210502' })
  const below = await aUnit(app.db, { name: '所', parentId: bureau.id, districtCode: '210503' })
  const stranger = await aUnit(app.db, { name: '外', districtCode: '210503' })
  const unitAdmin = await app.signIn({ role: 'unit_administrator', unitId: bureau.id })
  const district = await app.signIn({ role: 'district_office', districtCode: '210503' })
  const names = async (who: typeof unitAdmin) =>
    (await app.as(who).get('/api/units')).body.items.map((unit: { name: string }) => unit.name).sort()
  expect(await names(unitAdmin)).toEqual(['局', '所'].sort())
  expect(await names(district)).toEqual(['所', '外'].sort())
  const top = async (who: typeof unitAdmin) => {
    const { body } = await app.as(who).get('/api/units?top=true')
    return body.items.map(({ name, openUnits }: { name: string; openUnits: number }) => [name, openUnits])
  }
  expect(await top(unitAdmin)).toEqual([['局', 1]])
  // What the unit reports to lies in another district: here it is at the top.
  expect(await top(district)).toEqual([
    ['所', 0],
    ['外', 0],
  ])
  expect((await app.as('city_office').get('/api/units?top=true')).body.items).toHaveLength(2)
  expect((await app.as(unitAdmin).get(`/api/units/${stranger.id}`)).status).toBe(404)

  const office = app.as(district)
  const outside = await office
    .post('/api/units')
    .send({ name: '越界', kind: 'other', districtCode: '210502' })
  expect([outside.status, outside.body.code]).toEqual([404, 'unit.missing'])
  const inside = await office.post('/api/units').send({ name: '界内', kind: 'other', districtCode: '210503' })
  expect(inside.status).toBe(201)
  const moved = await office
    .patch(`/api/units/${stranger.id}`)
    .set('if-match', '"v1"')
    .send({ districtCode: '210502' })
  expect([moved.status, moved.body.code]).toEqual([403, 'access.out_of_reach'])
  const stolen = await office
    .patch(`/api/units/${stranger.id}`)
    .set('if-match', '"v1"')
    .send({ parentId: bureau.id })
  expect(stolen.status).toBe(404)
  expect((await app.as('city_office').get(`/api/units/${below.id}`)).body.version).toBe(1)
})

test('every change is recorded in the audit trail', async () => {
  const city = app.as('city_office')
  const { body } = await city.post('/api/units').send({ name: '审计', kind: 'other' })
  await city.patch(`/api/units/${body.id}`).set('if-match', '"v1"').send({ name: '审计局' })
  const entries = await app.db.read.select().from(auditEntries)
  const mine = entries.filter(({ subject }) => subject === `unit:${body.id}`)
  expect(mine.map(({ action }) => action).sort()).toEqual(['unit.changed', 'unit.created'])
})

test('hostile input is answered with a problem and changes nothing', async () => {
  await using app = await startApp()
  const city = app.as('city_office')
  const statuses = []
  for (const body of [
    { name: '', kind: 'other' },
    { name: '   ', kind: 'other' },
    { name: 'a\u0000b', kind: 'other' },
    { name: '甲', kind: 'ministry' },
    { name: '甲', kind: 'other', id: 'x' },
    { name: '甲', kind: 'other', districtCode: "21' or 1=1" },
    { name: '甲', kind: 'other', staffCount: -1 },
    { name: '甲'.repeat(101), kind: 'other' },
  ]) {
    statuses.push((await city.post('/api/units').send(body)).status)
  }
  expect(statuses).toEqual([400, 400, 400, 400, 400, 400, 400, 400])
  const orphan = await city
    .post('/api/units')
    .send({ name: '甲', kind: 'other', parentId: crypto.randomUUID() })
  expect([orphan.status, orphan.body.code]).toEqual([404, 'unit.missing'])
  for (const query of [
    { search: '\u0000%_\\' },
    { search: "'; drop table units" },
    { limit: 2, cursor: 'AAAA' },
  ]) {
    expect((await city.get('/api/units').query(query)).status).toBeLessThan(500)
  }
  expect((await app.as('viewer').get('/api/units')).status).toBe(403)
  expect((await app.request.get('/api/units')).status).toBe(401)
  expect((await city.get('/api/units')).body.items).toEqual([])
})
