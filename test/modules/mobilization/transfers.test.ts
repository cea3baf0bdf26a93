import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => app[Symbol.asyncDispose]())
beforeEach(async () => {
  await app.settled()
  app.clock.set(instantFrom('2026-02-20T01:00:00Z'))
})

const office = () => app.as('city_office')
const told = (phone: string) =>
  app
    .outbox()
    .filter((line) => line.to === phone)
    .map(({ kind, text }): [string, string] => [kind, text.replace(/^【集结】/, '').replace(/ http.*$/, '')])

/** An event with two places at the same time, and a team of two on the first. */
async function aBoard({ size = 2, max = 4, districts = ['210502', '210502'] } = {}) {
  const { id: organiserUnitId } = await aUnit(app.db, { districtCode: '210500' })
  const { id: eventId } = await anEvent(app, { organiserUnitId })
  const shiftIds: string[] = []
  for (const [at, name] of ['永丰社区', '解放北路'].entries()) {
    const { id: zoneId } = await aPlace(app.db, { name, districtCode: districts[at] })
    shiftIds.push((await aShift(app, { eventId, zoneId, max, target: max, min: 1, minorsAllowed: true })).id)
  }
  const [here, there] = shiftIds as [string, string]
  const team = await aTeam(app.db)
  const people: { id: string; phone: string }[] = []
  for (let at = 0; at < size; at++) {
    const phone = aPhone()
    const { id } = await aPerson(app, { teamId: team.id, phone, name: `王芳${at}` })
    await anAssignment(app, { shiftId: here, personId: id })
    people.push({ id, phone })
  }
  const base = `/api/events/${eventId}/transfers`
  const preview = (...moves: object[]) => office().post(`${base}/preview`).send({ moves })
  const move = (token: string) => office().post(base).send({ token })
  const whole = { teamId: team.id, fromShiftId: here, toShiftId: there }
  return { eventId, here, there, teamId: team.id, people, preview, move, whole, base }
}

const taken = async (...shiftIds: string[]) =>
  Promise.all(shiftIds.map(async (id) => (await office().get(`/api/shifts/${id}`)).body.taken))
// biome-ignore lint/suspicious/noExplicitAny: a view of the API
const live = async (shiftId: string): Promise<any[]> =>
  (await office().get(`/api/shifts/${shiftId}/assignments`)).body.items

test('the board shows every shift and the teams on it in one read, and answers 304 while nothing changed', async () => {
  const { eventId, here, there, teamId } = await aBoard()
  await office().put(`/api/shifts/${there}/allotments/${teamId}`).send({ heads: 2 }).expect(200)
  const { body, headers } = await office().get(`/api/events/${eventId}/board`).expect(200)
  const at = (id: string) => body.shifts.ids.indexOf(id)
  expect([body.shifts.taken[at(here)], body.shifts.taken[at(there)]]).toEqual([2, 2])
  expect(body.zones.names.toSorted()).toEqual(['永丰社区', '解放北路'].toSorted())
  expect(body.times.starts).toHaveLength(1)
  expect(body.partial).toBe(false)
  const parties = body.parties.shifts.map((shift: number, n: number) => [
    body.shifts.ids[shift],
    body.teams.ids[body.parties.teams[n]],
    ...[body.parties.named[n], body.parties.heads[n]],
  ])
  expect(parties.toSorted((a: string[]) => (a[0] === here ? -1 : 1))).toEqual([
    [here, teamId, 2, 0],
    [there, teamId, 0, 2],
  ])
  const again = { 'if-none-match': headers.etag as string }
  await office().get(`/api/events/${eventId}/board`).set(again).expect(304)
  await office().delete(`/api/shifts/${there}/allotments/${teamId}`).expect(204)
  await office().get(`/api/events/${eventId}/board`).set(again).expect(200)
})

test('a team moves whole before publication, nobody is told, and undo brings back heads and people', async () => {
  const { here, there, teamId, preview, move, whole } = await aBoard()
  await office().put(`/api/shifts/${here}/allotments/${teamId}`).send({ heads: 4 }).expect(200)
  const { body: seen } = await preview(whole).expect(200)
  expect(seen).toMatchObject({
    ...{ people: 2, heads: 2, told: 0, messages: 0, tellsAfterMin: null, refused: [] },
    moves: [{ people: 2, heads: 2, refused: [] }],
  })
  expect(await taken(here, there)).toEqual([4, 0])
  const { body: done, headers } = await move(seen.token).expect(201)
  expect(done).toMatchObject({ people: 2, heads: 2, tellsAt: null, undoable: true })
  expect((await move(seen.token).expect(201)).body.id).toBe(done.id)
  expect(await taken(here, there)).toEqual([0, 4])
  expect((await live(there)).map(({ origin }) => origin)).toEqual(['leader', 'leader'])
  const undo = () => office().delete(headers.location as string)
  expect((await undo().expect(200)).body).toMatchObject({ stayed: [], undoable: false })
  await undo().expect(200)
  expect(await taken(here, there)).toEqual([4, 0])
  const { body: held } = await office().get(`/api/events/${done.eventId}/allotments`)
  expect(held.items).toMatchObject([{ shift: { id: here }, heads: 4, named: 2 }])
})

test('after publication those moved are told once, five minutes later, before and after, and asked again', async () => {
  const { eventId, here, there, people, preview, move, whole } = await aBoard({ size: 1 })
  await publish(app, eventId)
  const wang = people[0]!
  const [{ id: first }] = (await live(here)) as [{ id: string }]
  const { body: seen } = await preview(whole).expect(200)
  expect(seen).toMatchObject({ told: 1, messages: 1, unreachable: 0, tellsAfterMin: 5 })
  const { body: done } = await move(seen.token).expect(201)
  expect(await taken(here, there)).toEqual([0, 1])
  await app.advance({ minutes: 4 })
  expect(told(wang.phone).map(([kind]) => kind)).toEqual(['invitation'])
  await app.advance({ minutes: 1, seconds: 5 })
  expect(told(wang.phone).slice(1)).toEqual([['change', expect.stringContaining('改在解放北路')]])
  const refused = await office().delete(`/api/transfers/${done.id}`).expect(409)
  expect(refused.body.code).toBe('transfer.told')
  expect((await live(there)).some(({ id }) => id === first)).toBe(false)
})

test('an undo before anybody was told restores place, answer and pin; whoever answered meanwhile stays', async () => {
  const { eventId, here, there, people, teamId, preview, move } = await aBoard({ size: 2 })
  await publish(app, eventId)
  const [, second] = people as [{ id: string }, { id: string; phone: string }]
  const before = await live(here)
  const { body: listed } = await office().get(`/api/events/${eventId}/participations`)
  const participationOf = (personId: string) =>
    // biome-ignore lint/suspicious/noExplicitAny: a view of the API
    listed.items.find((each: any) => each.person.id === personId).id
  const accept = (personId: string) =>
    office()
      .put(`/api/participations/${participationOf(personId)}/answer`)
      .send({ answer: 'accepted' })
      .expect(200)
  await accept(people[0]!.id)
  const { body: seen } = await preview({ teamId, fromShiftId: here, toShiftId: there }).expect(200)
  expect(seen.accepted).toBe(1)
  const { body: done } = await move(seen.token).expect(201)
  await accept(second.id)
  const { body: undone } = await office().delete(`/api/transfers/${done.id}`).expect(200)
  expect(undone.stayed).toEqual([{ because: 'answered', people: 1 }])
  expect((await live(here)).map(({ id, answer }) => [id, answer])).toEqual([
    [before.find(({ person }) => person.id === people[0]!.id)?.id, 'accepted'],
  ])
  expect(await taken(here, there)).toEqual([1, 1])
  await app.advance({ minutes: 6 })
  expect(told(people[0]!.phone).map(([kind]) => kind)).toEqual(['invitation'])
})

test('two full shifts swap their teams in one act', async () => {
  const { here, there, whole, preview, move } = await aBoard({ size: 2, max: 2 })
  const other = await aTeam(app.db)
  for (let at = 0; at < 2; at++) {
    const { id } = await aPerson(app, { teamId: other.id })
    await anAssignment(app, { shiftId: there, personId: id })
  }
  expect((await preview(whole).expect(200)).body).toMatchObject({
    people: 0,
    moves: [{ refused: [{ because: 'full', people: 2 }] }],
  })
  const back = { teamId: other.id, fromShiftId: there, toShiftId: here }
  const { body: seen } = await preview(whole, back).expect(200)
  expect(seen.moves.map(({ people }: { people: number }) => people)).toEqual([2, 2])
  await move(seen.token).expect(201)
  expect((await live(here)).map(({ team }) => team.id)).toEqual([other.id, other.id])
  expect(await taken(here, there)).toEqual([2, 2])
})

test('whoever cannot go stays with the reason, and an act in which nobody can go is refused', async () => {
  const { eventId, there, people, preview, move, whole } = await aBoard({ size: 2 })
  const { id: zoneId } = await aPlace(app.db)
  const third = await aShift(app, { eventId, zoneId, startsAt: onTheDay('08:00'), endsAt: onTheDay('09:00') })
  const { body: nobody } = await preview({ ...whole, toShiftId: third.id, assignmentIds: [third.id] }).expect(
    200,
  )
  expect(nobody.people).toBe(0)
  expect((await move(nobody.token).expect(409)).body.code).toBe('transfer.nothing')
  await office().put(`/api/shifts/${there}/cancellation`).send({ reason: '施工' }).expect(200)
  const { body: seen } = await preview(whole).expect(200)
  expect(seen).toMatchObject({ people: 0, moves: [{ refused: [{ because: 'closed', people: 2 }] }] })
  expect(seen.refused.map(({ person }: { person: { id: string } }) => person.id).toSorted()).toEqual(
    people.map(({ id }) => id).toSorted(),
  )
})

test('where a team cannot go is said before anybody tries, by the rules of the act', async () => {
  const { eventId, here, there, teamId, people } = await aBoard({ size: 1 })
  const { id: zoneId } = await aPlace(app.db)
  const full = await aShift(app, { eventId, zoneId, max: 1, target: 1 })
  const stranger = await aPerson(app)
  await anAssignment(app, { shiftId: full.id, personId: stranger.id })
  const skilled = await aShift(app, {
    eventId,
    zoneId,
    max: 1,
    target: 1,
    skills: [{ skill: '急救', min: 1 }],
  })
  const late = await aShift(app, { eventId, zoneId, startsAt: onTheDay('18:00'), endsAt: onTheDay('19:00') })
  await anAssignment(app, { shiftId: late.id, personId: people[0]!.id })
  const evening = await aShift(app, {
    eventId,
    zoneId,
    startsAt: onTheDay('18:30'),
    endsAt: onTheDay('20:00'),
  })
  const { body } = await office()
    .get(`/api/events/${eventId}/eligibility`)
    .query({ teamId, fromShiftId: here })
    .expect(200)
  expect(body).toMatchObject({ people: 1, heads: 0 })
  const found = new Map(
    body.reasons.flatMap(({ because, shiftIds }: { because: string; shiftIds: string[] }) =>
      shiftIds.map((id) => [id, because]),
    ),
  )
  expect([there, full.id, skilled.id, evening.id].map((id) => found.get(id))).toEqual([
    undefined,
    'full',
    'unskilled',
    'overlaps',
  ])
})

test('members without a place are given one, and undo leaves nothing of it', async () => {
  const { eventId, there, teamId, preview, move } = await aBoard({ size: 1 })
  for (let at = 0; at < 3; at++) await aPerson(app, { teamId })
  await publish(app, eventId)
  const { body: listed } = await office().get(`/api/events/${eventId}/free-teams`).expect(200)
  expect(listed.items).toEqual([])
  const { body: unit } = await office().get(`/api/teams/${teamId}`)
  await office()
    .put(`/api/events/${eventId}/quotas`)
    .send({ quotas: [{ unitId: unit.unit.id, asked: 5 }] })
    .expect(200)
  const { body: free } = await office().get(`/api/events/${eventId}/free-teams`).expect(200)
  expect(free.items).toMatchObject([{ id: teamId, people: 3, heads: 0 }])
  const { body: seen } = await preview({
    teamId,
    fromShiftId: null,
    toShiftId: there,
    people: 2,
    heads: 1,
  }).expect(200)
  expect(seen).toMatchObject({ people: 2, heads: 1 })
  const { body: done } = await move(seen.token).expect(201)
  expect(await taken(there)).toEqual([3])
  await office().delete(`/api/transfers/${done.id}`).expect(200)
  expect([await taken(there), await live(there)]).toEqual([[0], []])
})

test('minors keep their teacher: the one who is needed stays, and a whole class goes', async () => {
  const { eventId, here, there, preview } = await aBoard({ size: 0, max: 20 })
  const { classId, teachers, pupils } = await aSchool(app, { pupils: 3, teachers: 1 })
  for (const { id } of [...teachers, ...pupils]) await anAssignment(app, { shiftId: here, personId: id })
  const rows = await live(here)
  const teacher = rows.find(({ person }) => person.id === teachers[0]?.id)
  const move = { teamId: classId, fromShiftId: here, toShiftId: there }
  expect((await preview({ ...move, assignmentIds: [teacher.id] }).expect(200)).body.moves[0].refused).toEqual(
    [{ because: 'escort_needed', people: 1 }],
  )
  const pupil = rows.find(({ person }) => person.id === pupils[0]?.id)
  expect((await preview({ ...move, assignmentIds: [pupil.id] }).expect(200)).body.moves[0].refused).toEqual([
    { because: 'ratio', people: 1 },
  ])
  expect((await preview(move).expect(200)).body).toMatchObject({ people: 4, refused: [] })
  expect(eventId).toBeTruthy()
})

test('two clerks on the same cell: the second is told what differs, and nothing is done', async () => {
  const { here, there, whole, preview, move, people } = await aBoard({ size: 2, max: 3 })
  const [one, two] = await Promise.all([preview(whole), preview(whole)])
  const replies = await Promise.all([move(one.body.token), move(two.body.token)])
  expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 412])
  const late = replies.find(({ status }) => status === 412)
  expect(late?.body.code).toBe('preview.outdated')
  const ids = late?.body.details.differing.map(({ id }: { id: string }) => id)
  expect(ids).toEqual(expect.arrayContaining([here, there]))
  expect([await taken(here, there), people.length]).toEqual([[0, 2], 2])
})

test('what was moved is read like the board: own teams and own zones, and of one act nothing else', async () => {
  const { eventId, here, there, teamId, preview, move, whole } = await aBoard({
    districts: ['210502', '210503'],
  })
  const another = await aTeam(app.db)
  const { id } = await aPerson(app, { teamId: another.id })
  await anAssignment(app, { shiftId: here, personId: id })
  const second = { teamId: another.id, fromShiftId: here, toShiftId: there }
  const { body: seen } = await preview(whole, second).expect(200)
  const { body: done } = await move(seen.token).expect(201)
  expect([done.people, done.moves.length]).toEqual([3, 2])
  const readBy = async (...grant: Parameters<TestApp['signIn']>) => {
    const who = app.as(await app.signIn(...grant))
    const { body } = await who.get(`/api/events/${eventId}/transfers`).expect(200)
    const one = await who.get(`/api/transfers/${done.id}`)
    expect(one.status === 200 ? [one.body] : []).toEqual(body.items)
    return body.items.flatMap(({ people, moves }: typeof done) => [
      people,
      moves.map(({ team }: { team: { id: string } }) => team.id).sort(),
    ])
  }
  expect(await readBy({ role: 'team_leader', teamId })).toEqual([2, [teamId]])
  expect(await readBy({ role: 'team_leader', teamId: another.id })).toEqual([1, [another.id]])
  expect(await readBy({ role: 'district_office', districtCode: '210503' })).toEqual([
    3,
    [teamId, another.id].sort(),
  ])
  expect(await readBy({ role: 'district_office', districtCode: '210504' })).toEqual([])
  expect(await readBy({ role: 'team_leader', teamId: (await aTeam(app.db)).id })).toEqual([])
})

test('a district moves within its own zones, a leader their own team, and nobody else', async () => {
  const { eventId, whole, base, teamId } = await aBoard({ districts: ['210502', '210503'] })
  const district = app.as(await app.signIn({ role: 'district_office', districtCode: '210503' }))
  const refused = await district.post(`${base}/preview`).send({ moves: [whole] })
  expect([refused.status, refused.body.code]).toEqual([403, 'access.out_of_reach'])
  const leader = app.as(await app.signIn({ role: 'team_leader', teamId }))
  await leader
    .post(`${base}/preview`)
    .send({ moves: [whole] })
    .expect(200)
  const stranger = app.as(await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id }))
  await stranger
    .post(`${base}/preview`)
    .send({ moves: [whole] })
    .expect(403)
  await stranger.get(`/api/events/${eventId}/eligibility`).query({ teamId }).expect(404)
})
