import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, shifts } from '#modules/events/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aMobilization } from '#test/support/factories/planning.ts'

async function aPlan(app: TestApp, eventId: string, body: object = {}) {
  const started = await app.as('city_office').post(`/api/events/${eventId}/plans`).send(body)
  expect(started.status).toBe(202)
  await app.settled()
  const { body: plan } = await app.as('city_office').get(`/api/plans/${started.body.id}`)
  return plan
}

async function apply(app: TestApp, planId: string) {
  const { status } = await app.as('city_office').put(`/api/plans/${planId}/application`).send({})
  expect(status).toBe(200)
}

test('a proposal says who competes and what would help, most important first', async () => {
  await using app = await startApp()
  const { eventId, shiftIds, teams } = await aMobilization(
    app,
    [{ heads: 2 }, { heads: 1 }],
    [
      { min: 1, target: 3, max: 3, districtCode: '210502' },
      { min: 1, target: 2, max: 3, districtCode: '210503' },
      {
        min: 1,
        target: 1,
        max: 1,
        districtCode: '210503',
        skill: { skill: '急救', min: 1 },
        startsAt: '2026-03-04T09:00:00+08:00',
        endsAt: '2026-03-04T10:00:00+08:00',
      },
    ],
  )
  const plan = await aPlan(app, eventId, { policy: 'fill' })
  const target = plan.shortages.find((each: { kind: string }) => each.kind === 'target')
  expect(target).toMatchObject({
    because: 'elsewhere',
    worthOfOneMore: 1,
    oneMore: { who: 'adult' },
    likeShiftId: null,
  })
  expect(target.levers.at(-1)).toMatchObject({ lever: 'lowerDemand' })
  const set = plan.competitions.find((each: { set: number }) => each.set === target.competing.set)
  expect(set.shiftIds.every((id: string) => shiftIds.includes(id))).toBe(true)
  expect(set.teams.map(({ id }: { id: string }) => id).toSorted()).toEqual(
    teams.map(({ id }) => id).toSorted(),
  )
  expect(set.times[0]).toEqual({ startsAt: '2026-03-04T01:00:00.000Z', endsAt: '2026-03-04T02:00:00.000Z' })
  const [skill, next] = plan.headlines
  expect(skill).toMatchObject({
    kind: 'skill',
    because: 'unskilled',
    districtCode: '210503',
    shifts: 1,
    missing: 1,
  })
  expect(skill.text.zh).toContain('网格2')
  expect(skill.text.zh).toContain('09:00–10:00')
  expect(skill.text.en).toContain('more people with the skill')
  expect(next).toMatchObject({ kind: 'target', because: 'elsewhere' })
  expect(plan.explained).toBe(plan.shortagesTotal)
  const list = await app.as('city_office').get(`/api/events/${eventId}/plans`)
  expect(list.body.items[0]).toMatchObject({
    shortages: [],
    headlines: [],
    shortagesTotal: plan.shortagesTotal,
  })
})

test('in a new proposal every person who would leave their assignment has a reason, in pages and by reason', async () => {
  await using app = await startApp()
  const { eventId, shiftIds } = await aMobilization(
    app,
    [{ heads: 5 }],
    [
      { min: 1, target: 5, max: 5, districtCode: '210502' },
      { min: 0, target: 0, max: 5, districtCode: '210503' },
    ],
  )
  const first = await aPlan(app, eventId, { policy: 'fill' })
  expect(first.moved).toEqual([])
  await apply(app, first.id)
  await app.db.transaction((tx) =>
    tx.update(shifts).set({ min: 3, target: 3 }).where(eq(shifts.id, shiftIds[1]!)),
  )
  const second = await aPlan(app, eventId, { policy: 'fill', stability: 'onlyForMinimum' })
  expect(second.moved).toEqual([
    { because: 'minimum', name: { zh: '补足最低人数', en: 'needed for a minimum' }, people: 3 },
  ])
  const moves = (query: string) => app.as('city_office').get(`/api/plans/${second.id}/moves?${query}`)
  const page = await moves('limit=2')
  const rest = await moves(`limit=2&cursor=${page.body.nextCursor}`)
  expect([page.body.items.length, rest.body.items.length, rest.body.nextCursor]).toEqual([2, 1, null])
  for (const move of [...page.body.items, ...rest.body.items])
    expect(move).toMatchObject({ fromShiftId: shiftIds[0], toShiftId: shiftIds[1], because: 'minimum' })
  expect((await moves('because=minimum')).body.items).toHaveLength(3)
  expect((await moves('because=unavailable')).body.items).toEqual([])
  expect((await moves('because=mood')).status).toBe(400)
  const compared = await app.as('city_office').get(`/api/plans/${first.id}/comparison/${second.id}`)
  expect(compared.body.movedByReason).toMatchObject({
    first: [],
    second: [{ because: 'minimum', people: 3 }],
  })
  expect(compared.body.districts).toMatchObject([
    { districtCode: '210502', placed: { first: 5, second: 2 }, target: { first: 0, second: 3 }, moved: 3 },
    { districtCode: '210503', placed: { first: 0, second: 3 }, minimum: { first: 0, second: 0 }, moved: 0 },
  ])
})

test('the explanation of a person says where they are, why, and why not on other shifts', async () => {
  await using app = await startApp()
  const { eventId, shiftIds, teams } = await aMobilization(
    app,
    [{ heads: 3 }],
    [
      { min: 1, target: 1, max: 1, ownTeam: 0 },
      { min: 1, target: 1, max: 1 },
    ],
  )
  const plan = await aPlan(app, eventId, { policy: 'fill' })
  const rows = await app.as('city_office').get(`/api/plans/${plan.id}/assignments`)
  const about = async (personId: string) =>
    (await app.as('city_office').get(`/api/plans/${plan.id}/people/${personId}`)).body
  const own = rows.body.items.find((row: { shiftId: string }) => row.shiftId === shiftIds[0])
  const told = await about(own.personId)
  expect(told).toMatchObject({
    personName: own.personName,
    basis: { state: 'same', changed: [] },
    places: [{ shiftId: shiftIds[0], zoneName: '网格0' }],
    alternatives: [{ shiftId: shiftIds[1], because: 'full' }],
  })
  expect(told.places[0].reasons.map(({ because }: { because: string }) => because)).toEqual([
    ...['minimum', 'ownUnit', 'nearest'],
  ])
  const placed = new Set(rows.body.items.map((row: { personId: string }) => row.personId))
  const idle = teams[0]!.personIds.find((id) => !placed.has(id))!
  expect(await about(idle)).toMatchObject({
    places: [],
    reasons: [{ because: 'nowhere', text: { zh: '没有可安排的岗位：2个岗位已满' } }],
    refused: [{ because: 'full', shifts: 2 }],
  })

  // Applying it changes nothing about the reasons; a change of the data does, and then none are made up.
  await apply(app, plan.id)
  expect(await about(own.personId)).toEqual(told)
  await app.db.transaction((tx) => tx.update(shifts).set({ max: 2 }).where(eq(shifts.id, shiftIds[1]!)))
  expect(await about(own.personId)).toMatchObject({
    basis: { state: 'changed', changed: ['shifts'], shiftIds: [shiftIds[1]] },
    places: [{ shiftId: shiftIds[0], metres: null, reasons: [] }],
    alternatives: [],
  })
  await app.db.transaction((tx) =>
    tx
      .update(events)
      .set({ closedAt: instantFrom('2026-03-05T09:00:00+08:00') })
      .where(eq(events.id, eventId)),
  )
  expect((await about(own.personId)).basis.state).toBe('over')
})

test('a person outside the event, or a reader without the permission, gets no explanation', async () => {
  await using app = await startApp()
  const { eventId, teams } = await aMobilization(app, [{ heads: 1 }], [{ min: 1, target: 1, max: 1 }])
  const plan = await aPlan(app, eventId)
  const nobody = '0197a3a0-0000-7000-8000-000000000000'
  const missing = await app.as('city_office').get(`/api/plans/${plan.id}/people/${nobody}`)
  expect([missing.status, missing.body.code]).toEqual([404, 'person.missing'])
  const noPlan = await app.as('city_office').get(`/api/plans/${nobody}/people/${teams[0]!.personIds[0]}`)
  expect([noPlan.status, noPlan.body.code]).toEqual([404, 'plan.missing'])
  expect((await app.as('city_office').get(`/api/plans/${nobody}/moves`)).status).toBe(404)
  const paths = [`/api/plans/${plan.id}/moves`, `/api/plans/${plan.id}/people/${teams[0]!.personIds[0]}`]
  for (const path of paths) {
    const asPlan = await app.as('viewer').get(`/api/plans/${plan.id}`)
    expect((await app.as('viewer').get(path)).status).toBe(asPlan.status)
  }
})
