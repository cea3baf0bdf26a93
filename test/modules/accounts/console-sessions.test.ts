/** What the console asks of sessions: the way back after signing in, and that a tab stays its user's. */
import { expect, test } from 'vitest'
import { nextPath } from '#modules/accounts/next.ts'
import { openedAs } from '#modules/accounts/other-user.ts'
import { startApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'

test('the way back is a path of ours, however it is written', () => {
  const ways = ['/events', '/events?state=draft&cursor=a%2Fb', '/events/1?act=cancel#x', '/a/../events']
  expect(ways.map(nextPath)).toEqual([
    '/events',
    '/events?state=draft&cursor=a%2Fb',
    '/events/1?act=cancel#x',
    '/events',
  ])
  const elsewhere = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/..//evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    'events',
    '',
    undefined,
  ]
  expect(elsewhere.map(nextPath)).toEqual(elsewhere.map(() => undefined))
})

test('after sign-in the browser opens the requested page, or the first page of the roles', async () => {
  await using app = await startApp({ worker: false })
  const office = await aUser(app.db, { grants: [{ role: 'city_office' }] })
  const operator = await aUser(app.db, { grants: [{ role: 'system_administrator' }] })
  const enter = async (login: string, query: string) => {
    const reply = await app.request
      .post(`/sign-in?lang=zh${query}`)
      .type('form')
      .set({ accept: 'text/html', origin: 'http://localhost:3000' })
      .send({ login, password: goodPassword })
    return [reply.status, reply.headers.location]
  }
  const wanted = encodeURIComponent('/events?state=draft')
  expect(await enter(office.login, `&next=${wanted}`)).toEqual([303, '/events?state=draft'])
  expect(await enter(office.login, `&next=${encodeURIComponent('//evil.example')}`)).toEqual([303, '/home'])
  expect(await enter(office.login, '')).toEqual([303, '/home'])
  expect(await enter(operator.login, '')).toEqual([303, '/admin/users'])
})

test('leaders, liaisons and inspectors land on the phone, and stay signed in there when its browser is closed', async () => {
  await using app = await startApp({ worker: false })
  const { id: unitId } = await aUnit(app.db)
  const { id: teamId } = await aTeam(app.db, { unitId })
  const enter = async (
    grant: Parameters<typeof aUser>[1] extends { grants?: (infer G)[] } | undefined ? G : never,
  ) => {
    const { login } = await aUser(app.db, { grants: [grant] })
    const session = await app.request.post('/api/sessions').send({ login, password: goodPassword })
    const cookie = (session.headers['set-cookie'] as unknown as string[]).find((each) =>
      /^muster=/.test(each),
    )
    const me = await app.request.get('/api/me').set({ cookie: String(cookie).split(';')[0] as string })
    return [me.body.landing, /Max-Age=\d{4,}/.test(String(cookie))]
  }
  expect(await enter({ role: 'team_leader', teamId })).toEqual(['/m', true])
  expect(await enter({ role: 'unit_administrator', unitId })).toEqual(['/m', true])
  expect(await enter({ role: 'inspector' })).toEqual(['/m/visits', true])
  expect(await enter({ role: 'city_office' })).toEqual(['/home', false])
  expect(await enter({ role: 'viewer' })).toEqual(['/home', false])
})

test('a user who is signed in is sent on at once, or sees a link to the first page', async () => {
  await using app = await startApp({ worker: false })
  const look = async (role: 'city_office' | 'auditor', query: string) => {
    const { login } = await aUser(app.db, { grants: [{ role }] })
    const session = await app.request.post('/api/sessions').send({ login, password: goodPassword })
    const cookie = String((session.headers['set-cookie'] as unknown as string[])[0]).split(';')[0] as string
    return app.request.get(`/sign-in${query}`).set({ accept: 'text/html', cookie })
  }
  const passed = await look('city_office', '?next=%2Fevents%2Fnew')
  expect([passed.status, passed.headers.location]).toEqual([303, '/events/new'])
  const outward = await look('city_office', '?next=%2F%2Fevil.example')
  expect([outward.status, outward.headers.location]).toEqual([200, undefined])
  expect(outward.text).toContain('<a class="button primary" href="/home">进入工作台</a>')
  expect((await look('auditor', '')).text).toContain(
    '<a class="button primary" href="/admin/audit">进入工作台</a>',
  )
})

test('the form keeps the way back, through a wrong password, the other language and the code', async () => {
  await using app = await startApp({ worker: false })
  const page = await app.request.get('/sign-in?next=%2Fevents%3Fstate%3Ddraft').set('accept', 'text/html')
  const kept = 'next=%2Fevents%3Fstate%3Ddraft'
  expect(page.text.split(kept).length - 1).toBe(3)
  const wrong = await app.request
    .post(`/sign-in?lang=zh&${kept}`)
    .type('form')
    .set({ accept: 'text/html', origin: 'http://localhost:3000' })
    .send({ login: 'nobody', password: 'wrong-password-1' })
  expect([wrong.status, wrong.text.split(kept).length - 1]).toEqual([401, 3])
  const code = await app.request.get(`/sign-in/code?${kept}`).set('accept', 'text/html')
  expect(code.text.split(kept).length - 1).toBe(3)
})

test('a tab of another user than the one signed in neither reads nor writes', async () => {
  await using app = await startApp({ worker: false })
  const [mine, other] = [await app.signIn({ role: 'city_office' }), await app.signIn({ role: 'city_office' })]
  const { id: organiserUnitId } = await aUnit(app.db)
  const body = {
    name: '学雷锋志愿服务日',
    organiserUnitId,
    timeZone: 'Asia/Shanghai',
    startsAt: '2026-03-04T13:30:00+08:00',
    endsAt: '2026-03-04T17:30:00+08:00',
  }
  const refused = await app.as(other).post('/api/events').set(openedAs, mine.userId).send(body)
  expect([refused.status, refused.body.code]).toEqual([409, 'session.other_user'])
  const read = await app.as(other).get('/api/events').set(openedAs, mine.userId)
  expect([read.status, read.body.code]).toEqual([409, 'session.other_user'])
  expect((await app.as(mine).get('/api/events').set(openedAs, mine.userId)).body.items).toEqual([])
  expect((await app.as(mine).post('/api/events').set(openedAs, mine.userId).send(body)).status).toBe(201)
})

test('one’s own view says where work begins, what each grant allows, and how long the session lasts', async () => {
  await using app = await startApp({ worker: false, at: '2026-03-04T09:00:00+08:00' })
  const { id: unitId } = await aUnit(app.db)
  const somebody = await app.signIn({ role: 'viewer' }, { role: 'team_leader', unitId })
  const { body } = await app.as(somebody).get('/api/me').expect(200)
  expect(body).toMatchObject({
    landing: '/m',
    idleMinutes: 120,
    expiresAt: '2099-01-01T00:00:00.000Z',
    simulated: true,
    timeZone: 'Asia/Shanghai',
  })
  expect(body.serverNow).toMatch(/^2026-03-04T01:00:/)
  const byRole = Object.fromEntries(
    body.grants.map((grant: { role: string; permissions: string[] }) => [grant.role, grant.permissions]),
  )
  expect(byRole.viewer).toEqual(['events.read', 'grid.read', 'reports.read'])
  expect(byRole.team_leader).toContain('answers.record')
  expect((await app.as('auditor').get('/api/me')).body.landing).toBe('/admin/audit')
  expect((await app.as('system_administrator').get('/api/me')).body.landing).toBe('/admin/users')
})
