/** The desk of cases: what narrows the list, how many stand where, and what an office does before a case is issued. */
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { cases } from '#modules/inspection/schema.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import { anInspectedCity, anUpload, aScheme, type InspectedCity } from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { move } from './cases.ts'

// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
let city: InspectedCity
let scheme: { id: string; standards: Record<string, string> }
let keeper: { id: string }
let liaison: SignedIn
let kept: string
let nobodys: string

beforeAll(async () => {
  city = await anInspectedCity(app)
  scheme = await aScheme(app, city, [
    { code: 'GG-01', pointClass: 'common', photo: 'never', dueClass: 'workdays:3' },
    { code: 'GG-02', pointClass: 'common', dueClass: 'hours:24', severity: 'serious' },
  ])
  keeper = await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
  liaison = await app.signIn({ role: 'unit_administrator', unitId: keeper.id })
  const zones = []
  for (const { code, zone } of city.districts)
    zones.push((await aZone(app.db, { kind: 'compound', districtCode: code, parent: zone })).id)
  kept = zones[0]!
  nobodys = zones[1]!
  await aResponsibility(app.db, { zoneId: kept, unitId: keeper.id })
})

/** A patrol that finds something; the ids of its cases. */
async function found(
  zoneId: string,
  failing: readonly object[],
): Promise<{ operationId: string; ids: string[] }> {
  const upload = anUpload(null, failing, { patrol: { schemeId: scheme.id, zoneId } })
  const { body } = await app.as(city.inspector).post('/api/visit-uploads').send(upload).expect(201)
  return { operationId: upload.operationId, ids: body.caseIds }
}
const fails = (code: string, pictureIds: readonly string[] = []) => ({
  ...{ standardId: scheme.standards[code], answer: 'not', pictureIds },
})
const read = async (id: string, who: SignedIn = city.office) =>
  (await app.as(who).get(`/api/cases/${id}`).expect(200)).body
const listed = async (query: string, who: SignedIn = city.office): Promise<string[]> => {
  const { body } = await app.as(who).get(`/api/cases?limit=200&${query}`).expect(200)
  return body.items.map(({ id }: { id: string }) => id)
}
const counted = async (query = '', who: SignedIn = city.office) =>
  (await app.as(who).get(`/api/case-count?${query}`).expect(200)).body
const issue = ({ id, version }: { id: string; version: number }, who: SignedIn = city.office) =>
  app.as(who).put(`/api/cases/${id}/issuance`).set('if-match', `"v${version}"`)

test('a case is issued by hand without waiting for its pictures; where nobody answers, a unit is named first', async () => {
  const missing = newId()
  const [waiting] = (await found(kept, [fails('GG-02', [missing])])).ids as [string]
  const before = await read(waiting)
  expect(before).toMatchObject({
    ...{ taskId: null, awaited: 1, flags: [] },
    allowed: { issue: true, nameUnit: true, draftShift: true },
  })
  expect((await app.as(liaison).get(`/api/cases/${waiting}`)).status).toBe(404)
  const district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  expect((await issue(before, district)).body.code).toBe('case.missing')
  expect((await issue({ ...before, version: 9 })).body.code).toBe('version.stale')
  const issued = (await issue(before).expect(200)).body
  expect(issued).toMatchObject({
    ...{ taskState: 'issued', unit: { id: keeper.id }, flags: ['no_picture'], awaited: 1 },
    allowed: { issue: false, nameUnit: false },
  })
  expect((await issue(issued).expect(200)).body.version).toBe(issued.version)
  expect((await read(waiting, liaison)).allowed).toEqual({ issue: false, nameUnit: false, draftShift: false })

  const [held] = (await found(nobodys, [fails('GG-01')])).ids as [string]
  const unclear = await read(held)
  expect(unclear).toMatchObject({
    heldBecause: 'case.nobody_answers',
    allowed: { issue: false, nameUnit: true },
  })
  expect((await issue(unclear)).body.code).toBe('case.nobody_answers')
  // Whoever found it sees it, and decides nothing about it, though they run rounds elsewhere.
  const finder = await app.signIn({ role: 'district_office', districtCode: '210502' })
  await app.db.transaction((tx) =>
    tx.update(cases).set({ foundByUserId: finder.userId }).where(eq(cases.id, held)),
  )
  expect((await read(held, finder)).allowed).toMatchObject({ issue: false, nameUnit: false })
  expect((await issue(unclear, finder)).body.code).toBe('access.out_of_reach')
  const named = await app
    .as(finder)
    .put(`/api/cases/${held}/unit`)
    .set('if-match', `"v${unclear.version}"`)
    .send({ unitId: keeper.id })
  expect(named.body.code).toBe('access.out_of_reach')
})

test('the list is narrowed by state, district, unit, deadline, flag and number, and the counts say the same', async () => {
  const start = await counted()
  const one = (await found(kept, [fails('GG-01'), fails('GG-02', [newId()])])).ids
  const [plain, awaiting] = one as [string, string]
  const { number, taskId } = await read(plain)
  expect(await listed('waiting=true&districtCode=210502')).toEqual([awaiting])
  expect(await listed(`unitId=${keeper.id}&severity=serious&waiting=true`)).toEqual([awaiting])
  expect(await listed(`number=${number}`)).toEqual([plain])
  expect(await listed('number=P2026-03-&waiting=true&districtCode=210502')).toEqual([awaiting])
  expect(await listed('number=2026')).toEqual([])
  expect(await listed('state=issued&source=patrol')).toContain(plain)
  expect(await listed('state=closed')).toEqual([])

  // A picture from elsewhere: the same one is under something else.
  const [a, b] = [newId(), newId()]
  const bytes = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#345' } })
    .jpeg()
    .toBuffer()
  const twice = await found(kept, [fails('GG-02', [a])])
  const again = await found(kept, [fails('GG-02', [b])])
  for (const [upload, id] of [
    [twice, a],
    [again, b],
  ] as const)
    await app
      .as(city.inspector)
      .put(`/api/visit-uploads/${upload.operationId}/pictures/${id}`)
      .attach('file', bytes, 'seen.jpg')
      .expect(200)
  expect(await listed('flag=odd_picture')).toEqual(again.ids)
  expect((await read(again.ids[0]!)).flags).toEqual(['odd_picture'])

  await app.advance({ days: 2 })
  const states = await counted()
  expect(states.all).toBe(start.all + 4)
  expect((await listed('')).length).toBe(states.all)
  expect((await listed('waiting=true')).length).toBe(states.waiting)
  for (const [state, some] of Object.entries(states.states))
    expect([state, (await listed(`state=${state}`)).length]).toEqual([state, some])
  // What is due in 24 hours is overdue by then; what is due in three working days is not.
  const overdue = await listed('overdue=true')
  expect(overdue.length).toBe(states.overdue)
  expect([overdue.includes(again.ids[0]!), overdue.includes(plain)]).toEqual([true, false])

  await move(app, liaison, taskId, 'report').expect(201)
  expect(await listed('state=reported')).toEqual([plain])
  expect(await counted('severity=serious')).toMatchObject({ states: { reported: 0 } })
  // A unit counts its own alone.
  const own = await counted('', liaison)
  expect([own.waiting, own.all]).toEqual([0, (await listed('', liaison)).length])
  expect(own.states.reported).toBe(1)
})
