import { expect, test } from 'vitest'
import { poolOf } from '#modules/mobilization/index.ts'
import { startApp } from '#test/support/app.ts'
import { anEvent, aShift, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool, crowd } from '#test/support/factories/mobilization.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

test('a leader signs up people of their own team, once; who withdraws gives up every place', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId })
  const { teamId, people } = await crowd(app, 2)
  const leader = app.as(await app.signIn({ role: 'team_leader', teamId }))
  const personIds = people.map(({ id }) => id)
  const offer = (body: object) => leader.post(`/api/events/${eventId}/sign-ups`).send(body)
  expect((await offer({ teamId, personIds }).expect(200)).body).toEqual({
    signedUp: 2,
    already: 0,
    refused: [],
  })
  expect((await offer({ teamId, personIds }).expect(200)).body).toEqual({
    signedUp: 0,
    already: 2,
    refused: [],
  })
  const { id: stranger } = await aPerson(app)
  const refused = await offer({ teamId, personIds: [stranger] }).expect(404)
  expect(refused.body.code).toBe('person.missing')
  await offer({ teamId: (await aTeam(app.db)).id, personIds }).expect(404)

  await anAssignment(app, { shiftId: shift.id, personId: personIds[0]! })
  await publish(app, eventId)
  const { body } = await leader.get(`/api/events/${eventId}/sign-ups`)
  const mine = body.items.find(({ person }: { person: { id: string } }) => person.id === personIds[0])
  await leader.delete(`/api/sign-ups/${mine.id}`).expect(204)
  await leader.delete(`/api/sign-ups/${mine.id}`).expect(204)
  expect((await leader.get(`/api/shifts/${shift.id}`)).body.taken).toBe(0)
  const { body: past } = await leader.get(`/api/shifts/${shift.id}/assignments?cancelled=true`)
  expect(past.items).toMatchObject([{ cancelReason: 'withdrawn' }])
  expect((await leader.get(`/api/events/${eventId}/sign-ups`)).body.items).toHaveLength(1)
  expect((await offer({ teamId, personIds }).expect(200)).body).toMatchObject({ signedUp: 1, already: 1 })
})

test('a closed team offers nobody', async () => {
  await using app = await startApp({ worker: false })
  const { id: eventId } = await anEvent(app)
  const { id: teamId } = await aTeam(app.db)
  const { id } = await aPerson(app, { teamId })
  const office = app.as('city_office')
  await office.put(`/api/teams/${teamId}/closure`).set('if-match', '"v1"').expect(200)
  const { status, body } = await office
    .post(`/api/events/${eventId}/sign-ups`)
    .send({ teamId, personIds: [id] })
  expect([status, body.code]).toEqual([409, 'team.closed'])
})

test('a minor nobody consented for and no school accompanies is not signed up', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const { id: teamId } = await aTeam(app.db)
  const child = await aPerson(app, { birthDate: '2010-01-01', teamId })
  const adult = await aPerson(app, { teamId })
  const reply = await app
    .as('city_office')
    .post(`/api/events/${eventId}/sign-ups`)
    .send({ teamId, personIds: [child.id, adult.id] })
    .expect(200)
  const refused = [{ personId: child.id, because: 'not_consented' }]
  expect(reply.body).toEqual({ signedUp: 1, already: 0, refused })
})

test('leaders see the participations of their own teams, districts those in their zones, others with masked names', async () => {
  await using app = await startApp()
  const shift = await aShift(app)
  const [mine, theirs] = [await crowd(app, 1), await crowd(app, 2)]
  for (const { id } of [...mine.people, ...theirs.people])
    await anAssignment(app, { shiftId: shift.id, personId: id })
  const url = `/api/events/${shift.eventId}/participations`
  const seenBy = async (who: Parameters<typeof app.as>[0], query = '') => {
    const { body } = await app.as(who).get(`${url}${query}`).expect(200)
    return body.items.map(({ person }: { person: { id: string } }) => person.id)
  }
  const leader = await app.signIn({ role: 'team_leader', teamId: mine.teamId })
  expect(await seenBy(leader)).toEqual([mine.people[0]!.id])
  expect(await seenBy(await app.signIn({ role: 'district_office', districtCode: '210502' }))).toHaveLength(3)
  const elsewhere = await app.signIn({ role: 'counsellor', districtCode: '210504' })
  expect(await seenBy(elsewhere)).toEqual([])
  const counsellor = await app.signIn({ role: 'counsellor', districtCode: '210502' })
  const { body } = await app.as(counsellor).get(url)
  expect(body.items[0].person.name).toMatch(/\*/)

  const office = 'city_office' as const
  expect(await seenBy(office, `?teamId=${theirs.teamId}`)).toHaveLength(2)
  expect(await seenBy(office, `?shiftId=${shift.id}&limit=200`)).toHaveLength(3)
  expect(await seenBy(office, `?zoneId=${shift.zone.id}`)).toHaveLength(3)
  expect(await seenBy(office, '?districtCode=210503')).toHaveLength(0)
  expect(await seenBy(office, '?answer=unanswered')).toHaveLength(3)
  expect(await seenBy(office, '?answer=declined')).toHaveLength(0)
  const page = await app.as(office).get(`${url}?limit=2`)
  expect(await seenBy(office, `?limit=2&cursor=${page.body.nextCursor}`)).toHaveLength(1)
  const { body: first } = await app.as(office).get(url)
  const strange = first.items.find((each: { team: { id: string } }) => each.team.id === theirs.teamId)
  await app.as(leader).get(`/api/participations/${strange.id}`).expect(404)
})

test('an event counts on the people of units that did not refuse, and on whoever was signed up by name', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const [willing, refusing, choosing, unasked] = [
    await aUnit(app.db),
    await aUnit(app.db),
    await aUnit(app.db),
    await aUnit(app.db),
  ]
  const of = async (unitId: string, size: number) => crowd(app, size, (await aTeam(app.db, { unitId })).id)
  const all = await of(willing.id, 2)
  await of(refusing.id, 2)
  const chosen = await of(choosing.id, 3)
  const offered = await of(unasked.id, 2)
  const school = await aSchool(app)
  const office = app.as('city_office')
  const quotas = [willing.id, refusing.id, choosing.id, school.unitId].map((unitId) => ({ unitId, asked: 5 }))
  await office.put(`/api/events/${eventId}/quotas`).send({ quotas }).expect(200)
  const { body } = await office.get(`/api/events/${eventId}/quotas`)
  const refused = body.items.find((quota: { unit: { id: string } }) => quota.unit.id === refusing.id)
  await office.put(`/api/quotas/${refused.id}/pledge`).send({ pledged: 0 }).expect(200)
  for (const { teamId, people } of [chosen, offered]) {
    await office
      .post(`/api/events/${eventId}/sign-ups`)
      .send({ teamId, personIds: [people[0]!.id] })
      .expect(200)
  }

  const pool = await poolOf(app.db.read, app.context.keys, eventId)
  const adults = pool.people.filter(({ teamId }) => teamId !== school.classId).map(({ personId }) => personId)
  const expected = [...all.people, chosen.people[0]!, offered.people[0]!].map(({ id }) => id)
  expect(adults.sort()).toEqual(expected.sort())
  const ofSchool = pool.people.filter(({ teamId }) => teamId === school.classId)
  expect(ofSchool.map(({ role, minor, escort, consented }) => [role, minor, escort, consented])).toEqual([
    ['teacher', false, true, true],
    ['pupil', true, false, true],
    ['pupil', true, false, true],
  ])
  expect(pool.teams.find(({ id }) => id === school.classId)).toMatchObject({
    school: true,
    unitId: school.unitId,
  })
})
