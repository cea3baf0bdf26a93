import supertest from 'supertest'
import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'

test('a code that was typed leads to its page, however it was typed', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const type = (code: string) => app.request.post('/c').type('form').send({ code })
  for (const typed of ['ABCDEFGHJKMN', 'abcd-efgh-jkmn', ' ABCD EFGH JKMN ']) {
    const { status, headers } = await type(typed)
    expect([status, headers.location]).toEqual([303, '/c/ABCDEFGHJKMN'])
  }
  expect((await app.request.get('/c')).headers.location).toBe('/')
})

test('what is no code comes back with a word, and as text', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const { status, text } = await app.request
    .post('/c?lang=en')
    .type('form')
    .send({ code: '"><script>alert(1)</script>' })
  expect(status).toBe(422)
  expect(text).toContain('A code has 12 letters and digits')
  expect(text).toContain('value="&quot;&gt;&lt;script&gt;')
  const extra = await app.request.post('/c').type('form').send({ code: 'ABCDEFGHJKMN', next: '//evil' })
  expect([extra.status, extra.headers.location]).toEqual([400, undefined])
})

test('whoever is signed in finds their name, the way to their work and the way out', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const stranger = await app.request.get('/').set('accept', 'text/html')
  expect([stranger.text.includes('工作人员登录'), stranger.text.includes('退出登录')]).toEqual([true, false])
  const user = await aUser(app.db, { name: '王主任', grants: [{ role: 'viewer' }] })
  const browser = supertest.agent(app.url)
  await browser.post('/api/sessions').send({ login: user.login, password: goodPassword }).expect(201)
  const { text } = await browser.get('/').expect(200)
  for (const part of ['王主任', 'href="/home"', 'action="/sign-out"']) expect(text).toContain(part)
  expect(text).not.toContain('工作人员登录')
})
