import { DomainError } from '#platform/errors.ts'
import type { Grant } from '#platform/http/access.ts'
import { type Permission, roles, type ScopeKind } from './roles.ts'
import type { RoleName } from './words.ts'

/** What a grant is given over, as it is asked for and stored; all three absent is everything. */
export interface Scope {
  unitId?: string | null
  districtCode?: string | null
  teamId?: string | null
}

/** A scope with the lines it lies on: where a grant must reach to cover it. */
export interface Place {
  kind: ScopeKind
  /** Of the unit, or of the team's unit. */
  unitPath: string | null
  districtCode: string | null
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

/** The scope as one text, by which grants are told apart. */
export function scopeText(scope: Scope): string {
  const kind = scopeKind(scope)
  if (kind === 'everything') return kind
  return `${kind}:${scope.unitId ?? scope.districtCode ?? scope.teamId}`
}

/** @throws DomainError `grant.scope-unfit` when the role makes no sense over such a scope */
export function refuseUnfitScope(role: RoleName, kind: ScopeKind): void {
  const { scopes } = roles[role]
  if (scopes.includes(kind)) return
  throw new DomainError(
    'invalid',
    'grant.scope-unfit',
    `The role ${role} is given over: ${scopes.join(', ')}.`,
    {
      role,
      scopes,
    },
  )
}

/** Trailing pairs of zeros of a six-digit code stand for "all of it" (GB/T 2260): 210500 covers 210502001. */
function districtPrefix(code: string): string {
  return /^\d{6}$/.test(code) ? code.replace(/(?:00)+$/, '') : code
}

/** Whether what a grant reaches includes a place as a whole. */
export function covers(grant: Pick<Grant, 'unitPath' | 'districtCode' | 'teamId'>, place: Place): boolean {
  if (grant.unitPath === null && grant.districtCode === null && grant.teamId === null) return true
  if (grant.teamId !== null) return place.teamId === grant.teamId
  if (grant.unitPath !== null) return place.unitPath?.startsWith(grant.unitPath) ?? false
  return place.districtCode?.startsWith(districtPrefix(grant.districtCode as string)) ?? false
}

/** Whether somebody with these grants may give `role` over `place`: their role appoints it, their scope covers it. */
export function mayGrant(grants: readonly Grant[], role: RoleName, place: Place): boolean {
  return grants.some(
    (grant) =>
      grant.permissions.has('accounts.edit' satisfies Permission) &&
      (roles[grant.role as RoleName]?.mayGrant.includes(role) ?? false) &&
      covers(grant, place),
  )
}

/** Two roles that nobody may hold together, if there are such among them. */
export function clashOf(held: readonly RoleName[]): [RoleName, RoleName] | undefined {
  for (const role of held) {
    const other = held.find((each) => roles[role].apartFrom.includes(each))
    if (other) return [role, other]
  }
  return undefined
}

/** Whether a code sent to the phone is enough for somebody with these roles. */
export function mayUseCode(held: readonly RoleName[]): boolean {
  return held.length > 0 && held.every((role) => roles[role].byCode)
}
