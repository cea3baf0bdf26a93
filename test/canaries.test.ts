/** Names, numbers and tokens that go through the service never come out in its log. */
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLogger } from '#platform/logger.ts'
import { startApp } from '#test/support/app.ts'

/** Keeps what is logged, at the level that says most. */
function logKeeper() {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { log: createLogger('trace', stream), text: () => lines.join('') }
}

const name = '金丝雀'
const phone = '15400009999'
const identity = '210502198803041232'
const password = 'canary-password-1234'
const link = 'CANARYCANARY'

test('a day of requests, good and bad, leaves no canary in the log', async () => {
  const { log, text } = logKeeper()
  await using app = await startApp({ overrides: { log } })
  const office = app.as('city_office')

  const unit = await office.post('/api/units').send({ name: `${name}单位`, kind: 'government' })
  expect(unit.status).toBe(201)
  const team = await office.post('/api/teams').send({ name: `${name}队`, unitId: unit.body.id, kind: 'team' })
  expect(team.status).toBe(201)
  const person = {
    name,
    identityNumber: identity,
    contacts: [{ kind: 'phone', value: phone, relation: 'own' }],
    memberships: [{ teamId: team.body.id }],
  }
  const made = await office.post('/api/persons').send(person)
  expect(made.status, made.body.code).toBe(201)
  expect((await office.post('/api/persons').send(person)).status).toBe(409)
  expect((await office.post('/api/persons').send({ ...person, [phone]: name })).status).toBe(400)
  expect((await office.get(`/api/persons?search=${encodeURIComponent(name)}`)).body.items).toHaveLength(1)
  await office.get(`/api/${name}/${phone}`)

  await app.request.post('/api/sessions').send({ login: phone, password })
  await app.request.get(`/api/c/${link}`)
  await app.request.get(`/c/${link}?name=${encodeURIComponent(name)}`).set('accept', 'text/html')
  await app.request.get(`/activate/${link}${link}`)
  await app.request.get('/api/me').set('authorization', `Bearer ${link}.${link}.${link}`)
  await app.request.post('/api/sessions').set('content-type', 'application/json').send(`{"login": "${phone}`)
  await app.settled()

  const logged = text()
  expect(logged).toContain('"route":"/api/persons"')
  for (const canary of [name, encodeURIComponent(name), phone, phone.slice(-8), identity, password, link]) {
    expect(logged.includes(canary) ? `${canary} was logged` : 'nothing').toBe('nothing')
  }
})

test('what slips into a log line by mistake is censored, errors included', () => {
  const { log, text } = logKeeper()
  log.info({ phone, person: { name, token: link }, password }, 'slipped')
  const failed = new Error(`Failed query: insert into "persons"\nparams: ${name},${phone}`, {
    cause: Object.assign(new Error(`Key (value_index)=(${link}) already exists.`), { code: '23505' }),
  })
  log.error({ err: failed }, 'failed')
  for (const canary of [name, phone, link, password]) expect(text()).not.toContain(canary)
  expect(text()).toContain('insert into')
  expect(text()).toContain('23505')
})
