/** Nobody finds out a number by trying: a day has ten of them for each person, whatever way they come in. */
import { and, eq, like } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { identityCheckCharacter } from '#modules/organisation/index.ts'
import { numberTries } from '#modules/organisation/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { metricsToken, startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing, rowsOf } from '#test/support/factories/spreadsheets.ts'

type Who = Parameters<TestApp['as']>[0]

/** 139****1234, with these four digits in the middle. */
const phone = (middle: number) => `139${String(middle).padStart(4, '0')}1234`
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => phone(from + n))

/** 欧阳明德, whose number nobody but the office knows, in a team with a leader. */
async function aSecret(app: TestApp) {
  const unit = await aUnit(app.db, { name: '甲单位', districtCode: '210502' })
  const team = await aTeam(app.db, { unitId: unit.id, name: '一队' })
  const person = await aPerson(app, { name: '欧阳明德', phone: phone(6754), teamId: team.id })
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  return { unit, team, person, leader, admin }
}

async function lookUp(app: TestApp, who: Who, number: string): Promise<string> {
  const { status, body } = await app.as(who).post('/api/person-look-ups').send({ number })
  return status === 200 ? String(body.items.length) : `${status} ${body.code}`
}

async function eachLookedUp(app: TestApp, who: Who, tried: readonly string[]): Promise<string[]> {
  const answers = []
  for (const number of tried) answers.push(await lookUp(app, who, number))
  return answers
}

const actionsOn = async (app: TestApp, action: string, subject?: string) =>
  app.db.read
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, action), subject ? eq(auditEntries.subject, subject) : undefined))

const exhausted = '429 lookups.exhausted'

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

const listOf = (values: readonly string[], column = '手机号') => [
  ['姓名', column, '单位', '队伍'],
  ...values.map((value) => ['欧阳明德', value, '甲单位', '一队']),
]

test('a list of a thousand candidates does not reveal the number of a person, in one upload or in many', async () => {
  await using app = await startApp()
  const { person, admin } = await aSecret(app)
  const { id, counts } = await importing(app, [await aWorkbook(listOf(numbers(1000, 6000)))], admin)
  expect(counts).toMatchObject({ error: 1000, unchanged: 0, needs_decision: 0, new: 0, update: 0 })
  const rows = [
    ...(await rowsOf(app, id, 'kind=data&limit=200', admin)),
    ...(await rowsOf(app, id, 'kind=data&judgement=unchanged', admin)),
  ]
  const said = rows.map(({ judgement, target, changes, problems, decisionIds }) =>
    JSON.stringify({
      judgement,
      target,
      changes,
      decisionIds,
      problems: problems.map(({ code }: { code: string }) => code),
    }),
  )
  expect([...new Set(said)]).toEqual([
    JSON.stringify({
      judgement: 'error',
      target: null,
      changes: [],
      decisionIds: [],
      problems: ['numbers.exhausted'],
    }),
  ])
  await committing(app, id, admin)
  expect(await actionsOn(app, 'lookups.exhausted', `person:${person.id}`)).toHaveLength(1)
  expect((await actionsOn(app, 'numbers.tried', `import:${id}`)).length).toBeGreaterThan(0)
  // One by one, what is beyond the ten is answered alike, right or wrong.
  for (const number of [phone(6754), phone(6755)]) {
    const again = await importing(app, [await aWorkbook(listOf([number]))], admin)
    expect(again.counts).toMatchObject({ error: 1, unchanged: 0, needs_decision: 0 })
  }
  expect(await lookUp(app, admin, phone(6754))).toBe(exhausted)
})

test('a list of candidates under new names does not reveal whose number it contains, in one upload or in several', async () => {
  await using app = await startApp()
  const { admin, person } = await aSecret(app)
  const shared = async () => {
    const { body } = await app.as(admin).get(`/api/persons/${person.id}`).expect(200)
    return body.contacts[0].shared
  }
  const upload = async (from: number, to: number) => {
    const rows = Array.from({ length: to - from }, (_, n) => [
      `新${String.fromCharCode(0x4e00 + from + n)}`,
      phone(from + n),
      '甲单位',
      '一队',
    ])
    const list = await aWorkbook([['姓名', '电话', '单位', '队伍'], ...rows])
    const imported = await importing(app, [list], admin)
    await committing(app, imported.id, admin)
    return [imported.counts.new, imported.counts.error]
  }
  expect(await upload(6740, 6770)).toEqual([10, 20])
  expect(await upload(6750, 6757)).toEqual([0, 7])
  expect(await shared()).toBe(1)
  // A list in which a few numbers look alike is a list like any other.
  const few = numbers(5).map((number, n) => [
    `熟${String.fromCharCode(0x4e00 + n)}`,
    number,
    '甲单位',
    '一队',
  ])
  const { counts } = await importing(
    app,
    [await aWorkbook([['姓名', '电话', '单位', '队伍'], ...few])],
    admin,
  )
  expect(counts).toMatchObject({ new: 5, error: 0 })
})

test('a list may try ten candidates, and not an eleventh', async () => {
  await using app = await startApp()
  const { admin } = await aSecret(app)
  for (const tried of [numbers(9), numbers(1, 9)]) {
    const { counts } = await importing(app, [await aWorkbook(listOf(tried))], admin)
    expect(counts).toMatchObject({ needs_decision: tried.length, error: 0 })
  }
  for (const number of [phone(10), phone(6754)]) {
    const { counts } = await importing(app, [await aWorkbook(listOf([number]))], admin)
    expect(counts).toMatchObject({ error: 1, unchanged: 0 })
  }
})

test('birth dates and identity numbers cannot be guessed by a list, under any name', async () => {
  await using app = await startApp()
  const { team, admin } = await aSecret(app)
  await aPerson(app, { name: '王强', birthDate: '1980-05-01', teamId: team.id })
  const whole = (first17: string) => first17 + identityCheckCharacter(first17)
  const secret = whole('21050219900601123')
  await aPerson(app, { name: '李静', identityNumber: secret, teamId: team.id })
  const days = Array.from({ length: 31 }, (_, n) => `1980-05-${String(n + 1).padStart(2, '0')}`)
  const dated = days.map((day) => ['王强', day, '甲单位', '一队'])
  const births = await importing(
    app,
    [await aWorkbook([['姓名', '出生日期', '单位', '队伍'], ...dated])],
    admin,
  )
  expect(births.counts).toMatchObject({ error: 31, unchanged: 0, new: 0 })
  const ids = Array.from({ length: 50 }, (_, n) => whole(`21050219900601${100 + n}`))
  const named = ids.map((id, n) => [
    `张${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'一二三四五'[Math.floor(n / 10)]}`,
    id,
    '甲单位',
    '一队',
  ])
  const identities = await importing(
    app,
    [await aWorkbook([['姓名', '身份证号', '单位', '队伍'], ...named])],
    admin,
  )
  expect(identities.counts).toMatchObject({ error: 50, needs_decision: 0, new: 0 })
})

test('a list of known numbers uses no budget, and people of the same name have separate budgets', async () => {
  await using app = await startApp()
  const { admin } = await aSecret(app)
  const rows = [['姓名', '手机号', '单位', '队伍']]
  for (let n = 0; n < 12; n++)
    rows.push(['王伟', `13700${String(n * 137).padStart(6, '0')}`, '甲单位', '一队'])
  const first = await importing(app, [await aWorkbook(rows)], admin)
  expect(first.counts).toMatchObject({ new: 12, error: 0 })
  await committing(app, first.id, admin)
  const again = await importing(app, [await aWorkbook(rows)], admin)
  expect(again.counts).toMatchObject({ unchanged: 12, error: 0 })
  expect(await app.db.read.select().from(numberTries).where(like(numberTries.subject, 'person:%'))).toEqual(
    [],
  )
})
