/** Deadlines that cross a year whose notice is not known yet: they move later once it is, and never otherwise. */
import { expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 21 December 2026, 9:00: nothing is known of 2027.
const app = sharedApp({ at: '2026-12-21T09:00:00+08:00', unused: true })

/** A notice as one for 2027 might read. */
const notice = {
  restDays: [
    ...['2027-01-01', '2027-01-02', '2027-01-03'],
    ...['05', '06', '07', '08', '09', '10', '11', '12'].map((day) => `2027-02-${day}`),
    ...['2027-04-03', '2027-04-04', '2027-04-05'],
    ...['01', '02', '03', '04', '05'].map((day) => `2027-05-${day}`),
    ...['2027-06-09', '2027-09-15'],
    ...['01', '02', '03', '04', '05', '06', '07'].map((day) => `2027-10-${day}`),
  ],
  makeUpWorkdays: ['2027-02-13', '2027-02-20', '2027-04-25', '2027-05-08', '2027-10-09'],
  source: '国办发明电〔2026〕1号',
  publishedOn: '2026-12-22',
}

test('a deadline beyond what is known of the calendar moves later when the notice is entered, once, and says so', async () => {
  const city = await aUnit(app.db, { name: '市文明办' })
  const owing = await aUnit(app.db, { name: '平山区房产局', parentId: city.id })
  const liaison = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
  const office = app.as('city_office')
  const { body: book } = await office
    .post('/api/books')
    .send({ kind: 'checklist', title: '达标清单', issuerUnitId: city.id })
    .expect(201)
  const terms = [
    { dueClass: 'workdays:10' },
    { dueClass: 'workdays:3' },
    { dueClass: 'hours:300' },
    { dueOn: '2027-01-02' },
    { dueClass: 'workdays:10' },
    { dueClass: 'workdays:8' },
  ]
  const ids: string[] = []
  for (const [n, due] of terms.entries()) {
    const task = { kind: 'item', outline: `${n + 1}`, text: '清理楼道', unitId: owing.id, dueKind: 'dated' }
    const { body } = await office
      .post(`/api/books/${book.id}/tasks`)
      .send({ ...task, ...due })
      .expect(201)
    ids.push(body.id)
  }
  await office.put(`/api/books/${book.id}/publication`).set('if-match', '"v1"').expect(200)
  const move = (who: typeof office, id: string, kind: string, more: object = {}) =>
    who
      .post(`/api/tasks/${id}/moves`)
      .send({ id: newId(), kind, ...more })
      .expect(201)
  // The fifth was extended to a day that somebody named; of the last a suspension gives time back across the year.
  const named = { reason: '等待材料', until: '2027-01-06T17:00:00+08:00' }
  await move(app.as(liaison), ids[4]!, 'ask_extension', named)
  await move(office, ids[4]!, 'grant_extension')
  await move(office, ids[5]!, 'suspend', { reason: '待拆迁', until: '2026-12-30T09:00:00+08:00' })
  await app.advance({ days: 2 })
  await move(office, ids[5]!, 'resume')

  const read = async (id: string) => (await office.get(`/api/tasks/${id}`).expect(200)).body
  const due = async () => Promise.all(ids.map(async (id) => (await read(id)).dueAt.slice(0, 16)))
  const told = await due()
  expect(told).toEqual([
    '2027-01-04T09:00',
    '2026-12-24T09:00',
    '2027-01-02T13:00',
    '2027-01-02T09:00',
    '2027-01-06T09:00',
    '2027-01-04T09:00',
  ])
  const enter = (version: number, body: object) =>
    office.put('/api/workday-years/2027').set('if-match', `"v${version}"`).send(body).expect(200)
  await enter(0, notice)
  await app.advance({ minutes: 16 })
  const settled = [...told.with(0, '2027-01-05T09:00')].with(5, '2027-01-05T09:00')
  expect(await due()).toEqual(settled)
  const kinds = async (id: string) =>
    (await read(id)).moves.map(({ kind, by }: { kind: string; by: unknown }) => [kind, by === null])
  expect((await kinds(ids[0]!)).at(-1)).toEqual(['settle', true])
  expect((await kinds(ids[1]!)).filter(([kind]: [string]) => kind === 'settle')).toEqual([])

  // What is certain now stays, though the notice is replaced and the job runs again.
  const { restDays, makeUpWorkdays } = notice
  const later = {
    ...notice,
    restDays: [...restDays, '2027-01-04', '2027-01-05'],
    makeUpWorkdays: [...makeUpWorkdays, '2027-01-09', '2027-01-10'],
  }
  await enter(1, later)
  await app.advance({ minutes: 31 })
  expect(await due()).toEqual(settled)
  expect((await kinds(ids[0]!)).filter(([kind]: [string]) => kind === 'settle')).toHaveLength(1)
  // Nobody makes such a move.
  const asked = { id: newId(), kind: 'settle' }
  const { body } = await office.post(`/api/tasks/${ids[0]}/moves`).send(asked).expect(403)
  expect(body.code).toBe('move.not_yours')
})
