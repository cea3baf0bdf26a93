import { describe, expect, test } from 'vitest'
import type { TestApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

const browser = { accept: 'text/html', origin: 'http://localhost:3000' }
const post = (app: TestApp, path: string, form: Record<string, string>, headers: object = {}) =>
  app.request
    .post(path)
    .type('form')
    .set({ ...browser, ...headers })
    .send(form)

describe('the sign-in page', () => {
  test('works without a script, in Chinese and English, and says nothing to search engines', async () => {
    const zh = await app.request.get('/sign-in').set(browser)
    expect(zh.text).toContain('<html lang="zh-CN">')
    expect(zh.text).toContain('账号')
    expect(zh.text).not.toContain('<script')
    const en = await app.request.get('/sign-in').set({ ...browser, 'accept-language': 'en-GB,en;q=0.9' })
    expect(en.text).toContain('Sign in')
    expect(en.headers['content-security-policy']).toContain("default-src 'none'")
    expect(Buffer.byteLength(zh.text)).toBeLessThan(15_000)
  })

  test('signs in, shows who is signed in, and signs out', async () => {
    const { login } = await aUser(app.db, { name: '<b>张三</b>' })
    const reply = await post(app, '/sign-in', { login, password: goodPassword })
    expect([reply.status, reply.headers.location]).toEqual([303, '/sign-in'])
    const cookie = (reply.headers['set-cookie'] as unknown as string[])[0]?.split(';')[0] as string
    const page = await app.request.get('/sign-in').set({ ...browser, cookie })
    expect(page.text).toContain('&lt;b&gt;张三&lt;/b&gt;')
    expect((await post(app, '/sign-out', {}, { cookie, origin: 'http://evil.example' })).status).toBe(303)
    expect((await app.request.get('/api/me').set({ cookie })).status).toBe(200)
    const out = await post(app, '/sign-out', {}, { cookie })
    expect(out.headers.location).toBe('/sign-in?after=sign-out')
    expect((await app.request.get('/api/me').set({ cookie })).status).toBe(401)
  })

  test('says what was wrong, keeps the login and never shows the password again', async () => {
    const reply = await post(app, '/sign-in?lang=en', { login: '"><script>', password: 'secret-password-1' })
    expect(reply.status).toBe(401)
    expect(reply.text).toContain('role="alert"')
    expect(reply.text).toContain('value="&quot;&gt;&lt;script&gt;"')
    expect(reply.text).not.toContain('secret-password-1')
  })

  test('takes no form from another site, with whatever headers it comes', async () => {
    const { login } = await aUser(app.db)
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    ]) {
      const reply = await post(app, '/sign-in', { login, password: goodPassword }, headers)
      expect(reply.status).toBe(403)
      expect(reply.headers['set-cookie']).toBeUndefined()
    }
    const sameSite = await post(
      app,
      '/sign-in',
      { login, password: goodPassword },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    )
    expect(sameSite.status).toBe(303)
  })

  test('asks for a code and takes it, telling nobody whether the phone is known', async () => {
    expect((await app.request.get('/sign-in/code').set(browser)).text).toContain('手机号')
    const asked = await post(app, '/sign-in/code', { phone: '15400000001' })
    expect([asked.status, asked.text.includes('one-time-code')]).toEqual([200, true])
    const wrong = await post(app, '/sign-in/code', { phone: '15400000001', code: '000000' })
    expect([wrong.status, wrong.text.includes('验证码错误或已过期。')]).toEqual([401, true])
  })
})

describe('the page of a one-time link', () => {
  async function link(app: TestApp): Promise<{ path: string; login: string }> {
    const user = await aUser(app.db, { password: null, name: '王小明', grants: [{ role: 'viewer' }] })
    const { body } = await app
      .as('city_office')
      .post(`/api/users/${user.id}/activations`)
      .send({ deliver: 'list' })
    return { path: new URL(body.link).pathname, login: user.login }
  }

  test('shows whose it is with the name masked, and looking at it changes nothing', async () => {
    const { path, login } = await link(app)
    for (let at = 0; at < 3; at++) {
      const page = await app.request.get(path).set(browser)
      expect([page.status, page.text.includes('王*明'), page.text.includes(login)]).toEqual([200, true, true])
      expect(page.text).not.toContain('王小明')
      expect(page.headers['cache-control']).toBe('no-store')
    }
    expect((await app.request.head(path).set(browser)).status).toBe(200)
  })

  test('sets the password with one form, and afterwards says that it was used', async () => {
    const { path, login } = await link(app)
    const differ = await post(app, path, { password: goodPassword, again: 'something else 1' })
    expect([differ.status, differ.text.includes('不一致')]).toEqual([422, true])
    const weak = await post(app, `${path}?lang=en`, { password: 'short', again: 'short' })
    expect([weak.status, weak.text.includes('at least 12')]).toEqual([422, true])
    const done = await post(app, path, { password: goodPassword, again: goodPassword })
    expect([done.status, done.headers.location]).toEqual([303, '/sign-in?after=password'])
    const used = await app.request.get(path).set(browser)
    expect([used.status, used.text.includes('链接已使用过')]).toEqual([410, true])
    // No dead end: what to do now, and the ways to sign in.
    expect(used.text).toContain('请联系发送链接的单位管理员重新发送')
    for (const way of ['/sign-in?lang=zh', '/sign-in/code?lang=zh', '/?lang=zh'])
      expect(used.text).toContain(`href="${way}"`)
    expect((await post(app, '/sign-in', { login, password: goodPassword })).status).toBe(303)
    const unknown = await app.request.get('/a/00000000000000000000').set(browser)
    expect([unknown.status, unknown.text.includes('链接无效')]).toEqual([404, true])
  })

  test('changes a password on its own page, expired or not', async () => {
    const { login } = await aUser(app.db)
    const form = {
      login,
      password: goodPassword,
      newPassword: 'another really good one',
      again: 'another really good one',
    }
    expect((await app.request.get('/password').set(browser)).status).toBe(200)
    expect((await post(app, '/password', { ...form, again: 'x' })).status).toBe(422)
    expect((await post(app, '/password', { ...form, password: 'wrong' })).status).toBe(401)
    expect((await post(app, '/password', form)).headers.location).toBe('/sign-in?after=password')
  })
})
