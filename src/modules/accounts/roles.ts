import type { RoleName } from './words.ts'

/** Every permission of the platform, `things.verb`, with what it lets somebody do. Routes name one of these. */
export const permissions = {
  'units.read': 'See units: names, lines, honour titles, liaisons',
  'units.edit': 'Create, change and close units; confirm aliases',
  'teams.read': 'See teams and classes with their members (numbers masked)',
  'teams.edit': 'Create, change and close teams; members; hand a team to its deputy',
  'persons.read': 'See people with masked numbers',
  'persons.edit': 'Change people, contacts and memberships; merge duplicates and undo it',
  'persons.reveal': 'See full phone and identity numbers; every look is audited',
  'imports.run': 'Import spreadsheets of units, teams and people',
  'grid.read': 'See zones and who answers for them',
  'grid.edit': 'Draw, import and close zones',
  'responsibilities.edit': 'Enter who answers for which zone',
  'events.read': 'See campaigns, events and shifts',
  'events.edit': 'Create and change events and shifts',
  'events.publish': 'Publish, close and cancel events',
  'mobilization.read': 'See quotas, allotments, participations and answers',
  'mobilization.edit': 'Allot teams to shifts and name people into them',
  'quotas.edit': 'Ask units for people; pledge for a unit',
  'sign-ups.edit': 'Sign people up for an event',
  'answers.record': 'Record an answer somebody gave by word of mouth',
  'plans.read': 'See proposals',
  'plans.run': 'Have a proposal computed',
  'plans.apply': 'Turn a proposal into assignments',
  'messages.read': 'See messages and their states',
  'messages.edit': 'Write templates',
  'messages.send': 'Send, pause and cancel messages',
  'attendance.read': 'See who is there',
  'attendance.record': 'Check people in and out, count groups, correct',
  'reports.read': 'See figures',
  'reports.snapshot': 'Freeze the figures of an event',
  'accounts.read': 'See users, their roles and sessions',
  'accounts.edit': 'Invite and disable users, grant and revoke roles, end sessions',
  'audit.read': 'Read the audit trail',
  'system.operate': 'Jobs, keys, and the clock of a demonstration',
} as const
export type Permission = keyof typeof permissions

/** What a grant of the role can be limited to. */
export type ScopeKind = 'everything' | 'unit' | 'district' | 'team'

export interface Role {
  /** What the role is for, in a sentence. */
  purpose: string
  permissions: readonly Permission[]
  /** The scopes it makes sense over; a grant with another one is refused. */
  scopes: readonly ScopeKind[]
  /** Roles its holder may give to others, never wider than their own scope. */
  mayGrant: readonly RoleName[]
  /** Whether a code sent to the phone is enough to sign in. Only where little can be done with it. */
  byCode: boolean
  /** Roles that nobody may hold together with it (等保 2.0: 三员分立). */
  apartFrom: readonly RoleName[]
}

const looking = ['units.read', 'teams.read', 'grid.read', 'events.read', 'reports.read'] as const
const mobilizing = [
  'mobilization.read',
  'mobilization.edit',
  'quotas.edit',
  'sign-ups.edit',
  'answers.record',
  'plans.read',
  'messages.read',
  'messages.send',
  'attendance.read',
  'attendance.record',
] as const
const keepingPeople = ['persons.read', 'persons.edit', 'teams.edit', 'imports.run'] as const
const running = [
  'grid.edit',
  'responsibilities.edit',
  'events.edit',
  'events.publish',
  'plans.run',
  'plans.apply',
  'messages.edit',
  'reports.snapshot',
  'units.edit',
  'persons.reveal',
] as const

/** Every role: what it is for, what it may do, over what, and whom it may appoint. */
export const roles: Record<RoleName, Role> = {
  city_office: {
    purpose: 'Leads the mobilization of the city: everything but the machinery and the audit trail.',
    permissions: [...looking, ...mobilizing, ...keepingPeople, ...running, 'accounts.read', 'accounts.edit'],
    scopes: ['everything'],
    mayGrant: [
      'city_office',
      'district_office',
      'unit_administrator',
      'team_leader',
      'inspector',
      'counsellor',
      'viewer',
    ],
    byCode: false,
    apartFrom: ['system_administrator', 'auditor'],
  },
  district_office: {
    purpose: 'Leads in its district: its units, teams, zones and the events there.',
    permissions: [...looking, ...mobilizing, ...keepingPeople, ...running, 'accounts.read', 'accounts.edit'],
    scopes: ['district'],
    mayGrant: ['district_office', 'unit_administrator', 'team_leader', 'inspector', 'counsellor', 'viewer'],
    byCode: false,
    apartFrom: ['system_administrator', 'auditor'],
  },
  unit_administrator: {
    purpose:
      'The liaison of a unit: its own people and teams, its answers to what events ask, and everything below it.',
    permissions: [
      ...looking,
      ...mobilizing,
      ...keepingPeople,
      'persons.reveal',
      'accounts.read',
      'accounts.edit',
    ],
    scopes: ['unit'],
    mayGrant: ['unit_administrator', 'team_leader', 'viewer'],
    byCode: false,
    apartFrom: ['system_administrator', 'auditor'],
  },
  team_leader: {
    purpose: 'Names the people of one team, answers for those who cannot, calls the roll.',
    permissions: [
      'units.read',
      'teams.read',
      'teams.edit',
      'persons.read',
      'grid.read',
      'events.read',
      'mobilization.read',
      'mobilization.edit',
      'sign-ups.edit',
      'answers.record',
      'attendance.read',
      'attendance.record',
      'reports.read',
    ],
    scopes: ['team'],
    mayGrant: [],
    byCode: true,
    apartFrom: ['system_administrator', 'auditor'],
  },
  inspector: {
    purpose: 'Goes round and looks: zones, who answers for them, what is on today. No people.',
    permissions: ['units.read', 'teams.read', 'grid.read', 'events.read', 'reports.read'],
    scopes: ['everything', 'district', 'unit'],
    mayGrant: [],
    byCode: false,
    apartFrom: ['auditor'],
  },
  counsellor: {
    purpose: 'Advises the units of a district: sees their tasks and figures.',
    permissions: [
      'units.read',
      'teams.read',
      'grid.read',
      'events.read',
      'mobilization.read',
      'reports.read',
    ],
    scopes: ['everything', 'district', 'unit'],
    mayGrant: [],
    byCode: false,
    apartFrom: ['auditor'],
  },
  viewer: {
    purpose: 'A screen in a hall: figures by zone and team, never people.',
    permissions: ['grid.read', 'events.read', 'reports.read'],
    scopes: ['everything', 'district', 'unit'],
    mayGrant: [],
    byCode: false,
    apartFrom: ['auditor'],
  },
  system_administrator: {
    purpose:
      'Keeps the service running and appoints the offices; sees nobody’s data and not the audit trail.',
    permissions: ['accounts.read', 'accounts.edit', 'system.operate'],
    scopes: ['everything'],
    mayGrant: ['system_administrator', 'auditor', 'city_office', 'district_office'],
    byCode: false,
    apartFrom: ['city_office', 'district_office', 'unit_administrator', 'team_leader', 'auditor'],
  },
  auditor: {
    purpose: 'Reads what everybody did, and can do nothing else.',
    permissions: ['audit.read', 'accounts.read'],
    scopes: ['everything'],
    mayGrant: [],
    byCode: false,
    apartFrom: [
      'city_office',
      'district_office',
      'unit_administrator',
      'team_leader',
      'inspector',
      'counsellor',
      'viewer',
      'system_administrator',
    ],
  },
}

const permissionSets = new Map<string, ReadonlySet<string>>(
  Object.entries(roles).map(([name, role]) => [name, new Set<string>(role.permissions)]),
)

/** The permissions of a role as a set; the same object every time, and empty for a role that is no more. */
export function permissionsOf(role: string): ReadonlySet<string> {
  return permissionSets.get(role) ?? new Set()
}
