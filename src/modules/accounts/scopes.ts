import { districtHolds, type ScopeKind } from '#modules/organisation/index.ts'
import { DomainError } from '#platform/errors.ts'
import type { Grant } from '#platform/http/access.ts'
import { roles } from './roles.ts'
import type { RoleName } from './words.ts'

/** What a grant is over, as requested and stored; all three absent: everything. */
export interface Scope {
  unitId?: string | null
  districtCode?: string | null
  teamId?: string | null
}

/**
 * A scope with its position in the tree of units and its districts: what another grant must cover to cover this scope.
 */
export interface ScopeArea {
  kind: ScopeKind
  /** The path of the unit, or of the team's unit. */
  unitPath: string | null
  /** The districts of the scope and everything below it; null in the list for a unit in no district. */
  districts: readonly (string | null)[]
  teamId: string | null
}

/** @throws DomainError `grant.scope` when more than one part of the organisation is named */
export function scopeKind({ unitId, districtCode, teamId }: Scope): ScopeKind {
  const named = [unitId && 'unit', districtCode && 'district', teamId && 'team'].filter(
    Boolean,
  ) as ScopeKind[]
  if (named.length > 1) {
    throw new DomainError(
      'invalid',
      'grant.scope',
      'A grant is over one unit, one district, one team, or everything.',
    )
  }
  return named[0] ?? 'everything'
}

/** The scope as one text, by which grants are compared. */
export function scopeText(scope: Scope): string {
  const kind = scopeKind(scope)
  if (kind === 'everything') return kind
  return `${kind}:${scope.unitId ?? scope.districtCode ?? scope.teamId}`
}

/** @throws DomainError `grant.scope_unfit` if the role cannot be granted over this kind of scope */
export function assertScopeFits(role: RoleName, kind: ScopeKind): void {
  const { scopes } = roles[role]
  if (scopes.includes(kind)) return
  throw new DomainError(
    'invalid',
    'grant.scope_unfit',
    `The role ${role} is given over: ${scopes.join(', ')}.`,
    {
      role,
      scopes,
    },
  )
}

/** Whether a grant covers an area as a whole. */
export function covers({ scope }: Pick<Grant, 'scope'>, area: ScopeArea): boolean {
  if (scope === null) return true
  if ('id' in scope) return area.teamId === scope.id
  if ('path' in scope && !area.unitPath?.startsWith(scope.path)) return false
  return scope.code === undefined || liesIn(scope.code, area.districts)
}

function liesIn(code: string, districts: readonly (string | null)[]): boolean {
  return districts.length > 0 && districts.every((each) => each !== null && districtHolds(code, each))
}

/**
 * The grants that allow granting `role` over `area`: their role may grant it, and their scope covers the whole area. A
 * district covers a unit only if everything below the unit is in the district too.
 */
function givingGrants(grants: readonly Grant[], role: RoleName, area: ScopeArea): Grant[] {
  return grants.filter(
    (grant) =>
      grant.permissions.has('accounts.edit') &&
      (roles[grant.role as RoleName]?.mayGrant.includes(role) ?? false) &&
      covers(grant, area),
  )
}

/** Whether a user with these grants may grant `role` over `area`. */
export function mayGrant(grants: readonly Grant[], role: RoleName, area: ScopeArea): boolean {
  return givingGrants(grants, role, area).length > 0
}

/**
 * The district that limits a role over a unit, because the granting user's own reach ends there; units of other
 * districts may be moved below the unit later. Null: no limit.
 */
export function boundOf(grants: readonly Grant[], role: RoleName, area: ScopeArea): string | null {
  if (area.kind !== 'unit') return null
  const bounds = givingGrants(grants, role, area).map(({ scope }) =>
    scope && 'code' in scope ? (scope.code ?? null) : null,
  )
  return bounds.includes(null) ? null : (bounds[0] ?? null)
}

/** Two of these roles that nobody may hold together, if there are any. */
export function clashOf(held: readonly RoleName[]): [RoleName, RoleName] | undefined {
  for (const role of held) {
    const other = held.find((each) => roles[role].apartFrom.includes(each))
    if (other) return [role, other]
  }
  return undefined
}

/** Whether a code sent to the phone is enough for a user with these roles to sign in. */
export function mayUseCode(held: readonly RoleName[]): boolean {
  return held.length > 0 && held.every((role) => roles[role].byCode)
}
