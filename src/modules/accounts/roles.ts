import type { ScopeKind } from '#modules/organisation/index.ts'
import type { RoleName } from './words.ts'

export interface Role {
  /** The purpose of the role, in one sentence. */
  purpose: string
  /**
   * Names of permissions. Most are declared by slices above, which this slice must not import; `assertRoles` checks
   * them at startup.
   */
  permissions: readonly string[]
  /** The kinds of scope it can be granted over. */
  scopes: readonly ScopeKind[]
  /** Roles its holder may grant to others, within their own scope. */
  mayGrant: readonly RoleName[]
  /** Whether a code sent to the phone is enough to sign in; only for roles with few permissions. */
  byCode: boolean
  /** Roles that one user must not hold together with it (等保 2.0: 三员分立). */
  apartFrom: readonly RoleName[]
}

const looking = [
  'units.read',
  'teams.read',
  'grid.read',
  'events.read',
  'reports.read',
  'schemes.read',
  'rounds.read',
  'cases.read',
  'rankings.read',
] as const
const mobilizing = [
  'mobilization.read',
  'mobilization.edit',
  'quotas.edit',
  'sign_ups.edit',
  'answers.record',
  'plans.read',
  'messages.read',
  'messages.send',
  'attendance.read',
  'attendance.record',
] as const
const keepingPeople = ['persons.read', 'persons.edit', 'teams.edit', 'imports.run'] as const
const owing = ['tasks.read', 'tasks.report', 'tasks.check'] as const
const running = [
  'schemes.edit',
  'points.edit',
  'rounds.run',
  'grid.edit',
  'responsibilities.edit',
  'events.edit',
  'events.publish',
  'plans.run',
  'plans.apply',
  'reports.snapshot',
  'units.edit',
  'persons.reveal',
] as const

/** All roles: purpose, permissions, scopes, and the roles they may grant. */
export const roles: Record<RoleName, Role> = {
  city_office: {
    purpose: 'Leads the mobilization of the city: everything but the machinery and the audit trail.',
    permissions: [
      ...looking,
      ...mobilizing,
      ...keepingPeople,
      ...running,
      ...owing,
      'books.edit',
      'bodies.edit',
      'rankings.edit',
      'tasks.suspend',
      'messages.edit',
      'workdays.edit',
      'attendance.review',
      'accounts.read',
      'accounts.edit',
      'officers.confirm',
      'disclosures.decide',
    ],
    scopes: ['everything'],
    mayGrant: [
      'city_office',
      'district_office',
      'unit_administrator',
      'team_leader',
      'inspector',
      'counsellor',
      'responsible_leader',
      'task_officer',
      'viewer',
    ],
    byCode: false,
    apartFrom: ['system_administrator', 'auditor'],
  },
  district_office: {
    purpose: 'Leads in its district: its units, teams, zones and the events there.',
    permissions: [
      ...looking,
      ...mobilizing,
      ...keepingPeople,
      ...running,
      ...owing,
      'books.edit',
      'accounts.read',
      'accounts.edit',
      'disclosures.decide',
    ],
    scopes: ['district'],
    mayGrant: [
      'district_office',
      'unit_administrator',
      'team_leader',
      'inspector',
      'counsellor',
      'responsible_leader',
      'task_officer',
      'viewer',
    ],
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
      ...owing,
      'persons.reveal',
      'accounts.read',
      'accounts.edit',
    ],
    scopes: ['unit'],
    mayGrant: ['unit_administrator', 'team_leader', 'task_officer', 'viewer'],
    byCode: true,
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
      'sign_ups.edit',
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
    purpose: 'Goes round and looks: zones, points, standards, who answers, what is on today. No people.',
    permissions: [
      'schemes.read',
      'rounds.read',
      'visits.record',
      'cases.read',
      'units.read',
      'teams.read',
      'grid.read',
      'events.read',
      'reports.read',
    ],
    scopes: ['everything', 'district', 'unit'],
    mayGrant: [],
    byCode: false,
    apartFrom: ['auditor'],
  },
  counsellor: {
    purpose: 'Advises the units of a district: sees their tasks and figures, and explains them line by line.',
    permissions: [
      'tasks.read',
      'tasks.explain',
      'schemes.read',
      'rounds.read',
      'cases.read',
      'rankings.read',
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
  responsible_leader: {
    purpose: 'Answers for compounds (包保): sees their tasks and figures and the own standing. No people.',
    permissions: [
      'tasks.read',
      'schemes.read',
      'rounds.read',
      'cases.read',
      'rankings.read',
      'units.read',
      'teams.read',
      'grid.read',
      'events.read',
      'reports.read',
    ],
    scopes: ['everything', 'district', 'unit'],
    mayGrant: [],
    byCode: true,
    apartFrom: ['auditor'],
  },
  task_officer: {
    purpose: 'Accepts, reports and signs off the tasks of a unit, as a lead unit needs it. No people.',
    permissions: [
      ...owing,
      'schemes.read',
      'rounds.read',
      'cases.read',
      'rankings.read',
      'units.read',
      'teams.read',
      'grid.read',
      'events.read',
      'reports.read',
    ],
    scopes: ['unit'],
    mayGrant: [],
    byCode: true,
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
      'Keeps the service running and proposes the officers; sees nobody’s data and not the audit trail.',
    permissions: ['accounts.read', 'accounts.edit', 'officers.confirm', 'system.operate'],
    scopes: ['everything'],
    mayGrant: ['system_administrator', 'auditor', 'city_office'],
    byCode: false,
    apartFrom: ['city_office', 'district_office', 'unit_administrator', 'team_leader', 'auditor'],
  },
  auditor: {
    purpose:
      'Reads what everybody did, confirms what officers ask for and who sees data of minors, and can do nothing else.',
    permissions: [
      'audit.read',
      'attention.acknowledge',
      'accounts.read',
      'officers.confirm',
      'disclosures.decide',
    ],
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
      'responsible_leader',
      'task_officer',
      'viewer',
      'system_administrator',
    ],
  },
}

/**
 * The three officer roles must be held by different people (三员分立). No officer can create another one alone: granting
 * such a role, or opening such an account, is requested by one officer and confirmed by another.
 */
export const officers: readonly RoleName[] = ['system_administrator', 'auditor', 'city_office']
