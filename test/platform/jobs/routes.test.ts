import { eq } from 'drizzle-orm'
import Type from 'typebox'
import { expect, test } from 'vitest'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import type { AppContext } from '#src/context.ts'
import { startApp } from '#test/support/app.ts'

const operator = 'system_administrator' as const
const once = Type.Object({})

test('an operator sees the work by state and kind, page by page, and revives what is dead', async () => {
  await using app = await startApp({ worker: false, unused: true })
  let broken = true
  const definitions: Jobs<AppContext> = {
    'test.works': job({ params: once, run: async () => {} }),
    'test.breaks': job({
      params: once,
      attempts: 1,
      run: async () => {
        if (broken) throw new Error('the provider of 13812345678 is away')
      },
    }),
  }
  await app.db.transaction(async (tx) => {
    for (let n = 0; n < 3; n++) await enqueue(tx, 'test.works', {})
    await enqueue(tx, 'test.breaks', {})
  })
  const worker = startWorker(app.context, definitions, { pollMs: 20 })
  await worker.idle()

  const summary = await app.as(operator).get('/api/jobs/summary')
  expect(summary.body.counts).toEqual([
    { kind: 'test.breaks', state: 'dead', jobs: 1 },
    { kind: 'test.works', state: 'done', jobs: 3 },
  ])
  const first = await app.as(operator).get('/api/jobs?kind=test.works&limit=2')
  const second = await app
    .as(operator)
    .get(`/api/jobs?kind=test.works&limit=2&cursor=${first.body.nextCursor}`)
  expect([first.body.items.length, second.body.items.length, second.body.nextCursor]).toEqual([2, 1, null])

  const [dead] = (await app.as(operator).get('/api/jobs?state=dead')).body.items
  expect(dead).toMatchObject({
    kind: 'test.breaks',
    attempts: 1,
    lastError: 'Error: the provider of … is away',
  })
  const unwell = await app.request.get('/health/ready')
  const deadOf = ({ body }: typeof unwell) =>
    body.attention.filter(({ name }: { name: string }) => name === 'jobs.dead')
  expect([unwell.status, deadOf(unwell)]).toMatchObject([
    200,
    [{ of: 'test.breaks', value: 1, unit: 'count' }],
  ])
  broken = false
  // It begins anew also if it was interrupted as often as a job may be.
  await app.db.transaction((tx) => tx.update(jobs).set({ interruptions: 31 }).where(eq(jobs.id, dead.id)))
  const revived = await app.as(operator).put(`/api/jobs/${dead.id}/state`).send({ state: 'waiting' })
  expect(revived.body).toMatchObject({ id: dead.id, state: 'waiting', attempts: 0, interruptions: 0 })
  await worker.idle()
  expect((await app.as(operator).get('/api/jobs?kind=test.breaks')).body.items[0].state).toBe('done')

  expect(deadOf(await app.request.get('/health/ready'))).toEqual([])

  const again = await app.as(operator).put(`/api/jobs/${dead.id}/state`).send({ state: 'waiting' })
  expect([again.status, again.body.code]).toEqual([409, 'job.not_dead'])
  await worker.stop()
})

test('nobody else sees or touches it', async () => {
  await using app = await startApp({ worker: false, unused: true })
  expect((await app.request.get('/api/jobs')).status).toBe(401)
  expect((await app.as('city_office').get('/api/jobs')).status).toBe(403)
  expect((await app.as('viewer').get('/api/jobs/summary')).status).toBe(403)
})

test('a dead job is not revived while another with its key waits', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const breaking: Jobs<AppContext> = {
    'test.keyed': job({
      params: once,
      attempts: 1,
      run: async () => {
        throw new Error('no')
      },
    }),
  }
  const ask = () => app.db.transaction((tx) => enqueue(tx, 'test.keyed', {}, { key: 'one' }))
  await ask()
  const worker = startWorker(app.context, breaking, { pollMs: 20 })
  await worker.idle()
  await worker.stop()
  await ask()
  const [dead] = (await app.as(operator).get('/api/jobs?state=dead')).body.items
  const refused = await app.as(operator).put(`/api/jobs/${dead.id}/state`).send({ state: 'waiting' })
  expect([refused.status, refused.body.code]).toEqual([409, 'job.asked_again'])
})
