import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { roles } from '#modules/accounts/roles.ts'
import { users } from '#modules/accounts/schema.ts'
import { roleNames } from '#modules/accounts/words.ts'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { bindPhone, browserOf, told } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'
import { aCsv, committing, importing } from '#test/support/factories/spreadsheets.ts'
import { aSharedLeader, changed, codeFor, signInByCode, trail } from './account-phones.ts'

const contactsOf = (app: TestApp, personId: string) =>
  app.db.read
    .select({ id: contacts.id })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(eq(personContacts.personId, personId))
    .orderBy(personContacts.rank)

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
