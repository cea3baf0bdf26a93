import { bearerTokenOf } from '#modules/accounts/bearer.ts'
import { roleGrants, sessions, users } from '#modules/accounts/schema.ts'
import { tokenHash } from '#platform/crypto/index.ts'
import type { App } from '#platform/http/server.ts'
import { newId } from '#platform/ids.ts'
import type { AppContext } from '#src/context.ts'

/** Somebody of the city office who is signed in for eight hours, and may everything: their token. */
export async function anOffice({ db, now }: Pick<AppContext, 'db' | 'now'>, app: App): Promise<string> {
  const [at, userId, id] = [now(), newId(), newId()]
  const expiresAt = at.plus({ hours: 8 })
  const kind = 'bearer' as const
  const session = { id, userId, kind, tokenHash: tokenHash(id), createdAt: at, lastSeenAt: at, expiresAt }
  await db.transaction(async (tx) => {
    await tx.insert(users).values({ id: userId, login: 'office', name: 'Office', createdAt: at })
    const grant = { role: 'city_office' as const, scope: 'everything', grantedAt: at }
    await tx.insert(roleGrants).values({ id: newId(), userId, ...grant })
    await tx.insert(sessions).values(session)
  })
  return bearerTokenOf(app, { id, userId, at, expiresAt })
}
