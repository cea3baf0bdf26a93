import { maskName } from '#platform/crypto/index.ts'
import { isoOf } from '#platform/time.ts'
import type { GrantView, SessionView, UserView } from './contract.ts'
import type { OpenActivation } from './invitations/activations.ts'
import type { GrantRow, UserFacts, UserRow } from './queries.ts'
import type { sessions } from './schema.ts'
import { scopeKind } from './scopes.ts'

/** A grant as the API shows it; `suspended` while its unit or team is closed. */
export function presentGrant(grant: GrantRow): GrantView {
  return {
    id: grant.id,
    role: grant.role,
    scope: scopeKind(grant),
    unit: grant.unitId ? { id: grant.unitId, name: grant.unitName ?? '' } : null,
    districtCode: grant.districtCode,
    team: grant.teamId ? { id: grant.teamId, name: grant.teamName ?? '' } : null,
    withinDistrict: grant.withinDistrict,
    suspended: grant.unitClosedAt !== null || grant.teamClosedAt !== null,
    grantedAt: isoOf(grant.grantedAt),
  }
}

/**
 * A user as another user sees them. If the user holds roles outside the reader's reach, only the name and the roles
 * within reach are shown.
 */
export function presentUser(user: UserRow, { grants, whole }: UserFacts): UserView {
  const isWhole = whole.has(user.id)
  return {
    id: user.id,
    version: user.version,
    whole: isWhole,
    login: isWhole ? user.login : null,
    name: user.name,
    personId: user.personId,
    unitId: user.unitId,
    reachable: user.phone !== null,
    activated: user.passwordHash !== null,
    disabledAt: user.disabledAt && isoOf(user.disabledAt),
    lastSignInAt: isWhole && user.lastSignInAt ? isoOf(user.lastSignInAt) : null,
    createdAt: isoOf(user.createdAt),
    grants: grants.filter((grant) => grant.userId === user.id).map(presentGrant),
  }
}

/** A session as the API shows it; marks the one with `currentId` as the caller’s own. */
export function presentSession(session: typeof sessions.$inferSelect, currentId: string): SessionView {
  return {
    id: session.id,
    kind: session.kind,
    address: session.address,
    userAgent: session.userAgent,
    createdAt: isoOf(session.createdAt),
    lastSeenAt: isoOf(session.lastSeenAt),
    expiresAt: isoOf(session.expiresAt),
    endedAt: session.endedAt && isoOf(session.endedAt),
    endedBecause: session.endedBecause,
    current: session.id === currentId,
  }
}

/** What the holder of a link sees before it is used: just enough to recognise the account. */
export function presentActivation({ login, name, purpose, office }: OpenActivation) {
  return { login, name: maskName(name), purpose, office: office ?? null }
}
