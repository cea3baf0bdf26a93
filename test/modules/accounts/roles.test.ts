import { describe, expect, test } from 'vitest'
import { assertRoles } from '#modules/accounts/role-permissions.ts'
import { roles } from '#modules/accounts/roles.ts'
import { clashOf, covers, mayUseCode } from '#modules/accounts/scopes.ts'
import { roleNames } from '#modules/accounts/words.ts'
import { permissions } from '#src/app.ts'
import { startApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'
import { aTeam, aUnit, nobody } from '#test/support/factories/organisation.ts'

describe('the table of roles', () => {
  test('gives every permission to some role, and its exclusions are symmetric', () => {
    const given = new Set(roleNames.flatMap((name) => roles[name].permissions))
    expect([...given].sort()).toEqual(Object.keys(permissions).sort())
    for (const name of roleNames)
      for (const other of roles[name].apartFrom) expect(roles[other].apartFrom).toContain(name)
  })

  test('is refused with a permission nobody declares, or one that makes no sense over what the role is given over', () => {
    expect(() => assertRoles(permissions)).not.toThrow()
    const viewer = {
      ...roles.viewer,
      permissions: ['figures.read', 'workdays.edit'],
      scopes: ['district'] as const,
    }
    expect(() => assertRoles(permissions, { viewer })).toThrow(
      'Roles with permissions that cannot be:\n  viewer: figures.read is unknown\n  viewer: workdays.edit makes no sense over district',
    )
  })

  test('lets the system administrator see no data, and only the auditor read the trail', () => {
    expect(roles.system_administrator.permissions).not.toContain('persons.read')
    expect(roleNames.filter((name) => roles[name].permissions.includes('audit.read'))).toEqual(['auditor'])
    expect(roleNames.filter((name) => roles[name].permissions.includes('system.operate'))).toEqual([
      'system_administrator',
    ])
  })

  test('allows sign-in by a code only for roles with few permissions', () => {
    expect(mayUseCode(['team_leader'])).toBe(true)
    expect(mayUseCode(['team_leader', 'unit_administrator'])).toBe(true)
    expect(mayUseCode(['team_leader', 'district_office'])).toBe(false)
    expect(mayUseCode([])).toBe(false)
    expect(clashOf(['city_office', 'auditor'])).toEqual(['city_office', 'auditor'])
  })

  test('reaches along both lines: what is below a unit, what stands in a district', () => {
    const area = {
      kind: 'unit',
      unitPath: '/a/b/',
      districts: ['210502', '210502001'],
      teamId: null,
    } as const
    const over = (scope: Parameters<typeof covers>[0]['scope']) => covers({ scope }, area)
    expect(over(null)).toBe(true)
    expect(over({ path: '/a/' })).toBe(true)
    expect(over({ path: '/a/b/c/' })).toBe(false)
    expect(over({ code: '210500' })).toBe(true)
    expect(over({ code: '210502001' })).toBe(false)
    expect(over({ path: '/a/', code: '210502' })).toBe(true)
    expect(over({ path: '/a/', code: '210502001' })).toBe(false)
    expect(over({ code: '210503' })).toBe(false)
    expect(over({ id: 'x' })).toBe(false)
  })
})

describe('giving roles', () => {
  test('goes no further than one’s own scope and the roles one may give', async () => {
    await using app = await startApp()
    const unit = await aUnit(app.db)
    const below = await aUnit(app.db, { parentId: unit.id })
    const beside = await aUnit(app.db)
    const team = await aTeam(app.db, { unitId: below.id })
    const admin = app.as(await app.signIn({ role: 'unit_administrator', unitId: unit.id }))
    const user = await aUser(app.db, { grants: [{ role: 'viewer', unitId: below.id }] })
    const give = (body: object) => admin.post(`/api/users/${user.id}/grants`).send(body)
    expect((await give({ role: 'unit_administrator', unitId: below.id })).status).toBe(201)
    expect((await give({ role: 'team_leader', teamId: team.id })).status).toBe(201)
    for (const refused of [
      { role: 'unit_administrator', unitId: beside.id },
      { role: 'viewer' },
      { role: 'district_office', districtCode: '210502' },
      { role: 'city_office' },
      { role: 'system_administrator' },
    ]) {
      const reply = await give(refused)
      expect([refused, reply.status, reply.body.code]).toEqual([refused, 403, 'grant.refused'])
    }
    expect((await give({ role: 'team_leader', unitId: below.id })).body.code).toBe('grant.scope_unfit')
    expect((await give({ role: 'viewer', unitId: below.id, districtCode: '210502' })).body.code).toBe(
      'grant.scope',
    )
    expect((await give({ role: 'unit_administrator', unitId: nobody() })).body.code).toBe('unit.missing')
    expect((await give({ role: 'root' })).status).toBe(400)
  })

  test('goes only to a user whom one manages, and shows nothing of others', async () => {
    await using app = await startApp({ worker: false })
    const unit = await aUnit(app.db)
    const admin = app.as(await app.signIn({ role: 'unit_administrator', unitId: unit.id }))
    const give = (userId: string) =>
      admin.post(`/api/users/${userId}/grants`).send({ role: 'viewer', unitId: unit.id })
    const own = { role: 'viewer', unitId: unit.id } as const
    const strangers = [
      await aUser(app.db, { grants: [{ role: 'city_office' }] }),
      await aUser(app.db, { grants: [{ role: 'unit_administrator', unitId: (await aUnit(app.db)).id }] }),
      await aUser(app.db, { grants: [own, { role: 'district_office', districtCode: '210502' }] }),
      await aUser(app.db),
    ]
    for (const { id, login } of strangers) {
      const reply = await give(id)
      expect([reply.status, reply.body.code]).toEqual([403, 'user.out_of_reach'])
      expect(reply.text).not.toContain(login)
    }
    const unknown = await give(nobody())
    expect([unknown.status, unknown.body.code]).toEqual([404, 'user.missing'])
    const managed = await aUser(app.db, {
      grants: [{ role: 'team_leader', teamId: (await aTeam(app.db, { unitId: unit.id })).id }],
    })
    const given = await give(managed.id)
    expect([given.status, given.body.grants.map(({ role }: { role: string }) => role)]).toEqual([
      201,
      ['team_leader', 'viewer'],
    ])
    // Somebody new is given their first role by whoever manages everybody.
    const [, , , newcomer] = strangers
    await app.as('city_office').post(`/api/users/${newcomer!.id}/grants`).send(own).expect(201)
  })

  test('a role given eight times at once exists once; after it is revoked the next request is refused', async () => {
    await using app = await startApp()
    const user = await aUser(app.db)
    const office = app.as('city_office')
    const grant = { role: 'viewer' }
    const given = await Promise.all(
      Array.from({ length: 8 }, () => office.post(`/api/users/${user.id}/grants`).send(grant)),
    )
    expect(new Set(given.map(({ status }) => status))).toEqual(new Set([201]))
    const { body } = await office.get(`/api/users/${user.id}`)
    expect(body.grants).toHaveLength(1)
    const session = await app.request
      .post('/api/sessions')
      .send({ login: user.login, password: goodPassword, kind: 'bearer' })
    const me = () => app.request.get('/api/me').auth(session.body.token, { type: 'bearer' })
    expect((await me()).body.permissions).toContain('reports.read')
    expect((await office.delete(`/api/users/${user.id}/grants/${body.grants[0].id}`)).status).toBe(204)
    expect((await me()).body.permissions).toEqual([])
    expect((await office.delete(`/api/users/${user.id}/grants/${body.grants[0].id}`)).status).toBe(404)
  })

  test('never to oneself, and never two that must be different people', async () => {
    await using app = await startApp()
    const officer = await app.signIn({ role: 'city_office' })
    const own = await app.as(officer).post(`/api/users/${officer.userId}/grants`).send({ role: 'viewer' })
    expect([own.status, own.body.code]).toEqual([403, 'user.self'])
    const suspended = await app.as(officer).put(`/api/users/${officer.userId}/suspension`)
    expect(suspended.body.code).toBe('user.self')
    const auditor = await aUser(app.db, { grants: [{ role: 'auditor' }] })
    const both = await app
      .as('system_administrator')
      .post(`/api/users/${auditor.id}/grants`)
      .send({ role: 'system_administrator' })
    expect([both.status, both.body.code]).toEqual([409, 'grant.clash'])
  })
})
