import { expect, test } from 'vitest'
import { metricsToken, startApp } from '#test/support/app.ts'

test('a service that can write says it is alive and ready', async () => {
  await using app = await startApp({ unused: true })
  expect((await app.request.get('/health/live')).body).toEqual({ live: true })
  const { status, body } = await app.request.get('/health/ready')
  expect(status).toBe(200)
  expect(body.ready).toBe(true)
  expect(body.checks.migrations).toEqual({ ok: true, detail: 'current' })
  expect(body.checks.database.ok).toBe(true)
})

test('without room on the disk it is alive, but not ready', async () => {
  await using app = await startApp({ env: { FREE_DISK_MIN_MB: '999999999' } })
  expect((await app.request.get('/health/live')).status).toBe(200)
  const { status, body } = await app.request.get('/health/ready')
  expect(status).toBe(503)
  expect(body).toMatchObject({ ready: false, checks: { database: { ok: true }, disk: { ok: false } } })
  // What a person should look at is told all the same.
  expect(body.attention).toContainEqual(expect.objectContaining({ name: 'disk.free' }))
})

test('readiness answers while a transaction stands still, however often it is asked', async () => {
  await using app = await startApp({ worker: false, env: { DATABASE_CONNECTIONS: '2' } })
  const gate = Promise.withResolvers<void>()
  // On PostgreSQL each holds a connection of the pool.
  const stuck = [1, 2].map(() => app.db.transaction(() => gate.promise))
  const answers = await Promise.all([1, 2, 3].map(() => app.request.get('/health/ready')))
  gate.resolve()
  await Promise.all(stuck)
  for (const { status, body } of answers) {
    expect([status, body.ready, body.checks.database]).toEqual([
      503,
      false,
      { ok: false, detail: 'no answer within 2 s' },
    ])
  }
  expect((await app.request.get('/health/ready')).status).toBe(200)
})

test('the simulated clock is moved by those who operate the system, and by nobody else', async () => {
  await using app = await startApp({ at: '2026-03-04T13:00:00+08:00' })
  const moment = { now: '2026-03-04T13:30:00+08:00' }
  expect((await app.request.put('/api/clock').send(moment)).status).toBe(401)
  expect((await app.as('city_office').put('/api/clock').send(moment)).body.code).toBe('access.denied')
  const { status, body } = await app.as('system_administrator').put('/api/clock').send(moment)
  expect(status).toBe(200)
  expect(body.now).toMatch(/^2026-03-04T05:30:00/)
  expect((await app.request.get('/')).text).toContain('2026-03-04 13:30')
})

test('the metrics tell of requests by route, of transactions and of jobs, and of nobody', async () => {
  await using app = await startApp({ unused: true })
  await app.request.get('/c/ABCDEFGHJKMN')
  const { text, headers } = await app.request.get('/metrics').auth(metricsToken, { type: 'bearer' })
  expect(headers['content-type']).toMatch(/^text\/plain/)
  expect(text).toMatch(/muster_http_request_seconds_count\{method="GET",route="\/c\/:token",status="4xx"\} 1/)
  expect(text).toMatch(/muster_db_transaction_seconds_count\{outcome="committed"\} [1-9]/)
  expect(text).toMatch(/muster_jobs\{state="waiting"\} [1-9]/)
  expect(text).toContain('nodejs_eventloop_lag_seconds')
  expect(text.includes('muster_db_commit_transactions_count 0')).toBe(app.db.dialect === 'postgresql')
  expect(text).not.toContain('ABCDEFGHJKMN')
})

test('/metrics asks for its token, and without one configured there is no such page', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const refused = await app.request.get('/metrics').auth('another-token-of-twenty', { type: 'bearer' })
  expect([refused.status, refused.body.code]).toEqual([401, 'access.unauthenticated'])
  await using bare = await startApp({ worker: false, env: { METRICS_TOKEN: '' } })
  expect((await bare.request.get('/metrics').auth(metricsToken, { type: 'bearer' })).status).toBe(404)
})
