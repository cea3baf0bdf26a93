/** Nobody finds out a number by trying: a day has ten of them for each person, whatever way they come in. */
import { expect, test } from 'vitest'
import { identityCheckCharacter } from '#modules/organisation/index.ts'
import { numberTries } from '#modules/organisation/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { metricsToken, startApp, type TestApp } from '#test/support/app.ts'
import { aPerson } from '#test/support/factories/organisation.ts'
import { actionsOn, aSecret, exhausted, lookUp, numbers, phone, type Who } from './tried-numbers.ts'

async function eachLookedUp(app: TestApp, who: Who, tried: readonly string[]): Promise<string[]> {
  const answers = []
  for (const number of tried) answers.push(await lookUp(app, who, number))
  return answers
}

test('the eleventh number on one person is refused, also if it is right; the next day the budget is new', async () => {
  await using app = await startApp({ worker: false })
  const { person, leader } = await aSecret(app)
  expect(await eachLookedUp(app, leader, numbers(10))).toEqual(Array(10).fill('0'))
  expect(await eachLookedUp(app, leader, [phone(10), phone(6754)])).toEqual([exhausted, exhausted])
  // What was tried already may be asked again, and other people's numbers are other numbers.
  expect(await eachLookedUp(app, leader, [phone(3), '13800005678'])).toEqual(['0', '0'])
  const refused = await app
    .as(leader)
    .post('/api/person-look-ups')
    .send({ number: phone(11) })
  expect(refused.headers['retry-after']).toBe(String(refused.body.details.seconds))
  const alarms = await actionsOn(app, 'lookups.exhausted')
  expect(alarms.map(({ subject, actorId }) => [subject, actorId])).toEqual([
    [`person:${person.id}`, leader.userId],
  ])
  expect((await app.request.get('/metrics').auth(metricsToken, { type: 'bearer' })).text).toContain(
    'muster_lookups_exhausted_total{via="look_up"} 2',
  )
  expect(await actionsOn(app, 'numbers.tried')).toHaveLength(15)
  await app.advance({ days: 1 })
  expect(await eachLookedUp(app, leader, [phone(11), phone(6754)])).toEqual(['0', '1'])
})

test('the stored attempts contain nothing of the numbers, and are deleted after two days', async () => {
  await using app = await startApp()
  const { leader } = await aSecret(app)
  await eachLookedUp(app, leader, [phone(1), phone(6754)])
  const kept = JSON.stringify([
    await app.db.read.select().from(numberTries),
    await app.db.read.select().from(auditEntries),
  ])
  expect(kept).not.toMatch(/139\d{4}1234|1234"/)
  for (let day = 0; day < 4; day++) await app.advance({ days: 1 })
  expect(await app.db.read.select().from(numberTries)).toEqual([])
})

test('several accounts of one unit share one budget, and another unit has its own', async () => {
  await using app = await startApp({ worker: false })
  const { team, admin } = await aSecret(app)
  const puppets = []
  for (let n = 0; n < 6; n++) puppets.push(await app.signIn({ role: 'team_leader', teamId: team.id }))
  const answers = []
  for (const [n, puppet] of puppets.entries())
    answers.push(...(await eachLookedUp(app, puppet, numbers(2, 2 * n))))
  expect(answers).toEqual([...Array(10).fill('0'), exhausted, exhausted])
  expect(await lookUp(app, admin, phone(6754))).toBe(exhausted)
  expect(await lookUp(app, 'city_office', phone(6754))).toBe('1')
})

test('of many concurrent numbers exactly ten are tried', async () => {
  await using app = await startApp({ worker: false })
  const { leader } = await aSecret(app)
  const answers = await Promise.all(numbers(25).map((number) => lookUp(app, leader, number)))
  expect(answers.sort()).toEqual([...Array(10).fill('0'), ...Array(15).fill(exhausted)])
  expect(await actionsOn(app, 'lookups.exhausted')).toHaveLength(1)
})

test('users who may not see numbers have thirty look-ups a minute, including searches by the last four digits', async () => {
  await using app = await startApp({ worker: false })
  const { leader, admin } = await aSecret(app)
  const search = async (who: Who, four: string) => {
    const { status, body } = await app.as(who).get('/api/persons').query({ search: four })
    return status === 200 ? body.items.length : `${status} ${body.code}`
  }
  expect(await search(leader, '1234')).toBe(1)
  const others = Array.from({ length: 28 }, (_, n) => `150000${String(n).padStart(2, '0')}111`)
  expect(await eachLookedUp(app, leader, others)).toEqual(Array(28).fill('0'))
  expect(await search(leader, '4321')).toBe(0)
  expect([await search(leader, '1234'), await lookUp(app, leader, '15000000000')]).toEqual(
    Array(2).fill('429 lookups.throttled'),
  )
  const file = await app.as(leader).get('/api/exports/persons.xlsx').query({ search: '1234' })
  expect(file.status).toBe(429)
  expect(await search(leader, '欧阳')).toBe(1)
  await app.advance({ minutes: 1 })
  expect(await search(leader, '1234')).toBe(1)
  const more = Array.from({ length: 40 }, (_, n) => `150000${String(n).padStart(2, '0')}222`)
  expect(await eachLookedUp(app, admin, more)).toEqual(Array(40).fill('0'))
})

test('the last four digits cannot be guessed if the mask shows two of them', async () => {
  await using app = await startApp({ worker: false })
  const { team, leader } = await aSecret(app)
  await aPerson(app, { name: '王强', phone: '0414123456', teamId: team.id })
  const answers = []
  for (let n = 20; n < 32; n++) {
    const { status } = await app
      .as(leader)
      .get('/api/persons')
      .query({ search: `${n}56` })
    answers.push(status)
  }
  expect(answers).toEqual([...Array(10).fill(200), 429, 429])
})

test('entries, contacts, corrections and revelations use the same budget of ten', async () => {
  await using app = await startApp({ worker: false })
  const { team, person, admin } = await aSecret(app)
  const enter = (value: string) =>
    app
      .as(admin)
      .post('/api/persons')
      .send({
        name: '欧阳明德',
        memberships: [{ teamId: team.id }],
        contacts: [{ kind: 'phone', value }],
      })
  const add = (value: string) =>
    app.as(admin).post(`/api/persons/${person.id}/contacts`).send({ kind: 'phone', value })
  const reveal = () => app.as(admin).post(`/api/persons/${person.id}/revelations`)
  const answerOf = ({ status, body }: Awaited<ReturnType<typeof enter>>) =>
    [status, body.code].filter(Boolean).join(' ')
  const answers: string[] = []
  for (const number of numbers(4)) answers.push(await lookUp(app, admin, number))
  for (const number of numbers(3, 4)) answers.push(answerOf(await enter(number)))
  answers.push(answerOf(await reveal()), answerOf(await reveal()))
  for (const number of numbers(3, 7)) answers.push(answerOf(await add(number)))
  expect(answers).toEqual([
    ...Array(4).fill('0'),
    ...Array(3).fill('409 person.known'),
    ...['200', '200'],
    ...Array(3).fill('201'),
  ])
  // Ten numbers of one mask were tried.
  const beyond = [
    await enter(phone(6754)),
    await enter(phone(99)),
    await add(phone(6754)),
    await add(phone(99)),
  ]
  expect(beyond.map(answerOf)).toEqual(Array(4).fill(exhausted))
  expect(await lookUp(app, admin, phone(6754))).toBe(exhausted)
  // On this person six were tried by name, and the revelation; three more of other kinds end the day for it, too.
  for (const value of ['13800000001', '13800000002', '13800000003'])
    expect(answerOf(await add(value))).toBe('201')
  expect(answerOf(await reveal())).toBe('200')
  expect(answerOf(await add('13800000004'))).toBe(exhausted)
  const correct = (identityNumber: string) =>
    app.as(admin).patch(`/api/persons/${person.id}`).set('if-match', '"v7"').send({ identityNumber })
  expect(answerOf(await correct('11010519491231002X'))).toBe(exhausted)
  const { body } = await app.as(admin).get(`/api/persons/${person.id}`)
  expect(body.contacts).toHaveLength(7)
})

test('an identity number cannot be guessed by varying its date or its last digits', async () => {
  await using app = await startApp({ worker: false })
  const { team, leader } = await aSecret(app)
  const whole = (first17: string) => first17 + identityCheckCharacter(first17)
  const secret = whole('21050219800501123')
  await aPerson(app, { name: '王强', identityNumber: secret, birthDate: undefined, teamId: team.id })
  const { body } = await app.as(leader).get('/api/persons').query({ search: '王强' })
  expect([body.items[0].identityNumber, body.items[0].birthDate]).toEqual([
    expect.stringMatching(/^2\*{16}[\dX]$/),
    null,
  ])
  const numbersOfThatDay = Array.from({ length: 20 }, (_, n) => whole(`21050219800501${100 + n}`))
  expect(new Set(numbersOfThatDay).has(secret)).toBe(false)
  const answers = await eachLookedUp(app, leader, [...numbersOfThatDay, secret])
  expect(answers).toEqual([...Array(10).fill('0'), ...Array(11).fill(exhausted)])
})
