/** A number that people of several units share: nobody reads, stops or silences what is told to the others. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reachedByContact } from '#modules/mobilization/index.ts'
import { participations } from '#modules/mobilization/schema.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aShift, publish } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ unused: true })
})
afterAll(() => app[Symbol.asyncDispose]())

interface Sharer {
  person: string
  liaison: SignedIn
}

/** Somebody of a unit of their own, with that unit's liaison. */
async function aSharer(phone: string): Promise<Sharer> {
  const { id: unitId } = await aUnit(app.db)
  const { id: teamId } = await aTeam(app.db, { unitId })
  const { id: person } = await aPerson(app, { teamId, phone })
  return { person, liaison: await app.signIn({ role: 'unit_administrator', unitId }) }
}

/** Publishes an event on which these people stand; answers its invitations. */
async function inviting(...people: string[]) {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, max: 5 })
  for (const personId of people) await anAssignment(app, { shiftId: shift.id, personId })
  await publish(app, eventId)
  for (let at = 0; at < 3; at++) await app.settled()
  const { body } = await app.as('city_office').get('/api/messages').query({ eventId, kind: 'invitation' })
  return body.items as { id: string; subjects: string[]; state: string; contactId: string; reason: string }[]
}

const seen = async (by: SignedIn) =>
  (await app.as(by).get('/api/messages').query({ kind: 'invitation' })).body.items
const linksTo = (phone: string) =>
  app
    .outbox()
    .filter(({ to, kind }) => to === phone && kind === 'invitation')
    .flatMap(({ text }) => (text.match(/\/c\/[0-9A-Z]{12}/g) ?? []) as string[])

test('adding a stranger’s number to a person shows no messages to the stranger', async () => {
  const phone = aPhone()
  const [stranger, own] = [await aSharer(phone), await aSharer(phone)]
  const [message] = await inviting(stranger.person)
  expect(await seen(own.liaison)).toEqual([])
  for (const path of [`/api/messages/${message?.id}`, `/api/messages/${message?.id}/receipts`]) {
    const { status, body } = await app.as(own.liaison).get(path)
    expect([status, body.code]).toEqual([404, 'message.missing'])
  }
  const stopped = await app.as(own.liaison).put(`/api/messages/${message?.id}/opt-out`)
  expect([stopped.status, stopped.body.code]).toEqual([404, 'message.missing'])
  expect((await seen(stranger.liaison)).map(({ id }: { id: string }) => id)).toEqual([message?.id])
})

test('of a message to several people each unit sees the lines about its own', async () => {
  const phone = aPhone()
  const [one, other] = [await aSharer(phone), await aSharer(phone)]
  const [message] = await inviting(one.person, other.person)
  expect(message?.subjects).toHaveLength(2)
  const [ofOne] = await seen(one.liaison)
  const [ofOther] = await seen(other.liaison)
  expect([...ofOne.subjects, ...ofOther.subjects].sort()).toEqual(message?.subjects)
  const asked = { subject: ofOther.subjects[0] }
  expect((await app.as(one.liaison).get('/api/messages').query(asked)).body.items).toEqual([])
})

test('a mark by an actor who does not reach all people of a number counts for the people within reach alone', async () => {
  const phone = aPhone()
  const [one, other] = [await aSharer(phone), await aSharer(phone)]
  const contact = async (of: Sharer) =>
    (await app.as(of.liaison).get(`/api/persons/${of.person}`)).body.contacts[0]
  const before = await contact(other)
  await app
    .as(one.liaison)
    .patch(`/api/contacts/${before.id}`)
    .send({ invalid: true, optedOut: true })
    .expect(204)
  expect(await contact(one)).toMatchObject({ invalidAt: expect.any(String), optedOutAt: expect.any(String) })
  expect(await contact(other)).toEqual(before)
  const [message] = await inviting(one.person, other.person)
  expect([message?.subjects.length, linksTo(phone).length]).toEqual([1, 1])

  await app
    .as(one.liaison)
    .patch(`/api/contacts/${before.id}`)
    .send({ invalid: false, optedOut: false })
    .expect(204)
  expect(await contact(one)).toMatchObject({ invalidAt: null, optedOutAt: null })
  await app.as('city_office').patch(`/api/contacts/${before.id}`).send({ invalid: true }).expect(204)
  expect(await contact(other)).toMatchObject({ invalidAt: expect.any(String) })
})

test('a refusal is kept when the number is taken away and given back', async () => {
  const phone = aPhone()
  const [one] = [await aSharer(phone), await aSharer(phone)]
  const path = `/api/persons/${one.person}`
  const { body } = await app.as(one.liaison).get(path)
  const { id } = body.contacts[0]
  await app.as(one.liaison).patch(`/api/contacts/${id}`).send({ optedOut: true }).expect(204)
  await app.as(one.liaison).delete(`${path}/contacts/${id}`).expect(204)
  const added = await app.as(one.liaison).post(`${path}/contacts`).send({ kind: 'phone', value: phone })
  expect(added.body.contacts[0]).toMatchObject({ id, optedOutAt: expect.any(String) })
})

test('“不是本人” ends one link, and marks the number for that person alone', async () => {
  const phone = aPhone()
  const [one, other] = [await aSharer(phone), await aSharer(phone)]
  const told = await inviting(one.person, other.person)
  expect(told).toHaveLength(1)
  const [first = '', second = ''] = linksTo(phone)
  await app.request.delete(`/api${first}`).expect(204)
  expect((await app.request.get(`/api${second}`)).status).toBe(200)
  const marked = []
  for (const { person, liaison } of [one, other]) {
    const { body } = await app.as(liaison).get(`/api/persons/${person}`)
    marked.push(body.contacts[0].invalidAt !== null)
  }
  expect(marked.sort()).toEqual([false, true])
})

test('an actor who reaches some subjects of a queued message cancels and resends those alone', async () => {
  const phone = aPhone()
  const [one, other] = [await aSharer(phone), await aSharer(phone)]
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  await office.put(`/api/events/${eventId}/message-hold`).expect(200)
  const shift = await aShift(app, { eventId, max: 5 })
  for (const { person } of [one, other]) await anAssignment(app, { shiftId: shift.id, personId: person })
  await publish(app, eventId)
  await app.settled()
  const [waiting] = await seen(one.liaison)
  const cancelled = await app.as(one.liaison).put(`/api/messages/${waiting.id}/cancellation`).expect(200)
  expect(cancelled.body).toMatchObject({ state: 'cancelled', subjects: waiting.subjects })
  const [left] = await seen(other.liaison)
  expect(left).toMatchObject({ id: waiting.id, state: 'queued' })
})

test('all participations of one number come together, whatever stands between them', async () => {
  const [shared, alone] = [aPhone(), aPhone()]
  const sharers = [await aSharer(shared), await aSharer(alone), await aSharer(shared), await aSharer(shared)]
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, max: 9 })
  for (const { person } of sharers) await anAssignment(app, { shiftId: shift.id, personId: person })
  await anAssignment(app, { shiftId: shift.id })
  const { reached, unreachable } = await reachedByContact(app.db.read, eventId, 2)
  expect([reached.map((ids) => ids.length).sort(), unreachable]).toEqual([[1, 3], 1])
  const of = await app.db.read
    .select({ id: participations.id, personId: participations.personId })
    .from(participations)
    .where(eq(participations.eventId, eventId))
  const people = new Map(of.map(({ id, personId }) => [id, personId]))
  const together = reached.find((ids) => ids.length === 3)?.map((id) => people.get(id))
  expect(together?.sort()).toEqual([0, 2, 3].map((at) => sharers[at]?.person).sort())
})
