import { expect, test } from 'vitest'
import type { TestApp } from '#test/support/app.ts'
import { anEvent, aShift } from '#test/support/factories/events.ts'
import { anAssignment, aSchool, crowd } from '#test/support/factories/mobilization.ts'
import { aPerson, aTeam } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

const takenOf = async (app: TestApp, shiftId: string) =>
  (await app.as('city_office').get(`/api/shifts/${shiftId}`)).body.taken

function allot(app: TestApp, shiftId: string, teamId: string, body: object, version?: number) {
  const request = app.as('city_office').put(`/api/shifts/${shiftId}/allotments/${teamId}`)
  return (version ? request.set('if-match', `"v${version}"`) : request).send(body)
}

test('heads of a team hold places, and people named into them take no further ones', async () => {
  const shift = await aShift(app, { max: 4 })
  const { teamId, people } = await crowd(app, 4)
  const made = await allot(app, shift.id, teamId, { heads: 3 }).expect(200)
  expect(made.body).toMatchObject({ heads: 3, named: 0, origin: 'leader', team: { id: teamId } })
  expect(await takenOf(app, shift.id)).toBe(3)

  for (const { id } of people.slice(0, 3)) await anAssignment(app, { shiftId: shift.id, personId: id })
  expect(await takenOf(app, shift.id)).toBe(3)
  await anAssignment(app, { shiftId: shift.id, personId: people[3]!.id })
  expect(await takenOf(app, shift.id)).toBe(4)
  const { id: stranger } = await aPerson(app)
  const url = `/api/shifts/${shift.id}/assignments/${stranger}`
  expect((await app.as('city_office').put(url).send({})).body.code).toBe('shift.full')

  const below = await allot(app, shift.id, teamId, { heads: 2 }, 1).expect(409)
  expect(below.body).toMatchObject({ code: 'allotment.below_named', details: { people: 3, minors: 0 } })
  await allot(app, shift.id, teamId, { heads: 3 }).expect(428)
  await allot(app, shift.id, teamId, { heads: 3 }, 7).expect(412)
  await app.as('city_office').delete(`/api/shifts/${shift.id}/assignments/${people[0]!.id}`).expect(204)
  expect(await takenOf(app, shift.id)).toBe(4)
  await app.as('city_office').delete(`/api/shifts/${shift.id}/allotments/${teamId}`).expect(204)
  expect(await takenOf(app, shift.id)).toBe(3)
})

test('people who have a place already fill heads of an allotment that comes after them', async () => {
  const shift = await aShift(app, { max: 5 })
  const { teamId, people } = await crowd(app, 2)
  for (const { id } of people) await anAssignment(app, { shiftId: shift.id, personId: id })
  const { body } = await allot(app, shift.id, teamId, { heads: 5 }).expect(200)
  expect(body).toMatchObject({ heads: 5, named: 2 })
  expect(await takenOf(app, shift.id)).toBe(5)
})

test('heads never exceed the places, even when two teams ask at once', async () => {
  const shift = await aShift(app, { max: 10 })
  const teams = [await aTeam(app.db), await aTeam(app.db), await aTeam(app.db)]
  const replies = await Promise.all(teams.map(({ id }) => allot(app, shift.id, id, { heads: 6 })))
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  expect(await takenOf(app, shift.id)).toBe(6)
  await aShift(app, { eventId: shift.eventId })
  const { body } = await app.as('city_office').get(`/api/events/${shift.eventId}/allotments`)
  expect(body.items).toHaveLength(1)
})

test('a class of heads brings a teacher for every ten pupils, to where minors may go', async () => {
  const { id: eventId } = await anEvent(app)
  const park = await aShift(app, { eventId, max: 50, minorsAllowed: true })
  const road = await aShift(app, { eventId, max: 50 })
  const { classId, teachers, pupils } = await aSchool(app)
  const codeOf = async (shiftId: string, heads: number, minors: number) =>
    (await allot(app, shiftId, classId, { heads, minors })).body.code
  expect(await codeOf(park.id, 5, 6)).toBe('allotment.minors')
  expect(await codeOf(park.id, 22, 21)).toBe('shift.ratio')
  expect(await codeOf(road.id, 22, 20)).toBe('shift.minor')
  expect(await codeOf(park.id, 3, 1)).toBeUndefined()
  await anAssignment(app, { shiftId: park.id, personId: pupils[0]!.id })
  const second = await app
    .as('city_office')
    .put(`/api/shifts/${park.id}/assignments/${pupils[1]!.id}`)
    .send({})
  expect(second.body.code).toBe('shift.ratio')
  await anAssignment(app, { shiftId: park.id, personId: teachers[0]!.id })
})

test('a leader allots their own team, not another', async () => {
  const shift = await aShift(app)
  const [mine, theirs] = [await aTeam(app.db), await aTeam(app.db)]
  const leader = app.as(await app.signIn({ role: 'team_leader', teamId: mine.id }))
  await leader.put(`/api/shifts/${shift.id}/allotments/${mine.id}`).send({ heads: 2 }).expect(200)
  await leader.put(`/api/shifts/${shift.id}/allotments/${theirs.id}`).send({ heads: 2 }).expect(403)
  await allot(app, shift.id, theirs.id, { heads: 1 }).expect(200)
  const { body } = await leader.get(`/api/events/${shift.eventId}/allotments`)
  expect(body.items.map(({ team }: { team: { id: string } }) => team.id)).toEqual([mine.id])
})
