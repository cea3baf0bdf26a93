/** What is watched stands in readiness and in the metrics alike, with what to do when a person should look. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { messages, sendingHolds } from '#modules/messaging/schema.ts'
import { record } from '#platform/audit/index.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { nameOf } from '#platform/database/notices.ts'
import { newId } from '#platform/ids.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { systemClock } from '#platform/time.ts'
import { Slow } from '#platform/watch/slow.ts'
import { Turns } from '#platform/watch/turns.ts'
import { type WatchEntry, Watching } from '#platform/watch/watch.ts'
import { metricsToken, startApp, type TestApp } from '#test/support/app.ts'
import { aContact, aMessage } from '#test/support/factories/messaging.ts'

/** What is slow here, whatever the machine the test runs on is slow with. */
const slowHere = ['select planted', 'GET /api/planted']

/** What a person is told to look at, but for what the load of this machine makes slow. */
async function alarmsOf({ request }: TestApp): Promise<WatchEntry[]> {
  const { attention } = (await request.get('/health/ready')).body as { attention: WatchEntry[] }
  return attention.filter(({ name, of }) => !name.includes('slow') || slowHere.includes(of ?? ''))
}

/** Inserts a job in a state of its own. */
async function aJob({ db, clock }: TestApp, more: Partial<typeof jobs.$inferInsert>): Promise<string> {
  const id = newId()
  const now = clock.now()
  const row = { id, kind: 'test.watched', params: {}, state: 'waiting' as const, runAt: now, createdAt: now }
  await db.transaction((tx) => tx.insert(jobs).values({ ...row, ...more }))
  return id
}

/** Holds this thread, and with it the event loop. */
const hold = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** How each alarm is caused, and how it ends. */
const causes: Record<string, (app: TestApp) => Promise<() => Promise<unknown>>> = {
  'jobs.overdue': async (app) => {
    const id = await aJob(app, { runAt: app.clock.now().minus({ minutes: 6 }) })
    return () => app.db.transaction((tx) => tx.delete(jobs).where(eq(jobs.id, id)))
  },
  'jobs.dead': async (app) => {
    const id = await aJob(app, { state: 'dead' })
    return () => app.db.transaction((tx) => tx.delete(jobs).where(eq(jobs.id, id)))
  },
  'jobs.stuck': async (app) => {
    const id = await aJob(app, { state: 'running', leaseUntil: app.clock.now().minus({ minutes: 3 }) })
    return () => app.db.transaction((tx) => tx.delete(jobs).where(eq(jobs.id, id)))
  },
  'messages.overdue': async (app) => {
    const id = await aMessage(app.context, { contactId: await aContact(app.context) })
    const notBefore = app.clock.now().minus({ minutes: 16 })
    await app.db.transaction((tx) => tx.update(messages).set({ notBefore }).where(eq(messages.id, id)))
    return () =>
      app.db.transaction((tx) => tx.update(messages).set({ state: 'sent' }).where(eq(messages.id, id)))
  },
  'messages.unknown': async (app) => {
    const id = await aMessage(app.context, { contactId: await aContact(app.context) })
    const be = (state: 'unknown' | 'sent') =>
      app.db.transaction((tx) => tx.update(messages).set({ state }).where(eq(messages.id, id)))
    await be('unknown')
    return () => be('sent')
  },
  'sending.holds': async (app) => {
    const id = newId()
    const heldAt = app.clock.now()
    await app.db.transaction((tx) =>
      tx.insert(sendingHolds).values({ id, target: 'provider:smtp', provider: 'smtp', heldAt }),
    )
    return () =>
      app.db.transaction((tx) =>
        tx.update(sendingHolds).set({ releasedAt: heldAt }).where(eq(sendingHolds.id, id)),
      )
  },
  'backup.age': async ({ context }) => {
    const { folder } = context.config.backups
    mkdirSync(folder, { recursive: true })
    const old = join(folder, 'muster-old.backup')
    writeFileSync(old, '')
    const threeDaysAgo = systemClock.now().minus({ days: 3 }).toJSDate()
    utimesSync(old, threeDaysAgo, threeDaysAgo)
    return async () => writeFileSync(join(folder, 'muster-new.backup'), '')
  },
  'backup.drill_age': async ({ context }) => {
    const { folder } = context.config.backups
    const drilledAt = (days: number) => systemClock.now().minus({ days }).toISO()
    const note = (days: number) =>
      writeFileSync(join(folder, 'last-drill.json'), JSON.stringify({ drilledAt: drilledAt(days) }))
    mkdirSync(folder, { recursive: true })
    note(100)
    return async () => note(3)
  },
  'database.slow_statements': async ({ context }) => {
    context.slow.statements.note('select planted', 1500)
    return async () => {}
  },
  'process.slow_turns': async ({ context }) => {
    context.slow.turns.note('GET /api/planted', 2500)
    return async () => {}
  },
}

describe('what is watched', () => {
  test('each alarm is caused, told with what to do in both languages, shown in the metrics, and ends', async () => {
    await using app = await startApp({ worker: false, unused: true })
    expect(await alarmsOf(app)).toEqual([])
    for (const [name, cause] of Object.entries(causes)) {
      const end = await cause(app)
      const alarm = (await alarmsOf(app)).find((each) => each.name === name)
      expect([name, alarm?.todo.zh, alarm?.todo.en]).toEqual([
        name,
        expect.stringMatching(/[\u4e00-\u9fff].*。$/),
        expect.stringMatching(/^[A-Z].*\.$/),
      ])
      const { text } = await app.request.get('/metrics').auth(metricsToken, { type: 'bearer' })
      expect(text).toContain(`muster_attention{name="${name}",of="${alarm?.of ?? ''}"} 1`)
      const metric = `muster_${name.replaceAll('.', '_')}_${alarm?.unit}{of="${alarm?.of ?? ''}"} `
      const shown = text.split('\n').find((line) => line.startsWith(metric))
      expect(Math.abs(Number(shown?.slice(metric.length)) - (alarm?.value ?? 0))).toBeLessThan(60)
      await end()
    }
    // What was slow is told of for an hour.
    expect((await alarmsOf(app)).map(({ name }) => name)).toEqual([
      'database.slow_statements',
      'process.slow_turns',
    ])
  })

  test('entries of the audit trail that nobody seals are told of', async () => {
    await using app = await startApp({ worker: false, unused: true })
    await app.db.transaction((tx) =>
      record(tx, { action: 'test.watched', subject: 'test:1', by: 'system', at: app.clock.now() }),
    )
    expect(await alarmsOf(app)).toEqual([])
    app.clock.advance({ minutes: 11 })
    expect((await alarmsOf(app)).map(({ name }) => name)).toContain('audit.unsealed')
    // Whoever forges an entry chooses its time, too.
    await app.db.transaction((tx) => tx.update(auditEntries).set({ at: app.clock.now().plus({ years: 1 }) }))
    expect((await alarmsOf(app)).map(({ name }) => name)).toContain('audit.unsealed')
  })

  test('recurring work that fails each time, and statistics that were never counted, are told of', async () => {
    await using app = await startApp({ worker: false, unused: true })
    const createdAt = app.clock.now().minus({ hours: 3 })
    const runAt = app.clock.now().plus({ minutes: 5 })
    const failing = { kind: 'database.refresh_statistics', createdAt, runAt, lastError: 'Error: away' }
    await aJob(app, { ...failing, attempts: 8 })
    expect((await alarmsOf(app)).map(({ name }) => name)).toEqual(['database.statistics_age'])
    await aJob(app, { ...failing, kind: 'test.watched', attempts: 9 })
    expect((await alarmsOf(app)).map(({ name, of }) => [name, of])).toEqual([
      ['jobs.stuck', 'test.watched'],
      ['database.statistics_age', null],
    ])
  })

  test('statistics that are not counted any more are told of', async () => {
    await using app = await startApp({ worker: false, unused: true })
    const finishedAt = app.clock.now().minus({ hours: 3 })
    await aJob(app, { kind: 'database.refresh_statistics', state: 'done', finishedAt })
    expect((await alarmsOf(app)).map(({ name }) => name)).toEqual(['database.statistics_age'])
    await aJob(app, { kind: 'database.refresh_statistics_now', state: 'done', finishedAt: app.clock.now() })
    expect(await alarmsOf(app)).toEqual([])
  })

  test('a watch that fails, or has no value, is counted, reported once, and leaves the others', async () => {
    const said = { zh: '一', en: 'one' }
    const fine = { unit: 'count' as const, title: said, todo: said }
    const reported: string[] = []
    let away = true
    const watching = new Watching(
      null,
      {
        'test.fails': {
          ...fine,
          look() {
            if (away) throw new Error('away')
            return [{ value: 0 }]
          },
        },
        'test.nothing': { ...fine, look: () => [{ value: Number.NaN }] },
        'test.works': { ...fine, look: () => [{ value: 1 }] },
      },
      ({ watch }) => void reported.push(watch),
    )
    const told = async () =>
      (await watching.entries()).map(({ name, value, alarming }) => [name, value, alarming])
    expect(await told()).toEqual([
      ['test.works', 1, false],
      ['watch.failed', 2, true],
    ])
    away = false
    expect(await told()).toEqual([
      ['test.fails', 0, false],
      ['test.works', 1, false],
      ['watch.failed', 1, true],
    ])
    expect(reported).toEqual(['test.fails', 'test.nothing'])
  })

  test('what cannot be looked at is told of in readiness and in the metrics', async () => {
    await using app = await startApp({ worker: false, unused: true })
    const { folder } = app.context.config.backups
    mkdirSync(folder, { recursive: true })
    // A drill that was killed while it wrote itself down.
    writeFileSync(join(folder, 'last-drill.json'), '')
    expect((await alarmsOf(app)).map(({ name, value }) => [name, value])).toEqual([['watch.failed', 1]])
    const { text } = await app.request.get('/metrics').auth(metricsToken, { type: 'bearer' })
    expect(text).toContain('muster_watch_failed_count{of=""} 1')
  })
})

describe('slow things', () => {
  test('a turn of the event loop is put down to what was begun last before', async () => {
    const slow = new Slow(new Registry(), { name: 'turns_total', help: 'turns' })
    const turns = new Turns(slow)
    turns.begin('GET /api/persons')
    hold(300)
    await expect.poll(() => slow.lately().map(({ name }) => name)).toContain('GET /api/persons')
    turns.close()
  })

  test('a turn that a request fills has its route, in readiness, too', async () => {
    await using app = await startApp({ worker: false, unused: true })
    const now = app.clock.now.bind(app.clock)
    // Its handler asks for the time: here that takes as long as if it computed much.
    app.clock.now = () => {
      hold(150)
      return now()
    }
    await app.request.get('/api/clock')
    app.clock.now = now
    await expect
      .poll(async () => (await app.request.get('/health/ready')).body.watched)
      .toContainEqual(expect.objectContaining({ name: 'process.slow_turns', of: 'GET /api/clock' }))
  })

  test('a slow statement is counted by what it does, without its values', async () => {
    expect(nameOf(`select "id" from "persons" inner join "teams" on 1 where "name" = '王伟'`)).toBe(
      'select persons, teams',
    )
    expect(nameOf('update "jobs" set "state" = ?')).toBe('update jobs')
    const registry = new Registry()
    const slow = new Slow(registry, { name: 'statements_total', help: 'statements' })
    for (let at = 0; at < 100; at++) slow.note(`select t${at}`, 200)
    const { values } = await registry.getSingleMetric('statements_total')!.get()
    expect(values.length).toBe(61)
    expect(values.find(({ labels }) => labels.of === 'other')?.value).toBe(40)
  })
})
