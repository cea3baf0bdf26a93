/** What was sent to a number opens nothing once the number is not that person's any more. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aShift, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, type PersonWanted } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app[Symbol.asyncDispose]())

const office = () => app.as('city_office')
const settle = async () => {
  for (let at = 0; at < 3; at++) await app.settled()
}
const textsTo = (phone: string) => app.outbox().filter(({ to }) => to === phone)
const linksTo = (phone: string) =>
  textsTo(phone).flatMap(({ text }) => [...text.matchAll(/\/c\/([0-9A-Z]{12})/g)].map(([, token]) => token))
const opens = async (token: string | undefined) => (await app.request.get(`/api/c/${token}`)).status

/** Somebody with a place on an event that is published, or waits to be. */
async function aPlaced(person: PersonWanted) {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, minorsAllowed: true })
  const { id } = await aPerson(app, person)
  await anAssignment(app, { shiftId: shift.id, personId: id })
  return { eventId, id }
}

async function addNumber(id: string, phone: string, more: object = { relation: 'own' }) {
  const asked = office().post(`/api/persons/${id}/contacts`)
  const { body } = await asked.send({ kind: 'phone', value: phone, ...more }).expect(201)
  return body.contacts as { id: string }[]
}
const takeOff = (id: string, contactId: string) =>
  office().delete(`/api/persons/${id}/contacts/${contactId}`).expect(204)

test('a link ends with the number it went to, and the person is asked again at the number they have', async () => {
  const [old, now] = [aPhone(), aPhone()]
  const { eventId, id } = await aPlaced({ phone: old })
  await publish(app, eventId)
  await settle()
  const [first] = linksTo(old)
  expect(await opens(first)).toBe(200)
  const [wrong] = await addNumber(id, now)
  expect(await opens(first)).toBe(200)
  await takeOff(id, wrong!.id)
  await settle()
  const [second] = linksTo(now)
  expect([await opens(first), await opens(second)]).toEqual([404, 200])
  expect(second).not.toBe(first)
})

test('a number to which no link went takes none with it', async () => {
  const [own, other] = [aPhone(), aPhone()]
  const { eventId, id } = await aPlaced({ phone: own })
  const numbers = await addNumber(id, other, { relation: 'spouse' })
  await publish(app, eventId)
  await settle()
  const [link] = linksTo(own)
  await takeOff(id, numbers[1]!.id)
  await settle()
  expect([await opens(link), linksTo(own).length, textsTo(other)]).toEqual([200, 1, []])
})

test('what waits for a number that is taken off goes to the one the person has', async () => {
  const [old, now] = [aPhone(), aPhone()]
  const { eventId, id } = await aPlaced({ phone: old })
  await office().put(`/api/events/${eventId}/message-hold`).expect(200)
  await publish(app, eventId)
  await settle()
  const [wrong] = await addNumber(id, now)
  await takeOff(id, wrong!.id)
  await office().delete(`/api/events/${eventId}/message-hold`).expect(200)
  await app.advance({ minutes: 1 })
  await settle()
  expect([textsTo(old), linksTo(now).length]).toEqual([[], 1])
  const { items } = (await office().get('/api/messages').query({ eventId, kind: 'invitation' })).body
  expect(items.map(({ state, reason }: Record<string, string>) => `${state} ${reason}`).sort()).toEqual([
    'cancelled office_passed_on',
    'sent null',
  ])
})

test('a guardian whose number was wrong consents no more, and nothing is taken for the word of the other one', async () => {
  const [wrong, right] = [aPhone(), aPhone()]
  const { classId, teachers } = await aSchool(app, { pupils: 0 })
  const contacts = [
    { kind: 'phone' as const, value: wrong, relation: 'guardian' as const, ownerName: '张建国' },
  ]
  const memberships = [{ teamId: classId, role: 'pupil' as const }]
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, minorsAllowed: true })
  await anAssignment(app, { shiftId: shift.id, personId: teachers[0]!.id })
  const { id } = await aPerson(app, { birthDate: '2015-05-01', contacts, memberships })
  await anAssignment(app, { shiftId: shift.id, personId: id })
  await publish(app, eventId)
  await settle()
  const [first] = linksTo(wrong)
  const [gone] = await addNumber(id, right, { relation: 'guardian', ownerName: '李华' })
  await takeOff(id, gone!.id)
  await settle()
  const answer = { answer: 'accepted', as: 'guardian' }
  expect((await app.request.put(`/api/c/${first}/answer`).send(answer)).status).toBe(404)
  const said = async () => (await office().get(`/api/persons/${id}/guardian-consents`)).body.items
  expect(await said()).toEqual([])
  const [second] = linksTo(right)
  await app.request.put(`/api/c/${second}/answer`).send(answer).expect(200)
  expect(await said()).toMatchObject([{ says: 'yes', guardianName: '李*', via: 'link' }])
})

test('a merge that is undone leaves the other’s number no link of the one who stays', async () => {
  const phone = aPhone()
  const { eventId, id: keptId } = await aPlaced({ name: '王志强' })
  const { id: mergedId } = await aPerson(app, { name: '王志强', phone })
  const merge = await office().post('/api/person-merges').send({ keptId, mergedId }).expect(201)
  await publish(app, eventId)
  await settle()
  const [link] = linksTo(phone)
  expect(await opens(link)).toBe(200)
  await office().delete(`/api/person-merges/${merge.body.id}`).expect(200)
  await settle()
  expect(await opens(link)).toBe(404)
})
