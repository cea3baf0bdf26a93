/** A placeholder origin for parsing a path; never requested. */
const here = 'http://here.invalid'

/**
 * The page to open after sign-in. Only a path of this service is accepted (open redirect): `//host`, `/\host`, `https:`
 * or a tab character, which a browser may read as another origin, give undefined.
 */
export function nextPath(wished: string | undefined): string | undefined {
  if (!wished?.startsWith('/')) return undefined
  const url = URL.parse(wished, here)
  if (url?.origin !== here || url.pathname.startsWith('//')) return undefined
  return url.pathname + url.search + url.hash
}

/**
 * The first page for a user with these permissions: the phone's pages for those who call rolls and run no events (leaders
 * and liaisons), and for inspectors; the console's home, what an auditor reads, the
 * accounts that a system administrator keeps, or the account page.
 */
export function landingOf(permissions: ReadonlySet<string>): string {
  if (callsRolls(permissions)) return '/m'
  if (visitsPoints(permissions)) return '/m/visits'
  if (permissions.has('events.read')) return '/home'
  if (permissions.has('audit.read')) return '/admin/audit'
  return permissions.has('accounts.read') ? '/admin/users' : accountPage
}

/** Whether a user with these permissions works with a phone. */
export function onPhone(permissions: ReadonlySet<string>): boolean {
  return callsRolls(permissions) || visitsPoints(permissions)
}

const callsRolls = (permissions: ReadonlySet<string>) =>
  permissions.has('attendance.record') && !permissions.has('events.edit')
const visitsPoints = (permissions: ReadonlySet<string>) =>
  permissions.has('visits.record') && !permissions.has('rounds.run')

/** The path of the sign-in page; a signed-in user sees their account there. */
export const accountPage = '/sign-in'

/** All permissions of these grants. */
export function permissionsIn(grants: readonly { permissions: ReadonlySet<string> }[]): ReadonlySet<string> {
  return new Set(grants.flatMap(({ permissions }) => [...permissions]))
}
