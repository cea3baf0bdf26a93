import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalizedLogin, securityRules } from '#modules/accounts/password-rules.ts'
import { hashPassword, passwordMatches, problemsOf } from '#modules/accounts/passwords.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'

const owner = { login: 'zhang.san', name: '欧阳小美' }

describe('the rules', () => {
  test.each([
    ['correct horse battery', []],
    ['海阔凭鱼跃天高任鸟飞有志者事', []],
    ['eleven char', ['too_short']],
    ['abcdefghijklmnop', ['too_uniform']],
    ['ponmlkjihgfedcba', ['too_uniform']],
    ['901234567890123', ['too_uniform']],
    ['ababababababab', ['too_uniform']],
    ['Zhang.San is standing here', ['holds_login']],
    ['👨‍👩‍👧‍👦👍🎉', ['too_short']],
  ] as const)('by default judge %j as %j', (password, problems) => {
    expect(problemsOf(securityRules.default, password, owner)).toEqual(problems)
  })

  test.each([
    ['correct horse battery', ['too_few_classes']],
    ['Correct horse battery', []],
    ['haikuopingyuyue2026!', []],
    ['HAIKUOPINGYUYUE2026', ['too_few_classes']],
  ] as const)('of djbh-2 judge %j as %j', (password, problems) => {
    expect(problemsOf(securityRules['djbh-2'], password, owner)).toEqual(problems)
  })

  test.each([
    'Password2026!',
    'P@ssw0rd-2026',
    'woaini5201314',
    'Woaini@20261314',
    'ｗｏａｉｎｉ１３１４５２０',
    '我爱你我爱你1314520',
    '本溪文明办二〇二六20260304',
    'benxi-wenmingban-2026',
    'Zhangsan1234567',
    'ouyangxiaomei1990',
    'woainiwoainiwoaini',
    '1qaz2wsx3edc',
    'qwertyuiop123',
    'admin@admin2026',
    'password2026x',
    '13812345678901',
  ])('hold %j for common', (password) => {
    expect(problemsOf(securityRules.default, password, owner)).toEqual(['common'])
  })

  test.each([
    'women yiqi qu sao dajie 26',
    'mama zuo de fan zui haochi',
    'tV9#kd82Lmq!x',
    '下雪天我们在桥头扫了两小时的雪',
  ])('let %j pass', (password) => {
    expect(problemsOf(securityRules.default, password, owner)).toEqual([])
  })

  test('never accept anything under twelve characters, in any profile', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 4 }),
        fc.constantFrom('default', 'djbh-2'),
        (password, profile) => {
          fc.pre([...password.normalize('NFKC')].length < 12)
          expect(
            problemsOf(securityRules[profile as 'default'], password, { login: 'x', name: 'x' }),
          ).toContain('too_short')
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
    expect((await change(app, login, 'not the password', 'another really good one')).body.code).toBe(
      'sign_in.failed',
    )
    expect((await change(app, login, goodPassword, goodPassword)).body.details.problems).toEqual([
      'used_before',
    ])
    expect((await change(app, login, goodPassword, 'short')).body.code).toBe('password.unfit')
    const common = await change(app, login, goodPassword, 'Woaini@5201314')
    expect([common.status, common.body.details.problems]).toEqual([422, ['common']])
    expect((await change(app, login, goodPassword, 'another really good one')).status).toBe(204)
    expect((await app.request.get('/api/me').auth(body.token, { type: 'bearer' })).status).toBe(401)
    expect(
      (await app.request.post('/api/sessions').send({ login, password: 'another really good one' })).status,
    ).toBe(201)
  })

  test('under djbh-2 none of the last five comes back, and an old one must be changed before anything else', async () => {
    await using app = await startApp({ env: { SECURITY_PROFILE: 'djbh-2' } })
    const { login } = await aUser(app.db)
    let present = goodPassword
    for (let at = 0; at < 5; at++) {
      const next = `Correct-horse-battery-${at}`
      expect((await change(app, login, present, next)).status).toBe(204)
      present = next
    }
    expect((await change(app, login, present, goodPassword)).body.details.problems).toEqual(['used_before'])
    expect((await change(app, login, present, 'Correct-horse-battery-9')).status).toBe(204)
    await app.advance({ days: 91 })
    const expired = await app.request
      .post('/api/sessions')
      .send({ login, password: 'Correct-horse-battery-9' })
    expect([expired.status, expired.body.code]).toEqual([403, 'password.expired'])
    expect(
      (await app.request.post('/api/sessions').send({ login, password: 'wrong-horse-battery-99' })).body.code,
    ).toBe('sign_in.failed')
    expect((await change(app, login, 'Correct-horse-battery-9', goodPassword)).status).toBe(204)
    expect((await app.request.post('/api/sessions').send({ login, password: goodPassword })).status).toBe(201)
  })
})
