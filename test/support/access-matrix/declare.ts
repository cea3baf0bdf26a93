/** The language in which the table of access is written: what an operation asks for, and whose scope decides. */

import type { RoleName } from '#modules/accounts/words.ts'
import type { Access } from '#platform/http/access.ts'
import type { Target, World } from './world.ts'

/**
 * Where the target of a request stands, seen from those who ask: the district office of `own`'s district, the
 * administrator of `own`'s unit, the leader of `own`'s team.
 * - `own`: the unit, the team, somebody in the team.
 * - `beside`: another team of the same unit.
 * - `sibling`: another unit below the same parent, in the same district.
 * - `other`: a unit in another district.
 * - `parent`: the unit above, in the same district.
 * - `closed`: below the own unit, and closed.
 * - `merged`: a duplicate that became somebody of the own team.
 * - `shared`: in the own team and in one of the other district.
 */
export const positions = [
  'own',
  'beside',
  'sibling',
  'other',
  'parent',
  'closed',
  'merged',
  'shared',
] as const
export type Position = (typeof positions)[number]

/**
 * Whose scope decides. A grant over a unit covers all below it, one over a district what stands in it, one over a
 * team the team and its people.
 * - `unit`, `team`, `person`, `user`: the scope covers it (a person and a user through any of their places).
 * - `unit of a team`: the scope is a team of the unit.
 * - `zone`: the scope covers the zone's district; units and teams own no zones.
 * - `everything`: only who covers everything.
 * - `starter`: who began it, or who covers everything.
 * - `person named`: the person an id stands for now; of a duplicate, whom it became.
 * - `anyone`: nobody's in particular.
 */
export type Whose =
  | 'anyone'
  | 'unit'
  | 'unit of a team'
  | 'team'
  | 'person'
  | 'person named'
  | 'user'
  | 'zone'
  | 'everything'
  | 'starter'

/**
 * A status, or a status with the code of the problem: `404 unit.missing`. `refused`: 403 or 404, where the house has
 * not said which yet.
 */
export type Reply = number | `${number} ${string}` | 'refused'

export interface Ask {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  /** Sent as If-Match. */
  version?: number
  /** Fields of a form, as a browser or a provider sends them. */
  form?: string
  /** A mail as it came. */
  mail?: string
  /** A text file, sent as a form. */
  file?: { name: string; text: string }
}

/** One way of asking for an operation. */
export interface Case {
  /** What is special about it; empty for the plain way. */
  name?: string
  /** One of these must cover the target. */
  whose: Whose | readonly Whose[]
  /** All places of the target must be covered, not any of them. */
  every?: true
  /** Asked for beside the route's own permission; without it the target is out of reach. */
  needs?: string
  /** Roles that the actor's role must all be able to give. */
  appoints?: readonly RoleName[]
  /** Roles that are refused before the scope is looked at; other cases ask as them. */
  without?: readonly RoleName[]
  at?: readonly Position[]
  ask(target: Target, world: World): Ask
  /** To whoever may: the operation's own success unless told. */
  allowed?: Reply | Partial<Record<Position, Reply>>
  /** To whoever has the permission but not the target. */
  refused?: Reply
  /** Each try is counted before anything is decided, and stays counted: one transaction is done when it is refused. */
  counted?: true
  /** Instead of a refusal: the answer is the same for everybody, and holds this text only for whoever may. */
  shows?(target: Target, world: World): string
}

export interface Rule {
  /** As routes say it: a permission, or `public`, `link` (a personal link), `screen` (the link of a screen), `signed-in`. */
  access: Access
  cases: readonly Case[]
}

export type Table = Record<string, Rule>

/** Where units differ. */
export const ofUnits = ['own', 'sibling', 'other', 'parent', 'closed'] as const
/** Where teams differ. */
export const ofTeams = ['own', 'beside', 'sibling', 'other', 'parent', 'closed'] as const
/** Where zones differ. */
export const ofZones = ofUnits
/** Where users differ. */
export const ofUsers = ['own', 'sibling', 'other', 'parent', 'closed', 'shared'] as const

const usual: Record<Whose, readonly Position[]> = {
  anyone: ['own', 'other', 'closed'],
  unit: ofUnits,
  'unit of a team': ofUnits,
  team: ofTeams,
  person: positions,
  'person named': positions,
  user: ofUsers,
  zone: ofZones,
  everything: ['own', 'other'],
  starter: ['own', 'sibling', 'other', 'parent'],
}

/** The positions a case is asked at. */
export function positionsOf({ at, whose }: Case): readonly Position[] {
  return at ?? usual[[whose].flat()[0] as Whose]
}

/** Whoever has the permission may, wherever the target stands. */
export function anyone(access: Rule['access'], ask: Case['ask'], more: Partial<Case> = {}): Rule {
  return { access, cases: [{ whose: 'anyone', ask, ...more }] }
}

/** One way of asking, and one scope that decides. */
export function rule(
  access: Rule['access'],
  whose: Case['whose'],
  ask: Case['ask'],
  more: Partial<Case> = {},
): Rule {
  return { access, cases: [{ whose, ask, ...more }] }
}
