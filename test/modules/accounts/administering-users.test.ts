import { describe, expect, test } from 'vitest'
import { roleNames } from '#modules/accounts/words.ts'
import { startApp } from '#test/support/app.ts'
import { aUser } from '#test/support/factories/accounts.ts'
import { aPerson, aUnit } from '#test/support/factories/organisation.ts'

describe('administering users', () => {
  const wanted = { name: '李四', grants: [{ role: 'viewer' }] }

  test('a login is taken once, whatever its case, and a key repeats no creation', async () => {
    await using app = await startApp()
    const office = app.as('city_office')
    const create = (login: string) => office.post('/api/users').send({ login, ...wanted })
    const replies = await Promise.all(['Li.Si', 'li.si', 'ＬＩ.SI', 'LI.SI'].map(create))
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409, 409, 409])
    const once = () =>
      office
        .post('/api/users')
        .set('idempotency-key', 'create-wang-wu')
        .send({ login: 'wangwu', ...wanted })
    const [first, again] = [await once(), await once()]
    expect([again.status, again.body]).toEqual([201, first.body])
    for (const login of ['a b', '-a', '', 'x'.repeat(80), 'a\u0000b/..']) {
      expect((await create(login)).status).toBeGreaterThanOrEqual(400)
    }
  })

  test('a person has one account, made by somebody who may see them', async () => {
    await using app = await startApp()
    const unit = await aUnit(app.db)
    const stranger = await aPerson(app)
    const create = (who: Parameters<typeof app.as>[0], login: string, grant: object) =>
      app
        .as(who)
        .post('/api/users')
        .send({ login, name: '李四', personId: stranger.id, grants: [grant] })
    const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
    const unseen = await create(admin, 'unseen', { role: 'viewer', unitId: unit.id })
    expect([unseen.status, unseen.body.code]).toEqual([404, 'person.missing'])
    const replies = await Promise.all(
      ['one', 'two'].map((login) => create('city_office', login, { role: 'viewer' })),
    )
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409])
    const third = await create('city_office', 'three', { role: 'viewer' })
    expect([third.status, third.body.code]).toEqual([409, 'person.has_account'])
  })

  test('somebody out of reach is not found, and somebody higher up is not touched', async () => {
    await using app = await startApp()
    const unit = await aUnit(app.db)
    const admin = app.as(await app.signIn({ role: 'unit_administrator', unitId: unit.id }))
    const stranger = await aUser(app.db, { grants: [{ role: 'viewer' }] })
    const mixed = await aUser(app.db, {
      grants: [{ role: 'unit_administrator', unitId: unit.id }, { role: 'city_office' }],
    })
    expect((await admin.get(`/api/users/${stranger.id}`)).status).toBe(404)
    expect((await admin.get(`/api/users/${mixed.id}`)).status).toBe(200)
    for (const act of [
      () => admin.put(`/api/users/${mixed.id}/suspension`),
      () => admin.post(`/api/users/${mixed.id}/activations`).send({ deliver: 'list' }),
      () => admin.patch(`/api/users/${mixed.id}`).set('if-match', '"v1"').send({ name: '新名' }),
    ]) {
      const reply = await act()
      expect([reply.status, reply.body.code]).toEqual([403, 'user.out_of_reach'])
    }
    const { body } = await admin.get('/api/users')
    expect(body.items.map((item: { id: string }) => item.id)).toContain(mixed.id)
    expect(body.items.map((item: { id: string }) => item.id)).not.toContain(stranger.id)
  })

  test('a name is changed only under the current ETag', async () => {
    await using app = await startApp()
    const user = await aUser(app.db, { grants: [{ role: 'viewer' }] })
    const office = app.as('city_office')
    const { headers } = await office.get(`/api/users/${user.id}`)
    const rename = (etag: string | undefined, name: string) => {
      const request = office.patch(`/api/users/${user.id}`)
      return (etag ? request.set('if-match', etag) : request).send({ name })
    }
    expect((await rename(undefined, '甲')).status).toBe(428)
    const replies = await Promise.all([rename(headers.etag, '甲'), rename(headers.etag, '乙')])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412])
  })

  test('lists page by page, filtered, and costs the same for one and for many', async () => {
    await using app = await startApp()
    for (let at = 0; at < 5; at++)
      await aUser(app.db, { login: `page-${at}`, grants: [{ role: 'inspector' }] })
    const office = app.as('city_office')
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await office
        .get('/api/users')
        .query({ search: 'page-', limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...body.items.map((item: { login: string }) => item.login))
      if (!body.nextCursor) break
      cursor = body.nextCursor
    }
    expect(seen).toEqual(['page-0', 'page-1', 'page-2', 'page-3', 'page-4'])
    const odd = await office.get('/api/users').query({ search: '%_\\' })
    expect(odd.status).toBe(200)
    expect((await office.get('/api/users').query({ search: '\u0000' })).status).toBeLessThan(500)
    const { body } = await office.get('/api/users').query({ role: 'auditor' })
    expect(body.items).toHaveLength(1)
    expect((await app.as('viewer').get('/api/users')).status).toBe(403)
    expect((await app.request.get('/api/users')).status).toBe(401)
  })

  test('a change of name answers with the result of that change, also with concurrent changes', async () => {
    await using app = await startApp({ worker: false })
    const office = app.as('city_office')
    const users = await Promise.all(
      Array.from({ length: 12 }, () => aUser(app.db, { grants: [{ role: 'viewer' }] })),
    )
    const replies = await Promise.all(
      users.flatMap(({ id }) => [
        office.patch(`/api/users/${id}`).set('if-match', '"v1"').send({ name: '新名' }),
        ...[1, 2, 3].flatMap(() => [
          office.put(`/api/users/${id}/suspension`),
          office.delete(`/api/users/${id}/suspension`),
        ]),
      ]),
    )
    const renamed = replies.filter(({ status }) => status === 200)
    expect(
      renamed.map(({ body, headers }) => [headers.etag, body.version, body.name, body.disabledAt]),
    ).toEqual(renamed.map(() => ['"v2"', 2, '新名', null]))
    expect(renamed.length).toBeGreaterThan(0)
  })

  test('every role is explained to whoever is signed in', async () => {
    await using app = await startApp()
    const { body } = await app.as('viewer').get('/api/roles')
    expect(body.map((role: { name: string }) => role.name)).toEqual(roleNames)
    expect(body[0]).toMatchObject({
      zh: '市文明办',
      permissions: expect.arrayContaining([
        {
          name: 'units.read',
          zh: '查看单位：名称、层级、文明单位称号、联络员',
          en: 'See units: names, lines, honour titles, liaisons',
        },
        {
          name: 'workdays.edit',
          zh: '登记一年的放假和调休安排',
          en: 'Enter the public holidays and make-up working days of a year',
        },
      ]),
    })
  })
})
