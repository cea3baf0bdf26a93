/** What has ended counts for nothing any more, and is not forgotten: rows of people who left, were excused or gave up a place. */
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { applyProposal, poolOf } from '#modules/mobilization/index.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool, crowd } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

const excuse = (assignmentId: string) =>
  app.as('city_office').put(`/api/assignments/${assignmentId}/excusal`).expect(200)
const takenOf = async (shiftId: string) =>
  (await app.as('city_office').get(`/api/shifts/${shiftId}`)).body.taken
const askedFor = async (shiftId: string, personId: string) =>
  (await app.as('city_office').get(`/api/shifts/${shiftId}/eligibility/${personId}`)).body

test('a teacher who was excused or left the class, and a place given up elsewhere, are no company of a class', async () => {
  const { id: eventId } = await anEvent(app, { minorsPerAdult: 2 })
  const here = await aShift(app, { eventId, minorsAllowed: true })
  const there = await aShift(app, { eventId, minorsAllowed: true })
  const { unitId, classId, teachers, pupils } = await aSchool(app, { teachers: 2, pupils: 3 })
  const [own, second] = teachers.map(({ id }) => id) as [string, string]
  const [one, two, three] = pupils.map(({ id }) => id) as [string, string, string]
  const { id: otherClass } = await aTeam(app.db, { unitId, kind: 'class' })
  const { id: colleague } = await aPerson(app, { memberships: [{ teamId: otherClass, role: 'teacher' }] })
  const ratio = { eligible: false, because: 'ratio' }

  await anAssignment(app, { shiftId: there.id, personId: second })
  const elsewhere = await anAssignment(app, { shiftId: there.id, personId: one })
  const escort = await anAssignment(app, { shiftId: here.id, personId: colleague })
  expect(await askedFor(here.id, two)).toEqual(ratio)
  await excuse(elsewhere.id)
  expect(await askedFor(here.id, two)).toEqual({ eligible: true })
  await anAssignment(app, { shiftId: here.id, personId: two })

  expect(await askedFor(here.id, three)).toEqual({ eligible: true })
  await excuse(escort.id)
  expect(await askedFor(here.id, three)).toEqual(ratio)
  await anAssignment(app, { shiftId: here.id, personId: own })
  expect(await askedFor(here.id, three)).toEqual({ eligible: true })
  await app.as('city_office').delete(`/api/teams/${classId}/members/${own}`).expect(204)
  expect(await askedFor(here.id, three)).toEqual(ratio)
})

test('an allotment that is made smaller gives its seats back', async () => {
  const shift = await aShift(app, { max: 4 })
  const { id: teamId } = await aTeam(app.db)
  const allot = (heads: number) =>
    app.as('city_office').put(`/api/shifts/${shift.id}/allotments/${teamId}`).send({ heads })
  await allot(4).expect(200)
  await allot(1).set('If-Match', '"v1"').expect(200)
  expect(await takenOf(shift.id)).toBe(1)
  await anAssignment(app, { shiftId: shift.id })
  expect(await takenOf(shift.id)).toBe(2)
})

test('who is excused a second time is excused once', async () => {
  const shift = await aShift(app, { max: 3 })
  await anAssignment(app, { shiftId: shift.id })
  const { id } = await anAssignment(app, { shiftId: shift.id })
  const first = await excuse(id)
  app.clock.advance({ minutes: 1 })
  expect((await excuse(id)).body).toEqual(first.body)
  expect(await takenOf(shift.id)).toBe(1)
  const of = and(eq(auditEntries.action, 'assignment.excused'), eq(auditEntries.subject, `assignment:${id}`))
  expect(await app.db.read.$count(auditEntries, of)).toBe(1)
})

test('a batch of shifts on which somebody once stood is not taken back, though nobody stands there now', async () => {
  const { id: eventId } = await anEvent(app)
  const office = app.as('city_office')
  const { id: zoneId } = await aPlace(app.db)
  const times = [{ startsAt: onTheDay('08:00'), endsAt: onTheDay('10:00') }]
  const template = { work: '清扫', min: 1, target: 2, max: 3 }
  const spec = { zoneIds: [zoneId], times, template }
  const { body: batch } = await office.post(`/api/events/${eventId}/shift-batches`).send(spec).expect(201)
  const { body: list } = await office.get(`/api/events/${eventId}/shifts`)
  await excuse((await anAssignment(app, { shiftId: list.items[0].id })).id)
  const refused = await office.delete(`/api/shift-batches/${batch.id}`).expect(409)
  expect(refused.body).toMatchObject({ code: 'batch.in_use', details: { people: 0, heads: 0 } })
})

test('somebody who left a team is not seen by its leader any more', async () => {
  const { id: teamId } = await aTeam(app.db)
  const { id } = await aPerson(app, { name: '离队的人', teamId })
  const leader = app.as(await app.signIn({ role: 'team_leader', teamId }))
  const seen = async () => {
    const { body } = await leader.get('/api/persons?limit=200')
    const listed = body.items.some((person: { id: string }) => person.id === id)
    return [listed, (await leader.get(`/api/persons/${id}`)).status]
  }
  expect(await seen()).toEqual([true, 200])
  await app.as('city_office').delete(`/api/teams/${teamId}/members/${id}`).expect(204)
  expect(await seen()).toEqual([false, 404])
})

test('whoever left a team is not placed with it by a proposal, and whoever gave up a place has that time again', async () => {
  const { id: eventId } = await anEvent(app)
  const [shift, other] = [await aShift(app, { eventId }), await aShift(app)]
  const { id: teamId } = await aTeam(app.db)
  const [gone, free] = [await aPerson(app, { teamId }), await aPerson(app, { teamId })]
  await app.as('city_office').delete(`/api/teams/${teamId}/members/${gone.id}`).expect(204)
  const held = await anAssignment(app, { shiftId: other.id, personId: free.id })
  const overlapping = { eligible: false, because: 'overlaps' }
  expect(await askedFor(shift.id, free.id)).toEqual(overlapping)
  await excuse(held.id)
  expect(await askedFor(shift.id, free.id)).toEqual({ eligible: true })
  const assignments = [gone, free].map(({ id }) => ({ personId: id, teamId, shiftId: shift.id }))
  const { keys } = app.context
  const proposal = { eventId, assignments, allotments: [], by: 'system' as const, at: app.clock.now(), keys }
  expect(await applyProposal(app.db, proposal)).toMatchObject({ assigned: 1, gone: [gone.id], refused: [] })
})

test('whose sign-up was withdrawn is not counted on, and the others of the team still are by name', async () => {
  const { id: eventId } = await anEvent(app)
  const { teamId, people } = await crowd(app, 3)
  const [one, two] = people.map(({ id }) => id) as [string, string]
  const leader = app.as(await app.signIn({ role: 'team_leader', teamId }))
  await leader
    .post(`/api/events/${eventId}/sign-ups`)
    .send({ teamId, personIds: [one, two] })
    .expect(200)
  const countedOn = async () =>
    (await poolOf(app.db.read, app.context.keys, eventId)).people.map(({ personId }) => personId).sort()
  expect(await countedOn()).toEqual([one, two].sort())
  const { body } = await leader.get(`/api/events/${eventId}/sign-ups`)
  const signUp = body.items.find(({ person }: { person: { id: string } }) => person.id === one)
  await leader.delete(`/api/sign-ups/${signUp.id}`).expect(204)
  expect(await countedOn()).toEqual([two])
})

test('whoever was excused is not listed as missing', async () => {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, startsAt: onTheDay('13:00'), endsAt: onTheDay('15:00') })
  const [excused, expected] = [
    await anAssignment(app, { shiftId: shift.id }),
    await anAssignment(app, { shiftId: shift.id }),
  ]
  await publish(app, eventId)
  await excuse(excused.id)
  app.clock.set(instantFrom(onTheDay('13:30')))
  const { body } = await app
    .as('city_office')
    .get(`/api/shifts/${shift.id}/attendance?missing=true`)
    .expect(200)
  expect(body.items.map(({ assignmentId }: { assignmentId: string }) => assignmentId)).toEqual([expected.id])
})

test('two of one name who are in one unit no longer are not taken for one', async () => {
  const { id: unitId } = await aUnit(app.db)
  const teams = [await aTeam(app.db, { unitId }), await aTeam(app.db, { unitId })]
  const [one, two] = [
    await aPerson(app, { name: '欧阳重名', teamId: teams[0]?.id }),
    await aPerson(app, { name: '欧阳重名', teamId: teams[1]?.id }),
  ]
  const pairs = async () => {
    const { body } = await app.as('city_office').get('/api/person-duplicates?limit=200').expect(200)
    const ids = body.items.map((pair: { persons: { id: string }[] }) => pair.persons.map(({ id }) => id))
    return ids.filter((pair: string[]) => pair.includes(one.id) || pair.includes(two.id)).length
  }
  const leaves = (at: number, id: string) =>
    app.as('city_office').delete(`/api/teams/${teams[at]?.id}/members/${id}`).expect(204)
  expect(await pairs()).toBe(1)
  await leaves(0, one.id)
  expect(await pairs()).toBe(0)
  await app
    .as('city_office')
    .put(`/api/teams/${teams[0]?.id}/members/${one.id}`)
    .send({ role: 'member' })
    .expect(204)
  expect(await pairs()).toBe(1)
  await leaves(1, two.id)
  expect(await pairs()).toBe(0)
})

test('whoever was excused from a shift is not told that it moved', async () => {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId })
  const [away, there] = [aPhone(), aPhone()]
  const excused = await anAssignment(app, { shiftId: shift.id, phone: away })
  await anAssignment(app, { shiftId: shift.id, phone: there })
  await publish(app, eventId)
  await app.settled()
  await app.advance({ minutes: 5 })
  await excuse(excused.id)
  await app.settled()
  const told = (phone: string) => app.outbox().filter(({ to }) => to === phone).length
  const before = [told(away), told(there)] as const
  const seen = await app.as('city_office').get(`/api/shifts/${shift.id}`)
  await app
    .as('city_office')
    .patch(`/api/shifts/${shift.id}`)
    .set('If-Match', seen.headers.etag as string)
    .send({ startsAt: onTheDay('14:30'), endsAt: onTheDay('18:30') })
    .expect(200)
  // Until the day of the shift: the change, and every reminder of it.
  for (let day = 0; day < 12; day++) await app.advance({ days: 1 })
  expect(told(away)).toBe(before[0])
  expect(told(there)).toBeGreaterThan(before[1])
})
