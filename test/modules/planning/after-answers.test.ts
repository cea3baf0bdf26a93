import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shifts } from '#modules/events/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aMobilization } from '#test/support/factories/planning.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** Names people into a shift; what the office names by hand stands. */
async function name(shiftId: string, personIds: readonly string[]) {
  for (const personId of personIds)
    await app.as('city_office').put(`/api/shifts/${shiftId}/assignments/${personId}`).send({}).expect(200)
}

async function decline(eventId: string, personId: string) {
  const office = app.as('city_office')
  const { body } = await office.get(`/api/events/${eventId}/participations?limit=200`)
  const { id } = body.items.find((each: { person: { id: string } }) => each.person.id === personId)
  await office.put(`/api/participations/${id}/answer`).send({ answer: 'declined' }).expect(200)
}

async function aPlan(eventId: string, body: object = {}) {
  const office = app.as('city_office')
  const started = await office.post(`/api/events/${eventId}/plans`).send(body).expect(202)
  await app.settled()
  return (await office.get(`/api/plans/${started.body.id}`)).body
}

async function apply(planId: string) {
  const { body } = await app.as('city_office').put(`/api/plans/${planId}/application`).send({}).expect(200)
  return body.applied
}

async function placed(shiftId: string): Promise<{ id: string; person: { id: string } }[]> {
  return (await app.as('city_office').get(`/api/shifts/${shiftId}/assignments?limit=200`)).body.items
}

async function placesOf(planId: string): Promise<{ personId: string; shiftId: string | null }[]> {
  return (await app.as('city_office').get(`/api/plans/${planId}/assignments?limit=200`)).body.items
}

async function excuse(assignmentId: string) {
  await app.as('city_office').put(`/api/assignments/${assignmentId}/excusal`).send({}).expect(200)
}

test('pupils whose teachers all decline are set aside and named, and everybody else is planned', async () => {
  const { eventId, shiftIds, teams } = await aMobilization(
    app,
    [{ heads: 1, pupils: 3 }, { heads: 4 }],
    [
      { min: 3, target: 5, max: 6, minorsAllowed: true },
      { min: 1, target: 2, max: 3 },
    ],
  )
  const [klass, others] = teams as [(typeof teams)[0], (typeof teams)[0]]
  await name(shiftIds[0]!, klass.personIds)
  await decline(eventId, klass.personIds[0]!)

  const plan = await aPlan(eventId, { policy: 'fill' })
  expect([plan.state, plan.failure]).toEqual(['proposed', null])
  expect(plan.unescorted).toEqual([
    {
      teamId: klass.id,
      shiftId: shiftIds[0],
      minors: 3,
      escorts: 1,
      text: {
        zh: expect.stringMatching(
          /3名学生已安排在“网格0”（03-04 13:30–15:30），但没有带队教师可同去，还需1名/,
        ),
        en: expect.stringMatching(/^3 pupils of .+ have a place at 网格0 .+ no adult of theirs/),
      },
    },
  ])
  // Their three seats are kept for them, and count for the demand no longer.
  const goal = (wanted: string) =>
    plan.quality.goals.find(({ goal }: { goal: string }) => goal === wanted).achieved
  expect([goal('minimum'), goal('target')]).toEqual([0, 1])
  const office = app.as('city_office')
  const { body } = await office.get(`/api/plans/${plan.id}/assignments`)
  expect(body.items.map((row: { personId: string }) => row.personId).toSorted()).toEqual(
    others.personIds.toSorted(),
  )
  const applied = await office.put(`/api/plans/${plan.id}/application`).send({})
  expect(applied.body.applied).toMatchObject({ assigned: 4, refused: [] })
})

test('a person excused from all shifts is not planned, and an old proposal does not place them again', async () => {
  const { eventId, shiftIds } = await aMobilization(
    app,
    [{ heads: 4 }],
    [
      { min: 1, target: 2, max: 2 },
      {
        min: 1,
        target: 2,
        max: 2,
        startsAt: '2026-03-04T16:00:00+08:00',
        endsAt: '2026-03-04T17:00:00+08:00',
      },
    ],
  )
  await apply((await aPlan(eventId, { policy: 'fill' })).id)
  const [here] = await placed(shiftIds[0]!)
  await excuse(here!.id)

  const plan = await aPlan(eventId, { policy: 'fill' })
  const places = await placesOf(plan.id)
  expect(places.map(({ personId }) => personId)).not.toContain(here!.person.id)
  expect(places.filter(({ shiftId }) => shiftId !== null)).toHaveLength(3)
  expect(await apply(plan.id)).toMatchObject({ gone: [], refused: [] })
})

test('a person excused from one shift keeps another one, and gets no new shift at that time', async () => {
  const { eventId, shiftIds, teams } = await aMobilization(
    app,
    [{ heads: 1 }],
    [
      { min: 1, target: 1, max: 2 },
      {
        min: 1,
        target: 1,
        max: 2,
        startsAt: '2026-03-05T13:30:00+08:00',
        endsAt: '2026-03-05T15:30:00+08:00',
      },
      {
        min: 1,
        target: 1,
        max: 2,
        startsAt: '2026-03-04T15:30:00+08:00',
        endsAt: '2026-03-04T17:30:00+08:00',
      },
    ],
    '2026-03-05T18:00:00+08:00',
  )
  const personId = teams[0]!.personIds[0]!
  await apply((await aPlan(eventId, { policy: 'fill' })).id)
  const at = (await placed(shiftIds[0]!)).length > 0 ? 0 : 2
  const [first] = await placed(shiftIds[at]!)
  await excuse(first!.id)

  // Excused from one of the afternoon's two shifts, they are free in the hours of the other one.
  const plan = await aPlan(eventId, { policy: 'fill', stability: 'free' })
  const serving = (await placesOf(plan.id)).filter((row) => row.personId === personId)
  expect(serving).toHaveLength(2)
  expect(serving.map(({ shiftId }) => shiftId)).not.toContain(shiftIds[at])
})

test('after publication people move for a minimum only, and the answer says how many would', async () => {
  const { eventId, shiftIds, teams } = await aMobilization(
    app,
    [{ heads: 3 }, { heads: 3 }],
    [
      { min: 1, target: 3, max: 3 },
      { min: 1, target: 3, max: 3 },
    ],
  )
  const draft = await aPlan(eventId, { policy: 'fill' })
  expect([draft.stability, draft.peopleMoved]).toEqual(['free', 0])
  await apply(draft.id)
  const inChargePersonId = teams[1]!.personIds[0]!
  await app.db.transaction((tx) =>
    tx.update(shifts).set({ inChargePersonId }).where(eq(shifts.eventId, eventId)),
  )
  await app.as('city_office').put(`/api/events/${eventId}/publication`).expect(200)

  for (const { person } of await placed(shiftIds[0]!)) await decline(eventId, person.id)
  const again = await aPlan(eventId, { policy: 'fill' })
  expect([again.stability, again.peopleMoved]).toEqual(['onlyForMinimum', 1])
  expect(await apply(again.id)).toMatchObject({ assigned: 1, takenBack: 1, kept: 2 })
})
