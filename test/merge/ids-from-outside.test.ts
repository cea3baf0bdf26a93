import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { memberships, teams, units } from '#modules/organisation/schema.ts'
import type { TestApp } from '#test/support/app.ts'
import { aPerson, aPhone, aTeam, aUnit, nobody } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

/** One human in a team of a unit, known by two ids before: `first` became `second`, which became `now`. */
async function mergedTwice(app: TestApp, role: 'member' | 'deputy' = 'member') {
  const { id: teamId, unitId } = await aTeam(app.db)
  const member = () => aPerson(app, { memberships: [{ teamId, role }], phone: aPhone() })
  const [first, second, now] = [await member(), await member(), await member()]
  const city = app.as('city_office')
  const merge = (keptId: string, mergedId: string) =>
    city.post('/api/person-merges').send({ keptId, mergedId }).expect(201)
  await merge(second.id, first.id)
  await merge(now.id, second.id)
  return { city, teamId, unitId: unitId as string, merged: first.id, now: now.id }
}

const quiet = { worker: false }
const app = sharedApp(quiet)

async function etagOf(app: TestApp, url: string): Promise<string> {
  return (await app.as('city_office').get(url).expect(200)).headers.etag as string
}

test('the leader of a team that is made or changed is whoever the id stands for now', async () => {
  const { city, teamId, unitId, merged, now } = await mergedTwice(app)
  const made = await city
    .post('/api/teams')
    .send({ name: '新队', unitId, leaderPersonId: merged })
    .expect(201)
  expect(made.body.leader.id).toBe(now)
  const url = `/api/teams/${teamId}`
  const changed = await city
    .patch(url)
    .set('if-match', await etagOf(app, url))
    .send({ leaderPersonId: merged })
  expect([changed.status, changed.body.leader.id]).toEqual([200, now])
})

test('so are the liaison and the leader of a unit', async () => {
  const { city, unitId, merged, now } = await mergedTwice(app)
  const people = { liaisonPersonId: merged, leaderPersonId: merged }
  const made = await city
    .post('/api/units')
    .send({ name: '新单位', kind: 'government', ...people })
    .expect(201)
  const url = `/api/units/${unitId}`
  await city
    .patch(url)
    .set('if-match', await etagOf(app, url))
    .send(people)
    .expect(200)
  for (const id of [made.body.id, unitId]) {
    const [unit] = await app.db.read.select().from(units).where(eq(units.id, id))
    expect([unit?.liaisonPersonId, unit?.leaderPersonId]).toEqual([now, now])
  }
})

test('whoever joins or leaves a team is whoever the id stands for now', async () => {
  const { city, merged, now } = await mergedTwice(app)
  const { id: other } = await aTeam(app.db)
  const url = `/api/teams/${other}/members/${merged}`
  await city.put(url).send({ role: 'deputy' }).expect(204)
  const rows = () => app.db.read.select().from(memberships).where(eq(memberships.teamId, other))
  expect((await rows()).map(({ personId, role, leftAt }) => [personId, role, leftAt])).toEqual([
    [now, 'deputy', null],
  ])
  await city.delete(url).expect(204)
  expect((await rows()).map(({ leftAt }) => leftAt !== null)).toEqual([true])
})

test('an account is that of whoever the id stands for now, and a person has one', async () => {
  const { city, teamId, merged, now } = await mergedTwice(app)
  const grants = [{ role: 'team_leader', teamId }]
  const user = (login: string, personId: string) =>
    city.post('/api/users').send({ login, name: '王伟', personId, grants })
  expect((await user('wangwei', merged).expect(201)).body.personId).toBe(now)
  const second = await user('wangwei2', now)
  expect([second.status, second.body.code]).toEqual([409, 'person.has_account'])
})

test('a leader whom a team still names by an id of before is invited as who they are now', async () => {
  const { city, teamId, unitId, merged, now } = await mergedTwice(app)
  await app.db.transaction((tx) =>
    tx.update(teams).set({ leaderPersonId: merged }).where(eq(teams.id, teamId)),
  )
  const { body } = await city
    .post('/api/accounts/bulk-invitations')
    .send({ unitId, liaisons: false })
    .expect(200)
  expect(body.invited.map(({ personId }: { personId: string }) => personId)).toEqual([now])
  expect((await app.db.read.select().from(users)).map(({ personId }) => personId)).toContain(now)
})

test('a team is handed to the deputy an id stands for now', async () => {
  const { city, teamId, merged, now } = await mergedTwice(app, 'deputy')
  const handed = await city
    .put(`/api/teams/${teamId}/leadership`)
    .set('if-match', await etagOf(app, `/api/teams/${teamId}`))
    .send({ personId: merged })
  expect([handed.status, handed.body.leaderPersonId]).toEqual([200, now])
})

test('an id of nobody is still refused', async () => {
  const { id: unitId } = await aUnit(app.db)
  const refused = await app
    .as('city_office')
    .post('/api/teams')
    .send({ name: '新队', unitId, leaderPersonId: nobody() })
  expect([refused.status, refused.body.code]).toEqual([404, 'person.missing'])
})
