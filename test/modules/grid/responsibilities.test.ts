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
