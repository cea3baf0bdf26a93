import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { loginCodes, sessions, users } from '#modules/accounts/schema.ts'
import { contacts } from '#modules/organisation/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'

async function aLeader(app: TestApp, phone = aPhone()) {
  const team = await aTeam(app.db)
  const person = await aPerson(app, { teamId: team.id, phone })
  const user = await aUser(app.db, {
    personId: person.id,
    password: null,
    grants: [{ role: 'team_leader', teamId: team.id }],
  })
  return { phone, user, team, person }
}

const ask = (app: TestApp, phone: string) => app.request.post('/api/login-codes').send({ phone })
const enter = (app: TestApp, phone: string, code: string) =>
  app.request.post('/api/sessions').send({ phone, code, kind: 'bearer' })

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
    await aUser(app.db, { personId: officer.id, grants: [{ role: 'city_office' }] })
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

  test('a code is good for five minutes, and an older one stops working', async () => {
    await using app = await startApp()
    const { phone } = await aLeader(app)
    await ask(app, phone)
    const first = await codeSent(app)
    await app.advance({ minutes: 2 })
    await ask(app, phone)
    const second = await codeSent(app)
    if (first !== second) expect((await enter(app, phone, first)).status).toBe(401)
    await app.advance({ minutes: 6 })
    expect((await enter(app, phone, second)).status).toBe(401)
  })

  test('a code dies after five wrong tries, also when they come all at once', async () => {
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

  test('is not for whoever holds another role as well, is disabled, or has a phone that belongs to several', async () => {
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

  test('follows the person’s phone: a number that turned out to be a stranger’s opens nothing', async () => {
    await using app = await startApp()
    const { phone, user } = await aLeader(app)
    await app.db.transaction((tx) => tx.update(contacts).set({ invalidAt: app.clock.now() }))
    await ask(app, phone)
    await app.settled()
    expect(await app.db.read.select().from(loginCodes)).toEqual([])
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
    await ask(app, phone)
    for (let at = 0; at < 3; at++) await app.settled()
    const codes = app.outbox().map((line) => codeIn(line) as string)
    expect(codes).toHaveLength(2)
    const signedIn = []
    for (const code of codes) signedIn.push((await enter(app, phone, code)).body.userId)
    expect(signedIn.sort()).toEqual([user.id, other.id].sort())
  })
})
