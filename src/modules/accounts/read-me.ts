import { maskPhone } from '#platform/crypto/index.ts'
import type { Actor } from '#platform/http/access.ts'
import { isoOf, SimulatedClock } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import type { MeView } from './contract.ts'
import { landingOf, permissionsIn } from './next.ts'
import { securityRules } from './password-rules.ts'
import { presentGrant } from './present.ts'
import { grantsFor, readUser } from './queries.ts'
import { permissionsOf } from './role-permissions.ts'
import { openPhone } from './sealed.ts'
import { sessionById } from './session-rows.ts'

/** The signed-in user: permissions and scopes, session times, and settings of the service a page needs. */
export async function readMe(context: AppContext, actor: Actor): Promise<MeView> {
  const { db, clock, config, keys } = context
  const { userId, sessionId, name } = actor
  const user = await readUser(db.read, { everything: true }, userId)
  const grants = await grantsFor(db.read, [userId], { everything: true })
  const session = await sessionById(db.read, sessionId)
  const permissions = permissionsIn(actor.grants)
  const now = clock.now()
  const phone = openPhone(keys, user)
  return {
    userId,
    sessionId,
    name,
    login: user.login,
    phone: phone && maskPhone(phone),
    permissions: [...permissions].sort(),
    grants: grants.map((grant) => ({
      ...presentGrant(grant),
      permissions: presentGrant(grant).suspended ? [] : [...permissionsOf(grant.role)].sort(),
    })),
    landing: landingOf(permissions),
    idleMinutes: securityRules[config.security.profile].idleMinutes,
    expiresAt: isoOf(session?.expiresAt ?? now),
    serverNow: isoOf(now),
    simulated: clock instanceof SimulatedClock,
    timeZone: config.timeZone,
    build: context.build(),
  }
}
