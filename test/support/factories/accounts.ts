import supertest from 'supertest'
import { grantAtCommandLine } from '#modules/accounts/grant-role.ts'
import { hashPassword } from '#modules/accounts/passwords.ts'
import { users } from '#modules/accounts/schema.ts'
import type { Scope } from '#modules/accounts/scopes.ts'
import type { RoleName } from '#modules/accounts/words.ts'
import type { Database } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { TestApp } from '#test/support/app.ts'

export const goodPassword = 'Haikuo-ping-yu-yue-2026'

let made = 0
const hashes = new Map<string, Promise<string>>()

export interface UserWanted {
  login?: string
  name?: string
  /** Null leaves the user without one. */
  password?: string | null
  personId?: string
  grants?: ({ role: RoleName } & Scope)[]
}

/** A user who can sign in with `goodPassword`; by default without roles. */
export async function aUser(db: Database, wanted: UserWanted = {}): Promise<typeof users.$inferSelect> {
  const { login = `user-${++made}`, name = '张小三', password = goodPassword, grants = [], ...links } = wanted
  const at = instantFrom('2026-02-01T00:00:00Z')
  let hash: string | null = null
  if (password !== null) {
    if (!hashes.has(password)) hashes.set(password, hashPassword(password))
    hash = (await hashes.get(password)) as string
  }
  return db.transaction(async (tx) => {
    const [user] = await tx
      .insert(users)
      .values({
        id: newId(),
        login,
        name,
        passwordHash: hash,
        passwordChangedAt: at,
        createdAt: at,
        ...links,
      })
      .returning()
    for (const grant of grants) {
      await grantAtCommandLine(tx, { ...grant, userId: (user as { id: string }).id, at })
    }
    return user as typeof users.$inferSelect
  })
}

/** Gives an account its number, as an office does, and confirms it for an officer; null takes it off. */
export async function bindPhone(app: TestApp, userId: string, phone: string | null): Promise<void> {
  const by = app.as('city_office')
  const { status, body } = await by.put(`/api/users/${userId}/phone`).send({ phone })
  if (status !== 200 && status !== 202) throw new Error(`no number: ${JSON.stringify(body)}`)
  if (status === 202)
    await app.as('auditor').put(`/api/officer-confirmations/${body.id}/approval`).expect(200)
}

const browsers = new WeakMap<TestApp, ReturnType<typeof supertest.agent>>()

/** A browser that keeps its cookies, the same one for the whole of an app. */
export function browserOf(app: TestApp): ReturnType<typeof supertest.agent> {
  const known = browsers.get(app) ?? supertest.agent(app.url)
  browsers.set(app, known)
  return known
}

/** Lets everything that is waiting to be told go out, and what that causes. */
export async function told(app: TestApp): Promise<{ to: string; text: string; kind: string }[]> {
  for (let at = 0; at < 3; at++) await app.settled()
  return app.outbox()
}
