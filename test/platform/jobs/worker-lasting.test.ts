import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { DomainError } from '#platform/errors.ts'
import { job } from '#platform/jobs/definition.ts'
import { eachApart } from '#platform/jobs/each-apart.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { jobs } from '#platform/jobs/schema.ts'
import type { WorkerContext } from '#platform/jobs/worker.ts'
import { interrupt, nothing, start, stateOf, until, workshop } from './workshop.ts'

test('recurring work never dies, however often it fails or is interrupted', async () => {
  await using shop = await workshop()
  let tries = 0
  const worker = shop.worker({
    'test.hourly': job({
      params: nothing,
      everySeconds: 3600,
      attempts: 2,
      run: async () => {
        if (++tries < 20) throw new Error('not yet')
      },
    }),
  })
  await worker.idle()
  await interrupt(shop.db, 100)
  while (tries < 20) {
    shop.clock.advance({ minutes: 20 })
    await worker.idle()
  }
  expect((await stateOf(shop.db, 'test.hourly')).map(({ state }) => state)).toEqual(['done', 'waiting'])
})

test('a long job that is asked to stop gives itself back, and that counts for nothing', async () => {
  await using shop = await workshop()
  let steps = 0
  const long = job<WorkerContext, typeof nothing>({
    params: nothing,
    run: async (_, __, { signal }) => {
      for (; steps < 1000; steps++) {
        signal.throwIfAborted()
        if (steps === 5) void first.stop()
        await new Promise((turn) => setImmediate(turn))
      }
    },
  })
  const first = shop.worker({ 'test.long': long })
  await shop.db.transaction((tx) => enqueue(tx, 'test.long', {}))
  await until(() => steps > 0)
  await first.stop()
  expect(await stateOf(shop.db, 'test.long')).toEqual([{ state: 'waiting', attempts: 0, lastError: null }])
  expect(steps).toBeLessThan(1000)
  await shop.worker({ 'test.long': long }).idle()
  expect(steps).toBe(1000)
})

test('stopping waits no longer than it is told for a job that does not stop', async () => {
  await using shop = await workshop()
  let release = () => {}
  let began = false
  const worker = shop.worker({
    'test.deaf': job({
      params: nothing,
      run: () => {
        began = true
        return new Promise<void>((resolve) => {
          release = resolve
        })
      },
    }),
  })
  await shop.db.transaction((tx) => enqueue(tx, 'test.deaf', {}))
  await until(() => began)
  await worker.stop({ graceMs: 20 })
  expect(await stateOf(shop.db, 'test.deaf')).toMatchObject([{ state: 'running' }])
  release()
})

test('stopping finishes what runs and leaves the rest', async () => {
  await using shop = await workshop()
  let started = 0
  let ended = 0
  const worker = shop.worker(
    {
      'test.slow': job({
        params: nothing,
        run: async () => {
          started++
          await new Promise((turn) => setTimeout(turn, 60))
          ended++
        },
      }),
    },
    { concurrency: 2 },
  )
  await shop.db.transaction(async (tx) => {
    for (let n = 0; n < 5; n++) await enqueue(tx, 'test.slow', {})
  })
  await until(() => started === 2)
  await worker.stop()
  expect({ started, ended }).toEqual({ started: 2, ended: 2 })
  expect((await stateOf(shop.db, 'test.slow')).map(({ state }) => state).sort()).toEqual([
    'done',
    'done',
    'waiting',
    'waiting',
    'waiting',
  ])
})

test('recurring work runs from the start and again after its pause, once however many workers there are', async () => {
  await using shop = await workshop()
  let runs = 0
  const definitions = {
    'test.hourly': job<WorkerContext, typeof nothing>({
      params: nothing,
      everySeconds: 3600,
      run: async () => void runs++,
    }),
  }
  const workers = [shop.worker(definitions), shop.worker(definitions)]
  const settle = async () => {
    for (const worker of workers) await worker.idle()
    for (const worker of workers) await worker.idle()
  }
  await settle()
  expect(runs).toBe(1)
  await settle()
  expect(runs).toBe(1)
  shop.clock.advance({ seconds: 3601 })
  await settle()
  expect(runs).toBe(2)
})

test('recurring work that was taken away is planned again', async () => {
  await using shop = await workshop()
  let runs = 0
  const worker = shop.worker(
    { 'test.daily': job({ params: nothing, everySeconds: 86_400, run: async () => void runs++ }) },
    { planMs: 30 },
  )
  await worker.idle()
  expect(runs).toBe(1)
  await shop.db.transaction((tx) => tx.delete(jobs))
  await until(() => runs === 2)
})

test('a lease is renewed for as long as the job takes, and that of a job which another took over is left alone', async () => {
  await using shop = await workshop()
  const gate = Promise.withResolvers<void>()
  const long = {
    'test.long': job<WorkerContext, typeof nothing>({ params: nothing, run: () => gate.promise }),
  }
  shop.worker(long, { leaseSeconds: 0.3 })
  await shop.db.transaction(async (tx) => {
    await enqueue(tx, 'test.long', {}, { key: 'kept' })
    await enqueue(tx, 'test.long', {}, { key: 'taken over' })
  })
  const leaseUntil = async (key: string) => {
    const [row] = await shop.db.read.select().from(jobs).where(eq(jobs.key, key))
    return Number(row?.leaseUntil ?? 0)
  }
  const kept = () => leaseUntil('kept')
  await expect.poll(() => leaseUntil('taken over')).toBeGreaterThan(0)
  const others = { claim: 'of another', leaseUntil: start.plus({ hours: 1 }) }
  await shop.db.transaction((tx) => tx.update(jobs).set(others).where(eq(jobs.key, 'taken over')))
  const first = await kept()
  try {
    await expect.poll(kept).toBeGreaterThan(first)
    expect(await leaseUntil('taken over')).toBe(others.leaseUntil.toMillis())
  } finally {
    gate.resolve()
  }
})

test('what cannot be done for one is done for all others, and said; what ends all of it ends it at once', async () => {
  const done: number[] = []
  const work = async (n: number) => {
    if (n === 2) throw new Error('never')
    if (n === 4) throw new DomainError('unavailable', 'database.unavailable', 'away')
    done.push(n)
  }
  await expect(eachApart([1, 2, 3], work)).rejects.toThrow('never')
  expect(done).toEqual([1, 3])
  await expect(eachApart([4, 5], work)).rejects.toThrow('away')
  const stopping = AbortSignal.abort(new Error('the worker stops'))
  await expect(eachApart([6], work, stopping)).rejects.toThrow('the worker stops')
  expect(done).toEqual([1, 3])
})
