import { expect, test } from 'vitest'
import { responsibilities } from '#modules/grid/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

test('who is responsible for a zone today, at each level: its own duties first, else those of the nearest zone above', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const community = await aZone(app.db, { kind: 'community', name: '社区' })
  const cell = await aZone(app.db, { parent: community, name: '网格' })
  const [bureau, former] = [await aUnit(app.db, { name: '住建局' }), await aUnit(app.db, { name: '旧单位' })]
  const leader = await aPerson(app, { name: '王建国' })
  await aResponsibility(app.db, { zoneId: community.id, personId: leader.id, level: 'leader' })
  await aResponsibility(app.db, { zoneId: community.id, unitId: former.id })
  await aResponsibility(app.db, { zoneId: cell.id, unitId: former.id, validUntil: '2026-02-20' })
  await aResponsibility(app.db, { zoneId: cell.id, unitId: bureau.id, validFrom: '2026-02-20' })
  const ask = async (on?: string) => {
    const { body } = await city.get(`/api/zones/${cell.id}/responsibilities`).query(on ? { on } : {})
    return body.levels.map(
      (each: {
        level: string
        inherited: boolean
        responsibilities: { unit: { name: string } | null; person: { name: string } | null }[]
      }) => [
        each.level,
        each.inherited,
        each.responsibilities.map(({ unit, person }) => unit?.name ?? person?.name),
      ],
    )
  }
  expect(await ask()).toEqual([
    ['leader', true, ['王建国']],
    ['unit', false, ['住建局']],
    ['counsellor', false, []],
    ['partner', false, []],
  ])
  expect((await ask('2026-02-19'))[1]).toEqual(['unit', false, ['旧单位']])
  expect((await ask('2025-12-31')).map(([, , who]: unknown[]) => who)).toEqual([[], [], [], []])
  await app.advance({ days: 1 })
  expect((await ask())[1]).toEqual(['unit', false, ['住建局']])
})

test("today is the day in the service's time zone, not in UTC", async () => {
  await using app = await startApp({ worker: false, at: '2026-02-28T17:00:00Z' })
  const zone = await aZone(app.db)
  const unit = await aUnit(app.db)
  await aResponsibility(app.db, { zoneId: zone.id, unitId: unit.id, validFrom: '2026-03-01' })
  const { body } = await app.as('city_office').get(`/api/zones/${zone.id}/responsibilities`)
  expect([body.on, body.levels[1].responsibilities.length]).toEqual(['2026-03-01', 1])
})

test('which zones have nobody, for each level, by district and kind, with and without those above', async () => {
  await using app = await startApp({ worker: false })
  const unit = await aUnit(app.db)
  const community = await aZone(app.db, { kind: 'community', name: '社区' })
  await aZone(app.db, { parent: community, name: '甲街', kind: 'street' })
  const park = await aZone(app.db, { name: '乙园', kind: 'park', districtCode: '210503' })
  await aResponsibility(app.db, { zoneId: community.id, unitId: unit.id })
  await aResponsibility(app.db, {
    zoneId: park.id,
    unitId: unit.id,
    level: 'leader',
    validUntil: '2026-02-01',
  })
  const gaps = async (query: object) =>
    (await app.as('viewer').get('/api/responsibility-gaps').query(query)).body.items.map(
      (zone: { name: string }) => zone.name,
    )
  expect(await gaps({ level: 'unit' })).toEqual(['甲街', '乙园'])
  expect(await gaps({ level: 'unit', inherited: true })).toEqual(['乙园'])
  expect(await gaps({ level: 'unit', kind: 'street' })).toEqual(['甲街'])
  expect(await gaps({ level: 'unit', districtCode: '210503' })).toEqual(['乙园'])
  expect(await gaps({ level: 'leader', districtCode: '210503' })).toEqual(['乙园'])
  expect(await gaps({ level: 'leader', districtCode: '210503', on: '2026-01-31' })).toEqual([])
  expect((await app.as('viewer').get('/api/responsibility-gaps')).status).toBe(400)
})

test('a duty is entered, changed under its ETag, and ends by its last day', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const [zone, unit] = [await aZone(app.db), await aUnit(app.db)]
  const body = { zoneId: zone.id, level: 'unit', unitId: unit.id, scope: '门前三包', duties: '每周清扫' }
  const entered = await city.post('/api/responsibilities').send(body)
  expect(entered.status).toBe(201)
  expect(entered.body).toMatchObject({
    version: 1,
    validFrom: '2026-02-20',
    validUntil: null,
    person: null,
    unit: { id: unit.id },
  })
  const change = (version: number, changes: object) =>
    city.patch(`/api/responsibilities/${entered.body.id}`).set('if-match', `"v${version}"`).send(changes)
  const both = await Promise.all([change(1, { duties: '甲' }), change(1, { duties: '乙' })])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  expect((await change(2, { validUntil: '2026-02-20' })).body.code).toBe('responsibility.period')
  const ended = await change(2, { validUntil: '2026-04-01' })
  expect(ended.body.validUntil).toBe('2026-04-01')
  const coverage = await city
    .get(`/api/zones/${zone.id}/responsibility-coverage`)
    .query({ from: '2026-02-01', until: '2026-05-01' })
  expect(coverage.body.levels[1]).toEqual({
    level: 'unit',
    gaps: [
      { from: '2026-02-01', until: '2026-02-20' },
      { from: '2026-04-01', until: '2026-05-01' },
    ],
    overlaps: [],
  })
  const renewed = await city.post('/api/responsibilities').send({ ...body, validFrom: '2026-03-01' })
  expect([renewed.status, renewed.body.code]).toEqual([409, 'responsibility.overlaps_itself'])
  expect((await city.post('/api/responsibilities').send({ ...body, validFrom: '2026-04-01' })).status).toBe(
    201,
  )
  const actions = (await app.db.read.select().from(auditEntries)).map(({ action }) => action)
  expect(actions.filter((action) => action.startsWith('responsib')).sort()).toEqual([
    'responsibilities.saved',
    'responsibilities.saved',
    'responsibility.changed',
    'responsibility.changed',
  ])
})

test('many duties at once: the same list again changes nothing, one fault takes nothing', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const unit = await aUnit(app.db)
  const zones = [await aZone(app.db), await aZone(app.db), await aZone(app.db)]
  const items = zones.map(({ id }) => ({
    zoneId: id,
    level: 'unit',
    unitId: unit.id,
    validFrom: '2026-03-01',
  }))
  const send = async (list: object[]) =>
    (await city.post('/api/responsibility-batches').send({ items: list })).body
  expect(await send(items)).toMatchObject({ created: 3, updated: 0, unchanged: 0 })
  expect(await send(items)).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
  expect(await send([{ ...items[0], duties: '清雪' }, items[1]!])).toMatchObject({
    created: 0,
    updated: 1,
    unchanged: 1,
  })
  for (const [broken, code] of [
    [{ zoneId: crypto.randomUUID(), level: 'unit', unitId: unit.id }, 'zone.missing'],
    [{ ...items[0], unitId: crypto.randomUUID() }, 'unit.missing'],
    [{ zoneId: zones[0]!.id, level: 'leader', personId: crypto.randomUUID() }, 'person.missing'],
    [{ zoneId: zones[0]!.id, level: 'leader' }, 'responsibility.bearer'],
    [{ ...items[0], personId: unit.id }, 'person.missing'],
    [{ ...items[0], validFrom: '2026-05-01', validUntil: '2026-05-01' }, 'responsibility.period'],
  ] as const) {
    expect((await send([{ ...items[2], level: 'counsellor' }, broken])).code).toBe(code)
  }
  expect(await app.db.read.$count(responsibilities)).toBe(3)
})

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

test('who answers is named to those who reach them, else it is seen that there is somebody; a district office edits its own zones', async () => {
  await using app = await startApp({ worker: false })
  const unit = await aUnit(app.db, { districtCode: '210502' })
  const leader = await aPerson(app, { name: '王建国', teamId: (await aTeam(app.db, { unitId: unit.id })).id })
  const zone = await aZone(app.db, { districtCode: '210502' })
  const duty = await aResponsibility(app.db, { zoneId: zone.id, personId: leader.id, level: 'leader' })
  const elsewhere = await app.signIn({ role: 'district_office', districtCode: '210503' })
  const there = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const namesFor = async (who: Parameters<typeof app.as>[0]) => {
    const [one, list, zoned] = await Promise.all([
      app.as(who).get(`/api/responsibilities/${duty.id}`),
      app.as(who).get('/api/responsibilities'),
      app.as(who).get(`/api/zones/${zone.id}/responsibilities`),
    ])
    return [
      one.body.person.name,
      list.body.items[0].person.name,
      zoned.body.levels[0].responsibilities[0].person.name,
    ]
  }
  for (const who of ['viewer', 'inspector', elsewhere] as const)
    expect(await namesFor(who)).toEqual(['王*国', '王*国', '王*国'])
  for (const who of ['city_office', there] as const)
    expect(await namesFor(who)).toEqual(['王建国', '王建国', '王建国'])
  const edit = await app
    .as(elsewhere)
    .patch(`/api/responsibilities/${duty.id}`)
    .set('if-match', '"v1"')
    .send({ duties: '改' })
  expect([edit.status, edit.body.code]).toEqual([404, 'responsibility.missing'])
  const enter = await app
    .as(elsewhere)
    .post('/api/responsibilities')
    .send({ zoneId: zone.id, level: 'unit', unitId: unit.id })
  expect([enter.status, enter.body.code]).toEqual([404, 'zone.missing'])
  expect((await app.as('inspector').post('/api/responsibilities').send({})).status).toBe(403)
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
