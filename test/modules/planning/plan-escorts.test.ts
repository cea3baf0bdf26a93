import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aMobilization } from '#test/support/factories/planning.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app[Symbol.asyncDispose]())

async function aPlan(eventId: string, body: object) {
  const office = app.as('city_office')
  const started = await office.post(`/api/events/${eventId}/plans`).send(body).expect(202)
  await app.settled()
  const { body: plan } = await office.get(`/api/plans/${started.body.id}`)
  const { body: rows } = await office.get(`/api/plans/${plan.id}/assignments?limit=200&standby=false`)
  return { plan, placed: rows.items as { personId: string; shiftId: string }[] }
}

/** A class of six with one teacher, whose school answers for a zone that is not for minors, and seven neighbours. */
const aClassAndNeighbours = () =>
  aMobilization(
    app,
    [{ heads: 1, pupils: 6 }, { heads: 7 }],
    [
      { min: 0, target: 7, max: 7, minorsAllowed: true },
      { min: 1, target: 1, max: 2, ownTeam: 0 },
      { min: 6, target: 7, max: 7 },
    ],
  )

test.each(['fill', 'together'])(
  'a class’s only teacher serves with the class and not in the school’s zone without it, under %s',
  async (policy) => {
    const { eventId, shiftIds, teams } = await aClassAndNeighbours()
    const { plan, placed } = await aPlan(eventId, { policy })
    expect([plan.state, placed.length]).toEqual(['proposed', 14])
    expect(plan.shortages).toMatchObject([{ shiftId: shiftIds[2], missing: 1, because: 'elsewhere' }])
    const asked = plan.shortages.flatMap(({ levers }: { levers: { lever: string }[] }) => levers)
    expect(asked.map(({ lever }: { lever: string }) => lever)).not.toContain('escort')
    const [klass] = teams as [(typeof teams)[0]]
    const withClass = placed.filter(({ personId }) => klass.personIds.includes(personId))
    expect(withClass.map(({ shiftId }) => shiftId)).toEqual(Array(7).fill(shiftIds[0]))
    expect(plan.quality.goals).toContainEqual({
      goal: 'escorts',
      name: { zh: '本队教师未随队的学生人数', en: 'minors whose own adults do not serve with them' },
      achieved: 0,
      bound: 0,
      proof: 'exact',
      proofName: { zh: '已达最优', en: 'optimum of the whole' },
    })
  },
)

test('if a teacher is needed elsewhere, the reason is not that the class has too few', async () => {
  const { eventId, shiftIds } = await aMobilization(
    app,
    [{ heads: 1, pupils: 3 }],
    [
      { min: 0, target: 4, max: 4, minorsAllowed: true },
      { min: 1, target: 1, max: 1 },
    ],
  )
  const { plan, placed } = await aPlan(eventId, { policy: 'fill' })
  expect(placed.map(({ shiftId }) => shiftId)).toEqual([shiftIds[1]])
  const [short] = plan.shortages
  expect(short).toMatchObject({
    shiftId: shiftIds[0],
    missing: 4,
    oneMore: { who: 'adult' },
    funnel: { escortsAway: 3, unescorted: 0 },
  })
  expect(short.reason.zh).toContain('另有3名未成年人，可带队的本队成年人已安排在其他岗位')
  expect(short.reason.en).toContain('The adults who could escort 3 more minors serve on other shifts')
})
