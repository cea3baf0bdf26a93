import { maskName } from '#platform/crypto/index.ts'
import { isoOf } from '#platform/time.ts'
import type { OpenActivation } from './activations.ts'
import type { GrantView, SessionView, UserView } from './contract.ts'
import type { GrantRow, UserFacts, UserRow } from './queries.ts'
import type { sessions } from './schema.ts'
import { scopeKind } from './scopes.ts'

export function presentGrant(grant: GrantRow): GrantView {
  return {
    id: grant.id,
    role: grant.role,
    scope: scopeKind(grant),
    unit: grant.unitId ? { id: grant.unitId, name: grant.unitName ?? '' } : null,
    districtCode: grant.districtCode,
    team: grant.teamId ? { id: grant.teamId, name: grant.teamName ?? '' } : null,
    grantedAt: isoOf(grant.grantedAt),
  }
}

export function presentUser(user: UserRow, { grants, phones }: UserFacts): UserView {
  return {
    id: user.id,
    version: user.version,
    login: user.login,
    name: user.name,
    personId: user.personId,
    reachable: user.personId !== null && phones.has(user.personId),
    activated: user.passwordHash !== null,
    disabledAt: user.disabledAt && isoOf(user.disabledAt),
    lastSignInAt: user.lastSignInAt && isoOf(user.lastSignInAt),
    createdAt: isoOf(user.createdAt),
    grants: grants.filter((grant) => grant.userId === user.id).map(presentGrant),
  }
}

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

/** What whoever holds a link may know before it is used: enough to see that it is theirs. */
export function presentActivation({ login, name, purpose }: OpenActivation) {
  return { login, name: maskName(name), purpose }
}
