import { expect, test } from 'vitest'
import { createLogger } from '#platform/logger.ts'
import { metricsToken, startApp } from '#test/support/app.ts'

test('what somebody has chosen is kept for them alone', async () => {
  await using app = await startApp({ worker: false })
  const [one, other] = [app.as('city_office'), app.as('viewer')]
  const before = await one.get('/api/me/preferences').expect(200)
  expect([before.body, before.headers.etag]).toEqual([{ version: 0 }, '"v0"'])
  const views = [{ name: '没有号码的', path: '/people?number=missing' }]
  const chosen = { language: 'en', columns: { events: ['startsAt', 'state'] }, views }
  const saved = await one.put('/api/me/preferences').set('if-match', '"v0"').send(chosen).expect(200)
  expect([saved.body, saved.headers.etag]).toEqual([{ ...chosen, version: 1 }, '"v1"'])
  await one.put('/api/me/preferences').set('if-match', '"v1"').send({ language: 'zh' }).expect(200)
  expect((await one.get('/api/me/preferences')).body).toEqual({ language: 'zh', version: 2 })
  expect((await other.get('/api/me/preferences')).body).toEqual({ version: 0 })
})

test('of two tabs that choose at once, one is told to look again', async () => {
  await using app = await startApp({ worker: false })
  const save = (language: string) =>
    app.as('city_office').put('/api/me/preferences').set('if-match', '"v0"').send({ language })
  const answers = await Promise.all([save('zh'), save('en')])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
  expect(answers.find(({ status }) => status === 412)?.body.code).toBe('version.stale')
  expect((await save('zh')).status).toBe(412)
  const blind = await app.as('city_office').put('/api/me/preferences').send({ language: 'zh' })
  expect(blind.status).toBe(428)
})

test('preferences are no place to keep anything else', async () => {
  await using app = await startApp({ worker: false })
  const put = (body: object) =>
    app.as('city_office').put('/api/me/preferences').set('if-match', '"v0"').send(body)
  for (const body of [
    { note: '周二开会' },
    { language: 'fr' },
    { columns: { events: ['phone'] } },
    { columns: { persons: [] } },
    { columns: { events: ['state', 'state'] } },
    { views: [{ name: '别处', path: 'https://example.cn' }] },
    { views: [{ name: '别处', path: '//example.cn' }] },
  ]) {
    expect([body, (await put(body)).status]).toEqual([body, 400])
  }
  expect((await put({ language: 'x'.repeat(17_000) })).status).toBe(413)
})

test('what failed in a browser is logged and counted, and can hold nothing personal', async () => {
  const lines: string[] = []
  const log = createLogger('warn', { write: (line: string) => lines.push(line) })
  await using app = await startApp({ worker: false, overrides: { log } })
  const told = {
    kind: 'page',
    page: '/events/:eventId',
    error: 'TypeError',
    at: ['office-C1x_9.js:1:20433'],
    build: '0123456789abcdef',
  }
  await app.as('city_office').post('/api/client-errors').send(told).expect(204)
  const line = lines.map((each) => JSON.parse(each)).find(({ msg }) => msg === 'console failed in a browser')
  expect(line).toMatchObject(told)
  expect((await app.request.get('/metrics').auth(metricsToken, { type: 'bearer' })).text).toContain(
    'muster_client_errors_total{kind="page"} 1',
  )
  for (const more of [
    { page: '/persons/张三' },
    { page: '/persons/13800000000' },
    { error: 'Cannot read 张三' },
    { at: ['https://elsewhere/x.js:1:1'] },
    { message: '张三' },
  ]) {
    const { status } = await app
      .as('city_office')
      .post('/api/client-errors')
      .send({ ...told, ...more })
    expect([more, status]).toEqual([more, 400])
  }
})

test('a page that fails over and over is heard ten times a minute', async () => {
  await using app = await startApp({ worker: false })
  const told = { kind: 'script', page: '/events', error: 'Error', at: [] }
  const tell = () => app.as('city_office').post('/api/client-errors').send(told)
  const statuses = []
  for (let time = 0; time < 11; time++) statuses.push((await tell()).status)
  expect(statuses).toEqual([...Array(10).fill(204), 429])
  expect((await app.as('viewer').post('/api/client-errors').send(told)).status).toBe(204)
})
