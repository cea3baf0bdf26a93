/**
 * Says what the answer must be, from the roles and the declared table alone. It shares no code with the service: it
 * knows the lines of the world by the names the world was built with.
 */
import { roles } from '#modules/accounts/roles.ts'
import type { RoleName } from '#modules/accounts/words.ts'
import type { Case, Position, Reply, Rule, Whose } from './declare.ts'

/** Somebody who asks: a role over a part of the organisation, or nobody at all. */
export interface Standing {
  name: string
  role: RoleName | null
  over: 'everything' | 'unit' | 'district' | 'team'
}

/** Each role over each kind of scope it may be given over, and somebody who is not signed in. */
export const standings: readonly Standing[] = [
  ...Object.entries(roles).flatMap(([role, { scopes }]) =>
    scopes.map((over) => ({
      name: scopes.length === 1 ? role : `${role} of ${over}`,
      role: role as RoleName,
      over,
    })),
  ),
  { name: 'nobody', role: null, over: 'everything' as const },
]

/** Where something stands: the units above it and itself, its district, its team. */
interface Place {
  units: readonly string[]
  district: string
  team?: string
}

const bureau = ['bureau', 'own']
const inTeam: Record<string, Place> = {
  own: { units: bureau, district: 'first', team: 'own' },
  beside: { units: bureau, district: 'first', team: 'beside' },
  sibling: { units: ['bureau', 'sibling'], district: 'first', team: 'sibling' },
  other: { units: ['far'], district: 'second', team: 'other' },
  parent: { units: ['bureau'], district: 'first', team: 'parent' },
  closed: { units: bureau, district: 'first', team: 'closed' },
}

function placesOf(whose: Whose, position: Position): Place[] {
  const place = inTeam[position] ?? (inTeam.own as Place)
  const { district } = place
  switch (whose) {
    case 'zone':
      return [{ units: [], district }]
    case 'team':
      return [place]
    case 'person named':
      // Whom a duplicate became is somebody of the own team.
      return position === 'shared' ? [place, inTeam.other as Place] : [place]
    case 'person':
      // A duplicate stands nowhere any more; whom two teams share stands in both.
      if (position === 'merged') return []
      return position === 'shared' ? [place, inTeam.other as Place] : [place]
    case 'unit':
    case 'user': {
      const { team: _, ...unit } = place
      if (position === 'closed') return [{ ...unit, units: [...bureau, 'closed'] }]
      return position === 'shared' ? [unit, { units: ['far'], district: 'second' }] : [unit]
    }
    default:
      return []
  }
}

function covers({ over }: Standing, { units, district, team }: Place): boolean {
  if (over === 'everything') return true
  if (over === 'district') return district === 'first'
  return over === 'unit' ? units.includes('own') : team === 'own'
}

function reaches(standing: Standing, whose: Whose, every: boolean, position: Position): boolean {
  if (whose === 'anyone' || standing.over === 'everything') return true
  if (whose === 'unit of a team') return standing.over === 'team' && position === 'own'
  if (whose === 'starter') return standing.role === 'unit_administrator' && position === 'own'
  const places = placesOf(whose, position)
  const covered = places.filter((place) => covers(standing, place))
  return every ? covered.length === places.length && places.length > 0 : covered.length > 0
}

/** Whether the scope covers something at a position, through any of its places. */
export function covered(standing: Standing, whose: Whose, position: Position): boolean {
  return reaches(standing, whose, false, position)
}

function may(standing: Standing, { whose, every, needs, appoints }: Case, position: Position): boolean {
  const role = standing.role === null ? undefined : roles[standing.role]
  if (needs && !role?.permissions.includes(needs)) return false
  if (appoints?.some((each) => !role?.mayGrant.includes(each))) return false
  return [whose].flat().some((each) => reaches(standing, each, every ?? false, position))
}

/** Whether nobody has to sign in. */
const isOpen = ({ access }: Pick<Rule, 'access'>) =>
  access === 'public' || access === 'link' || access === 'screen'

/** What the declared access of an operation alone refuses, wherever the target stands; undefined when it lets in. */
export function refusedAtDoor(rule: Pick<Rule, 'access'>, { role }: Standing): Reply | undefined {
  const { access } = rule
  if (isOpen(rule)) return undefined
  if (role === null) return '401 access.unauthenticated'
  if (access !== 'signed-in' && !roles[role].permissions.includes(access)) return '403 access.denied'
  return undefined
}

export interface Expected {
  reply: Reply
  /** Whether the answer holds what the case shows; undefined where it shows nothing. */
  shown?: boolean
}

/** @param success what the operation answers when it does what is asked */
export function expectedOf(
  rule: Rule,
  asked: Case,
  { standing, position, success }: { standing: Standing; position: Position; success: number },
): Expected {
  const given = asked.allowed ?? success
  const allowed = typeof given === 'object' ? (given[position] ?? success) : given
  const refused = refusedAtDoor(rule, standing)
  if (refused) return { reply: refused }
  if (isOpen(rule)) return { reply: allowed }
  const reached = may(standing, asked, position)
  if (asked.shows) return { reply: allowed, shown: reached }
  return { reply: reached ? allowed : (asked.refused ?? '403 access.out_of_reach') }
}
