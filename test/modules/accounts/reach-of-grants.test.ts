/** A role reaches no further than whoever gave it, shows nothing of others, and rests while its unit or team is closed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aUser, bindPhone, goodPassword, told } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

const first = '210502'
const second = '210503'
let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app[Symbol.asyncDispose]())

const office = () => app.signIn({ role: 'district_office', districtCode: first })
const give = (by: SignedIn, userId: string, grant: object) =>
  app.as(by).post(`/api/users/${userId}/grants`).send(grant)
const create = (by: SignedIn, login: string, more: object) =>
  app
    .as(by)
    .post('/api/users')
    .send({ login, name: '新人', ...more })

async function signedIn(userId: string, login: string): Promise<SignedIn> {
  const { body } = await app.request
    .post('/api/sessions')
    .send({ login, password: goodPassword, kind: 'bearer' })
  return { userId, token: body.token }
}

/** A unit of the first district with one below it in the second. */
async function anAstrideUnit() {
  const unit = await aUnit(app.db, { districtCode: first })
  const below = await aUnit(app.db, { districtCode: second, parentId: unit.id })
  return { unit, below }
}

const move = async (unitId: string, parentId: string, by: Parameters<TestApp['as']>[0] = 'city_office') => {
  const { headers } = await app.as('city_office').get(`/api/units/${unitId}`)
  return app.as(by).patch(`/api/units/${unitId}`).set('if-match', String(headers.etag)).send({ parentId })
}

describe('a district office', () => {
  test('appoints over no unit that has others below it in another district', async () => {
    const by = await office()
    const { unit, below } = await anAstrideUnit()
    const user = await aUser(app.db, {
      grants: [{ role: 'viewer', unitId: (await aUnit(app.db, { districtCode: first })).id }],
    })
    for (const role of ['unit_administrator', 'viewer', 'inspector', 'counsellor']) {
      const reply = await give(by, user.id, { role, unitId: unit.id })
      expect([role, reply.status, reply.body.code]).toEqual([role, 403, 'grant.refused'])
    }
    const fresh = await create(by, 'astride', { grants: [{ role: 'viewer', unitId: unit.id }] })
    expect([fresh.status, fresh.body.code]).toEqual([403, 'grant.refused'])
    expect((await give(by, user.id, { role: 'viewer', unitId: below.id })).body.code).toBe('grant.refused')
    const whole = await aUnit(app.db, { districtCode: first })
    expect((await give(by, user.id, { role: 'viewer', unitId: whole.id })).status).toBe(201)
  })

  test('invites no liaison of such a unit either', async () => {
    const by = await office()
    const { unit } = await anAstrideUnit()
    const team = await aTeam(app.db, { unitId: unit.id })
    const liaison = await aPerson(app, { teamId: team.id })
    const { headers } = await app.as('city_office').get(`/api/units/${unit.id}`)
    await app
      .as('city_office')
      .patch(`/api/units/${unit.id}`)
      .set('if-match', String(headers.etag))
      .send({ liaisonPersonId: liaison.id })
      .expect(200)
    const { body } = await app
      .as(by)
      .post('/api/accounts/bulk-invitations')
      .send({ unitId: unit.id, deliver: 'list' })
    // The team of the liaison has no leader to invite, which is said.
    const nobody = [{ kind: 'team', id: team.id, name: expect.any(String) }]
    expect(body).toEqual({ created: 0, invited: [], skipped: [], nobody })
  })

  test('gives a role that reaches no further when units of other districts come below later', async () => {
    const by = await office()
    const unit = await aUnit(app.db, { districtCode: first })
    const far = await aUnit(app.db, { districtCode: second })
    const user = await aUser(app.db, { grants: [{ role: 'viewer', unitId: unit.id }] })
    await give(by, user.id, { role: 'unit_administrator', unitId: unit.id }).expect(201)
    const holder = await signedIn(user.id, user.login)
    const sees = async (id: string) => (await app.as(holder).get(`/api/units/${id}`)).status
    expect((await move(far.id, unit.id)).status).toBe(200)
    expect([await sees(unit.id), await sees(far.id)]).toEqual([200, 404])
    const giving = await create(holder, 'passed-on', { grants: [{ role: 'viewer', unitId: unit.id }] })
    expect([giving.status, giving.body.code]).toEqual([403, 'grant.refused'])
    // The city gives it again, and means all of it.
    await app
      .as('city_office')
      .post(`/api/users/${user.id}/grants`)
      .send({ role: 'unit_administrator', unitId: unit.id })
      .expect(201)
    expect(await sees(far.id)).toBe(200)
  })

  test('limits the roles that its appointees give to the same district', async () => {
    const by = await office()
    const unit = await aUnit(app.db, { districtCode: first })
    const user = await aUser(app.db, { grants: [{ role: 'viewer', unitId: unit.id }] })
    await give(by, user.id, { role: 'unit_administrator', unitId: unit.id }).expect(201)
    const { body } = await create(await signedIn(user.id, user.login), 'second-hand', {
      grants: [{ role: 'unit_administrator', unitId: unit.id }],
    })
    expect(body.grants).toMatchObject([{ scope: 'unit', withinDistrict: first, suspended: false }])
  })

  test('moves no unit that takes parts of another district along', async () => {
    const by = await office()
    const { unit } = await anAstrideUnit()
    const [from, to] = [
      await aUnit(app.db, { districtCode: first }),
      await aUnit(app.db, { districtCode: first }),
    ]
    expect((await move(unit.id, from.id)).status).toBe(200)
    const refused = await move(unit.id, to.id, by)
    expect([refused.status, refused.body.code]).toEqual([403, 'access.out_of_reach'])
  })
})

describe('an account', () => {
  test('with roles elsewhere shows the unit that handed it a team only that, and is not managed by it', async () => {
    const [here, there] = [await aUnit(app.db), await aUnit(app.db, { districtCode: second })]
    const team = await aTeam(app.db, { unitId: here.id })
    const phone = aPhone()
    const member = await aPerson(app, { teamId: team.id, phone })
    const user = await aUser(app.db, {
      personId: member.id,
      name: '他处联络员',
      grants: [{ role: 'unit_administrator', unitId: there.id }],
    })
    await bindPhone(app, user.id, phone)
    const liaison = app.as(await app.signIn({ role: 'unit_administrator', unitId: here.id }))
    const own = app.as(await app.signIn({ role: 'unit_administrator', unitId: there.id }))
    const handed = await liaison
      .put(`/api/teams/${team.id}/leadership`)
      .set('if-match', '"v1"')
      .send({ personId: member.id })
    expect([handed.status, handed.body.leaderPersonId]).toEqual([200, member.id])
    // Its own unit may know its password: the account starts anew, by a link to its number.
    const messages = (await told(app)).filter(({ to }) => to === phone)
    expect(messages.map(({ kind }) => kind)).toEqual(['account.activation'])
    const seen = await liaison.get(`/api/users/${user.id}`).expect(200)
    expect(seen.body).toMatchObject({ whole: false, login: null, lastSignInAt: null })
    expect(seen.body.grants.map(({ role }: { role: string }) => role)).toEqual(['team_leader'])
    expect(seen.text).not.toContain(there.id)
    expect((await liaison.get(`/api/users/${user.id}/sessions`)).status).toBe(404)
    const searched = await liaison.get('/api/users').query({ search: user.login })
    expect(searched.body.items).toEqual([])
    for (const act of [
      liaison.post(`/api/users/${user.id}/activations`).send({ deliver: 'list' }),
      liaison.post(`/api/users/${user.id}/activations`).send({}),
      liaison.put(`/api/users/${user.id}/phone`).send({ phone: aPhone() }),
      liaison.put(`/api/users/${user.id}/suspension`),
      liaison.post(`/api/users/${user.id}/grants`).send({ role: 'viewer', unitId: here.id }),
    ])
      expect((await act).body.code).toBe('user.out_of_reach')
    // Its own unit still has the last word about its own role.
    const { body } = await own.get(`/api/users/${user.id}`).expect(200)
    expect(body.grants.map(({ role }: { role: string }) => role)).toEqual(['unit_administrator'])
    await own.delete(`/api/users/${user.id}/grants/${body.grants[0].id}`).expect(204)
    // What the account was before is not taken over by whoever handed it the team.
    const link = await liaison.post(`/api/users/${user.id}/activations`).send({ deliver: 'list' })
    expect(link.body.code).toBe('user.out_of_reach')
  })

  test('of somebody whom another unit knows as well is made, and opened, by an office over both', async () => {
    const [here, there] = [await aUnit(app.db), await aUnit(app.db)]
    const [team, beyond] = [
      await aTeam(app.db, { unitId: here.id }),
      await aTeam(app.db, { unitId: there.id }),
    ]
    const shared = await aPerson(app, {
      memberships: [{ teamId: team.id, role: 'leader' }, { teamId: beyond.id }],
      phone: aPhone(),
    })
    const liaison = await app.signIn({ role: 'unit_administrator', unitId: here.id })
    const grants = [{ role: 'team_leader', teamId: team.id }]
    const refused = await create(liaison, 'shared-one', { personId: shared.id, grants })
    expect([refused.status, refused.body.code]).toEqual([403, 'person.not_identifiable'])
    const { headers } = await app.as('city_office').get(`/api/teams/${team.id}`)
    await app
      .as('city_office')
      .patch(`/api/teams/${team.id}`)
      .set('if-match', String(headers.etag))
      .send({ leaderPersonId: shared.id })
      .expect(200)
    const invite = (deliver: string) =>
      app.as(liaison).post('/api/accounts/bulk-invitations').send({ liaisons: false, deliver })
    for (const deliver of ['list', 'message'])
      expect((await invite(deliver)).body).toMatchObject({
        created: 0,
        skipped: [{ because: 'out_of_reach' }],
      })
    const city = await app
      .as('city_office')
      .post('/api/users')
      .send({ login: 'shared-one', name: '双报到', personId: shared.id, grants })
      .expect(201)
    const link = (deliver: string) =>
      app.as(liaison).post(`/api/users/${city.body.id}/activations`).send({ deliver })
    expect([(await link('list')).body.code, (await link('message')).status]).toEqual([
      'user.out_of_reach',
      201,
    ])
    const phone = await app.as(liaison).put(`/api/users/${city.body.id}/phone`).send({ phone: aPhone() })
    expect(phone.body.code).toBe('user.out_of_reach')
  })

  test('that was used gets its link by message only', async () => {
    const unit = await aUnit(app.db)
    const user = await aUser(app.db, { grants: [{ role: 'viewer', unitId: unit.id }] })
    const liaison = app.as(await app.signIn({ role: 'unit_administrator', unitId: unit.id }))
    const link = (deliver: string) => liaison.post(`/api/users/${user.id}/activations`).send({ deliver })
    expect((await link('list')).status).toBe(201)
    await signedIn(user.id, user.login)
    const refused = await link('list')
    expect([refused.status, refused.body.code]).toEqual([409, 'activation.by_message_only'])
    await bindPhone(app, user.id, aPhone())
    expect((await link('message')).status).toBe(201)
  })
})

describe('a unit or team that is closed', () => {
  const closure = async (of: string, method: 'put' | 'delete') => {
    const { headers } = await app.as('city_office').get(of).expect(200)
    const act = app.as('city_office')[method](`${of}/closure`)
    return act.set('if-match', String(headers.etag)).expect(200)
  }

  test.each(['unit', 'team'] as const)(
    'of a %s: its roles are suspended at once, and restored when it is opened again',
    async (kind) => {
      const unit = await aUnit(app.db)
      const team = kind === 'team' ? await aTeam(app.db, { unitId: unit.id }) : undefined
      const of = team ? `/api/teams/${team.id}` : `/api/units/${unit.id}`
      const holder = await app.signIn(
        team ? { role: 'team_leader', teamId: team.id } : { role: 'unit_administrator', unitId: unit.id },
      )
      const see = async () => (await app.as(holder).get(of)).status
      expect(await see()).toBe(200)
      await closure(of, 'put')
      expect(await see()).toBe(403)
      const { body } = await app.as(holder).get('/api/me').expect(200)
      expect(body).toMatchObject({ permissions: [], grants: [{ suspended: true, permissions: [] }] })
      await closure(of, 'delete')
      expect(await see()).toBe(200)
    },
  )

  test('sends no login codes, and the account keeps its managers', async () => {
    const unit = await aUnit(app.db)
    const team = await aTeam(app.db, { unitId: unit.id })
    const phone = aPhone()
    const user = await aUser(app.db, { password: null, grants: [{ role: 'team_leader', teamId: team.id }] })
    await bindPhone(app, user.id, phone)
    await closure(`/api/teams/${team.id}`, 'put')
    await app.request.post('/api/login-codes').send({ phone }).expect(202)
    expect((await told(app)).filter(({ to }) => to === phone)).toEqual([])
    const stranger = app.as(
      await app.signIn({ role: 'unit_administrator', unitId: (await aUnit(app.db)).id }),
    )
    const liaison = app.as(await app.signIn({ role: 'unit_administrator', unitId: unit.id }))
    expect((await stranger.get(`/api/users/${user.id}`)).status).toBe(404)
    expect((await liaison.put(`/api/users/${user.id}/suspension`)).status).toBe(204)
  })
})
