/** Names, numbers and tokens that go through the service never come out in its log; particulars not in its database. */
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Writable } from 'node:stream'
import { getTableName, is, Table } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { dialect } from '#platform/database/kit.ts'
import { createLogger } from '#platform/logger.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing } from '#test/support/factories/spreadsheets.ts'

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
const password = 'canary-yellow-sings-outside-1234'
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
  await app.request.get(`/a/${link}${link}`)
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

/** Every row of every table as text, and on SQLite the bytes of its files as well. */
async function kept(app: TestApp): Promise<string> {
  const schemas = globSync('src/{platform,modules}/*/schema.ts', { cwd: resolve(import.meta.dirname, '..') })
  const text: string[] = []
  for (const path of schemas) {
    for (const each of Object.values(await import(resolve(import.meta.dirname, '..', path)))) {
      if (!is(each, Table)) continue
      text.push(getTableName(each), JSON.stringify(await app.db.read.select().from(each as never)))
    }
  }
  if (dialect === 'sqlite') {
    const file = app.context.config.databaseUrl.slice('sqlite:'.length)
    for (const end of ['', '-wal']) text.push(readFileSync(file + end).toString('utf8'))
  }
  return text.join('\n')
}

test('birth dates, residences and the names of guardians stand nowhere in the database', async () => {
  await using app = await startApp({ unused: true })
  const office = app.as('city_office')
  const school = await aUnit(app.db, { name: '实验小学', kind: 'school' })
  const team = await aTeam(app.db, { unitId: school.id, kind: 'class', name: '三年级1班' })
  const made = await office
    .post('/api/persons')
    .set('idempotency-key', 'canary-0001')
    .send({
      name: '张小语',
      birthDate: '2014-09-17',
      residence: '金丝雀里七号',
      contacts: [{ kind: 'phone', value: phone, relation: 'guardian', ownerName: '守望雀' }],
      memberships: [{ teamId: team.id, role: 'pupil' }],
    })
  expect(made.status, made.body.code).toBe(201)
  const url = `/api/persons/${made.body.id}`
  await office
    .post(`${url}/guardian-consents`)
    .set('idempotency-key', 'canary-0002')
    .send({ guardianName: '同意雀', via: 'paper', scope: '学雷锋' })
    .expect(201)
  await office
    .patch(url)
    .set('if-match', made.headers.etag ?? '"v1"')
    .send({ residence: '金丝雀里八号' })
    .expect(200)
  const list = await aWorkbook([
    ['实验小学师生名单'],
    ['班级', '姓名', '身份', '出生日期', '居住地', '监护人', '监护人电话', '监护人同意'],
    ['三年级1班', '李小雀', '学生', '2015-08-19', '金丝雀里九号', '芦苇雀', '15400008888', '是'],
  ])
  const imported = await importing(app, [list])
  expect(imported.counts).toMatchObject({ new: 1 })
  expect((await committing(app, imported.id)).state).toBe('committed')
  await app.settled()

  const everything = await kept(app)
  expect(everything).toContain('张小语')
  for (const canary of ['2014-09-17', '2015-08-19', '金丝雀里', '守望雀', '同意雀', '芦苇雀', phone]) {
    expect(everything.includes(canary) ? `${canary} is kept in clear` : 'nothing').toBe('nothing')
  }
})
