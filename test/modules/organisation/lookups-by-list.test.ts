import { like } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { identityCheckCharacter } from '#modules/organisation/index.ts'
import { numberTries } from '#modules/organisation/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aPerson } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing, rowsOf } from '#test/support/factories/spreadsheets.ts'
import { actionsOn, aSecret, exhausted, lookUp, numbers, phone } from './tried-numbers.ts'

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
