import { and, eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, shifts } from '#modules/events/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { planRuns } from '#modules/planning/schema.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { isoOf } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aMobilization } from '#test/support/factories/planning.ts'

async function aPlan(app: TestApp, eventId: string, body: object = {}) {
  const started = await app.as('city_office').post(`/api/events/${eventId}/plans`).send(body)
  expect(started.status).toBe(202)
  await app.settled()
  return app.as('city_office').get(`/api/plans/${started.body.id}`)
}

async function live(app: TestApp, eventId: string) {
  return app.db.read
    .select({ personId: assignments.personId, shiftId: assignments.shiftId, origin: assignments.origin })
    .from(assignments)
    .where(and(eq(assignments.eventId, eventId), isNull(assignments.cancelledAt)))
}

test('a proposal is computed, reviewed and applied', async () => {
  await using app = await startApp()
  const { eventId, shiftIds } = await aMobilization(
    app,
    [{ heads: 6 }, { heads: 5 }],
    [
      { min: 2, target: 5, max: 6, ownTeam: 0 },
      { min: 2, target: 4, max: 6, ownTeam: 1 },
    ],
  )
  const plan = await aPlan(app, eventId, { policy: 'fill' })
  expect(plan.body).toMatchObject({ state: 'proposed', progress: 100, policy: 'fill', shortagesTotal: 0 })
  expect(plan.body.quality.goals[0]).toMatchObject({
    goal: 'minimum',
    achieved: 0,
    bound: 0,
    proof: 'exact',
  })

  const first = await app
    .as('city_office')
    .get(`/api/plans/${plan.body.id}/assignments?limit=5&standby=false`)
  const { nextCursor } = first.body
  const second = await app
    .as('city_office')
    .get(`/api/plans/${plan.body.id}/assignments?limit=5&standby=false&cursor=${nextCursor}`)
  const rows = [...first.body.items, ...second.body.items]
  expect(second.body.nextCursor).toBeNull()
  expect(rows.map((row) => row.shiftId).toSorted()).toEqual(
    [...Array(5).fill(shiftIds[0]), ...Array(4).fill(shiftIds[1])].toSorted(),
  )

  const application = await app.as('city_office').put(`/api/plans/${plan.body.id}/application`).send({})
  expect(application.status).toBe(200)
  expect(application.body).toMatchObject({
    plan: { state: 'applied' },
    applied: { assigned: 9, refused: [] },
  })
  expect((await live(app, eventId)).length).toBe(9)
  const again = await app.as('city_office').put(`/api/plans/${plan.body.id}/application`).send({})
  expect(again.body.applied).toBeNull()
})

test('an application whose process ended is taken up again, and nobody begins another one meanwhile', async () => {
  await using app = await startApp()
  const { eventId } = await aMobilization(app, [{ heads: 4 }], [{ min: 1, target: 3, max: 3 }])
  const { id } = (await aPlan(app, eventId, { policy: 'fill' })).body
  const at = isoOf(app.clock.now())
  const interrupt = async () => {
    const applying = { districtCodes: null, by: 'somebody', at, from: 'proposed' as const }
    await app.db.transaction(async (tx) => {
      await tx.update(planRuns).set({ state: 'applying', applying }).where(eq(planRuns.id, id))
      await enqueue(tx, 'planning.apply', { planId: id })
    })
  }
  const apply = () => app.as('city_office').put(`/api/plans/${id}/application`).send({})
  await app.db.transaction((tx) => tx.update(planRuns).set({ state: 'applying' }).where(eq(planRuns.id, id)))
  expect((await apply()).body.code).toBe('plan.applying')
  await interrupt()
  await app.settled()
  const plan = async () => (await app.as('city_office').get(`/api/plans/${id}`)).body
  expect(await plan()).toMatchObject({ state: 'applied', appliedAt: at })
  expect((await live(app, eventId)).length).toBe(3)
  await app.as('city_office').put(`/api/events/${eventId}/cancellation`).send({ reason: '下雨' }).expect(200)
  await interrupt()
  await app.settled()
  expect((await plan()).state).toBe('proposed')
})

test('a proposal made from data that changed since is refused, saying what changed', async () => {
  await using app = await startApp()
  const { eventId, shiftIds } = await aMobilization(app, [{ heads: 4 }], [{ min: 1, target: 2, max: 3 }])
  const plan = await aPlan(app, eventId)
  await app.db.transaction((tx) => tx.update(shifts).set({ target: 3 }).where(eq(shifts.id, shiftIds[0]!)))
  const refused = await app.as('city_office').put(`/api/plans/${plan.body.id}/application`).send({})
  expect(refused.status).toBe(412)
  expect(refused.body).toMatchObject({ code: 'plan.stale', details: { changed: ['shifts'], shiftIds } })
  expect(await live(app, eventId)).toEqual([])
})

test('a proposal is applied district by district and stays valid for the rest', async () => {
  await using app = await startApp()
  const { eventId, shiftIds } = await aMobilization(
    app,
    [{ heads: 4 }],
    [
      { min: 1, target: 2, max: 2, districtCode: '210502' },
      { min: 1, target: 2, max: 2, districtCode: '210503' },
    ],
  )
  const plan = await aPlan(app, eventId)
  const apply = (districtCodes: string[]) =>
    app.as('city_office').put(`/api/plans/${plan.body.id}/application`).send({ districtCodes })
  const first = await apply(['210502'])
  expect(first.body).toMatchObject({
    plan: { state: 'proposed', appliedDistricts: ['210502'] },
    applied: { assigned: 2 },
  })
  expect((await live(app, eventId)).map((row) => row.shiftId)).toEqual([shiftIds[0], shiftIds[0]])
  const second = await apply(['210503'])
  expect(second.body).toMatchObject({ plan: { state: 'applied' }, applied: { assigned: 2, kept: 0 } })
  expect((await live(app, eventId)).length).toBe(4)
  expect((await apply(['999999'])).body.applied).toBeNull()
})

test('an office over a city applies what lies in its districts, and one over a district no more than that', async () => {
  await using app = await startApp()
  const { eventId, shiftIds } = await aMobilization(
    app,
    [{ heads: 4, districtCode: '310104' }],
    [
      { min: 1, target: 2, max: 2, districtCode: '210502' },
      { min: 1, target: 2, max: 2, districtCode: '210603' },
    ],
  )
  const plan = await aPlan(app, eventId)
  const applyAs = async (districtCode: string, districtCodes: string[]) => {
    const office = app.as(await app.signIn({ role: 'district_office', districtCode }))
    const { status, body } = await office
      .put(`/api/plans/${plan.body.id}/application`)
      .send({ districtCodes })
    return [status, body.code ?? body.plan.appliedDistricts]
  }
  expect(await applyAs('210500', ['210603'])).toEqual([403, 'access.out_of_reach'])
  expect(await applyAs('210503', ['210502'])).toEqual([403, 'access.out_of_reach'])
  expect(await applyAs('210502', ['210500'])).toEqual([403, 'access.out_of_reach'])
  expect(await applyAs('210500', ['210502'])).toEqual([200, ['210502']])
  expect((await live(app, eventId)).map((row) => row.shiftId)).toEqual([shiftIds[0], shiftIds[0]])
  expect(await applyAs('210600', ['210600'])).toEqual([200, ['210502', '210603']])
  expect((await live(app, eventId)).length).toBe(4)
})

test('an empty place is explained in words, Chinese and English', async () => {
  await using app = await startApp()
  const { eventId, shiftIds } = await aMobilization(
    app,
    [{ heads: 3 }],
    [{ min: 1, target: 2, max: 3, skill: { skill: '急救', min: 1 } }],
  )
  const plan = await aPlan(app, eventId)
  expect(plan.body.shortages).toHaveLength(1)
  expect(plan.body.shortages[0]).toMatchObject({
    shiftId: shiftIds[0],
    kind: 'skill',
    skill: '急救',
    missing: 1,
    because: 'unskilled',
    funnel: { all: 3, unskilled: 3 },
  })
  expect(plan.body.shortages[0].reason.zh).toContain('技能')
  expect(plan.body.shortages[0].reason.en).toContain('skill')
})

test('two proposals are compared goal by goal', async () => {
  await using app = await startApp()
  const { eventId } = await aMobilization(app, [{ heads: 4 }], [{ min: 1, target: 2, max: 3 }])
  const one = await aPlan(app, eventId, { policy: 'fill' })
  const other = await aPlan(app, eventId, { policy: 'together' })
  const compared = await app.as('city_office').get(`/api/plans/${one.body.id}/comparison/${other.body.id}`)
  expect(compared.body).toMatchObject({ samePlace: 2, moved: 0, onlyFirst: 0, onlySecond: 0 })
  const list = await app.as('city_office').get(`/api/events/${eventId}/plans`)
  expect(list.body.items.map((plan: { id: string }) => plan.id)).toEqual([other.body.id, one.body.id])
})

test('only one proposal of an event is computed at a time, and a waiting one can be cancelled', async () => {
  await using app = await startApp({ worker: false })
  const { eventId } = await aMobilization(app, [{ heads: 1 }], [{ min: 1, target: 1, max: 1 }])
  const first = await app.as('city_office').post(`/api/events/${eventId}/plans`).send({})
  const second = await app.as('city_office').post(`/api/events/${eventId}/plans`).send({})
  expect(second.status).toBe(409)
  expect(second.body).toMatchObject({ code: 'plan.running', details: { planId: first.body.id } })
  const cancelled = await app.as('city_office').delete(`/api/plans/${first.body.id}`)
  expect(cancelled.body).toMatchObject({ state: 'cancelled' })
  const apply = await app.as('city_office').put(`/api/plans/${first.body.id}/application`).send({})
  expect(apply.body.code).toBe('plan.not_ready')
})

test('a viewer may not plan, and unknown keys are refused', async () => {
  await using app = await startApp()
  const { eventId } = await aMobilization(app, [{ heads: 1 }], [{ min: 1, target: 1, max: 1 }])
  expect((await app.as('viewer').post(`/api/events/${eventId}/plans`).send({})).status).toBe(403)
  expect((await app.as('city_office').post(`/api/events/${eventId}/plans`).send({ greedy: 1 })).status).toBe(
    400,
  )
  expect((await app.as('city_office').get('/api/plans/0197a3a0-0000-7000-8000-000000000000')).status).toBe(
    404,
  )
})

test('an acceptance is taken back before publication: what the plan before had placed stands again, and what people did stays', async () => {
  await using app = await startApp()
  const { eventId, shiftIds } = await aMobilization(
    app,
    [{ heads: 4 }],
    [
      { min: 1, target: 2, max: 2, districtCode: '210502' },
      { min: 1, target: 2, max: 2, districtCode: '210503' },
    ],
  )
  const office = () => app.as('city_office')
  const places = async () =>
    (await live(app, eventId)).map(({ personId, shiftId }) => `${personId} ${shiftId}`).toSorted()
  const first = await aPlan(app, eventId)
  const of = (id: string) => `/api/plans/${id}/application`
  // Accepted in one district only, so that the second proposal has more to do.
  await office()
    .put(of(first.body.id))
    .send({ districtCodes: ['210502'] })
    .expect(200)
  const before = await places()
  expect(before).toHaveLength(2)
  await app.db.transaction((tx) => tx.update(shifts).set({ target: 1 }).where(eq(shifts.id, shiftIds[0]!)))
  const second = await aPlan(app, eventId, { policy: 'fill', stability: 'free' })
  expect(second.body.revocable).toBe(false)
  const accepted = await office().put(of(second.body.id)).send({}).expect(200)
  expect(accepted.body.plan).toMatchObject({ state: 'applied', revocable: true })
  const after = await places()
  expect(after).not.toEqual(before)
  expect((await office().delete(of(first.body.id)).expect(409)).body.code).toBe('plan.applied_since')

  const undone = await office().delete(of(second.body.id)).expect(200)
  expect(undone.body.plan).toMatchObject({
    ...{ state: 'proposed', revocable: false, appliedAt: null, appliedDistricts: [] },
  })
  expect(await places()).toEqual(before)
  expect((await office().delete(of(second.body.id)).expect(200)).body.applied).toBeNull()

  // It can be accepted again, and what was pinned meanwhile stays when it is taken back.
  await office().put(of(second.body.id)).send({}).expect(200)
  expect(await places()).toEqual(after)
  const [pinned] = after.filter((place) => !before.includes(place))
  const [personId, shiftId] = pinned!.split(' ')
  await office().put(`/api/shifts/${shiftId}/assignments/${personId}`).send({ pinned: true }).expect(200)
  await office().delete(of(second.body.id)).expect(200)
  expect(await places()).toContain(pinned)
  await office().delete(of(first.body.id)).expect(200)
  expect(await places()).toEqual([pinned])
})

test('an acceptance is not taken back once people were told, and an interrupted undo is taken up again', async () => {
  await using app = await startApp()
  const { eventId } = await aMobilization(app, [{ heads: 4 }], [{ min: 1, target: 3, max: 3 }])
  const office = () => app.as('city_office')
  const { id } = (await aPlan(app, eventId, { policy: 'fill' })).body
  await office().put(`/api/plans/${id}/application`).send({}).expect(200)
  const applying = {
    districtCodes: null,
    by: 'somebody',
    at: isoOf(app.clock.now()),
    from: 'proposed' as const,
  }
  await app.db.transaction(async (tx) => {
    const undoing = { ...applying, undoes: 'applied' as const }
    await tx.update(planRuns).set({ state: 'applying', applying: undoing }).where(eq(planRuns.id, id))
    await enqueue(tx, 'planning.apply', { planId: id })
  })
  await app.settled()
  expect((await office().get(`/api/plans/${id}`)).body).toMatchObject({ state: 'proposed', revocable: false })
  expect(await live(app, eventId)).toEqual([])
  await office().put(`/api/plans/${id}/application`).send({}).expect(200)
  await app.db.transaction((tx) =>
    tx.update(events).set({ publishedAt: app.clock.now() }).where(eq(events.id, eventId)),
  )
  const told = await office().delete(`/api/plans/${id}/application`).expect(409)
  expect(told.body.code).toBe('plan.published')
})
