import { expect, test } from 'vitest'
import { readWorkbook, textOf } from '#platform/files/index.ts'
import { startApp } from '#test/support/app.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

test('a team shows its base, its stated number of people, and its leader', async () => {
  await using app = await startApp({ worker: false })
  const unit = await aUnit(app.db, { name: '供电公司' })
  const city = app.as('city_office')
  const body = {
    name: '红马甲',
    unitId: unit.id,
    base: { latitude: 41.29, longitude: 123.76 },
    statedHeads: 30,
    whole: true,
  }
  const created = await city.post('/api/teams').set('idempotency-key', 'teams-0001').send(body)
  expect(created.status).toBe(201)
  expect((await city.post('/api/teams').set('idempotency-key', 'teams-0001').send(body)).body).toEqual(
    created.body,
  )
  const leader = await aPerson(app, { name: '王强', teamId: created.body.id })
  const change = (version: number, changes: object) =>
    city.patch(`/api/teams/${created.body.id}`).set('if-match', `"v${version}"`).send(changes)
  const both = await Promise.all([
    change(1, { leaderPersonId: leader.id }),
    change(1, { leaderPersonId: leader.id }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  expect((await city.get(`/api/teams/${created.body.id}`)).body).toMatchObject({
    version: 2,
    kind: 'team',
    unit: { id: unit.id, name: '供电公司' },
    leader: { id: leader.id, name: '王强' },
    base: { latitude: 41.29, longitude: 123.76 },
    whole: true,
    statedHeads: 30,
    members: 1,
  })
  expect((await change(2, { base: null })).body.base).toBeNull()
  expect((await change(3, { base: { latitude: 91, longitude: 0 } })).status).toBe(400)
  expect((await change(3, { leaderPersonId: crypto.randomUUID() })).body.code).toBe('person.missing')
})

test('a team without a unit is reached by the city office and by its own leader', async () => {
  await using app = await startApp({ worker: false })
  const alone = await aTeam(app.db, { name: '百姓雷锋', unitId: null })
  const unit = await aUnit(app.db)
  const other = await aTeam(app.db, { unitId: unit.id })
  const leader = await app.signIn({ role: 'team_leader', teamId: alone.id })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const ids = async (who: typeof leader) =>
    (await app.as(who).get('/api/teams')).body.items.map(({ id }: { id: string }) => id)
  expect([await ids(leader), await ids(admin)]).toEqual([[alone.id], [other.id]])
  expect((await app.as(leader).get(`/api/teams/${other.id}`)).status).toBe(404)
  const adopted = await app.as(admin).post('/api/teams').send({ name: '无主' })
  expect([adopted.status, adopted.body.code]).toEqual([404, 'team.missing'])
  const moved = await app
    .as(admin)
    .patch(`/api/teams/${other.id}`)
    .set('if-match', '"v1"')
    .send({ unitId: null })
  expect([moved.status, moved.body.code]).toEqual([403, 'access.out_of_reach'])
  expect((await app.as('city_office').get(`/api/teams/${other.id}`)).body.unit.id).toBe(unit.id)
})

test('exports are like the lists: filtered, masked, within reach, and no cell is a formula', async () => {
  await using app = await startApp({ worker: false })
  const unit = await aUnit(app.db, { name: '=HYPERLINK("x")' })
  const team = await aTeam(app.db, { name: '一队', unitId: unit.id })
  const phone = aPhone()
  await aPerson(app, { name: '王伟', phone, teamId: team.id })
  await aPerson(app, { name: '外人', phone: aPhone() })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const rowsOf = async (url: string) => {
    const { body, status } = await app
      .as(admin)
      .get(url)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => done(null, Buffer.concat(parts)))
      })
    expect(status).toBe(200)
    const { sheets } = await readWorkbook(body as Buffer)
    return sheets[0]!.rows.map(({ cells }) => cells.map(textOf))
  }
  const people = await rowsOf('/api/exports/persons.xlsx')
  expect(people).toHaveLength(2)
  expect(people[1]!.slice(0, 4)).toEqual(['王伟', '', '成年人', `154****${phone.slice(-4)}`])
  const units = await rowsOf('/api/exports/units.xlsx?lang=en')
  expect(units[0]!.slice(0, 2)).toEqual(['Unit', 'Kind'])
  expect(units).toHaveLength(2)
  expect(units[1]![0]).not.toMatch(/^=/)
  expect((await app.as('viewer').get('/api/exports/persons.xlsx')).status).toBe(403)
})
