import { expect, test } from 'vitest'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

type Asking = ReturnType<TestApp['as']>

/** The steps as `step: state because count`. */
async function stepsOf(asking: Asking, eventId: string): Promise<Record<string, string>> {
  const { body } = await asking.get(`/api/events/${eventId}/steps`).expect(200)
  return Object.fromEntries(
    body.steps.map(({ step, state, because, count }: Record<string, unknown>) => [
      step,
      [state, because, count].filter((part) => part !== null).join(' '),
    ]),
  )
}

test('an event goes from step to step, and each reader is told what needs them', async () => {
  await using app = await startApp()
  const office = app.as('city_office')
  const [asked, other] = [await aUnit(app.db), await aUnit(app.db)]
  const liaison = app.as(await app.signIn({ role: 'unit_administrator', unitId: asked.id }))
  const { id: eventId } = await anEvent(app)
  expect(await stepsOf(office, eventId)).toEqual({
    about: 'under_way draft',
    shifts: 'not_begun',
    quotas: 'not_begun',
    plan: 'not_begun',
    board: 'not_begun',
    people: 'not_begun',
    messages: 'not_begun',
    day: 'not_begun',
    report: 'not_begun',
  })

  const { id: shiftId } = await aShift(app, { eventId, min: 2, target: 3, max: 4, inChargePersonId: null })
  const quotas = [asked, other].map(({ id }) => ({ unitId: id, asked: 5 }))
  await office.put(`/api/events/${eventId}/quotas`).send({ quotas }).expect(200)
  expect(await stepsOf(office, eventId)).toMatchObject({
    shifts: 'needs_you publication_problems 1',
    quotas: 'under_way units_unanswered 2',
  })
  // A liaison is told of the own unit alone, and of no proposal that is not theirs to accept.
  expect(await stepsOf(liaison, eventId)).toMatchObject({
    shifts: 'under_way publication_problems 1',
    quotas: 'needs_you units_unanswered 1',
    report: 'not_begun',
  })
  expect(Object.keys(await stepsOf(app.as('viewer'), eventId))).toEqual(['about', 'shifts', 'report'])

  const team = await aTeam(app.db, { unitId: asked.id })
  const head = await aPerson(app)
  await office.patch(`/api/shifts/${shiftId}`).set('if-match', '"v1"').send({ inChargePersonId: head.id })
  const person = await aPerson(app, { teamId: team.id, phone: aPhone() })
  await anAssignment(app, { shiftId, personId: person.id })
  const mine = (await office.get(`/api/events/${eventId}/quotas?unitId=${asked.id}`)).body.items[0]
  await liaison.put(`/api/quotas/${mine.id}/pledge`).send({ pledged: 4 }).expect(200)
  expect(await stepsOf(office, eventId)).toMatchObject({
    about: 'needs_you ready_to_publish',
    shifts: 'done shifts 1',
    quotas: 'under_way units_unanswered 1',
    board: 'needs_you below_min 1',
    people: 'not_begun',
  })
  expect((await stepsOf(liaison, eventId)).quotas).toBe('done')

  await publish(app, eventId)
  expect(await stepsOf(office, eventId)).toMatchObject({
    about: 'done',
    people: 'under_way people_unanswered 1',
    // The reminder of the day.
    messages: 'under_way messages_waiting 1',
  })
  await office.put(`/api/events/${eventId}/message-hold`).expect(200)
  expect((await stepsOf(office, eventId)).messages).toBe('needs_you messages_held')
  await office.delete(`/api/events/${eventId}/message-hold`).expect(200)
  expect((await stepsOf(office, eventId)).messages).toBe('under_way messages_waiting 1')

  await app.advance({ days: 13 })
  const over = await stepsOf(office, eventId)
  expect([over.board, over.day, over.report]).toEqual(['done', 'done', 'needs_you not_frozen'])
  await office.post(`/api/events/${eventId}/report-snapshots`).send({}).expect(201)
  expect((await stepsOf(office, eventId)).report).toBe('done')
})

test('a cancelled event needs nobody, and one that is not there is missing', async () => {
  await using app = await startApp({ worker: false })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const { id: zoneId } = await aPlace(app.db)
  await aShift(app, { eventId, zoneId, startsAt: onTheDay('13:30'), inChargePersonId: null })
  await office.put(`/api/events/${eventId}/cancellation`).send({ reason: '因雨取消' }).expect(200)
  const states = Object.values(await stepsOf(office, eventId)).map((text) => text.split(' ')[0])
  expect(states.filter((state) => state === 'needs_you' || state === 'under_way')).toEqual([])
  const absent = await office.get('/api/events/019a0000-0000-7000-8000-000000000000/steps')
  expect([absent.status, absent.body.code]).toEqual([404, 'event.missing'])
})
