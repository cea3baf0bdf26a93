import { expect, test } from 'vitest'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aShift, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone } from '#test/support/factories/organisation.ts'

/** A shift with a class's teacher on it, in a draft unless published, and the office's way to place its pupils. */
async function aClassOnAShift(app: TestApp, pupils = 2) {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, minorsAllowed: true })
  const school = await aSchool(app, { pupils })
  await anAssignment(app, { shiftId: shift.id, personId: school.teachers[0]!.id })
  return { eventId, shiftId: shift.id, ...school }
}

const office = (app: TestApp) => app.as('city_office')

const say = (app: TestApp, personId: string, said: object) =>
  office(app)
    .post(`/api/persons/${personId}/guardian-consents`)
    .send({ guardianName: '张建国', via: 'paper', scope: '学雷锋活动', ...said })
    .expect(201)

const place = async (app: TestApp, shiftId: string, personId: string) => {
  const { status, body } = await office(app).put(`/api/shifts/${shiftId}/assignments/${personId}`).send({})
  return status === 200 ? 'placed' : body.code
}

const placesOf = async (app: TestApp, eventId: string) => {
  const { body } = await office(app).get(`/api/events/${eventId}/participations`)
  // biome-ignore lint/suspicious/noExplicitAny: a view of the API
  return body.items.map(({ person, answer }: any) => ({ name: person.name, answer }))
}

test('a guardian’s no takes the pupil off the place, and no other guardian or list lifts it', async () => {
  await using app = await startApp()
  const { eventId, shiftId, pupils } = await aClassOnAShift(app)
  const [child, other] = pupils as [{ id: string }, { id: string }]
  expect(await place(app, shiftId, child.id)).toBe('placed')
  expect(await place(app, shiftId, other.id)).toBe('placed')

  await say(app, child.id, { says: 'no' })
  await app.settled()
  expect((await office(app).get(`/api/shifts/${shiftId}`)).body.taken).toBe(2)
  expect(await place(app, shiftId, child.id)).toBe('shift.not_consented')
  await say(app, child.id, { says: 'yes', guardianName: '李梅' })
  expect(await place(app, shiftId, child.id)).toBe('shift.not_consented')
  await publish(app, eventId)
  expect(await placesOf(app, eventId)).toHaveLength(2)

  await say(app, child.id, { says: 'yes' })
  expect(await place(app, shiftId, child.id)).toBe('placed')
})

test('a no after the publication is told as declined, and frees the place at once, once', async () => {
  await using app = await startApp()
  const { eventId, shiftId, pupils } = await aClassOnAShift(app, 1)
  await anAssignment(app, { shiftId, personId: pupils[0]!.id })
  await publish(app, eventId)
  await say(app, pupils[0]!.id, { says: 'no', via: 'spoken', eventId })
  await app.settled()
  expect((await placesOf(app, eventId)).map(({ answer }: { answer: string }) => answer).sort()).toEqual([
    'declined',
    'unanswered',
  ])
  const taken = async () => (await office(app).get(`/api/shifts/${shiftId}`)).body.taken
  expect(await taken()).toBe(1)
  expect(await place(app, shiftId, pupils[0]!.id)).toBe('assignment.declined')
  // The other guardian says so, too: the place is free already, and that of the teacher is not.
  await say(app, pupils[0]!.id, { says: 'no', guardianName: '李梅', eventId })
  await app.settled()
  expect(await taken()).toBe(1)
})

test('a statement about one event says nothing of another, and one for the year ends with it', async () => {
  await using app = await startApp()
  const one = await aClassOnAShift(app, 1)
  const [child] = one.pupils as [{ id: string }]
  await say(app, child.id, { says: 'no', eventId: (await anEvent(app)).id })
  expect(await place(app, one.shiftId, child.id)).toBe('placed')
  const { body } = await say(app, child.id, { says: 'yes' })
  expect(body).toMatchObject({ says: 'yes', eventId: null, validUntil: '2026-08-31', via: 'paper' })
  await say(app, child.id, { says: 'no', validUntil: '2026-02-28', givenAt: '2026-02-01T00:00:00Z' })
  await app.settled()
  expect(await place(app, one.shiftId, child.id)).toBe('placed')
})

test('a refusal is not withdrawn but replaced, and a consent that was withdrawn is a no', async () => {
  await using app = await startApp()
  const { shiftId, pupils } = await aClassOnAShift(app, 1)
  const [child] = pupils as [{ id: string }]
  const url = `/api/persons/${child.id}/guardian-consents`
  const no = await say(app, child.id, { says: 'no' })
  const refused = await office(app).put(`${url}/${no.body.id}/withdrawal`)
  expect([refused.status, refused.body.code]).toEqual([409, 'consent.refusal_stands'])
  const yes = await say(app, child.id, { says: 'yes' })
  expect(await place(app, shiftId, child.id)).toBe('placed')
  await office(app).put(`${url}/${yes.body.id}/withdrawal`).expect(200)
  await app.settled()
  expect(await place(app, shiftId, child.id)).toBe('shift.not_consented')
  expect((await office(app).get(url)).body.items.map(({ says }: { says: string }) => says)).toEqual([
    'no',
    'yes',
  ])
})

test('what is entered for a guardian is told to the guardian, with the link once the event is published', async () => {
  await using app = await startApp()
  const { eventId, shiftId, classId } = await aClassOnAShift(app, 0)
  const phone = aPhone()
  const contacts = [{ kind: 'phone' as const, value: phone, relation: 'guardian' as const }]
  const { id } = await aPerson(app, {
    name: '张小语',
    birthDate: '2015-05-01',
    contacts,
    memberships: [{ teamId: classId, role: 'pupil' }],
  })
  const told = async () => {
    await app.settled()
    return app
      .outbox()
      .filter(({ to, kind }) => to === phone && kind === 'guardian_consent_entered')
      .map(({ text }) => text.replace(/^【集结】/, '').replace(/\/c\/.*$/, '/c/…'))
  }
  await say(app, id, { says: 'yes', eventId })
  await anAssignment(app, { shiftId, personId: id })
  expect(await told()).toEqual(['张*语家长：学校已登记您同意孩子参加3月4日活动，如有误请联系学校'])
  await publish(app, eventId)
  await say(app, id, { says: 'no', via: 'spoken', eventId })
  expect((await told()).at(-1)).toBe(
    '张*语家长：学校已登记您不同意孩子参加3月4日活动，如有误请点 http://localhost:3000/c/…',
  )
})
