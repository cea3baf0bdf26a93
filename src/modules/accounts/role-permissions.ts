import type { Permissions } from '#platform/http/access.ts'
import { type Role, roles } from './roles.ts'

/**
 * Startup check: every permission of a role is declared, and makes sense over each kind of scope of the role.
 * @param permissions of the whole service
 * @throws Error listing what is wrong
 */
export function assertRoles(permissions: Permissions, of: Readonly<Record<string, Role>> = roles): void {
  const wrong = Object.entries(of).flatMap(([role, { scopes, permissions: named }]) =>
    named.flatMap((name) => {
      const known = permissions[name]
      if (!known) return [`  ${role}: ${name} is unknown`]
      const unfit = scopes.filter((scope) => !known.scopes.includes(scope))
      return unfit.map((scope) => `  ${role}: ${name} makes no sense over ${scope}`)
    }),
  )
  if (wrong.length > 0) throw new Error(`Roles with permissions that cannot be:\n${wrong.join('\n')}`)
}

const permissionSets = new Map<string, ReadonlySet<string>>(
  Object.entries(roles).map(([name, role]) => [name, new Set<string>(role.permissions)]),
)

/** The permissions of a role as a set (always the same object); empty for a role that no longer exists. */
export function permissionsOf(role: string): ReadonlySet<string> {
  return permissionSets.get(role) ?? new Set()
}
