import { grantRole } from '#modules/accounts/grant-role.ts'
import { hashPassword } from '#modules/accounts/passwords.ts'
import { users } from '#modules/accounts/schema.ts'
import type { Scope } from '#modules/accounts/scopes.ts'
import type { RoleName } from '#modules/accounts/words.ts'
import type { Database } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'

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

/** A user who can sign in with `goodPassword`; with no role unless told. */
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
      await grantRole(tx, { ...grant, userId: (user as { id: string }).id, by: 'command line', at })
    }
    return user as typeof users.$inferSelect
  })
}
