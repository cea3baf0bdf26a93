import { and, eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { roleGrants, users } from '#modules/accounts/schema.ts'
import { saveTeams } from '#modules/organisation/index.ts'
import { memberships, persons, teams } from '#modules/organisation/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser, bindPhone, goodPassword, told } from '#test/support/factories/accounts.ts'
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
  expect(JSON.stringify(app.outbox())).toMatch(/\/a\/[0-9A-Z]{16}/)
  const [entry] = await app.db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'team.handed_over'))
  expect(entry).toMatchObject({ subject: `team:${team.id}`, actorId: user.id })
  expect(JSON.parse(entry?.details ?? '')).toEqual({ from: leader.id, to: deputy.id })
})

test('a hand-over changes the ETags of the people whose role changes, and no others', async () => {
  await using app = await startApp({ worker: false })
  const { team, leader, deputy, member, etag } = await aLedTeam(app)
  const etags = async () => {
    const city = app.as('city_office')
    const people = [leader, deputy, member].map(({ id }) => city.get(`/api/persons/${id}`).expect(200))
    return (await Promise.all(people)).map(({ headers }) => headers.etag)
  }
  expect(await etags()).toEqual(['"v1"', '"v1"', '"v1"'])
  const reply = await handOver(app, 'city_office', team.id, deputy.id, etag)
  expect([reply.status, reply.body.version, reply.headers.etag]).toEqual([200, 3, '"v3"'])
  expect(await etags()).toEqual(['"v2"', '"v2"', '"v1"'])
})

test('of several concurrent hand-overs one succeeds', async () => {
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

test('a hand-over needs an adult member, a team within reach, and the current ETag', async () => {
  await using app = await startApp()
  const { team, member, deputy, leader, etag } = await aLedTeam(app)
  const outsider = await aPerson(app)
  const refused = await handOver(app, 'city_office', team.id, outsider.id, etag)
  expect([refused.status, refused.body.code]).toEqual([409, 'leadership.not_a_member'])
  const young = await aPerson(app, { teamId: team.id, birthDate: '2010-05-01' })
  const formerPupil = await aPerson(app, {
    birthDate: undefined,
    memberships: [{ teamId: (await aTeam(app.db)).id, role: 'pupil' }, { teamId: team.id }],
  })
  for (const minor of [young, formerPupil]) {
    const reply = await handOver(app, 'city_office', team.id, minor.id, etag)
    expect([reply.status, reply.body.code]).toEqual([409, 'leadership.minor'])
  }
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
  const plain = await handOver(app, 'city_office', team.id, member.id, etag)
  expect([plain.status, plain.body.leaderPersonId]).toEqual([200, member.id])
})

test('the former leader of a team gets a message about the new one, and nothing of whoever leads it after that', async () => {
  await using app = await startApp()
  const { team, deputy, member, user, etag } = await aLedTeam(app)
  const phone = aPhone()
  await bindPhone(app, user.id, phone)
  const first = await handOver(app, 'city_office', team.id, deputy.id, etag).expect(200)
  const [row] = await app.db.read.select().from(teams).where(eq(teams.id, team.id))
  const [{ name } = { name: '' }] = await app.db.read.select().from(persons).where(eq(persons.id, deputy.id))
  const messages = (await told(app)).filter(({ to }) => to === phone)
  expect(messages.map(({ kind }) => kind)).toEqual(['account.handed_over'])
  expect(messages[0]?.text).toContain(`${row?.name}队长已由${name}接任，您的队长权限已停止。`)
  const held = () => app.db.read.select().from(roleGrants).where(eq(roleGrants.userId, user.id))
  const ended = await held()
  await app.advance({ minutes: 5 })
  await handOver(app, 'city_office', team.id, member.id, first.headers.etag as string).expect(200)
  expect(await held()).toEqual(ended)
  expect((await told(app)).filter(({ to }) => to === phone)).toHaveLength(1)
  const about = and(eq(auditEntries.action, 'role.revoked'), eq(auditEntries.subject, `user:${user.id}`))
  expect(await app.db.read.$count(auditEntries, about)).toBe(1)
})

test('an account that lost the role of an office can lead a team, and the user who hands it over does not manage it', async () => {
  await using app = await startApp()
  const { team, deputy, etag } = await aLedTeam(app)
  const user = await aUser(app.db, { personId: deputy.id })
  const office = app.as('city_office')
  const given = await office
    .post(`/api/users/${user.id}/grants`)
    .send({ role: 'district_office', districtCode: '210503' })
    .expect(201)
  await office.delete(`/api/users/${user.id}/grants/${given.body.grants[0].id}`).expect(204)
  const admin = await app.signIn({ role: 'unit_administrator', unitId: team.unitId as string })
  expect((await handOver(app, admin, team.id, deputy.id, etag)).status).toBe(200)
  const link = await app.as(admin).post(`/api/users/${user.id}/activations`).send({ deliver: 'list' })
  expect([link.status, link.body.code]).toEqual([403, 'user.out_of_reach'])
})
