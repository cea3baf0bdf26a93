import { and, eq, isNull } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { roles } from '#modules/accounts/roles.ts'
import { activations, roleGrants } from '#modules/accounts/schema.ts'
import { type RoleName, roleNames } from '#modules/accounts/words.ts'
import { saveTeams, saveUnits } from '#modules/organisation/index.ts'
import { type RoleOver, startApp, type TestApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

const bulkInvitations = '/api/accounts/bulk-invitations'

/** A team of a unit in 210502 that is led by somebody whose account has these roles and, perhaps, no password yet. */
async function aLedTeam(app: TestApp, grants: RoleOver[], password: string | null = null) {
  const unit = await aUnit(app.db, { name: '市住建局', districtCode: '210502' })
  const team = await aTeam(app.db, { name: '住建一队', unitId: unit.id })
  const leader = await aPerson(app, { name: '李区长', teamId: team.id, phone: aPhone() })
  await app.db.transaction((tx) =>
    saveTeams(
      tx,
      [{ id: team.id, name: '住建一队', unitId: unit.id, leaderPersonId: leader.id }],
      app.clock.now(),
    ),
  )
  const user = await aUser(app.db, { personId: leader.id, password, grants })
  return { unit, team, leader, user }
}

async function linkOf(app: TestApp, userId: string): Promise<string> {
  const { body } = await app
    .as('city_office')
    .post(`/api/users/${userId}/activations`)
    .send({ deliver: 'list' })
  return body.link.split('/').at(-1)
}

const rolesOf = async (app: TestApp, userId: string) =>
  (
    await app.db.read
      .select({ role: roleGrants.role })
      .from(roleGrants)
      .where(and(eq(roleGrants.userId, userId), isNull(roleGrants.revokedAt)))
  )
    .map(({ role }) => role)
    .sort()

/** What each role answers about a waiting account of the office of district 210503 whose holder leads a team in 210502. */
const expectations: Record<RoleName, 'invited' | 'out_of_reach' | 'nobody' | 403> = {
  city_office: 'invited',
  district_office: 'out_of_reach',
  unit_administrator: 'out_of_reach',
  // It appoints no liaison and no leader.
  system_administrator: 'nobody',
  team_leader: 403,
  inspector: 403,
  counsellor: 403,
  responsible_leader: 403,
  task_officer: 403,
  viewer: 403,
  auditor: 403,
}

function over(role: RoleName, unitId: string, teamId: string): RoleOver {
  if (role === 'district_office') return { role, districtCode: '210502' }
  if (role === 'unit_administrator') return { role, unitId }
  return role === 'team_leader' ? { role, teamId } : { role }
}

describe('inviting in bulk', () => {
  test('covers every role that may invite', () => {
    const may = roleNames.filter((role) => roles[role].permissions.includes('accounts.edit'))
    expect(roleNames.filter((role) => expectations[role] !== 403)).toEqual(may)
  })

  test.each(roleNames)('as %s it touches no account that role does not manage', async (role) => {
    await using app = await startApp()
    const { unit, team, leader, user } = await aLedTeam(app, [
      { role: 'district_office', districtCode: '210503' },
    ])
    const waiting = await linkOf(app, user.id)
    const caller = await app.signIn(over(role, unit.id, team.id))
    const expected = expectations[role]
    for (const body of [
      { deliver: 'list' },
      { deliver: 'list', renew: true },
      { deliver: 'message', renew: true },
    ]) {
      const reply = await app.as(caller).post(bulkInvitations).send(body)
      expect(reply.status).toBe(expected === 403 ? 403 : 200)
      if (expected === 403) continue
      const { invited, skipped, created } = reply.body
      expect(created).toBe(0)
      if (expected === 'invited') continue
      const because = { personId: leader.id, name: '李区长', because: 'out_of_reach' }
      expect({ invited, skipped }).toEqual({
        invited: [],
        skipped: expected === 'nobody' ? [] : [because],
      })
    }
    const csv = await app
      .as(caller)
      .post(bulkInvitations)
      .set('accept', 'text/csv')
      .send({ deliver: 'list', renew: true })
    if (expected !== 'invited') expect(csv.text).not.toContain('/a/')
    await app.settled()
    const issued = await app.db.read.select().from(activations).where(eq(activations.userId, user.id))
    const opened = await app.request
      .put(`/api/activations/${waiting}/password`)
      .send({ password: goodPassword })
    if (expected === 'invited') {
      expect(await rolesOf(app, user.id)).toEqual(['district_office', 'team_leader'])
      expect(opened.body.code).toBe('activation.revoked')
      return
    }
    expect(issued).toHaveLength(1)
    expect(await rolesOf(app, user.id)).toEqual(['district_office'])
    expect(app.outbox()).toEqual([])
    expect([opened.status, opened.body]).toEqual([200, { login: user.login }])
  })

  test('gives an account in use that the caller does not manage no role either', async () => {
    await using app = await startApp()
    const grants = [{ role: 'unit_administrator' as const, unitId: (await aUnit(app.db)).id }]
    const { unit, user } = await aLedTeam(app, grants, goodPassword)
    const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
    const { body } = await app.as(admin).post(bulkInvitations).send({ deliver: 'list' })
    expect(body.skipped.map((each: { because: string }) => each.because)).toEqual(['out_of_reach'])
    expect(await rolesOf(app, user.id)).toEqual(['unit_administrator'])
    const city = await app.as('city_office').post(bulkInvitations).send({ deliver: 'list' })
    expect(city.body.skipped.map((each: { because: string }) => each.because)).toEqual(['active'])
    expect(await rolesOf(app, user.id)).toEqual(['team_leader', 'unit_administrator'])
  })

  test('gives the caller no role, and says nothing of reach when they lack none', async () => {
    await using app = await startApp()
    const { unit, leader, user } = await aLedTeam(app, [], goodPassword)
    await app.db.transaction((tx) =>
      saveUnits(tx, [{ id: unit.id, name: '市住建局', liaisonPersonId: leader.id }], app.clock.now()),
    )
    await app
      .as('city_office')
      .post(`/api/users/${user.id}/grants`)
      .send({ role: 'unit_administrator', unitId: unit.id })
      .expect(201)
    const session = await app.request
      .post('/api/sessions')
      .send({ login: user.login, password: goodPassword, kind: 'bearer' })
    const self = app.as({ userId: user.id, token: session.body.token })
    const both = await self.post(bulkInvitations).send({ deliver: 'list' })
    expect(both.body.skipped).toMatchObject([{ because: 'out_of_reach' }])
    expect(await rolesOf(app, user.id)).toEqual(['unit_administrator'])
    const liaisons = await self.post(bulkInvitations).send({ deliver: 'list', leaders: false })
    expect(liaisons.body.skipped).toMatchObject([{ because: 'active' }])
  })
})

describe('an account that holds no role any more', () => {
  /** An account whose only role was taken back. */
  async function retired(app: TestApp, grant: RoleOver, made: Awaited<ReturnType<typeof aLedTeam>>) {
    const { user } = made
    const given = await app.as('city_office').post(`/api/users/${user.id}/grants`).send(grant).expect(201)
    await app.as('city_office').delete(`/api/users/${user.id}/grants/${given.body.grants[0].id}`).expect(204)
  }

  test('of an office is taken over neither by a bulk invitation, nor by a grant, nor by a link', async () => {
    await using app = await startApp()
    const made = await aLedTeam(app, [])
    await retired(app, { role: 'district_office', districtCode: '210502' }, made)
    const { unit, team, user } = made
    const admin = app.as(await app.signIn({ role: 'unit_administrator', unitId: unit.id }))
    const bulk = await admin.post(bulkInvitations).send({ deliver: 'list' })
    expect(bulk.body).toMatchObject({ invited: [], skipped: [{ because: 'out_of_reach' }] })
    const grant = await admin
      .post(`/api/users/${user.id}/grants`)
      .send({ role: 'team_leader', teamId: team.id })
    expect([grant.status, grant.body.code]).toEqual([403, 'user.out_of_reach'])
    const link = await admin.post(`/api/users/${user.id}/activations`).send({ deliver: 'list' })
    expect([link.status, link.body.code]).toEqual([403, 'user.out_of_reach'])
    expect(await rolesOf(app, user.id)).toEqual([])
  })

  test('of a team is still in the hands of the unit that gave it', async () => {
    await using app = await startApp()
    const made = await aLedTeam(app, [])
    await retired(app, { role: 'team_leader', teamId: made.team.id }, made)
    const admin = app.as(await app.signIn({ role: 'unit_administrator', unitId: made.unit.id }))
    const bulk = await admin.post(bulkInvitations).send({ deliver: 'list' })
    expect(bulk.body.invited.map(({ userId }: { userId: string }) => userId)).toEqual([made.user.id])
  })
})
