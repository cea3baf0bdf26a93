/** What reads a whole city is done beside the main thread, and says the same. */
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { planRuns } from '#modules/planning/schema.ts'
import { FileProcess } from '#platform/files/file-process.ts'
import { readWorkbook } from '#platform/files/index.ts'
import { ProcessPool } from '#platform/files/process-pool.ts'
import { startApp } from '#test/support/app.ts'
import { aMobilization } from '#test/support/factories/planning.ts'
import { downloading } from '#test/support/factories/spreadsheets.ts'

test('plans, reasons, reports and exports are the same from a process of their own', async () => {
  await using app = await startApp({ unused: true })
  const { config } = app.context
  const { eventId } = await aMobilization(app, [{ heads: 4 }, { heads: 2 }], [{ min: 1, target: 3, max: 3 }])
  const office = app.as('city_office')
  const planned = async () => {
    const { id } = (await office.post(`/api/events/${eventId}/plans`).send({ policy: 'fill' })).body
    await app.settled()
    const [run] = await app.db.read.select().from(planRuns).where(eq(planRuns.id, id))
    const { items } = (await office.get(`/api/plans/${id}/assignments?limit=1`)).body
    const why = (await office.get(`/api/plans/${id}/people/${items[0].personId}`)).body
    return { basis: run?.basis, midnight: run?.explanation?.midnight, state: run?.state, id, why }
  }
  const rest = async () => {
    const report = (await office.get(`/api/events/${eventId}/report`)).body
    const people = await readWorkbook((await downloading(app, '/api/exports/persons.xlsx')).body)
    const missing = (await office.get(`/api/events/0197a3a0-0000-7000-8000-000000000000/report`)).body.code
    return { report: { ...report, madeAt: '', cutOffAt: '' }, people, missing }
  }
  config.readBesideFrom = 1_000
  const [plan, others] = [await planned(), await rest()]
  expect([plan.state, plan.why.basis.state, others.missing]).toEqual(['proposed', 'same', 'event.missing'])
  config.readBesideFrom = 0
  const beside = await planned()
  expect({ ...beside, id: '', why: { ...beside.why, planId: '' } }).toEqual({
    ...plan,
    id: '',
    why: { ...plan.why, planId: '' },
  })
  expect(await rest()).toEqual(others)
  const applied = await office.put(`/api/plans/${beside.id}/application`).send({})
  expect(applied.body).toMatchObject({ plan: { state: 'applied' }, applied: { assigned: 3, refused: [] } })
})

test('work whose client has left is ended, though it never lets go', async () => {
  const made: FileProcess[] = []
  const pool = new ProcessPool(() => {
    made.push(new FileProcess())
    return made.at(-1) as FileProcess
  }, 1)
  const offering = new URL('../src/platform/files/work.ts', import.meta.url).href
  const text = `import { offerWork } from '${offering}'\nofferWork(async (_, tell) => { tell(1); for (;;); })`
  const left = new AbortController()
  const run = pool.run(new URL(`data:text/javascript,${encodeURIComponent(text)}`), null, {
    maxMs: 60_000,
    late: () => new Error('late'),
    ended: () => new Error('ended'),
    signal: left.signal,
    onPart: () => left.abort(new Error('the client left')),
  })
  await expect(run).rejects.toThrow('the client left')
  expect(made.map(({ alive }) => alive)).toEqual([false])
})
