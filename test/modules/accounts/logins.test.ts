/** Logins that the service chooses for people who did not choose one. */
import { expect, test } from 'vitest'
import { freeLogins } from '#modules/accounts/logins.ts'
import { aUser } from '#test/support/factories/accounts.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp({ worker: false })
const people = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `person ${n}`, volunteerNumber: `V${100_000 + n}` }))

test('a login can be said aloud and typed: three plain syllables and three digits that look like no letter', async () => {
  const logins = [...(await freeLogins(app.db.read, people(2_000))).values()]
  const syllable = '[bcdfghkmnprstwyz]h?[aeiou]i?'
  expect(logins.filter((login) => !new RegExp(`^(${syllable}){3}-[2-9]{3}$`).test(login))).toEqual([])
  expect(new Set(logins).size).toBe(2_000)
})

test('a login that somebody has is given to nobody else, and the same people get the same ones', async () => {
  const some = people(3)
  const first = await freeLogins(app.db.read, some)
  expect(await freeLogins(app.db.read, some)).toEqual(first)
  const taken = first.get('person 1') as string
  await aUser(app.db, { login: taken })
  const next = await freeLogins(app.db.read, some)
  expect(next.get('person 0')).toBe(first.get('person 0'))
  expect(next.get('person 1')).toMatch(/-[2-9]{3}$/)
  expect(next.get('person 1')).not.toBe(taken)
})
