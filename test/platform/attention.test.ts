/** Alarms stay until a person with the right has looked into them. */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { raiseAttention } from '#platform/attention/index.ts'
import { attentionTexts } from '#src/attention-texts.ts'
import { metricsToken, type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ worker: false, unused: true })
})
afterAll(() => app[Symbol.asyncDispose]())

const raise = (action: string, subject: string, by: 'system' | SignedIn = 'system', about?: string) =>
  app.db.transaction((tx) => raiseAttention(tx, [{ action, subject, by, at: app.clock.now() }], about))

const open = async () => (await app.as('auditor').get('/api/attention').expect(200)).body.items
const acknowledge = (id: string, who: 'auditor' | SignedIn = 'auditor', reason = '已核查，系本人误输密码') =>
  app.as(who).put(`/api/attention/${id}/acknowledgement`).send({ reason })

/** How many are open, as whoever watches the service sees it. */
async function seenOutside() {
  const { status, body } = await app.request.get('/health/ready')
  const metrics = await app.request.get('/metrics').auth(metricsToken, { type: 'bearer' })
  const of = (list: { name: string; value: number }[]) =>
    list.filter(({ name }) => name === 'attention.open').map(({ value }) => value)
  return {
    status,
    attention: of(body.attention),
    metric: /^muster_attention_open_count\{of=""\} (\d+)/m.exec(metrics.text)?.[1],
  }
}

test('a login that is tried again and again stands as one alarm until the auditor says what came out', async () => {
  const { login } = await aUser(app.db, { grants: [{ role: 'viewer' }] })
  for (let at = 0; at < 22; at++) {
    await app.request.post('/api/sessions').send({ login, password: `${goodPassword}${at}` })
    app.clock.advance({ minutes: 2 })
  }
  const [alarm, ...more] = await open()
  expect(more).toEqual([])
  expect(alarm).toMatchObject({
    kind: 'sign_in.attacked',
    text: { zh: '有人反复尝试同一账号的密码' },
    times: 1,
    acknowledgedAt: null,
  })
  expect(JSON.stringify(alarm)).not.toContain(login)
  expect(await seenOutside()).toEqual({ status: 200, attention: [1], metric: '1' })
  const done = await acknowledge(alarm.id)
  expect([done.status, done.body.reason]).toEqual([200, '已核查，系本人误输密码'])
  expect(await open()).toEqual([])
  expect(await seenOutside()).toEqual({ status: 200, attention: [], metric: '0' })
  const trail = await app.as('auditor').get('/api/audit?action=attention.acknowledged').expect(200)
  expect(trail.body.items).toHaveLength(1)
  expect(trail.body.items[0]).toMatchObject({ subject: `attention:${alarm.id}`, details: { times: 1 } })
  const again = await acknowledge(alarm.id, 'auditor', '另一个说法不会替换')
  expect(again.body).toEqual(done.body)
  const all = await app.as('auditor').get('/api/attention?open=false').expect(200)
  expect(all.body.items).toEqual([done.body])
})

test('raised again it is counted, by many at once, too; after the acknowledgement it is a new one', async () => {
  await Promise.all(Array.from({ length: 8 }, () => raise('late_entry.many', 'event:1')))
  const [one, ...more] = await open()
  expect([one.times, more.length]).toEqual([8, 0])
  await acknowledge(one.id).expect(200)
  await raise('late_entry.many', 'event:1')
  const [next] = await open()
  expect([next.times, next.id === one.id]).toEqual([1, false])
  await acknowledge(next.id).expect(200)
})

test('nobody acknowledges what is about them, or what any act of theirs raised', async () => {
  const [mine, other] = [await app.signIn({ role: 'auditor' }), await app.signIn({ role: 'auditor' })]
  await raise('lookups.exhausted', 'person:1', 'system', `user:${mine.userId}`)
  await raise('late_entry.many', 'event:2', mine)
  await raise('late_entry.many', 'event:2', other)
  const [second, first] = await open()
  for (const { id } of [first, second])
    expect((await acknowledge(id, mine)).body.code, id).toBe('attention.own')
  expect((await acknowledge(second.id, other)).body.code).toBe('attention.own')
  for (const { id } of [first, second]) await acknowledge(id).expect(200)
})

test('only auditors see alarms; a reason is words, and the alarm is there', async () => {
  for (const role of ['city_office', 'system_administrator', 'viewer'] as const)
    expect((await app.as(role).get('/api/attention')).status, role).toBe(403)
  await raise('late_entry.many', 'event:3')
  const [alarm] = await open()
  expect((await acknowledge(alarm.id, 'auditor', ' '.repeat(8))).status).toBe(400)
  expect((await acknowledge('018f0000-0000-7000-8000-000000000000')).body.code).toBe('attention.missing')
  await acknowledge(alarm.id).expect(200)
})

test('every alarm that is raised in the code has its texts', () => {
  const source = resolve(import.meta.dirname, '../../src')
  const raised = globSync('modules/**/*.ts', { cwd: source }).flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8')
    return text.includes('raiseAttention(')
      ? [...text.matchAll(/action: '([a-z_.]+)'/g)].map(([, kind]) => kind)
      : []
  })
  const alarms = raised.filter((kind) => /exhausted|attacked|many|together/.test(kind!))
  expect(new Set(alarms)).toEqual(new Set(Object.keys(attentionTexts)))
})
