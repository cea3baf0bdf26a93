import { eq } from 'drizzle-orm'
import { DateTime } from 'luxon'
import Type from 'typebox'
import { expect, test } from 'vitest'
import type { Database } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import { createQueue, enqueue, type Queue } from '#platform/jobs/queue.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { startWorker, type WorkerContext, type WorkerOptions } from '#platform/jobs/worker.ts'
import { createLogger } from '#platform/logger.ts'
import { SimulatedClock } from '#platform/time.ts'
import { openTestDatabase } from '#test/support/database.ts'

const start = DateTime.fromISO('2026-03-04T05:30:00Z', { zone: 'utc' })

async function workshop(options?: { databaseConnections?: number }) {
  const made = await openTestDatabase(options)
  const clock = new SimulatedClock(start)
  const queue = createQueue(made.db, clock)
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => void lines.push(line) })
  const context: WorkerContext = { db: made.db, log, jobs: queue }
  const stops: (() => Promise<void>)[] = []
  return {
    db: made.db,
    clock,
    queue,
    lines,
    worker(definitions: Jobs<WorkerContext>, options: WorkerOptions = {}) {
      const worker = startWorker(context, definitions, { pollMs: 20, ...options })
      stops.push(() => worker.stop())
      return worker
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) await stop()
      await made[Symbol.asyncDispose]()
    },
  }
}

const nothing = Type.Object({})

async function stateOf(db: Database, kind: string) {
  const rows = await db.read.select().from(jobs).where(eq(jobs.kind, kind)).orderBy(jobs.id)
  return rows.map(({ state, attempts, lastError }) => ({ state, attempts, lastError }))
}

function until(condition: () => boolean): Promise<void> {
  return expect.poll(condition, { interval: 5 }).toBe(true)
}

test('a job runs after the transaction that promised it, and not when that is rolled back', async () => {
  await using shop = await workshop()
  const seen: unknown[] = []
  const worker = shop.worker({
    'test.note': job({
      params: Type.Object({ n: Type.Integer() }),
      run: async (_, { n }) => void seen.push(n),
    }),
  })
  await shop.db.transaction((tx) => enqueue(tx, 'test.note', { n: 1 }))
  const failing = shop.db.transaction(async (tx) => {
    await enqueue(tx, 'test.note', { n: 2 })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await worker.idle()
  expect(seen).toEqual([1])
  expect(await stateOf(shop.db, 'test.note')).toEqual([{ state: 'done', attempts: 1, lastError: null }])
})

test('two workers do each of two hundred jobs exactly once', async () => {
  await using shop = await workshop()
  const done = new Map<number, number>()
  const definitions = {
    'test.count': job<WorkerContext, ReturnType<typeof numbered>>({
      params: numbered(),
      run: async (_, { n }) => {
        await new Promise((turn) => setTimeout(turn, n % 4))
        done.set(n, (done.get(n) ?? 0) + 1)
      },
    }),
  }
  await shop.db.transaction(async (tx) => {
    for (let n = 0; n < 200; n++) await enqueue(tx, 'test.count', { n })
  })
  const workers = [shop.worker(definitions), shop.worker(definitions)]
  await until(() => done.size === 200)
  for (const worker of workers) await worker.stop()
  expect([...done.values()].every((times) => times === 1)).toBe(true)
  expect(
    (await stateOf(shop.db, 'test.count')).every(({ state, attempts }) => state === 'done' && attempts === 1),
  ).toBe(true)
})

function numbered() {
  return Type.Object({ n: Type.Integer() })
}

test('a job that is due later waits for its time', async () => {
  await using shop = await workshop()
  const seen: string[] = []
  const worker = shop.worker({
    'test.later': job({ params: nothing, run: async () => void seen.push('ran') }),
  })
  await shop.db.transaction((tx) => enqueue(tx, 'test.later', {}, { runAt: start.plus({ hours: 2 }) }))
  await worker.idle()
  expect(seen).toEqual([])
  shop.clock.advance({ hours: 3 })
  await worker.idle()
  expect(seen).toEqual(['ran'])
})

test('asking twice with one key is asking once, and asking while it runs is asking again', async () => {
  await using shop = await workshop()
  let running = 0
  let most = 0
  let runs = 0
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const ask = () => shop.db.transaction((tx) => enqueue(tx, 'test.keyed', {}, { key: 'the one' }))
  await Promise.all([ask(), ask(), ask()])
  const worker = shop.worker({
    'test.keyed': job({
      params: nothing,
      run: async () => {
        most = Math.max(most, ++running)
        if (++runs === 1) await held
        running--
      },
    }),
  })
  await until(() => runs === 1)
  await Promise.all([ask(), ask()])
  release()
  await worker.idle()
  expect({ runs, most }).toEqual({ runs: 2, most: 1 })
})

test('a failure is tried again after a growing, random pause, and in the end is dead for all to see', async () => {
  await using shop = await workshop()
  let tries = 0
  const worker = shop.worker(
    {
      'test.fails': job({
        params: nothing,
        attempts: 3,
        run: async () => {
          tries++
          throw new Error('no luck with 13812345678 at somebody@example.org')
        },
      }),
    },
    { random: () => 0.5 },
  )
  await shop.db.transaction((tx) => enqueue(tx, 'test.fails', {}))
  await worker.idle()
  expect(await stateOf(shop.db, 'test.fails')).toMatchObject([{ state: 'waiting', attempts: 1 }])
  shop.clock.advance({ seconds: 1.5 })
  await worker.idle()
  expect(tries).toBe(1)
  shop.clock.advance({ seconds: 1 })
  await worker.idle()
  expect(tries).toBe(2)
  shop.clock.advance({ seconds: 10 })
  await worker.idle()
  expect(await stateOf(shop.db, 'test.fails')).toEqual([
    { state: 'dead', attempts: 3, lastError: 'Error: no luck with … at …' },
  ])
  expect(shop.lines.join('')).toContain('"job dead"')
  expect(shop.lines.join('')).not.toContain('13812345678')
})

test('a refusal is remembered by its code, and parameters that do not fit are dead at once', async () => {
  await using shop = await workshop()
  const worker = shop.worker({
    'test.refused': job({
      params: nothing,
      attempts: 1,
      run: async () => {
        throw new DomainError('conflict', 'test.refused', 'Somebody Secret was refused.')
      },
    }),
    'test.misfit': job({ params: numbered(), run: async () => {} }),
  })
  await shop.db.transaction(async (tx) => {
    await enqueue(tx, 'test.refused', {})
    await enqueue(tx, 'test.misfit', { n: 'one' })
  })
  await worker.idle()
  expect(await stateOf(shop.db, 'test.refused')).toEqual([
    { state: 'dead', attempts: 1, lastError: 'test.refused' },
  ])
  expect(await stateOf(shop.db, 'test.misfit')).toEqual([
    { state: 'dead', attempts: 1, lastError: 'parameters do not fit' },
  ])
})

test('work of a worker that died is taken over when its lease ends, and its late outcome counts for nothing', async () => {
  await using shop = await workshop()
  let dies = () => {}
  const first = shop.worker(
    { 'test.lease': job({ params: nothing, run: () => new Promise<void>((resolve) => (dies = resolve)) }) },
    { leaseSeconds: 60 },
  )
  await shop.db.transaction((tx) => enqueue(tx, 'test.lease', {}))
  await until(() => dies.name === 'resolve' || dies.length > 0)
  let runs = 0
  const second = shop.worker({ 'test.lease': job({ params: nothing, run: async () => void runs++ }) })
  await second.idle()
  expect(runs).toBe(0)
  shop.clock.advance({ seconds: 61 })
  await second.idle()
  expect(runs).toBe(1)
  expect(await stateOf(shop.db, 'test.lease')).toEqual([{ state: 'done', attempts: 1, lastError: null }])
  dies()
  await first.stop()
  expect(await stateOf(shop.db, 'test.lease')).toEqual([{ state: 'done', attempts: 1, lastError: null }])
  expect(shop.lines.join('')).toContain('"job taken over"')
})

test('a job whose worker ends each time is dead in the end, instead of taking one worker after the other with it', async () => {
  await using shop = await workshop()
  await shop.db.transaction(async (tx) => {
    await enqueue(tx, 'test.deadly', {})
    await tx
      .update(jobs)
      .set({ state: 'running', attempts: 1, interruptions: 30, claim: 'of the dead', leaseUntil: start })
      .returning()
  })
  let runs = 0
  const worker = shop.worker({
    'test.deadly': job({ params: nothing, attempts: 2, run: async () => void runs++ }),
  })
  await worker.idle()
  expect(runs).toBe(0)
  expect(await stateOf(shop.db, 'test.deadly')).toMatchObject([
    { state: 'dead', lastError: 'its worker ended each time' },
  ])
})

/** As if the process had ended under each job that runs. */
async function interrupt(db: Database, times: number): Promise<void> {
  await db.transaction((tx) =>
    tx
      .update(jobs)
      .set({ state: 'running', interruptions: times - 1, claim: 'of the dead', leaseUntil: start })
      .returning(),
  )
}

test('interruptions are no failures: a job that was interrupted twenty times is done by the next worker', async () => {
  await using shop = await workshop()
  await shop.db.transaction((tx) => enqueue(tx, 'test.unlucky', {}))
  await interrupt(shop.db, 20)
  const worker = shop.worker({ 'test.unlucky': job({ params: nothing, run: async () => {} }) })
  await worker.idle()
  expect(await stateOf(shop.db, 'test.unlucky')).toMatchObject([{ state: 'done', attempts: 0 }])
})

test('progress wipes out what was counted before it', async () => {
  await using shop = await workshop()
  await shop.db.transaction((tx) => enqueue(tx, 'test.long', {}))
  await interrupt(shop.db, 29)
  let tries = 0
  const worker = shop.worker(
    {
      'test.long': job({
        params: nothing,
        attempts: 2,
        run: async (_, __, { progressed }) => {
          await progressed()
          if (++tries < 6) throw new Error('not yet')
        },
      }),
    },
    { random: () => 0 },
  )
  await worker.idle()
  expect(tries).toBe(6)
  const [row] = await shop.db.read.select().from(jobs)
  expect(row).toMatchObject({ state: 'done', interruptions: 0 })
})

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

test('a queue is of its database: others are not woken', async () => {
  await using shop = await workshop()
  await using other = await workshop()
  let wakes = 0
  const heard = (queue: Queue) => queue.onWake(() => wakes++)
  heard(other.queue)
  await shop.db.transaction((tx) => enqueue(tx, 'test.nobody', {}))
  expect(wakes).toBe(0)
  heard(shop.queue)
  await shop.db.transaction((tx) => enqueue(tx, 'test.nobody', {}))
  expect(wakes).toBe(1)
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
