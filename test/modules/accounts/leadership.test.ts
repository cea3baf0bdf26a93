import { and, eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { roleGrants, users } from '#modules/accounts/schema.ts'
import { saveTeams } from '#modules/organisation/index.ts'
import { memberships, teams } from '#modules/organisation/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'

async function aLedTeam(app: TestApp) {
  const team = await aTeam(app.db)
  const leader = await aPerson(app, { memberships: [{ teamId: team.id, role: 'leader' }], phone: aPhone() })
  const deputy = await aPerson(app, { memberships: [{ teamId: team.id, role: 'deputy' }], phone: aPhone() })
  const member = await aPerson(app, { teamId: team.id })
  await app.db.transaction(async (tx) => {
    const [{ name } = { name: '' }] = await tx.select().from(teams).where(eq(teams.id, team.id))
    await saveTeams(
      tx,
      [{ id: team.id, name, unitId: team.unitId, leaderPersonId: leader.id }],
      app.clock.now(),
    )
  })
  const user = await aUser(app.db, {
    personId: leader.id,
    grants: [{ role: 'team_leader', teamId: team.id }],
  })
  const [row] = await app.db.read.select().from(teams).where(eq(teams.id, team.id))
  return { team, leader, deputy, member, user, etag: `"v${row?.version}"` }
}

const handOver = (
  app: TestApp,
  who: Parameters<TestApp['as']>[0],
  teamId: string,
  personId: string,
  etag: string,
) => app.as(who).put(`/api/teams/${teamId}/leadership`).set('if-match', etag).send({ personId })

test('a team goes to its deputy in one step: leader, memberships, role, and an account with a link by message', async () => {
  await using app = await startApp()
  const { team, leader, deputy, user, etag } = await aLedTeam(app)
  const session = await app.request
    .post('/api/sessions')
    .send({ login: user.login, password: goodPassword, kind: 'bearer' })
  const reply = await handOver(app, { userId: user.id, token: session.body.token }, team.id, deputy.id, etag)
  expect([reply.status, reply.body.leaderPersonId]).toEqual([200, deputy.id])
  const [row] = await app.db.read.select().from(teams).where(eq(teams.id, team.id))
  expect(row?.leaderPersonId).toBe(deputy.id)
  const of = async (personId: string) => {
    const [found] = await app.db.read.select().from(memberships).where(eq(memberships.personId, personId))
    return found?.role
  }
  expect([await of(leader.id), await of(deputy.id)]).toEqual(['deputy', 'leader'])
  const holders = await app.db.read
    .select({ personId: users.personId })
    .from(roleGrants)
    .innerJoin(users, eq(users.id, roleGrants.userId))
    .where(and(eq(roleGrants.teamId, team.id), isNull(roleGrants.revokedAt)))
  expect(holders).toEqual([{ personId: deputy.id }])
  const me = await app.request.get('/api/me').auth(session.body.token, { type: 'bearer' })
  expect(me.body.permissions).toEqual([])
  for (let at = 0; at < 3; at++) await app.settled()
  expect(JSON.stringify(app.outbox())).toMatch(/\/activate\/[0-9A-Z]{20}/)
  const [entry] = await app.db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'team.handed-over'))
  expect(entry).toMatchObject({ subject: `team:${team.id}`, actorId: user.id })
  expect(JSON.parse(entry?.details ?? '')).toEqual({ from: leader.id, to: deputy.id })
})

test('of two who hand it over at once, one does', async () => {
  await using app = await startApp()
  const { team, deputy, etag } = await aLedTeam(app)
  const replies = await Promise.all(
    [1, 2, 3].map(() => handOver(app, 'city_office', team.id, deputy.id, etag)),
  )
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412, 412])
  const live = await app.db.read
    .select()
    .from(roleGrants)
    .where(and(eq(roleGrants.teamId, team.id), isNull(roleGrants.revokedAt)))
  expect(live).toHaveLength(1)
})

test('only to a deputy, only of a team within reach, only by whoever saw it as it is', async () => {
  await using app = await startApp()
  const { team, member, deputy, leader, etag } = await aLedTeam(app)
  const refused = await handOver(app, 'city_office', team.id, member.id, etag)
  expect([refused.status, refused.body.code]).toEqual([409, 'leadership.not-a-deputy'])
  const stranger = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  expect((await handOver(app, stranger, team.id, deputy.id, etag)).status).toBe(404)
  expect((await handOver(app, 'city_office', team.id, deputy.id, '"v99"')).status).toBe(412)
  expect((await handOver(app, 'viewer', team.id, deputy.id, etag)).status).toBe(403)
  const locked = await aUser(app.db, { personId: deputy.id })
  await app.db.transaction((tx) =>
    tx.update(users).set({ disabledAt: app.clock.now() }).where(eq(users.id, locked.id)),
  )
  expect((await handOver(app, 'city_office', team.id, deputy.id, etag)).body.code).toBe('user.disabled')
  const same = await handOver(app, 'city_office', team.id, leader.id, etag)
  expect([same.status, same.headers.etag]).toEqual([200, etag])
})
