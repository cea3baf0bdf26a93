/** Units that owe, lead and watch: what tests of tasks stand on. */
import { afterAll, beforeAll } from 'vitest'
import { newId } from '#platform/ids.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aUnit } from '#test/support/factories/organisation.ts'

export let app: TestApp
/** The city, a bureau that leads a group, two units that owe, and who acts for each. */
export let city: { id: string }
export let lead: { id: string }
export let owing: { id: string }
export let other: { id: string }
export let office: SignedIn
export let leader: SignedIn
export let liaison: SignedIn
export let stranger: SignedIn

/** Before the tests of a file: what they stand on. */
export function aTasksGround(): void {
  // Monday 2 March 2026, 9:00.
  beforeAll(async () => {
    app = await startApp({ at: '2026-03-02T09:00:00+08:00' })
    city = await aUnit(app.db, { name: '市文明办' })
    lead = await aUnit(app.db, { name: '市住建局', parentId: city.id })
    owing = await aUnit(app.db, { name: '平山区房产局', parentId: city.id })
    other = await aUnit(app.db, { name: '明山区城管局', parentId: city.id, districtCode: '210504' })
    office = await app.signIn({ role: 'city_office' })
    leader = await app.signIn({ role: 'unit_administrator', unitId: lead.id })
    liaison = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
    stranger = await app.signIn({ role: 'unit_administrator', unitId: other.id })
  })
  afterAll(() => app[Symbol.asyncDispose]())
}

export async function aGroup(): Promise<string> {
  const { body } = await app
    .as(office)
    .post('/api/working-bodies')
    .send({ kind: 'group', name: '生活环境组' })
    .expect(201)
  await app
    .as(office)
    .post(`/api/working-bodies/${body.id}/members`)
    .send({ role: 'lead', unitId: lead.id })
    .expect(201)
  return body.id
}

export interface Wanted {
  outline?: string
  unitId?: string
  dueKind?: string
  dueClass?: string
  dueOn?: string
  kind?: string
  target?: number
  after?: number
}

/** A published book, and its tasks. */
export async function aBook(wanted: readonly Wanted[], book: object = {}) {
  const { body } = await app
    .as(office)
    .post('/api/books')
    .send({ kind: 'task_book', title: '创城任务书', issuerUnitId: city.id, ...book })
    .expect(201)
  const made: string[] = []
  for (const [n, { after, ...task }] of wanted.entries()) {
    const stated = { kind: 'item', text: '老旧小区楼道清理', unitId: owing.id, outline: `${n + 1}` }
    const due = task.dueKind ? {} : { dueKind: 'dated', dueClass: task.dueOn ? undefined : 'workdays:3' }
    const waits = after === undefined ? {} : { afterId: made[after] }
    const answer = await app
      .as(office)
      .post(`/api/books/${body.id}/tasks`)
      .send({ ...stated, ...due, ...task, ...waits })
      .expect(201)
    made.push(answer.body.id)
  }
  const { body: published } = await app
    .as(office)
    .put(`/api/books/${body.id}/publication`)
    .set('if-match', '"v1"')
    .expect(200)
  return { book: published, tasks: made }
}

export const move = (who: SignedIn, taskId: string, kind: string, more: object = {}) =>
  app
    .as(who)
    .post(`/api/tasks/${taskId}/moves`)
    .send({ id: newId(), kind, ...more })

export const read = async (who: SignedIn, taskId: string) =>
  (await app.as(who).get(`/api/tasks/${taskId}`).expect(200)).body

/** Says for whom somebody acts from now on. */
export const actFor = (user: SignedIn, unitId: string, version = '"v1"') =>
  app
    .as('system_administrator')
    .put(`/api/users/${user.userId}/unit`)
    .set('if-match', version)
    .send({ unitId })
    .expect(200)
