import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { bindPhone, told } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone } from '#test/support/factories/organisation.ts'
import { aSharedLeader, changed, codeFor, signInByCode, trail } from './account-phones.ts'

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
