import { and, eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { assignments } from '#modules/mobilization/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aMobilization } from '#test/support/factories/planning.ts'

const saturdays = ['2026-03-07', '2026-03-14', '2026-03-21', '2026-03-28']

/** Two shifts of two hours on each of four Saturdays; the first two lie in one district, the others in another. */
async function aMonth(app: TestApp, heads: number, target: number) {
  const demand = saturdays.flatMap((date, week) =>
    ['09:00', '14:00'].map((from) => ({
      min: 1,
      target,
      max: target,
      ownTeam: 0,
      districtCode: week < 2 ? '210502' : '210503',
      startsAt: `${date}T${from}:00+08:00`,
      endsAt: `${date}T${from === '09:00' ? '11' : '16'}:00:00+08:00`,
    })),
  )
  return aMobilization(app, [{ heads }], demand, '2026-03-28T18:00:00+08:00')
}

async function planned(app: TestApp, eventId: string, body: object) {
  const started = await app.as('city_office').post(`/api/events/${eventId}/plans`).send(body)
  expect(started.status).toBe(202)
  await app.settled()
  return (await app.as('city_office').get(`/api/plans/${started.body.id}`)).body
}

async function live(app: TestApp, eventId: string) {
  return app.db.read
    .select({ personId: assignments.personId, shiftId: assignments.shiftId })
    .from(assignments)
    .where(and(eq(assignments.eventId, eventId), isNull(assignments.cancelledAt)))
}

test('a month of Saturdays is shared out evenly, nobody above the hours of a week, and applied district by district', async () => {
  await using app = await startApp()
  const { eventId, shiftIds, teams } = await aMonth(app, 60, 20)
  const plan = await planned(app, eventId, { policy: 'fill', hoursPerWeek: 2, restMinutes: 600 })
  expect(plan).toMatchObject({ state: 'proposed', hoursPerWeek: 2, restMinutes: 600, shortagesTotal: 0 })
  expect(plan.quality.goals).toContainEqual(
    expect.objectContaining({ goal: 'ownUnit', achieved: 160, bound: 160, proof: 'flow' }),
  )
  const apply = (districtCodes: string[]) =>
    app.as('city_office').put(`/api/plans/${plan.id}/application`).send({ districtCodes })
  expect((await apply(['210502'])).body).toMatchObject({ applied: { assigned: 80, refused: [] } })
  expect((await apply(['210503'])).body).toMatchObject({
    plan: { state: 'applied' },
    applied: { assigned: 80, kept: 0, takenBack: 0, refused: [] },
  })
  const weekOf = (shiftId: string) => Math.floor(shiftIds.indexOf(shiftId) / 2)
  const served = Map.groupBy(await live(app, eventId), ({ personId }) => personId)
  expect(served.size).toBe(60)
  const totals = teams[0]!.personIds.map((personId) => {
    const weeks = served.get(personId)!.map(({ shiftId }) => weekOf(shiftId))
    expect(new Set(weeks).size).toBe(weeks.length)
    return weeks.length
  })
  expect(totals.toSorted()).toEqual([...Array(20).fill(2), ...Array(40).fill(3)])
})

test('without a limit everybody serves on every Saturday, once', async () => {
  await using app = await startApp()
  const { eventId } = await aMonth(app, 3, 2)
  const plan = await planned(app, eventId, { policy: 'fill' })
  // Three people a Saturday fill three of four places: one shift a day is the rule of an event.
  expect(plan.quality.goals).toContainEqual(
    expect.objectContaining({ goal: 'target', achieved: 4, bound: 4 }),
  )
  expect(plan).toMatchObject({ hoursPerWeek: null, restMinutes: null })
})

test('limits that make no sense are refused', async () => {
  await using app = await startApp()
  const { eventId } = await aMonth(app, 1, 1)
  for (const body of [
    { hoursPerWeek: 0 },
    { hoursPerWeek: 200 },
    { restMinutes: -1 },
    { restMinutes: 1.5 },
  ]) {
    const refused = await app.as('city_office').post(`/api/events/${eventId}/plans`).send(body)
    expect(refused.status, JSON.stringify(body)).toBe(400)
  }
})
