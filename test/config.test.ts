import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { assertApart } from '#platform/backup/places.ts'
import { ConfigError } from '#src/config/environment.ts'
import { loadConfig } from '#src/config.ts'

const everything = {
  MESSAGE_CHANNEL: 'twilio,smtp',
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: 'x',
  TWILIO_FROM: '+8613800000000',
  SMTP_URL: 'smtps://user:pass@mail.example.cn',
  SMTP_FROM: 'muster@example.cn',
}

/** Every key that is read while the configuration is loaded. */
function keysRead(env: Record<string, string>): string[] {
  const read = new Set<string>()
  loadConfig(
    new Proxy(env, {
      get(target, key) {
        read.add(String(key))
        return Reflect.get(target, key)
      },
    }),
  )
  return [...read].sort()
}

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env)
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
  }
}

test('.env.example names exactly the keys that are read', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../.env.example'), 'utf8')
  const named = [...text.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, key]) => key)
  expect([...named].sort()).toEqual(keysRead(everything))
})

test('the defaults in .env.example are the defaults', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../.env.example'), 'utf8')
  const shown = Object.fromEntries(
    [...text.matchAll(/^#([A-Z][A-Z_]+)=(.*)$/gm)].map(([, key, value]) => [key, value]),
  )
  // A key that is named may lie where its owner says; that it was named is all that differs.
  const { backups, ...rest } = loadConfig(shown)
  expect({ ...rest, backups: { ...backups, keyNamed: false } }).toEqual(loadConfig({}))
})

test.each([
  ['PORT', '70000', /expected a whole number from 0 to 65535/],
  ['PORT', '80a', /expected a whole number/],
  ['PUBLIC_URL', 'muster.example.cn', /expected a URL/],
  ['PUBLIC_URL', 'https://muster.example.cn/app', /only scheme, host and port/],
  ['DATABASE_URL', 'mysql://x/y', /expected sqlite:PATH or postgres:/],
  ['TRUST_PROXY', 'maybe', /expected false, true, how many proxies/],
  ['CLOCK', 'fast', /expected one of system, simulated/],
  ['CLOCK_START', 'tomorrow', /expected an instant/],
  ['TIME_ZONE', 'Mars/Olympus', /expected an IANA zone/],
  ['QUIET_HOURS', '9pm-8am', /expected HH:MM-HH:MM/],
  ['SECURITY_PROFILE', 'strict', /expected one of default, djbh-2/],
  ['AUDIT_RETENTION_DAYS', '30', /from 180/],
  ['MESSAGE_CHANNEL', 'pigeon', /expected log, twilio, smtp/],
  ['MESSAGE_CHANNEL', 'log,twilio', /expected log, twilio, smtp/],
  ['MESSAGE_CHANNEL', 'smtp', /SMTP_URL: expected a URL|SMTP_FROM/],
  ['LOG_LEVEL', 'loud', /expected one of fatal/],
])('%s=%s is refused by name, with what is expected', (key, value, expected) => {
  const problems = problemsOf({ [key]: value })
  expect(problems.join('\n')).toMatch(expected)
  if (value !== 'smtp') expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(new RegExp(`^${value === 'smtp' ? 'SMTP_' : key}`))
})

test('every mistake is named at once, and no value is quoted', () => {
  const problems = problemsOf({ PORT: 'x', CLOCK: 'y', DATABASE_URL: 'mysql://root:secret@host' })
  expect(problems.map((line) => line.split(':')[0])).toEqual(['PORT', 'DATABASE_URL', 'CLOCK'])
  expect(problems.join()).not.toContain('secret')
})

test('a simulated clock and an https address exclude each other', () => {
  expect(problemsOf({ CLOCK: 'simulated', PUBLIC_URL: 'https://muster.example.cn' })).toEqual([
    'CLOCK: expected system, because PUBLIC_URL is https: a real service runs on real time',
  ])
  expect(problemsOf({ CLOCK: 'simulated', PUBLIC_URL: 'http://localhost:3000' })).toEqual([])
})

test('trusted proxies are named one by one', () => {
  expect(loadConfig({ TRUST_PROXY: 'loopback, 10.0.0.0/8' }).trustProxy).toEqual(['loopback', '10.0.0.0/8'])
  expect(loadConfig({ TRUST_PROXY: '2' }).trustProxy).toBe(2)
  expect(loadConfig({}).trustProxy).toBe(false)
})

test('a signature is read with or without its brackets, and one that no message can open with is refused', () => {
  const signature = (value: string) => loadConfig({ SMS_SIGNATURE: value }).messages.signature
  expect([signature('【集结】'), signature('本溪文明办')]).toEqual(['集结', '本溪文明办'])
  const expected = ['SMS_SIGNATURE: expected 2 to 12 characters, such as 本溪文明办']
  expect(
    ['【】', '【集结', '集【结】', '很长很长很长很长很长很长的签名'].map((SMS_SIGNATURE) =>
      problemsOf({ SMS_SIGNATURE }),
    ),
  ).toEqual(Array(4).fill(expected))
})

test('no two of the backups, their key and the data keys lie in one folder unless somebody says so', () => {
  const places = (env: Record<string, string>) => {
    const { keysFile, backups } = loadConfig(env)
    const { folder, keyFile, keyNamed } = backups
    return { folder, keysFile, backupKeyFile: keyFile, keyNamed }
  }
  const refusal = (env: Record<string, string>) => {
    try {
      assertApart(places(env))
      return ''
    } catch (error) {
      return (error as Error).message
    }
  }
  const { folder, keysFile, backupKeyFile } = places({ DATA_DIR: '/srv/muster' })
  expect(new Set([folder, resolve(keysFile, '..'), resolve(backupKeyFile, '..')]).size).toBe(3)
  expect(refusal({ DATA_DIR: '/srv/muster' })).toBe('')
  expect(refusal({ DATA_DIR: '/srv/a', KEYS_FILE: '/srv/a-backups/keys.json' })).toMatch(
    /KEYS_FILE .* among the backups/,
  )
  expect(refusal({ DATA_DIR: '/srv/a', KEYS_FILE: '/srv/a-backup-key/k.json' })).toMatch(
    /set BACKUP_KEY_FILE/,
  )
  expect(refusal({ BACKUP_DIR: '/srv/b', BACKUP_KEY_FILE: '/srv/b/key.json' })).toMatch(/backup key .* among/)
  expect(refusal({ KEYS_FILE: '/srv/k/keys.json', BACKUP_KEY_FILE: '/srv/k/backup-key.json' })).toBe('')
})
