import { eq } from 'drizzle-orm'
import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { loginCodes, sessions, users } from '#modules/accounts/schema.ts'
import { contacts } from '#modules/organisation/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser, bindPhone, browserOf } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

async function aLeader(app: TestApp, phone = aPhone()) {
  const team = await aTeam(app.db)
  const person = await aPerson(app, { teamId: team.id, phone })
  const user = await aUser(app.db, {
    personId: person.id,
    password: null,
    grants: [{ role: 'team_leader', teamId: team.id }],
  })
  await bindPhone(app, user.id, phone)
  return { phone, user, team, person }
}

const ask = (app: TestApp, phone: string, browser = browserOf(app)) =>
  browser.post('/api/login-codes').send({ phone })
const enter = (app: TestApp, phone: string, code: string, browser = browserOf(app)) =>
  browser.post('/api/sessions').send({ phone, code, kind: 'bearer' })

const codeIn = (line: { text: string } | undefined) => /(?<!\d)(\d{6})(?!\d)/.exec(line?.text ?? '')?.[1]

/** The code in the last message, as the leader reads it. */
async function codeSent(app: TestApp): Promise<string> {
  for (let at = 0; at < 3; at++) await app.settled()
  return codeIn(app.outbox().at(-1)) ?? ''
}

describe('signing in by a code', () => {
  test('lets a leader in who reads it from their phone, once', async () => {
    await using app = await startApp()
    const { phone, user, team } = await aLeader(app)
    expect((await ask(app, `+86 ${phone.slice(0, 3)}-${phone.slice(3)}`)).status).toBe(202)
    const code = await codeSent(app)
    expect(code).toMatch(/^\d{6}$/)
    const replies = await Promise.all(Array.from({ length: 4 }, () => enter(app, phone, code)))
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 401, 401, 401])
    const { body } = replies.find((reply) => reply.status === 201) as (typeof replies)[number]
    const me = await app.request.get('/api/me').auth(body.token, { type: 'bearer' })
    expect(me.body).toMatchObject({
      userId: user.id,
      grants: [{ role: 'team_leader', team: { id: team.id } }],
    })
    expect(await app.db.read.select().from(sessions).where(eq(sessions.userId, user.id))).toHaveLength(1)
    const rows = JSON.stringify(await app.db.read.select().from(loginCodes))
    expect(rows).not.toContain(code)
  })

  test('answers everybody the same, whether the phone is known or not, and limits them alike', async () => {
    await using app = await startApp()
    const leader = await aLeader(app)
    const officer = await aPerson(app, { phone: '15400990001' })
    const office = await aUser(app.db, { personId: officer.id, grants: [{ role: 'city_office' }] })
    await bindPhone(app, office.id, '15400990001')
    for (const phone of [leader.phone, '15400990001', '15400990002']) {
      const first = await ask(app, phone)
      expect([first.status, first.body]).toEqual([202, {}])
      const second = await ask(app, phone)
      expect([second.status, second.body.code]).toEqual([429, 'attempts.wait'])
    }
    await app.settled()
    expect(await app.db.read.select({ userId: loginCodes.userId }).from(loginCodes)).toEqual([
      { userId: leader.user.id },
    ])
    expect((await ask(app, 'not a phone')).body.code).toBe('phone.malformed')
  })

  test('of the codes a browser asked for the last two are good, for ten minutes', async () => {
    await using app = await startApp()
    const { phone } = await aLeader(app)
    const codes: string[] = []
    for (const minutes of [0, 2, 5]) {
      await app.advance({ minutes })
      await ask(app, phone).expect(202)
      codes.push(await codeSent(app))
    }
    const [first, second, third] = codes as [string, string, string]
    expect((await enter(app, phone, first)).status).toBe(401)
    expect((await enter(app, phone, second)).status).toBe(201)
    await app.advance({ minutes: 11 })
    expect((await enter(app, phone, third)).status).toBe(401)
  })

  test('a code belongs to the browser that requested it: others cannot invalidate it, use it, or make its owner wait', async () => {
    await using app = await startApp({ env: { TRUST_PROXY: 'loopback' } })
    const { phone } = await aLeader(app)
    const from = (address: string) => supertest.agent(app.url).set('x-forwarded-for', address)
    await ask(app, phone).expect(202)
    const code = await codeSent(app)
    const stranger = from('203.0.113.9')
    const wrong = code === '000000' ? '000001' : '000000'
    for (let at = 0; at < 8; at++) expect((await enter(app, phone, wrong, stranger)).status).toBe(401)
    expect((await enter(app, phone, code, stranger)).status).toBe(401)
    for (let at = 0; at < 12; at++) await ask(app, phone, from(`203.0.113.${20 + at}`))
    expect((await ask(app, phone, from('203.0.113.99'))).status).toBe(429)
    for (let at = 0; at < 3; at++) await app.settled()
    expect((await enter(app, phone, code)).status).toBe(201)
    // It is known now: what strangers ask for does not count for it.
    expect((await ask(app, phone, from('203.0.113.98'))).status).toBe(429)
    expect((await ask(app, phone)).status).toBe(202)
    expect((await enter(app, phone, await codeSent(app))).status).toBe(201)
  })

  test('a code is invalid after five wrong tries, also if they are concurrent', async () => {
    await using app = await startApp()
    const { phone } = await aLeader(app)
    await ask(app, phone)
    const code = await codeSent(app)
    const wrong = code === '000000' ? '000001' : '000000'
    const tries = await Promise.all(Array.from({ length: 12 }, () => enter(app, phone, wrong)))
    expect(tries.every((reply) => reply.status === 401 || reply.status === 429)).toBe(true)
    const [row] = await app.db.read.select().from(loginCodes)
    expect(row?.tries).toBe(5)
    await app.advance({ seconds: 40 })
    expect((await enter(app, phone, code)).status).toBe(401)
  })

  test('is for liaisons, too, and equal in word and status for an unknown number, a wrong code and a disabled account', async () => {
    await using app = await startApp()
    const phone = aPhone()
    const user = await aUser(app.db, {
      grants: [{ role: 'unit_administrator', unitId: (await aUnit(app.db)).id }],
    })
    await bindPhone(app, user.id, phone)
    const disabled = await aLeader(app)
    await app.as('city_office').put(`/api/users/${disabled.user.id}/suspension`).expect(204)
    const seen = []
    for (const tried of [phone, disabled.phone, aPhone()]) {
      const asked = await ask(app, tried)
      const { status, body } = await enter(app, tried, 'x')
      seen.push([asked.status, asked.body, status, { ...body, requestId: '' }])
    }
    expect([seen[1], seen[2]]).toEqual([seen[0], seen[0]])
    await app.advance({ minutes: 2 })
    await ask(app, phone)
    const { body } = await enter(app, phone, await codeSent(app))
    expect(body.userId).toBe(user.id)
  })

  test('does as much for an unknown number as for a wrong code and a disabled account', async () => {
    await using app = await startApp({ worker: false })
    const [known, disabled] = [await aLeader(app), await aLeader(app)]
    await app.as('city_office').put(`/api/users/${disabled.user.id}/suspension`).expect(204)
    let done = 0
    const transaction = app.db.transaction.bind(app.db)
    app.db.transaction = (...asked) => {
      done += 1
      return transaction(...asked)
    }
    const counts = []
    for (const tried of [known.phone, disabled.phone, aPhone()]) {
      const before = done
      await ask(app, tried)
      await enter(app, tried, '123456')
      counts.push(done - before)
    }
    expect(counts).toEqual(Array(3).fill(counts[0]))
  })

  test('is refused to a user who holds another role as well, and to a disabled one', async () => {
    await using app = await startApp()
    const { user, phone } = await aLeader(app)
    const disabled = await aLeader(app)
    await app.db.transaction((tx) =>
      tx.update(users).set({ disabledAt: app.clock.now() }).where(eq(users.id, disabled.user.id)),
    )
    await app.as('city_office').post(`/api/users/${user.id}/grants`).send({ role: 'viewer' })
    await ask(app, phone)
    await ask(app, disabled.phone)
    await app.settled()
    expect(await app.db.read.select().from(loginCodes)).toEqual([])
  })

  test('is sent to the number of the account although the contact is marked, until a manager of the account removes the number', async () => {
    await using app = await startApp()
    const { phone, user } = await aLeader(app)
    await app.db.transaction((tx) => tx.update(contacts).set({ invalidAt: app.clock.now() }))
    await ask(app, phone)
    expect(await codeSent(app)).toMatch(/^\d{6}$/)
    expect(app.outbox().map(({ to }) => to)).toEqual([phone])
    await bindPhone(app, user.id, null)
    await app.advance({ minutes: 10 })
    await ask(app, phone)
    await codeSent(app)
    expect(await app.db.read.select().from(loginCodes)).toHaveLength(1)
    expect((await app.as('city_office').get(`/api/users/${user.id}`)).body.reachable).toBe(false)
  })

  test('on a shared phone each leader has their own code', async () => {
    await using app = await startApp()
    const { user, phone } = await aLeader(app)
    const sharing = await aPerson(app, { phone })
    const other = await aUser(app.db, {
      personId: sharing.id,
      password: null,
      grants: [{ role: 'team_leader', teamId: (await aTeam(app.db)).id }],
    })
    await bindPhone(app, other.id, phone)
    await ask(app, phone)
    for (let at = 0; at < 3; at++) await app.settled()
    const codes = app.outbox().map((line) => codeIn(line) as string)
    expect(codes).toHaveLength(2)
    const signedIn = []
    for (const code of codes) signedIn.push((await enter(app, phone, code)).body.userId)
    expect(signedIn.sort()).toEqual([user.id, other.id].sort())
  })
})
