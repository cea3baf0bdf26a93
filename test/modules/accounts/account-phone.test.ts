import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { roles } from '#modules/accounts/roles.ts'
import { users } from '#modules/accounts/schema.ts'
import { roleNames } from '#modules/accounts/words.ts'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { bindPhone, browserOf, told } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aCsv, committing, importing } from '#test/support/factories/spreadsheets.ts'

/**
 * The leader of a team in district 210502, also a member of a team of another unit in 210503; their account was made by
 * the city office and has their phone.
 */
async function aSharedLeader(app: TestApp, { phone = aPhone() }: { phone?: string } = {}) {
  const unit = await aUnit(app.db, { name: '市一中', districtCode: '210502' })
  const team = await aTeam(app.db, { name: '一中队', unitId: unit.id })
  const otherUnit = await aUnit(app.db, { name: '社区甲', districtCode: '210503' })
  const otherTeam = await aTeam(app.db, { name: '社区队', unitId: otherUnit.id })
  const person = await aPerson(app, {
    name: '李队长',
    phone,
    memberships: [{ teamId: team.id, role: 'leader' }, { teamId: otherTeam.id }],
  })
  const grants = [{ role: 'team_leader', teamId: team.id }]
  const { body } = await app
    .as('city_office')
    .post('/api/users')
    .send({ login: 'duizhang', name: '李队长', personId: person.id, grants })
    .expect(201)
  return { phone, unit, team, otherUnit, otherTeam, person, userId: body.id as string }
}

/** Asks for a sign-in code, and reads it from the phone when one came there. */
async function codeFor(app: TestApp, phone: string): Promise<string | undefined> {
  const before = (await told(app)).length
  await browserOf(app).post('/api/login-codes').send({ phone }).expect(202)
  const came = (await told(app)).slice(before)
  expect(came.every(({ to }) => to === phone)).toBe(true)
  return /(?<!\d)\d{6}(?!\d)/.exec(came.at(-1)?.text ?? '')?.[0]
}

async function signInByCode(app: TestApp, phone: string): Promise<SignedIn> {
  const code = await codeFor(app, phone)
  const { body } = await browserOf(app)
    .post('/api/sessions')
    .send({ phone, code, kind: 'bearer' })
    .expect(201)
  return { userId: body.userId, token: body.token }
}

const contactsOf = (app: TestApp, personId: string) =>
  app.db.read
    .select({ id: contacts.id })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(eq(personContacts.personId, personId))
    .orderBy(personContacts.rank)

const trail = async (app: TestApp, userId: string, action: string) =>
  (
    await app.db.read
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subject, `user:${userId}`))
  )
    .filter((entry) => entry.action === action)
    .map(({ actorId, details }) => ({ actorId, ...JSON.parse(details) }))

const changed = '【集结】账号绑定的手机号已更改。如非本人操作，请速联系单位管理员。'

describe('whoever changes contacts', () => {
  const mayChange = ['city_office', 'district_office', 'unit_administrator'] as const

  test('covers every role that may edit people', () => {
    expect(roleNames.filter((role) => roles[role].permissions.includes('persons.edit'))).toEqual([
      ...mayChange,
    ])
  })

  test.each(mayChange)('as %s opens no account by a phone they added', async (role) => {
    await using app = await startApp()
    const { person, phone, otherUnit, userId } = await aSharedLeader(app)
    const caller = app.as(
      role === 'city_office'
        ? role
        : await app.signIn(
            role === 'district_office' ? { role, districtCode: '210503' } : { role, unitId: otherUnit.id },
          ),
    )
    const own = aPhone()
    // Others answer for the leader, too.
    const whole = role === 'city_office'
    await caller
      .post(`/api/persons/${person.id}/contacts`)
      .send({ kind: 'phone', value: own, relation: 'own' })
      .expect(whole ? 201 : 403)
    const [real] = await contactsOf(app, person.id)
    await caller.patch(`/api/contacts/${real?.id}`).send({ invalid: true, optedOut: true }).expect(204)
    expect(await codeFor(app, own)).toBeUndefined()
    const { body: link } = await app.as('city_office').post(`/api/users/${userId}/activations`).send({})
    expect(link.link).toBeNull()
    await caller.patch(`/api/contacts/${real?.id}`).send({ optedOut: false }).expect(204)
    expect((await told(app)).map(({ to }) => to)).not.toContain(own)
    // The leader notices nothing of it.
    expect((await signInByCode(app, phone)).userId).toBe(userId)
    await caller.delete(`/api/persons/${person.id}/contacts/${real?.id}`).expect(whole ? 204 : 403)
    await app.advance({ minutes: 10 })
    expect((await signInByCode(app, phone)).userId).toBe(userId)
    expect(await codeFor(app, own)).toBeUndefined()
  })

  test('cannot cancel a link that waits until the morning', async () => {
    await using app = await startApp({ at: '2026-02-20T23:00:00+08:00' })
    const { otherUnit, phone, userId } = await aSharedLeader(app)
    await app.as('city_office').post(`/api/users/${userId}/activations`).send({}).expect(201)
    expect(await told(app)).toEqual([])
    const admin = app.as(await app.signIn({ role: 'unit_administrator', unitId: otherUnit.id }))
    const { body } = await admin.get('/api/messages')
    expect(body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['account.activation'])
    const reply = await admin.put(`/api/messages/${body.items[0].id}/cancellation`)
    expect([reply.status, reply.body.code]).toEqual([403, 'access.out_of_reach'])
    await app.advance({ hours: 12 })
    expect((await told(app)).map(({ to, kind }) => [to, kind])).toEqual([[phone, 'account.activation']])
  })

  test('opens no account by an import or a merge', async () => {
    await using app = await startApp()
    const { person, phone, otherUnit, otherTeam, userId } = await aSharedLeader(app)
    const admin = await app.signIn({ role: 'unit_administrator', unitId: otherUnit.id })
    const [imported, merged] = [aPhone(), aPhone()]
    const file = aCsv(`姓名,手机号,单位,队伍\n李队长,${imported},社区甲,社区队\n`)
    const { id } = await importing(app, [file], admin)
    await committing(app, id, admin)
    const twin = await aPerson(app, { name: '李队长', teamId: otherTeam.id, phone: merged })
    await app
      .as('city_office')
      .post('/api/person-merges')
      .send({ keptId: twin.id, mergedId: person.id })
      .expect(201)
    for (const other of [imported, merged]) expect(await codeFor(app, other)).toBeUndefined()
    expect((await signInByCode(app, phone)).userId).toBe(userId)
  })
})

describe('whoever manages an account', () => {
  test('moves it to another number: the old one is told and opens nothing any more', async () => {
    await using app = await startApp()
    const { phone, userId } = await aSharedLeader(app)
    const admin = await app.signIn({ role: 'city_office' })
    const leader = await signInByCode(app, phone)
    await app.as(admin).post(`/api/users/${userId}/activations`).send({}).expect(201)
    const invited = /\/a\/(\w+)/.exec((await told(app)).at(-1)?.text ?? '')?.[1]
    await app.advance({ minutes: 10 })
    const code = await codeFor(app, phone)
    const next = aPhone()
    const reply = await app
      .as(admin)
      .put(`/api/users/${userId}/phone`)
      .send({ phone: `+86 ${next}` })
    expect([reply.status, reply.body.reachable, reply.headers.etag]).toEqual([200, true, '"v2"'])
    expect((await told(app)).at(-1)).toMatchObject({ to: phone, text: changed })
    for (const typed of [phone, next]) {
      const late = await browserOf(app).post('/api/sessions').send({ phone: typed, code, kind: 'bearer' })
      expect(late.status).toBe(401)
    }
    expect((await app.as(leader).get('/api/me')).status).toBe(401)
    const old = await app.request.get(`/api/activations/${invited}`)
    expect(old.body.code).toBe('activation.revoked')
    await app.advance({ minutes: 10 })
    expect(await codeFor(app, phone)).toBeUndefined()
    expect((await signInByCode(app, next)).userId).toBe(userId)
    const by = { actorId: admin.userId, by: 'manager' }
    expect(await trail(app, userId, 'user.phone_changed')).toEqual([{ ...by, from: true, to: true }])
    const rows = JSON.stringify([
      await app.db.read.select().from(users),
      await app.db.read.select().from(auditEntries),
    ])
    for (const number of [phone, next]) expect(rows).not.toContain(number)
  })

  test('setting the number it has changes and tells nothing; taking it off tells the old one', async () => {
    await using app = await startApp()
    const { phone, userId } = await aSharedLeader(app)
    await bindPhone(app, userId, phone)
    expect(await told(app)).toEqual([])
    const reply = await app.as('city_office').put(`/api/users/${userId}/phone`).send({ phone: null })
    expect([reply.status, reply.body.reachable]).toEqual([200, false])
    expect((await told(app)).map(({ to, text }) => [to, text])).toEqual([[phone, changed]])
    expect((await trail(app, userId, 'user.phone_changed')).map(({ from, to }) => [from, to])).toEqual([
      [true, false],
    ])
    const link = await app.as('city_office').post(`/api/users/${userId}/activations`).send({})
    expect([link.status, link.body.code]).toEqual([409, 'user.unreachable'])
  })

  test('gives one to an account that was made without, and contacts never do', async () => {
    await using app = await startApp()
    const team = await aTeam(app.db)
    const person = await aPerson(app, { teamId: team.id })
    const { body } = await app
      .as('city_office')
      .post('/api/users')
      .send({
        login: 'wuhao',
        name: '赵无号',
        personId: person.id,
        grants: [{ role: 'team_leader', teamId: team.id }],
      })
    expect(body.reachable).toBe(false)
    const added = aPhone()
    await app
      .as('city_office')
      .post(`/api/persons/${person.id}/contacts`)
      .send({ kind: 'phone', value: added, relation: 'own' })
      .expect(201)
    await app.advance({ hours: 2 })
    expect(await codeFor(app, added)).toBeUndefined()
    const given = aPhone()
    await bindPhone(app, body.id, given)
    expect((await signInByCode(app, given)).userId).toBe(body.id)
    expect((await told(app)).every(({ to }) => to === given)).toBe(true)
  })

  test('is nobody else: not another unit or district, not a role without the permission, not the owner', async () => {
    await using app = await startApp()
    const { unit, team, otherUnit, phone, userId } = await aSharedLeader(app)
    const put = (who: Parameters<TestApp['as']>[0], value: string | null = aPhone()) =>
      app.as(who).put(`/api/users/${userId}/phone`).send({ phone: value })
    for (const over of [
      { role: 'unit_administrator', unitId: otherUnit.id },
      { role: 'district_office', districtCode: '210503' },
      { role: 'system_administrator' },
    ] as const) {
      const reply = await put(await app.signIn(over))
      expect([reply.status, reply.body.code]).toEqual([403, 'user.out_of_reach'])
    }
    for (const role of roleNames.filter((name) => !roles[name].permissions.includes('accounts.edit'))) {
      expect((await put(role)).body.code).toBe('access.denied')
    }
    const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
    const self = await app.as(admin).put(`/api/users/${admin.userId}/phone`).send({ phone: aPhone() })
    expect([self.status, self.body.code]).toEqual([403, 'user.self'])
    expect((await put(admin, 'nonsense')).body.code).toBe('phone.malformed')
    // Also a role elsewhere: then it takes somebody who manages both.
    await app
      .as('city_office')
      .post(`/api/users/${userId}/grants`)
      .send({ role: 'viewer', unitId: otherUnit.id })
      .expect(201)
    expect((await put(admin)).body.code).toBe('user.out_of_reach')
    // With a role beyond its managers the account starts anew: its own number gets the link, and nothing else is told.
    expect((await told(app)).map(({ kind, to }) => [kind, to])).toEqual([['account.activation', phone]])
    expect(await trail(app, userId, 'user.phone_changed')).toEqual([])
    expect([team.unitId, phone.length]).toEqual([unit.id, 11])
  })
})

describe('the owner', () => {
  /** What the two numbers were told, as `[old, new]`. */
  async function codes(app: TestApp, ...numbers: string[]) {
    const lines = (await told(app)).filter(({ kind }) => kind === 'account.phone_code')
    return numbers.map((number) => {
      const line = lines.filter(({ to }) => to === number).at(-1)
      return /(?<!\d)\d{6}(?!\d)/.exec(line?.text ?? '')?.[0] ?? ''
    }) as [string, string]
  }

  async function asking(app: TestApp) {
    const { phone, userId, unit } = await aSharedLeader(app)
    const elsewhere = await signInByCode(app, phone)
    await app.advance({ minutes: 10 })
    const me = await signInByCode(app, phone)
    const next = aPhone()
    const asked = await app.as(me).post('/api/me/phone-changes').send({ phone: next }).expect(202)
    const [oldCode, newCode] = await codes(app, phone, next)
    const confirm = (body: object, id: string = asked.body.id) =>
      app.as(me).put(`/api/me/phone-changes/${id}/confirmation`).send(body)
    return {
      phone,
      next,
      userId,
      unit,
      elsewhere,
      me,
      oldCode,
      newCode,
      confirm,
      id: asked.body.id as string,
    }
  }

  test('moves it with a code to the old number and one to the new, once', async () => {
    await using app = await startApp()
    const { phone, next, userId, elsewhere, me, oldCode, newCode, confirm } = await asking(app)
    expect([oldCode, newCode].every((code) => /^\d{6}$/.test(code))).toBe(true)
    const masked = (await app.as(me).get('/api/me')).body.phone
    expect(masked).toBe(`154****${phone.slice(-4)}`)
    const replies = await Promise.all([1, 2, 3].map(() => confirm({ oldCode, newCode })))
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 410, 410])
    expect((await app.as(me).get('/api/me')).body.phone).toBe(`154****${next.slice(-4)}`)
    expect((await app.as(elsewhere).get('/api/me')).status).toBe(401)
    expect((await told(app)).at(-1)).toMatchObject({ to: phone, text: changed })
    await app.advance({ minutes: 10 })
    expect(await codeFor(app, phone)).toBeUndefined()
    expect((await signInByCode(app, next)).userId).toBe(userId)
    const by = { actorId: userId, by: 'owner' }
    expect(await trail(app, userId, 'user.phone_changed')).toEqual([{ ...by, from: true, to: true }])
    expect(await trail(app, userId, 'user.phone_change_asked')).toEqual([{ actorId: userId }])
  })

  test('is refused with one code of the two, and after five tries with both', async () => {
    await using app = await startApp()
    const { phone, oldCode, newCode, confirm, me } = await asking(app)
    const wrong = (code: string) => (code === '000000' ? '000001' : '000000')
    for (const body of [
      { oldCode: wrong(oldCode), newCode },
      { oldCode, newCode: wrong(newCode) },
      { oldCode: newCode, newCode: oldCode },
    ]) {
      const reply = await confirm(body)
      expect([reply.status, reply.body.code]).toEqual([403, 'phone_change.code_wrong'])
    }
    const tries = await Promise.all(
      Array.from({ length: 6 }, () => confirm({ oldCode: wrong(oldCode), newCode })),
    )
    expect(tries.map(({ status }) => status).sort()).toEqual([403, 403, 410, 410, 410, 410])
    const right = await confirm({ oldCode, newCode })
    expect([right.status, right.body.code]).toEqual([410, 'phone_change.over'])
    expect((await app.as(me).get('/api/me')).body.phone).toBe(`154****${phone.slice(-4)}`)
  })

  test('is refused with codes that are old, replaced, somebody else’s, or from before a manager moved it', async () => {
    await using app = await startApp()
    const first = await asking(app)
    const { me, userId, phone, confirm } = first
    const again = aPhone()
    const second = await app.as(me).post('/api/me/phone-changes').send({ phone: again }).expect(202)
    const [oldCode, newCode] = await codes(app, phone, again)
    expect((await confirm({ oldCode: first.oldCode, newCode: first.newCode })).body.code).toBe(
      'phone_change.over',
    )
    const stranger = app.as('city_office')
    const url = `/api/me/phone-changes/${second.body.id}/confirmation`
    expect((await stranger.put(url).send({ oldCode, newCode })).body.code).toBe('phone_change.over')
    await app.advance({ minutes: 11 })
    expect((await confirm({ oldCode, newCode }, second.body.id)).body.code).toBe('phone_change.over')
    const third = await app.as(me).post('/api/me/phone-changes').send({ phone: again }).expect(202)
    const late = await codes(app, phone, again)
    const moved = aPhone()
    await bindPhone(app, userId, moved)
    expect((await app.as(me).get('/api/me')).status).toBe(401)
    const anew = app.as(await signInByCode(app, moved))
    const after = await anew
      .put(`/api/me/phone-changes/${third.body.id}/confirmation`)
      .send({ oldCode: late[0], newCode: late[1] })
    expect([after.status, after.body.code]).toEqual([410, 'phone_change.over'])
  })

  test('does not flood a number, and without an old number cannot move it', async () => {
    await using app = await startApp()
    const { me, next } = await asking(app)
    const again = await app.as(me).post('/api/me/phone-changes').send({ phone: next })
    expect([again.status, again.body.code]).toEqual([429, 'attempts.wait'])
    for (let at = 0; at < 2; at++)
      await app.as(me).post('/api/me/phone-changes').send({ phone: aPhone() }).expect(202)
    const fourth = await app.as(me).post('/api/me/phone-changes').send({ phone: aPhone() })
    expect([fourth.status, fourth.body.code]).toEqual([429, 'attempts.wait'])
    const without = await app.as('city_office').post('/api/me/phone-changes').send({ phone: aPhone() })
    expect([without.status, without.body.code]).toEqual([409, 'phone.absent'])
  })
})

describe('accounts from before they had a number of their own', () => {
  test('are filled once with the number their codes went to, and never again', async () => {
    await using app = await startApp()
    const { phone, person, userId } = await aSharedLeader(app)
    const [first, last] = [aPhone(), aPhone()]
    const phoneless = await aPerson(app)
    const { body: other } = await app
      .as('city_office')
      .post('/api/users')
      .send({ login: 'wuhao', name: '赵无号', personId: phoneless.id, grants: [{ role: 'viewer' }] })
    await app
      .as('city_office')
      .post(`/api/persons/${person.id}/contacts`)
      .send({ kind: 'phone', value: last })
    await app.db.transaction(async (tx) => {
      for (const id of [userId, other.id]) {
        const before = { phone: null, phoneIndex: null, phoneFilled: null }
        await tx.update(users).set(before).where(eq(users.id, id))
      }
    })
    expect(await codeFor(app, phone)).toBeUndefined()
    await app.advance({ hours: 2 })
    expect((await signInByCode(app, phone)).userId).toBe(userId)
    await app
      .as('city_office')
      .post(`/api/persons/${phoneless.id}/contacts`)
      .send({ kind: 'phone', value: first })
      .expect(201)
    await app.advance({ hours: 2 })
    expect((await app.as('city_office').get(`/api/users/${other.id}`)).body.reachable).toBe(false)
    for (const id of [userId, other.id]) {
      const filled = await trail(app, id, 'user.phone_filled')
      expect(filled).toEqual(id === userId ? [{ actorId: null }] : [])
    }
  })
})
