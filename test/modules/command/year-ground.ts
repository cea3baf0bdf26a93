/** A city office and a unit that owes it tasks, over a year. */
import { beforeAll } from 'vitest'
import type { SignedIn, TestApp } from '#test/support/app.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 2 March 2026, 9:00.
export let app: TestApp
export let city: { id: string }
export let owing: { id: string }
export let office: SignedIn
export let liaison: SignedIn
/** Of the city office, and of a unit of their own. */
export let referee: SignedIn

/** Before the tests of a file: what they stand on. */
export function aYearGround(): void {
  app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
  beforeAll(async () => {
    city = await aUnit(app.db, { name: '市文明办' })
    owing = await aUnit(app.db, { name: '平山区房产局', parentId: city.id, districtCode: '210502' })
    const advising = await aUnit(app.db, { name: '市委督查室', parentId: city.id })
    office = await app.signIn({ role: 'city_office' })
    liaison = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
    referee = await app.signIn({ role: 'city_office' })
    await actFor(office, city.id)
    await actFor(referee, advising.id)
  })
}

export const actFor = (user: SignedIn, unitId: string) =>
  app
    .as('system_administrator')
    .put(`/api/users/${user.userId}/unit`)
    .set('if-match', '"v1"')
    .send({ unitId })
    .expect(200)

export async function aBook(book: object = {}) {
  const { body } = await app
    .as(office)
    .post('/api/books')
    .send({ kind: 'work_list', title: '包保清单', issuerUnitId: city.id, ...book })
    .expect(201)
  return body.id as string
}

export const publish = (bookId: string) =>
  app.as(office).put(`/api/books/${bookId}/publication`).set('if-match', '"v1"').expect(200)

export const aTask = async (bookId: string, task: object = {}) =>
  (
    await app
      .as(office)
      .post(`/api/books/${bookId}/tasks`)
      .send({ kind: 'item', outline: '1', text: '清理楼道', unitId: owing.id, dueKind: 'standing', ...task })
      .expect(201)
  ).body.id as string
