/** Year and month of birth are kept as what they are. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing, rowsOf } from '#test/support/factories/spreadsheets.ts'

const place = { unit: '市住建局', school: '实验小学' }

async function aCity(): Promise<TestApp> {
  const app = await startApp()
  const bureau = await aUnit(app.db, { name: place.unit })
  await aTeam(app.db, { unitId: bureau.id, name: '一队' })
  await aUnit(app.db, { name: place.school, kind: 'school' })
  return app
}

type Cells = (string | Date)[]
const adults = (...rows: Cells[]) =>
  aWorkbook([['单位', '姓名', '联系电话', '出生年月'], ...rows.map((cells) => [place.unit, ...cells])])

/** Name, birth date and age band of everybody, as an office sees them. */
async function shown(app: TestApp) {
  const { body } = await app.as('city_office').get('/api/persons')
  return body.items.map(({ name, birthDate, ageBand, minor }: Record<string, unknown>) => {
    return [name, birthDate, ageBand, minor]
  })
}

test('a month of birth is stored, shown and exported as one, and completed by a later list, never shortened', async () => {
  await using app = await aCity()
  const months = await adults(['张伟', '13900000001', '1990.05'], ['李娜', '13900000002', '1991年'])
  const first = await importing(app, [months])
  expect(first).toMatchObject({
    counts: { new: 2, error: 0 },
    remarks: [{ code: 'birth.month_only', rows: 2 }],
  })
  await committing(app, first.id)
  expect(await shown(app)).toEqual([
    ['李娜', '1991', 'adult', false],
    ['张伟', '1990-05', 'adult', false],
  ])
  expect((await importing(app, [months])).counts).toMatchObject({ unchanged: 2 })

  const days = await adults(['张伟', '13900000001', '1990-05-17'], ['李娜', '13900000002', '1991-03'])
  const second = await importing(app, [days])
  expect(second.counts).toMatchObject({ update: 2 })
  await committing(app, second.id)
  const whole = [
    ['李娜', '1991-03', 'adult', false],
    ['张伟', '1990-05-17', 'adult', false],
  ]
  expect(await shown(app)).toEqual(whole)
  // A list that knows less takes nothing away.
  const again = await importing(app, [months])
  expect(again.counts).toMatchObject({ unchanged: 2 })

  const undone = await app.as('city_office').delete(`/api/imports/${second.id}/commit`)
  expect(undone.status).toBe(200)
  expect((await shown(app))[1]).toEqual(['张伟', '1990-05', 'adult', false])
})

test('two rows of one person agree as far as both know the date; another month is an error', async () => {
  await using app = await aCity()
  const list = await adults(
    ['张伟', '13900000001', '1990.05'],
    ['张伟', '13900000001', '1990-05-17'],
    ['李娜', '13900000002', '1991.03'],
    ['李娜', '13900000002', '1991-04-01'],
  )
  const judged = await importing(app, [list])
  const rows = await rowsOf(app, judged.id)
  expect(rows.filter(({ kind }) => kind === 'data').map(({ judgement }) => judgement)).toEqual([
    'new',
    'update',
    'new',
    'error',
  ])
  await committing(app, judged.id)
  expect(await shown(app)).toEqual([
    ['李娜', '1991-03', 'adult', false],
    ['张伟', '1990-05-17', 'adult', false],
  ])
})

test('a pupil of whom the month is known is a minor until its last day, and is corrected by hand to a month', async () => {
  await using app = await aCity()
  const school = await aWorkbook([
    ['学校', '班级', '姓名', '出生年月'],
    [place.school, '三年一班', '王芳', '2012.02'],
    [place.school, '三年一班', '赵敏', '2012.01'],
  ])
  const judged = await importing(app, [school])
  await committing(app, judged.id)
  // The clock stands at 20 February 2026: only one of the two months is over.
  expect(await shown(app)).toEqual([
    ['王芳', null, 'under14', true],
    ['赵敏', null, 'under18', true],
  ])
  const city = app.as('city_office')
  const [pupil] = (await city.get('/api/persons')).body.items
  const change = (birthDate: string) =>
    city.patch(`/api/persons/${pupil.id}`).set('If-Match', `"v${pupil.version}"`).send({ birthDate })
  expect((await change('2012-13')).status).toBe(400)
  expect((await change('2011-12')).body).toMatchObject({ ageBand: 'under18' })
  expect((await shown(app))[0]).toEqual(['王芳', null, 'under18', true])
})

test('a merge completes the month of one record by the date of the other, and its undoing gives the month back', async () => {
  await using app = await aCity()
  const city = app.as('city_office')
  const ids: string[] = []
  for (const birthDate of ['1990-05', '1990-05-17'])
    ids.push((await aPerson(app, { name: '张伟', phone: '13900000001', birthDate })).id)
  const [keptId, mergedId] = ids
  const born = async () => (await city.get(`/api/persons/${keptId}`)).body.birthDate
  const merge = await city.post('/api/person-merges').send({ keptId, mergedId })
  expect([merge.status, await born()]).toEqual([201, '1990-05-17'])
  const undone = await city.delete(`/api/person-merges/${merge.body.id}`)
  expect([undone.status < 300, await born()]).toEqual([true, '1990-05'])
})
