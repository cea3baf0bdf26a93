import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { roleNames, roles } from '#modules/accounts/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { type RoleOver, type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aMobilization } from '#test/support/factories/planning.ts'

const [organiser, bank, school, hospital] = [0, 1, 2, 3]

/**
 * The organiser's team in 210504, serving there; a bank of 210502 that serves in 210503; a school of 210503 whose class
 * serves in 210502; a hospital of 210503 that serves there.
 */
async function aCity(app: TestApp) {
  return aMobilization(
    app,
    [
      { heads: 1, districtCode: '210504' },
      { heads: 3, districtCode: '210502' },
      { heads: 1, pupils: 3, districtCode: '210503' },
      { heads: 2, districtCode: '210503' },
    ],
    [
      { min: 1, target: 1, max: 1, ownTeam: organiser, districtCode: '210504' },
      { min: 1, target: 5, max: 5, ownTeam: bank, districtCode: '210503' },
      { min: 1, target: 4, max: 4, ownTeam: school, districtCode: '210502', minorsAllowed: true },
      { min: 1, target: 3, max: 3, ownTeam: hospital, districtCode: '210503' },
    ],
  )
}
type City = Awaited<ReturnType<typeof aCity>>

/** Everybody who may read proposals, and the teams whose people they are told of. */
async function readersOf(app: TestApp, { teams }: City): Promise<{ who: SignedIn; told: number[] }[]> {
  const administrator = (at: number): RoleOver => ({
    role: 'unit_administrator',
    unitId: teams[at]!.unitId,
  })
  const office = (districtCode: string): RoleOver => ({ role: 'district_office', districtCode })
  const wanted: [RoleOver, number[]][] = [
    [{ role: 'city_office' }, [organiser, bank, school, hospital]],
    [administrator(organiser), [organiser, bank, school, hospital]],
    [administrator(bank), [bank]],
    [administrator(school), [school]],
    [administrator(hospital), [hospital]],
    // The organiser stands there.
    [office('210504'), [organiser, bank, school, hospital]],
    // Its own teams, and those that serve in its zones.
    [office('210502'), [bank, school]],
    [office('210503'), [bank, school, hospital]],
    [office('210505'), []],
  ]
  const readers = []
  for (const [grant, told] of wanted) readers.push({ who: await app.signIn(grant), told })
  return readers
}

async function aPlan(app: TestApp, eventId: string, policy: 'together' | 'fill') {
  const started = await app.as('city_office').post(`/api/events/${eventId}/plans`).send({ policy })
  expect(started.status).toBe(202)
  await app.settled()
  return (await app.as('city_office').get(`/api/plans/${started.body.id}`)).body
}

/** Two proposals: the first is applied; then the bank's shift shrinks, and the school's is for grown-ups only. */
async function twoPlans(app: TestApp, { eventId, shiftIds }: City) {
  const first = await aPlan(app, eventId, 'together')
  await app.as('city_office').put(`/api/plans/${first.id}/application`).send({}).expect(200)
  await app.db.transaction(async (tx) => {
    await tx.update(shifts).set({ target: 2, max: 2 }).where(eq(shifts.id, shiftIds[1]!))
    await tx.update(shifts).set({ minorsAllowed: false }).where(eq(shifts.id, shiftIds[2]!))
  })
  return { first, second: await aPlan(app, eventId, 'fill') }
}

const idsOf = (rows: { personId: string }[]) => rows.map(({ personId }) => personId).toSorted()

test('a proposal shows a reader the people whose participation they may see, and counts all', async () => {
  await using app = await startApp()
  const city = await aCity(app)
  const { first, second } = await twoPlans(app, city)
  const people = (told: number[]) => told.flatMap((at) => city.teams[at]!.personIds)
  const moved = idsOf((await app.as('city_office').get(`/api/plans/${second.id}/moves`)).body.items)
  const pupils = city.teams[school]!.personIds.slice(1)
  expect(moved).toHaveLength(4)
  expect(moved).toEqual(expect.arrayContaining(pupils))
  const figures = [
    `/api/events/${city.eventId}/plans`,
    `/api/plans/${first.id}/comparison/${second.id}`,
    `/api/plans/${second.id}/comparison/${first.id}`,
  ]
  const whole = new Map<string, object>()
  for (const path of figures) whole.set(path, (await app.as('city_office').get(path)).body)
  for (const { who, told } of await readersOf(app, city)) {
    const get = async (path: string) => (await app.as(who).get(path).expect(200)).body
    const rows = await get(`/api/plans/${first.id}/assignments`)
    expect(idsOf(rows.items)).toEqual(people(told).toSorted())
    const moves = await get(`/api/plans/${second.id}/moves`)
    expect(idsOf(moves.items)).toEqual(moved.filter((id) => people(told).includes(id)))
    for (const [at, { personIds }] of city.teams.entries())
      for (const personId of personIds.slice(0, 2)) {
        const reply = await app.as(who).get(`/api/plans/${second.id}/people/${personId}`)
        if (told.includes(at)) expect(reply.body).toMatchObject({ personId, basis: { state: 'same' } })
        else expect([reply.status, reply.body.code]).toEqual([404, 'person.missing'])
      }
    for (const path of figures) expect(await get(path)).toEqual(whole.get(path))
  }
})

test('pages of a proposal hold only what their reader may see, and as many rows as were asked for', async () => {
  await using app = await startApp()
  const city = await aCity(app)
  const plan = await aPlan(app, city.eventId, 'together')
  const who = await app.signIn({ role: 'unit_administrator', unitId: city.teams[school]!.unitId })
  const page = async (query: string) =>
    (await app.as(who).get(`/api/plans/${plan.id}/assignments?limit=3&${query}`)).body
  const one = await page('')
  const two = await page(`cursor=${one.nextCursor}`)
  expect([one.items.length, two.items.length, two.nextCursor]).toEqual([3, 1, null])
  expect((await page(`teamId=${city.teams[bank]!.id}`)).items).toEqual([])
  expect((await page(`shiftId=${city.shiftIds[1]}`)).items).toEqual([])
})

test('an explanation names the teams its reader may see, and counts the others', async () => {
  await using app = await startApp()
  const city = await aCity(app)
  const plan = await aPlan(app, city.eventId, 'together')
  const list = await app.as('city_office').get(`/api/teams?limit=50`)
  const nameOf = new Map(list.body.items.map(({ id, name }: { id: string; name: string }) => [id, name]))
  for (const { who, told } of await readersOf(app, city)) {
    const { body } = await app.as(who).get(`/api/plans/${plan.id}`)
    const text = JSON.stringify(body)
    // Places are short at the bank's shift and the hospital's; whoever is there already is named.
    for (const at of [bank, hospital]) {
      expect(text.includes(city.teams[at]!.id)).toBe(told.includes(at))
      expect(text.includes(`由在岗的${nameOf.get(city.teams[at]!.id)}增派`)).toBe(told.includes(at))
    }
    expect(text.includes('由在岗的其他队伍增派2人')).toBe(!told.includes(bank))
    const { headlines: _, shortages, ...rest } = body
    const { headlines: __, shortages: whole, ...all } = plan
    expect(rest).toEqual(all)
    const figures = (each: { levers: { fills: number }[]; missing: number; funnel: object }) => [
      ...[each.missing, each.funnel, each.levers.map(({ fills }) => fills)],
    ]
    expect(shortages.map(figures)).toEqual(whole.map(figures))
  }
})

test('teams that compete for people are named to those who may see them', async () => {
  await using app = await startApp()
  const { eventId, teams } = await aMobilization(
    app,
    [{ heads: 2 }, { heads: 1 }, { heads: 1, districtCode: '210503' }],
    [
      { min: 1, target: 3, max: 3 },
      { min: 1, target: 3, max: 3 },
    ],
  )
  const plan = await aPlan(app, eventId, 'fill')
  expect(plan.competitions[0]).toMatchObject({ teamsTotal: 3, people: 4 })
  const asked = async (grant: RoleOver) => {
    const { body } = await app.as(await app.signIn(grant)).get(`/api/plans/${plan.id}`)
    const [{ teams: named, teamsTotal, people }] = body.competitions
    const { zh } = body.shortages[0].reason
    return { ids: named.map(({ id }: { id: string }) => id).toSorted(), teamsTotal, people, zh }
  }
  const second = await asked({ role: 'unit_administrator', unitId: teams[1]!.unitId })
  expect(second).toMatchObject({ ids: [teams[1]!.id], teamsTotal: 3, people: 4 })
  const nobody = await asked({ role: 'district_office', districtCode: '210505' })
  expect(nobody).toMatchObject({ ids: [], teamsTotal: 3, people: 4 })
  expect(nobody.zh).toContain('共有2个区域争用3支队伍的4人，')
  const all = await asked({ role: 'city_office' })
  expect(all.ids).toEqual(teams.map(({ id }) => id).toSorted())
})

test('roles that may not read proposals read nothing of them', async () => {
  await using app = await startApp({ worker: false })
  const city = await aCity(app)
  const { id } = (await app.as('city_office').post(`/api/events/${city.eventId}/plans`).send({})).body
  const others = roleNames.filter((role) => !roles[role].permissions.includes('plans.read'))
  expect(roleNames.filter((role) => !others.includes(role))).toEqual([
    ...['city_office', 'district_office', 'unit_administrator'],
  ])
  const person = city.teams[school]!.personIds[1]
  const paths = ['', '/assignments', '/moves', `/people/${person}`, `/comparison/${id}`]
  for (const role of others)
    for (const path of paths)
      expect((await app.as(role).get(`/api/plans/${id}${path}`)).body.code).toBe('access.denied')
})
