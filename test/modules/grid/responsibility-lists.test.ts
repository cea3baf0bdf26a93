import { expect, test } from 'vitest'
import { responsibilities } from '#modules/grid/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

test('the register comes as a table, with units by alias and people by name', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const bureau = await aUnit(app.db, { name: '市住房和城乡建设局' })
  await city.post(`/api/units/${bureau.id}/aliases`).send({ alias: '住建局' }).expect(201)
  const team = await aTeam(app.db, { unitId: bureau.id })
  const leader = await aPerson(app, { name: '王建国', teamId: team.id })
  await aPerson(app, { name: '王建国' })
  const zone = await aZone(app.db, { code: 'C-1' })
  const table = [
    '区域编码,层级,单位,责任人,职责,开始日期,结束日期,备注',
    'C-1,责任单位,住建局,,清扫,2026/3/1,2027年1月1日,x',
    'C-1,包保领导,住建局,王建国,带队,2026-03-01,,',
    'C-1,包保领导,,王建国,同名,,,',
    'C-9,责任单位,住建局,,,,,',
    'C-1,老板,住建局,,,,,',
    'C-1,责任单位,没有的局,,,2026-13-01,,',
    'C-1,责任单位,,,,,,',
    'C-1,责任单位,住建局,,,2026-03-01,2026-02-01,',
  ].join('\r\n')
  const send = (preview: boolean) =>
    city.post('/api/responsibility-imports').query({ preview }).attach('file', Buffer.from(table), '三定.csv')
  const expected = { counts: { new: 2, update: 0, unchanged: 0, error: 6 }, ignored: ['备注'] }
  expect((await send(true)).body).toMatchObject({ preview: true, ...expected })
  expect(await app.db.read.$count(responsibilities)).toBe(0)
  const { body } = await send(false)
  expect(body).toMatchObject({ preview: false, ...expected })
  expect(
    body.faults.map(({ row, column, reason }: Record<string, unknown>) => [row, column, reason]),
  ).toEqual([
    [4, 'person', 'person-unclear'],
    [5, 'zone_code', 'zone-unknown'],
    [6, 'level', 'level-unknown'],
    [7, 'unit', 'unit-unknown'],
    [7, 'valid_from', 'day-invalid'],
    [8, 'unit', 'bearer-missing'],
    [9, 'valid_until', 'period-empty'],
  ])
  expect((await send(false)).body.counts).toEqual({ new: 0, update: 0, unchanged: 2, error: 6 })
  const list = await city.get('/api/responsibilities').query({ zoneId: zone.id, on: '2026-03-04' })
  expect(
    list.body.items.map(
      ({ level, unit, person }: { level: string; unit: object | null; person: { id: string } | null }) => [
        level,
        unit ?? person?.id,
      ],
    ),
  ).toEqual([
    ['unit', { id: bureau.id, name: '市住房和城乡建设局' }],
    ['leader', leader.id],
  ])
})

test('a list of duties names units and people within the reach of its importer, and tells of no others', async () => {
  await using app = await startApp({ worker: false })
  const zone = await aZone(app.db, { code: 'C-1', districtCode: '210502' })
  const own = await aUnit(app.db, { name: '甲单位', districtCode: '210502' })
  const other = await aUnit(app.db, { name: '乙单位', districtCode: '210503' })
  await aPerson(app, { name: '王芳', teamId: (await aTeam(app.db, { unitId: own.id })).id })
  await aPerson(app, { name: '赵敏', teamId: (await aTeam(app.db, { unitId: other.id })).id })
  const office = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const table =
    'zone_code,level,unit,person\nC-1,unit,甲单位,\nC-1,unit,乙单位,\nC-1,leader,,王芳\nC-1,leader,,赵敏\n'
  const { body } = await app
    .as(office)
    .post('/api/responsibility-imports')
    .attach('file', Buffer.from(table), 'duties.csv')
  expect(body.counts).toEqual({ new: 2, update: 0, unchanged: 0, error: 2 })
  expect(
    body.faults.map(({ row, column, reason }: Record<string, unknown>) => [row, column, reason]),
  ).toEqual([
    [3, 'unit', 'unit-unknown'],
    [5, 'person', 'person-unclear'],
  ])
  const held = await app.db.read.select().from(responsibilities)
  expect(held.map(({ zoneId, level, unitId }) => [zoneId, level, unitId]).sort()).toEqual([
    [zone.id, 'leader', null],
    [zone.id, 'unit', own.id],
  ])
})

test('no minor answers for a zone: not by hand, nor in a batch, nor by a list, nor by an earlier day', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const zone = await aZone(app.db, { code: 'C-1' })
  const teamId = (await aTeam(app.db)).id
  const born = (name: string, birthDate: string | undefined, role: 'pupil' | 'member') =>
    aPerson(app, { name, birthDate, memberships: [{ teamId, role }] })
  const child = await born('王小明', '2010-05-01', 'member')
  const pupil = await born('李小红', undefined, 'pupil')
  // Of age on 1 March.
  const soon = await born('赵青年', '2008-03-01', 'member')
  const duty = (personId: string, validFrom?: string) => ({
    ...{ zoneId: zone.id, level: 'leader', personId },
    validFrom,
  })
  const enter = async (body: object) => {
    const reply = await city.post('/api/responsibilities').send(body)
    return [reply.status, reply.body.code]
  }
  const refused = [409, 'responsibility.minor']
  expect(await enter(duty(child.id))).toEqual(refused)
  expect(await enter(duty(pupil.id))).toEqual(refused)
  expect(await enter(duty(soon.id, '2026-01-01'))).toEqual(refused)
  const batch = await city
    .post('/api/responsibility-batches')
    .send({ items: [duty(soon.id, '2026-03-01'), duty(child.id)] })
  expect([batch.status, batch.body.code]).toEqual(refused)
  expect(await app.db.read.$count(responsibilities)).toBe(0)

  const table =
    'zone_code,level,person,valid_from\nC-1,leader,王小明,\nC-1,leader,赵青年,2026-03-01\nC-1,leader,李小红,\n'
  const list = await city.post('/api/responsibility-imports').attach('file', Buffer.from(table), 'duties.csv')
  expect(list.body.counts).toEqual({ new: 1, update: 0, unchanged: 0, error: 2 })
  expect(list.body.faults.map(({ row, reason }: Record<string, unknown>) => [row, reason])).toEqual([
    [2, 'person-minor'],
    [4, 'person-minor'],
  ])
  const [held] = await app.db.read.select().from(responsibilities)
  const earlier = await city
    .patch(`/api/responsibilities/${held!.id}`)
    .set('if-match', '"v1"')
    .send({ validFrom: '2026-02-25' })
  expect([earlier.status, earlier.body.code]).toEqual(refused)
})
