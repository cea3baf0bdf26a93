import Type from 'typebox'
import { expect, test } from 'vitest'
import { DomainError } from '#platform/errors.ts'
import { job } from '#platform/jobs/definition.ts'
import { enqueue, type Queue } from '#platform/jobs/queue.ts'
import { jobs } from '#platform/jobs/schema.ts'
import type { WorkerContext } from '#platform/jobs/worker.ts'
import { interrupt, nothing, start, stateOf, until, workshop } from './workshop.ts'

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

test('progress of work that another worker took over is not written, and the work ends there', async () => {
  await using shop = await workshop()
  const gate = Promise.withResolvers<void>()
  const reached: string[] = []
  const late = shop.worker({
    'test.late': job({
      params: nothing,
      run: async (_, __, { progressed }) => {
        reached.push('begun')
        await gate.promise
        await progressed()
        reached.push('gone on')
      },
    }),
  })
  await shop.db.transaction((tx) => enqueue(tx, 'test.late', {}))
  await until(() => reached.length > 0)
  const others = { claim: 'of another', attempts: 3, interruptions: 7 }
  await shop.db.transaction((tx) => tx.update(jobs).set(others))
  gate.resolve()
  await late.stop()
  const [row] = await shop.db.read.select().from(jobs)
  expect(row).toMatchObject({ ...others, state: 'running' })
  expect(reached).toEqual(['begun'])
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
