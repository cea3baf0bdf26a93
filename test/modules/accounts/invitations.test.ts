import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { activations, users } from '#modules/accounts/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser, bindPhone, goodPassword, told } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

async function invite(app: TestApp, userId: string): Promise<string> {
  const { body, status } = await app
    .as('city_office')
    .post(`/api/users/${userId}/activations`)
    .send({ deliver: 'list' })
  expect(status).toBe(201)
  return (body.link as string).split('/').at(-1) as string
}

const redeem = (app: TestApp, token: string, password = goodPassword) =>
  app.request.put(`/api/activations/${token}/password`).send({ password })
const invited = (app: TestApp) => aUser(app.db, { password: null, grants: [{ role: 'viewer' }] })

describe('a one-time link', () => {
  test('lets somebody set their own password, and nothing of it is in the database', async () => {
    await using app = await startApp()
    const user = await invited(app)
    const token = await invite(app, user.id)
    expect(token).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
    const look = await app.request.get(`/api/activations/${token}`)
    expect(look.body).toEqual({ login: user.login, name: '张*三', purpose: 'activation', office: null })
    const reply = await redeem(app, token)
    expect([reply.status, reply.body]).toEqual([200, { login: user.login }])
    expect(
      (await app.request.post('/api/sessions').send({ login: user.login, password: goodPassword })).status,
    ).toBe(201)
    const rows = [await app.db.read.select().from(activations), await app.db.read.select().from(auditEntries)]
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('works once, also when it is used several times at once', async () => {
    await using app = await startApp()
    const token = await invite(app, (await invited(app)).id)
    const replies = await Promise.all(
      Array.from({ length: 6 }, (_, at) => redeem(app, token, `${goodPassword}${at}`)),
    )
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 410, 410, 410, 410, 410])
    const late = await redeem(app, token)
    expect([late.status, late.body.code]).toEqual([410, 'activation.used'])
  })

  test('is understood however it is typed', async () => {
    await using app = await startApp()
    const token = await invite(app, (await invited(app)).id)
    const typed = token.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')
    expect((await redeem(app, `${typed.slice(0, 10)}-${typed.slice(10)}`)).status).toBe(200)
  })

  test('stays good when the password is refused, and says everything that is wrong with it', async () => {
    await using app = await startApp()
    const user = await invited(app)
    const token = await invite(app, user.id)
    for (const [password, problems] of [
      ['short', ['too_short']],
      ['Ｗｏａｉｎｉ5201314', ['common']],
      ['aaaaaaaaaaaaaaa', ['too_uniform']],
      ['123456789012345', ['too_uniform']],
      [`today ${user.login} sweeps the bridge`, ['holds_login']],
      ['é'.repeat(200), ['too_long', 'too_uniform']],
    ] as const) {
      const reply = await redeem(app, token, password)
      expect([reply.status, reply.body.code, reply.body.details.problems]).toEqual([
        422,
        'password.unfit',
        problems,
      ])
    }
    expect((await redeem(app, token)).status).toBe(200)
  })

  test('is replaced by a newer one, runs out after two weeks, and dies with a disabled user', async () => {
    await using app = await startApp()
    const user = await invited(app)
    const first = await invite(app, user.id)
    const second = await invite(app, user.id)
    expect((await redeem(app, first)).body.code).toBe('activation.revoked')
    await app.advance({ days: 15 })
    expect((await redeem(app, second)).body.code).toBe('activation.expired')
    const third = await invite(app, user.id)
    await app.as('city_office').put(`/api/users/${user.id}/suspension`)
    expect((await redeem(app, third)).body.code).toBe('activation.revoked')
    expect((await redeem(app, '0'.repeat(20))).body.code).toBe('activation.missing')
    expect((await redeem(app, 'x')).status).toBe(404)
    expect((await app.request.get(`/api/activations/${'%00'.repeat(5)}`)).status).toBe(404)
  })

  test('sets a new password for somebody who forgot theirs, ends their sessions and lifts a lock-out', async () => {
    await using app = await startApp()
    const user = await aUser(app.db, { grants: [{ role: 'viewer' }] })
    const signIn = (password: string) =>
      app.request.post('/api/sessions').send({ login: user.login, password, kind: 'bearer' })
    const { body } = await signIn(goodPassword)
    for (let at = 0; at < 6; at++) await signIn('not the password')
    await bindPhone(app, user.id, aPhone())
    await app.as('city_office').post(`/api/users/${user.id}/activations`).send({}).expect(201)
    const token = /\/a\/(\w+)/.exec((await told(app)).at(-1)?.text ?? '')?.[1] as string
    expect((await app.request.get(`/api/activations/${token}`)).body.purpose).toBe('reset')
    expect((await redeem(app, token, 'another good password')).status).toBe(200)
    expect((await app.request.get('/api/me').auth(body.token, { type: 'bearer' })).status).toBe(401)
    expect((await signIn('another good password')).status).toBe(201)
  })

  test('goes to the phone of a user who has one, by message, and the log of messages is the only place it is in', async () => {
    await using app = await startApp()
    const person = await aPerson(app, { name: '王小明', phone: aPhone() })
    const created = await app
      .as('city_office')
      .post('/api/users')
      .send({
        login: 'xiaoming',
        name: '王小明',
        personId: person.id,
        grants: [{ role: 'inspector' }],
      })
    expect([created.status, created.body.reachable]).toEqual([201, true])
    const { body } = await app.as('city_office').post(`/api/users/${created.body.id}/activations`).send({})
    expect(body.link).toBeNull()
    await app.settled()
    await app.settled()
    const [message] = app.outbox()
    const token = /\/a\/([0-9A-Z]{16})/.exec(JSON.stringify(message))?.[1] as string
    expect((await redeem(app, token)).status).toBe(200)
  })

  test('is not issued into the void', async () => {
    await using app = await startApp()
    const user = await invited(app)
    const reply = await app
      .as('city_office')
      .post(`/api/users/${user.id}/activations`)
      .send({ deliver: 'message' })
    expect([reply.status, reply.body.code]).toEqual([409, 'user.unreachable'])
  })
})

describe('inviting liaisons and leaders in bulk', () => {
  async function organisation(app: TestApp) {
    const unit = await aUnit(app.db, { name: '市住建局' })
    const led = await aTeam(app.db, { name: '住建一队', unitId: unit.id })
    const liaison = await aPerson(app, { name: '李联络', teamId: led.id, phone: aPhone() })
    const leader = await aPerson(app, { name: '=王队长', teamId: led.id, phone: aPhone() })
    const phoneless = await aPerson(app, { name: '赵无号', teamId: led.id })
    const { saveUnits, saveTeams } = await import('#modules/organisation/index.ts')
    const at = app.clock.now()
    const other = await aTeam(app.db, { name: '住建二队', unitId: unit.id })
    await app.db.transaction(async (tx) => {
      await saveUnits(tx, [{ id: unit.id, name: '市住建局', liaisonPersonId: liaison.id }], at)
      await saveTeams(tx, [{ id: led.id, name: '住建一队', unitId: unit.id, leaderPersonId: leader.id }], at)
      await saveTeams(
        tx,
        [{ id: other.id, name: '住建二队', unitId: unit.id, leaderPersonId: phoneless.id }],
        at,
      )
    })
    return { unit, led, other, liaison, leader, phoneless }
  }
  const bulk = (app: TestApp, body: object = {}) =>
    app.as('city_office').post('/api/accounts/bulk-invitations').send(body)

  test('gives each an account, their role over their part, and a link that works', async () => {
    await using app = await startApp()
    const { unit, led } = await organisation(app)
    const { body, status } = await bulk(app, { deliver: 'list' })
    expect(status).toBe(200)
    expect(body.created).toBe(3)
    expect(
      body.invited.map((each: { name: string; roles: object[] }) => [each.name, each.roles]).sort(),
    ).toEqual([
      ['=王队长', [{ role: 'team_leader', over: '住建一队' }]],
      ['李联络', [{ role: 'unit_administrator', over: '市住建局' }]],
      ['赵无号', [{ role: 'team_leader', over: '住建二队' }]],
    ])
    for (const { link, login } of body.invited) {
      const token = link.split('/').at(-1)
      expect((await redeem(app, token)).body).toEqual({ login })
    }
    const leader = body.invited.find((each: { name: string }) => each.name === '=王队长')
    const session = await app.request
      .post('/api/sessions')
      .send({ login: leader.login, password: goodPassword, kind: 'bearer' })
    const me = await app.request.get('/api/me').auth(session.body.token, { type: 'bearer' })
    expect(me.body.grants).toMatchObject([{ role: 'team_leader', scope: 'team', team: { id: led.id } }])
    const admin = body.invited.find((each: { name: string }) => each.name === '李联络')
    const [user] = await app.db.read.select().from(users).where(eq(users.login, admin.login))
    expect(user?.personId).toBe(admin.personId)
    const view = await app.as('city_office').get(`/api/users/${user?.id}`)
    expect(view.body.grants).toMatchObject([
      { role: 'unit_administrator', scope: 'unit', unit: { id: unit.id } },
    ])
  })

  test('done again, invites nobody twice and leaves sent links alone, unless asked to renew', async () => {
    await using app = await startApp()
    await organisation(app)
    const first = await bulk(app, { deliver: 'list' })
    const again = await bulk(app, { deliver: 'list' })
    expect(again.body).toMatchObject({ created: 0, invited: [] })
    expect(again.body.skipped.map((each: { because: string }) => each.because)).toEqual(
      Array(3).fill('link_waiting'),
    )
    const renewed = await bulk(app, { deliver: 'list', renew: true })
    expect(renewed.body.invited).toHaveLength(3)
    const token = first.body.invited[0].link.split('/').at(-1)
    expect((await redeem(app, token)).body.code).toBe('activation.revoked')
  })

  test('sends links by message, and says who has no phone', async () => {
    await using app = await startApp()
    await organisation(app)
    const { body } = await bulk(app, { deliver: 'message' })
    expect(body.invited.map((each: { link: null }) => each.link)).toEqual([null, null])
    expect(body.skipped).toMatchObject([{ name: '赵无号', because: 'no_phone' }])
    await app.settled()
    await app.settled()
    expect(app.outbox()).toHaveLength(2)
  })

  test('downloads as a list in which no cell is a formula', async () => {
    await using app = await startApp()
    await organisation(app)
    const reply = await bulk(app, { deliver: 'list' }).set('accept', 'text/csv')
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(reply.headers['content-disposition']).toContain('attachment')
    expect(reply.headers['cache-control']).toBe('no-store')
    const lines = reply.text.split('\r\n')
    expect(lines[0]).toBe('\uFEFF姓名 Name,账号 Login,角色 Role,链接 Link,有效期至 Valid until')
    expect(lines).toHaveLength(5)
    expect(reply.text).toContain(`"'=王队长"`)
  })

  test('stays within what the caller may give', async () => {
    await using app = await startApp()
    const { unit } = await organisation(app)
    await organisation(app)
    const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
    const { body } = await app.as(admin).post('/api/accounts/bulk-invitations').send({ deliver: 'list' })
    expect(body.invited).toHaveLength(3)
    const elsewhere = await app.signIn({ role: 'district_office', districtCode: '210503' })
    const none = await app.as(elsewhere).post('/api/accounts/bulk-invitations').send({ deliver: 'list' })
    expect(none.body).toMatchObject({ created: 0, invited: [], skipped: [] })
    const leader = await app.as('team_leader').post('/api/accounts/bulk-invitations').send({})
    expect(leader.status).toBe(403)
  })
})
