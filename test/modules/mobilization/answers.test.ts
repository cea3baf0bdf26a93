import { expect, test } from 'vitest'
import { answerInvitation, participationByLink, revokeLink } from '#modules/mobilization/index.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'

/** A published event with one shift and somebody on it who has a phone. */
async function invited(app: TestApp, { max = 5 } = {}) {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, max })
  const phone = aPhone()
  const { id: teamId } = await aTeam(app.db)
  const { id: personId } = await aPerson(app, { name: '张小三', phone, teamId })
  const assignment = await anAssignment(app, { shiftId: shift.id, personId })
  await publish(app, eventId)
  const { body } = await app.as('city_office').get(`/api/events/${eventId}/participations`)
  return { eventId, shift, phone, teamId, personId, assignment, participationId: body.items[0].id as string }
}

const messagesOf = (app: TestApp, kind: string) => app.outbox().filter((line) => line.kind === kind)
const tokensIn = (text: string) =>
  [...text.matchAll(/\/c\/([0-9A-Z]{12})/g)].map((found) => found[1] as string)

async function answer(
  app: TestApp,
  participationId: string,
  given: 'accepted' | 'declined',
  assignmentId?: string,
) {
  const at = app.clock.now()
  return app.db.transaction((tx) =>
    answerInvitation(tx, app.context.keys, { participationId, assignmentId, answer: given, via: 'link', at }),
  )
}

test('declining frees the place at once, and accepting later takes one again if there is one', async () => {
  await using app = await startApp()
  const { shift, participationId } = await invited(app, { max: 1 })
  const office = app.as('city_office')
  const { id: other } = await aPerson(app)
  const url = `/api/shifts/${shift.id}/assignments/${other}`

  expect(await answer(app, participationId, 'accepted')).toEqual({ answer: 'accepted' })
  expect((await office.put(url).send({})).body.code).toBe('shift.full')
  expect(await answer(app, participationId, 'declined')).toEqual({ answer: 'declined' })
  expect(await answer(app, participationId, 'declined')).toEqual({ answer: 'declined' })
  await office.put(url).send({}).expect(200)
  await expect(answer(app, participationId, 'accepted')).rejects.toMatchObject({ code: 'shift.full' })
  await office.delete(url).expect(204)
  expect(await answer(app, participationId, 'accepted')).toEqual({ answer: 'accepted' })
  expect((await office.get(`/api/shifts/${shift.id}`)).body.taken).toBe(1)
})

test('the place that was declined goes to exactly one of those who want it back at once', async () => {
  await using app = await startApp()
  const { shift, participationId } = await invited(app, { max: 1 })
  await answer(app, participationId, 'declined')
  const { id: other } = await aPerson(app)
  const [mine, theirs] = await Promise.allSettled([
    answer(app, participationId, 'accepted'),
    app.as('city_office').put(`/api/shifts/${shift.id}/assignments/${other}`).send({}),
  ])
  const accepted = mine.status === 'fulfilled'
  const placed = theirs.status === 'fulfilled' && theirs.value.status === 200
  expect([accepted, placed].filter(Boolean)).toHaveLength(1)
})

test('one of several shifts is declined alone; the participation stays accepted', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const { id: personId } = await aPerson(app)
  const places = []
  for (const [startsAt, endsAt] of [
    ['08:00', '10:00'],
    ['10:00', '12:00'],
  ] as const) {
    const shift = await aShift(app, { eventId, startsAt: onTheDay(startsAt), endsAt: onTheDay(endsAt) })
    places.push(await anAssignment(app, { shiftId: shift.id, personId }))
  }
  const { body } = await app.as('city_office').get(`/api/events/${eventId}/participations`)
  const participationId = body.items[0].id
  expect(await answer(app, participationId, 'declined', places[0]!.id)).toEqual({ answer: null })
  expect(await answer(app, participationId, 'accepted')).toEqual({ answer: 'accepted' })
  const read = await app.as('city_office').get(`/api/participations/${participationId}`)
  expect(read.body.assignments.map((each: { answer: string }) => each.answer)).toEqual([
    'declined',
    'accepted',
  ])
})

test('a leader records a spoken answer for somebody of their own team, marked with who did it', async () => {
  await using app = await startApp()
  const { participationId, teamId } = await invited(app)
  const stranger = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  const url = `/api/participations/${participationId}/answer`
  await app.as(stranger).put(url).send({ answer: 'declined' }).expect(404)
  const leader = await app.signIn({ role: 'team_leader', teamId })
  const { body } = await app.as(leader).put(url).send({ answer: 'accepted' }).expect(200)
  expect(body).toMatchObject({ answer: 'accepted', answeredVia: 'leader', answeredByUserId: leader.userId })
})

test('nobody answers for a shift that is over', async () => {
  await using app = await startApp()
  const { participationId } = await invited(app)
  await app.advance({ days: 13 })
  await expect(answer(app, participationId, 'accepted')).rejects.toMatchObject({ code: 'shift.closed' })
})

test('somebody who was excused gives the place up and may be named again', async () => {
  await using app = await startApp()
  const { assignment, shift, personId, teamId } = await invited(app, { max: 1 })
  const leader = app.as(await app.signIn({ role: 'team_leader', teamId }))
  const excused = await leader.put(`/api/assignments/${assignment.id}/excusal`).expect(200)
  expect(excused.body.excusedAt).not.toBeNull()
  await leader.put(`/api/assignments/${assignment.id}/excusal`).expect(200)
  expect((await leader.get(`/api/shifts/${shift.id}`)).body.taken).toBe(0)
  const again = await leader.put(`/api/shifts/${shift.id}/assignments/${personId}`).send({}).expect(200)
  expect(again.body).toMatchObject({ id: assignment.id, excusedAt: null })
})

test('a publication writes one invitation for each number, with a link for each of its people', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, minorsAllowed: true })
  const school = await aSchool(app, { pupils: 0 })
  const phone = aPhone()
  const guardian = [{ kind: 'phone' as const, value: phone, relation: 'guardian' as const }]
  const twins = []
  for (const name of ['王小一', '王小二']) {
    const memberships = [{ teamId: school.classId, role: 'pupil' as const }]
    twins.push(await aPerson(app, { name, birthDate: '2015-01-01', contacts: guardian, memberships }))
  }
  for (const { id } of [...school.teachers, ...twins])
    await anAssignment(app, { shiftId: shift.id, personId: id })
  await anAssignment(app, { shiftId: shift.id, personId: (await aPerson(app)).id })
  await publish(app, eventId)

  const sent = [...messagesOf(app, 'invitation'), ...messagesOf(app, 'guardian_invitation')]
  expect(sent).toHaveLength(2)
  const family = sent.find(({ to }) => to.includes(phone))
  expect(family.text).toContain('王*一')
  expect(family.text).toContain('王*二')
  expect(family.text).not.toContain('王小一')
  const tokens = tokensIn(family.text)
  expect(tokens).toHaveLength(2)
  const linked = await Promise.all(
    tokens.map((token) => participationByLink(app.db.read, app.context.keys, token)),
  )
  expect(linked.map((each) => each?.person.name).sort()).toEqual(['王小一', '王小二'])
  expect(linked[0]?.assignments[0]?.shift).toMatchObject({
    id: shift.id,
    contact: { id: shift.inCharge?.id },
  })

  await app.as('city_office').put(`/api/events/${eventId}/publication`).expect(200)
  const { id: late } = await aPerson(app, { phone: aPhone() })
  await anAssignment(app, { shiftId: shift.id, personId: late })
  await app.settled()
  expect(messagesOf(app, 'invitation')).toHaveLength(2)
})

test('people are reminded before the shift, in the hours of its place, and only who still has a place', async () => {
  await using app = await startApp({ at: '2026-03-03T12:00:00+08:00' })
  const { participationId, shift } = await invited(app)
  const { id: other } = await aPerson(app, { phone: aPhone() })
  await anAssignment(app, { shiftId: shift.id, personId: other })
  await app.settled()
  await answer(app, participationId, 'declined')
  await app.advance({ hours: 22, minutes: 25 })
  expect(messagesOf(app, 'reminder')).toHaveLength(0)
  await app.advance({ minutes: 10 })
  expect(messagesOf(app, 'reminder')).toHaveLength(1)
})

test('a reminder of an early shift comes the evening before, and one of a shift that moved comes anew', async () => {
  await using app = await startApp({ at: '2026-03-03T12:00:00+08:00' })
  const { id: eventId } = await anEvent(app, {
    startsAt: onTheDay('00:00'),
    endsAt: onTheDay('23:00', '2026-03-06'),
  })
  const shift = await aShift(app, { eventId, startsAt: onTheDay('08:30'), endsAt: onTheDay('10:30') })
  await anAssignment(app, { shiftId: shift.id, phone: aPhone() })
  await publish(app, eventId)
  const later = { startsAt: onTheDay('09:00', '2026-03-06'), endsAt: onTheDay('11:00', '2026-03-06') }
  await app.as('city_office').patch(`/api/shifts/${shift.id}`).set('if-match', '"v1"').send(later).expect(200)
  await app.settled()
  await app.advance({ hours: 10 })
  expect(messagesOf(app, 'reminder')).toHaveLength(0)
  await app.advance({ hours: 45, minutes: 50 })
  expect(messagesOf(app, 'reminder')).toHaveLength(0)
  await app.advance({ minutes: 10 })
  const [reminder] = messagesOf(app, 'reminder')
  expect(reminder?.text).toContain('3月6日09:00')
})

test('"不是本人" kills the link at once, marks the number and tells the leader; a new link goes to the right number', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId })
  const leaderPhone = aPhone()
  const { id: teamId } = await aTeam(app.db)
  await aPerson(app, { phone: leaderPhone, memberships: [{ teamId, role: 'leader' }] })
  const { id: personId } = await aPerson(app, { name: '赵小明', phone: aPhone(), teamId })
  await anAssignment(app, { shiftId: shift.id, personId })
  await publish(app, eventId)
  const { keys } = app.context
  const [token] = tokensIn(messagesOf(app, 'invitation')[0].text)
  const linked = await participationByLink(app.db.read, keys, token as string)
  expect(linked).toMatchObject({ generation: 1, revokedAt: null, person: { name: '赵小明' } })

  const { participationId } = linked!
  const revocation = { participationId, because: 'not_me' as const, at: app.clock.now() }
  await app.db.transaction((tx) => revokeLink(tx, revocation))
  await app.db.transaction((tx) => revokeLink(tx, revocation))
  await app.settled()
  const dead = await participationByLink(app.db.read, keys, token as string)
  expect(dead?.revokedAt?.toMillis()).toBe(revocation.at.toMillis())
  const told = messagesOf(app, 'wrong_number')
  expect(told.map(({ to, text }) => [to.includes(leaderPhone), text.includes('赵*明')])).toEqual([
    [true, true],
  ])
  const { body: person } = await app.as('city_office').get(`/api/persons/${personId}`)
  expect(person.contacts.map((each: { invalidAt: string | null }) => each.invalidAt !== null)).toEqual([true])

  const right = aPhone()
  const office = app.as('city_office')
  await office.post(`/api/persons/${personId}/contacts`).send({ kind: 'phone', value: right }).expect(201)
  const renewed = await office
    .post(`/api/participations/${participationId}/links`)
    .send({ because: 'renewed' })
    .expect(201)
  expect(renewed.body.link).toEqual({ generation: 2, revokedAt: null, revokedBecause: null })
  await app.settled()
  const again = messagesOf(app, 'invitation').at(-1)
  expect(again.to).toContain(right)
  const [fresh] = tokensIn(again.text)
  expect(fresh).not.toBe(token)
  expect(await participationByLink(app.db.read, keys, fresh as string)).toMatchObject({
    participationId,
    generation: 2,
  })
  expect(await participationByLink(app.db.read, keys, token as string)).toBeUndefined()
})

test('cancelling an event takes back what was not sent and frees everybody', async () => {
  await using app = await startApp()
  const { eventId, personId, participationId, shift } = await invited(app)
  const office = app.as('city_office')
  await office.put(`/api/events/${eventId}/cancellation`).send({ reason: '暴雨' }).expect(200)
  await app.settled()
  const read = await office.get(`/api/participations/${participationId}`)
  expect(read.body.assignments).toMatchObject([{ cancelReason: 'event_cancelled' }])
  const elsewhere = await aShift(app, { startsAt: shift.startsAt, endsAt: shift.endsAt })
  await anAssignment(app, { shiftId: elsewhere.id, personId })
  await app.advance({ days: 12, hours: 3 })
  expect(messagesOf(app, 'reminder')).toEqual([])
})
