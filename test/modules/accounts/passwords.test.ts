import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalizedLogin, passwordProblems, securityRules } from '#modules/accounts/password-rules.ts'
import { hashPassword, passwordMatches } from '#modules/accounts/passwords.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'

describe('the rules', () => {
  test.each([
    ['correct horse battery', []],
    ['海阔凭鱼跃天高任鸟飞有志者事', []],
    ['eleven char', ['too_short']],
    ['abcdefghijklmnop', ['too_uniform']],
    ['ponmlkjihgfedcba', ['too_uniform']],
    ['901234567890123', ['too_uniform']],
    ['ababababababab', ['too_uniform']],
    ['Zhang.San is here', ['holds_login']],
    ['👨‍👩‍👧‍👦👍🎉', ['too_short']],
  ] as const)('by default judge %j as %j', (password, problems) => {
    expect(passwordProblems(securityRules.default, password, 'zhang.san')).toEqual(problems)
  })

  test.each([
    ['correct horse battery', ['too_few_classes']],
    ['Correct horse battery', []],
    ['correcthorse2026!', []],
    ['CORRECTHORSE2026', ['too_few_classes']],
  ] as const)('of djbh-2 judge %j as %j', (password, problems) => {
    expect(passwordProblems(securityRules['djbh-2'], password, 'zhang.san')).toEqual(problems)
  })

  test('never accept anything under twelve characters, in any profile', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 4 }),
        fc.constantFrom('default', 'djbh-2'),
        (password, profile) => {
          fc.pre([...password.normalize('NFKC')].length < 12)
          expect(passwordProblems(securityRules[profile as 'default'], password, 'x')).toContain('too_short')
        },
      ),
    )
  })

  test('take the same password from every keyboard', async () => {
    const hash = await hashPassword('Ｐａｓｓｗｏｒｄ－２０２６')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await passwordMatches(hash, 'Password-2026')).toBe(true)
    expect(await passwordMatches(hash, 'password-2026')).toBe(false)
    expect(await passwordMatches(null, 'no password is this one')).toBe(false)
    expect(normalizedLogin('  Ｚhang.San\u200b ')).toBe('zhang.san')
  })
})

describe('changing one’s password', () => {
  const change = (app: TestApp, login: string, password: string, newPassword: string) =>
    app.request.put('/api/password').send({ login, password, newPassword })

  test('proves the present one, ends every session, and takes no bad one', async () => {
    await using app = await startApp()
    const { login } = await aUser(app.db)
    const { body } = await app.request
      .post('/api/sessions')
      .send({ login, password: goodPassword, kind: 'bearer' })
    expect((await change(app, login, 'not the password', 'another good one')).body.code).toBe(
      'sign-in.failed',
    )
    expect((await change(app, login, goodPassword, goodPassword)).body.details.problems).toEqual([
      'used_before',
    ])
    expect((await change(app, login, goodPassword, 'short')).body.code).toBe('password.unfit')
    expect((await change(app, login, goodPassword, 'another good one')).status).toBe(204)
    expect((await app.request.get('/api/me').auth(body.token, { type: 'bearer' })).status).toBe(401)
    expect(
      (await app.request.post('/api/sessions').send({ login, password: 'another good one' })).status,
    ).toBe(201)
  })

  test('under djbh-2 none of the last five comes back, and an old one must be changed before anything else', async () => {
    await using app = await startApp({ env: { SECURITY_PROFILE: 'djbh-2' } })
    const { login } = await aUser(app.db)
    let present = goodPassword
    for (let at = 0; at < 5; at++) {
      const next = `Correct-horse-${at}`
      expect((await change(app, login, present, next)).status).toBe(204)
      present = next
    }
    expect((await change(app, login, present, goodPassword)).body.details.problems).toEqual(['used_before'])
    expect((await change(app, login, present, 'Correct-horse-9')).status).toBe(204)
    await app.advance({ days: 91 })
    const expired = await app.request.post('/api/sessions').send({ login, password: 'Correct-horse-9' })
    expect([expired.status, expired.body.code]).toEqual([403, 'password.expired'])
    expect(
      (await app.request.post('/api/sessions').send({ login, password: 'wrong-horse-99' })).body.code,
    ).toBe('sign-in.failed')
    expect((await change(app, login, 'Correct-horse-9', goodPassword)).status).toBe(204)
    expect((await app.request.post('/api/sessions').send({ login, password: goodPassword })).status).toBe(201)
  })
})
