import { expect, test } from 'vitest'
import { createCalendarReader, readCalendar } from '#platform/calendar/index.ts'
import { isWorkday } from '#platform/calendar/rules.ts'
import { startApp, type TestApp } from '#test/support/app.ts'

/** A notice as one for 2027 might read: 13 weekdays off, the moved ones made up for. */
const notice2027 = {
  restDays: [
    ...['2027-01-01', '2027-01-02', '2027-01-03'],
    ...['05', '06', '07', '08', '09', '10', '11', '12'].map((day) => `2027-02-${day}`),
    ...['2027-04-03', '2027-04-04', '2027-04-05'],
    ...['01', '02', '03', '04', '05'].map((day) => `2027-05-${day}`),
    ...['2027-06-09', '2027-09-15'],
    ...['01', '02', '03', '04', '05', '06', '07'].map((day) => `2027-10-${day}`),
  ],
  makeUpWorkdays: ['2027-02-13', '2027-02-20', '2027-04-25', '2027-05-08', '2027-10-09'],
  source: '国办发明电〔2026〕1号',
  publishedOn: '2026-11-04',
}
const url = '/api/workday-years/2027'
const november = { at: '2026-11-29T09:00:00+08:00', worker: false }

const enter = (app: TestApp, entry: object = notice2027, etag = '"v0"') =>
  app.as('city_office').put(url).set('if-match', etag).send(entry)

async function due(app: TestApp, from: string, workdays: number) {
  const { body } = await app.as('team_leader').get('/api/workday-deadlines').query({ from, workdays })
  return body
}

test('known years are there from the start, the next one as not published yet', async () => {
  await using app = await startApp(november)
  const { body } = await app.as('team_leader').get('/api/workday-years')
  expect(body.items.map(({ year, state }: { year: number; state: string }) => [year, state])).toEqual([
    [2027, 'unpublished'],
    [2026, 'known'],
    [2025, 'known'],
    [2024, 'known'],
    [2023, 'known'],
    [2022, 'known'],
    [2021, 'known'],
  ])
  expect(body.items[1]).toMatchObject({
    makeUpWorkdays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    grantedDays: 0,
    source: '国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）',
    publishedOn: '2025-11-04',
    version: 0,
  })
})

test('a deadline is counted in working days of the city', async () => {
  await using app = await startApp(november)
  expect(await due(app, '2026-09-18T10:00:00+08:00', 3)).toEqual({
    timeZone: 'Asia/Shanghai',
    lastDay: '2026-09-22',
    endsAt: '2026-09-22T16:00:00.000Z',
    provisional: false,
  })
  expect((await due(app, '2026-09-29T10:00:00+08:00', 3)).lastDay).toBe('2026-10-09')
  expect((await due(app, '2026-02-12T10:00:00+08:00', 7)).lastDay).toBe('2026-02-28')
  // Already the 18th in Benxi.
  expect((await due(app, '2026-09-17T16:00:00Z', 3)).lastDay).toBe('2026-09-22')
})

test('the next year is provisional until it is entered, and counts from then on', async () => {
  await using app = await startApp(november)
  const asked = '2026-12-30T10:00:00+08:00'
  expect(await due(app, asked, 3)).toMatchObject({ lastDay: '2027-01-04', provisional: true })

  const entered = await enter(app)
  expect([entered.status, entered.headers.etag]).toEqual([200, '"v1"'])
  expect(entered.body).toEqual({
    year: 2027,
    state: 'entered',
    ...notice2027,
    grantedDays: 0,
    enteredAt: entered.body.enteredAt,
    version: 1,
  })
  expect((await app.as('viewer').get(url)).body).toEqual(entered.body)
  expect(await due(app, asked, 3)).toMatchObject({ lastDay: '2027-01-05', provisional: false })
  expect(isWorkday(await readCalendar(app.db.read), '2027-02-13')).toBe(true)
})

test('who entered which days is in the audit trail', async () => {
  await using app = await startApp(november)
  await enter(app)
  const { body } = await app.as('auditor').get('/api/audit?action=workdays.entered')
  expect(body.items).toHaveLength(1)
  expect(body.items[0]).toMatchObject({
    subject: 'workday-year:2027',
    actor: { kind: 'user' },
    details: {
      restDays: notice2027.restDays,
      makeUpWorkdays: notice2027.makeUpWorkdays,
      publishedOn: '2026-11-04',
      version: 1,
    },
  })
})

test('an entered year is replaced as a whole by whoever has seen it, and stands before a known one', async () => {
  await using app = await startApp(november)
  await enter(app)
  const more = { ...notice2027, restDays: [...notice2027.restDays, '2027-12-31'], grantedDays: 1 }
  const blind = await enter(app, more)
  expect([blind.status, blind.body.code]).toEqual([412, 'version.stale'])
  expect((await enter(app, more, '"v1"')).body).toMatchObject({ version: 2, grantedDays: 1 })

  const known = await app.as('city_office').get('/api/workday-years/2026')
  expect(known.headers.etag).toBe('"v0"')
  const { restDays, makeUpWorkdays, source, publishedOn } = known.body
  const entry = { restDays: [...restDays, '2026-12-03'], makeUpWorkdays, source, publishedOn, grantedDays: 1 }
  const put = app.as('city_office').put('/api/workday-years/2026').set('if-match', '"v0"')
  expect((await put.send(entry)).body).toMatchObject({ state: 'entered', version: 1 })
  expect((await due(app, '2026-12-02T10:00:00+08:00', 1)).lastDay).toBe('2026-12-04')
})

test('of two who enter a year at once one is told of the other', async () => {
  await using app = await startApp(november)
  const answers = await Promise.all(Array.from({ length: 4 }, () => enter(app)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412])
  const again = await Promise.all(Array.from({ length: 4 }, () => enter(app, notice2027, '"v1"')))
  expect(again.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412])
  expect((await app.as('viewer').get(url)).body.version).toBe(2)
})

const impossible: [what: string, instead: object, problems: object[]][] = [
  [
    'a day of another year',
    { restDays: [...notice2027.restDays, '2028-01-01', '2026-12-24'] },
    [{ because: 'outside_year', days: ['2026-12-24', '2028-01-01'] }],
  ],
  [
    'a day both off and worked',
    { makeUpWorkdays: [...notice2027.makeUpWorkdays, '2027-10-02'] },
    [{ because: 'rest_and_workday', days: ['2027-10-02'] }],
  ],
  [
    'a make-up day on a weekday',
    { makeUpWorkdays: [...notice2027.makeUpWorkdays, '2027-10-11'] },
    [{ because: 'make_up_on_weekday', days: ['2027-10-11'] }],
  ],
  [
    'a holiday that was forgotten',
    { restDays: notice2027.restDays.filter((day) => day !== '2027-09-15') },
    [{ because: 'days_do_not_add_up', days: [] }],
  ],
  [
    'a make-up day that was forgotten',
    { makeUpWorkdays: notice2027.makeUpWorkdays.filter((day) => day !== '2027-04-25') },
    [{ because: 'days_do_not_add_up', days: [] }],
  ],
  [
    'a notice from tomorrow',
    { publishedOn: '2026-11-30' },
    [{ because: 'publication_implausible', days: ['2026-11-30'] }],
  ],
  [
    'a notice years too old',
    { publishedOn: '2025-11-04' },
    [{ because: 'publication_implausible', days: ['2025-11-04'] }],
  ],
]

test('what cannot be the notice of the year is refused, by its reason and days, and changes nothing', async () => {
  await using app = await startApp(november)
  for (const [what, instead, problems] of impossible) {
    const { status, body } = await enter(app, { ...notice2027, ...instead })
    expect([what, status, body.code, body.details.problems]).toEqual([
      what,
      422,
      'workdays.invalid',
      problems,
    ])
  }
  expect((await app.as('viewer').get(url)).body.state).toBe('unpublished')
})

test('a notice that does not add up is told by how many days, and taken when they are said to be granted', async () => {
  await using app = await startApp(november)
  const shorter = { ...notice2027, makeUpWorkdays: notice2027.makeUpWorkdays.slice(1) }
  expect((await enter(app, shorter)).body.details).toEqual({
    problems: [{ because: 'days_do_not_add_up', days: [] }],
    grantedDays: 1,
  })
  expect((await enter(app, { ...shorter, grantedDays: 1 })).status).toBe(200)
})

test('what is kept for showing is read again once it is forgotten', async () => {
  await using app = await startApp(november)
  const elsewhere = createCalendarReader(app.db)
  const before = await elsewhere.current()
  await enter(app)
  expect((await elsewhere.current()) === before).toBe(true)
  expect([...before.years]).not.toContain(2027)
  elsewhere.forget()
  expect([...(await elsewhere.current()).years]).toContain(2027)
})

test('a New Year’s holiday that begins in December is part of its notice', async () => {
  await using app = await startApp(november)
  const restDays = ['2026-12-31', ...notice2027.restDays]
  const makeUpWorkdays = ['2026-12-26', ...notice2027.makeUpWorkdays]
  expect((await enter(app, { ...notice2027, restDays, makeUpWorkdays })).body).toMatchObject({
    restDays,
    makeUpWorkdays,
    grantedDays: 0,
  })
  expect((await due(app, '2026-12-25T10:00:00+08:00', 1)).lastDay).toBe('2026-12-26')
  expect((await due(app, '2026-12-30T10:00:00+08:00', 1)).lastDay).toBe('2027-01-04')
})

test('days that are none, days named twice and a year without any are no notice', async () => {
  await using app = await startApp(november)
  for (const restDays of [['2027-02-30'], ['2027-01-01', '2027-01-01'], []]) {
    const { status, body } = await enter(app, { ...notice2027, restDays })
    expect([status, body.code]).toEqual([400, 'request.invalid'])
  }
})

test('only the city office enters a year, having seen it; everybody signed in reads', async () => {
  await using app = await startApp(november)
  for (const role of ['district_office', 'unit_administrator', 'system_administrator', 'auditor'] as const) {
    const refused = await app.as(role).put(url).set('if-match', '"v0"').send(notice2027)
    expect([role, refused.status, refused.body.code]).toEqual([role, 403, 'access.denied'])
    expect([role, (await app.as(role).get(url)).status]).toEqual([role, 200])
  }
  expect((await app.as('city_office').put(url).send(notice2027)).status).toBe(428)
  expect((await app.request.get('/api/workday-years')).status).toBe(401)
})
